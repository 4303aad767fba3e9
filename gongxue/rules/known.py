"""What a programme knows: whether it has what a place in its file names, such as `figures.people_minimum` or `tiers.sessions`."""

from typing import Any

from gongxue.rules.figures import Date
from gongxue.rules.programme import Programme


def has_figure(programme: Programme, need: str) -> bool:
    """Whether the programme wholly has what `need` names: in every row where it lies in a list, both ends of a span of days."""
    rows = at(programme, need)
    return bool(rows) and all(_is_there(row) and not (isinstance(row, Date) and not row.is_whole) for row in rows)


def is_unknown(programme: Programme, need: str) -> bool:
    """Whether the programme says that it does not know what `need` names, or a part of it."""
    return any(need == name or need.startswith(f"{name}.") or name.startswith(f"{need}.") for name in programme.unknown)


def has_any(programme: Programme, place: str) -> bool:
    """Whether anything stands at `place`, be it in one row of several."""
    return any(map(_is_there, at(programme, place)))


def at(programme: Programme, place: str) -> list[Any]:
    """What stands at `place`, once for each row of the lists on the way, None where a row lacks it."""
    rows: list[Any] = [programme]
    for name in place.split("."):
        inner = [each for row in rows for each in (row if type(row) is tuple else (row,))]
        rows = [each.get(name) if type(each) is dict else getattr(each, name, None) for each in inner]
    return rows


def _is_there(value: Any) -> bool:
    if value is None or value == () or value == {} or value == "":
        return False
    # A table of which no key is given is a default that we made.
    fields = getattr(value, "__struct_fields__", None)
    return fields is None or any(_is_there(getattr(value, field)) for field in fields)
