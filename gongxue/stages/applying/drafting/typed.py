"""What people type into the fields of the desk, read into what the document keeps, and back. Pure functions.

A date or time that cannot be read is kept as it was typed: the rules say what is wrong with it, and nothing typed is lost. A number that
cannot be read has no place in the document; it is refused with the reader's words, and stays on the page.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, Final, Literal

import msgspec

from gongxue.records.changes import field_at
from gongxue.records.refusals import ChangeError
from gongxue.rules.field_names import bare
from gongxue.rules.taiwan import parse_iso_date, roc_date_short, time_text
from gongxue.rules.text import Text
from gongxue.rules.written import Refusal
from gongxue.rules.written_amounts import parse_money, parse_quantity
from gongxue.rules.written_dates import parse_date
from gongxue.rules.written_times import parse_clock

Kind = Literal["text", "date", "time", "whole", "number", "money", "yes", "ticks"]
_BY_NAME: Final[dict[str, Kind]] = {
    "date": "date", "start": "time", "end": "time", "unit_price": "money", "amount": "money", "rate": "money",
}  # fmt: skip
_BY_TYPE: Final[tuple[tuple[type, Kind], ...]] = ((bool, "yes"), (float, "number"), (int, "whole"), (str, "text"))
YES: Final = frozenset({"yes", "on", "true", "1", True})


def kind_of(path: str) -> Kind:
    """How the field at a change's path is read and shown. Raises ChangeError where no field is."""
    return _kind(*field_at(path))


@cache
def _kind(record: type[msgspec.Struct], name: str) -> Kind:
    if name in _BY_NAME:
        return _BY_NAME[name]
    told = str({field.name: field.type for field in msgspec.structs.fields(record)}[name])
    if "tuple" in told:
        return "ticks"
    return next(kind for each, kind in _BY_TYPE if each.__name__ in told)


def read(path: str, raw: Any) -> Any:
    """The value that was typed at a path: text, or a list of texts where boxes are ticked. Raises ChangeError with words."""
    kind = kind_of(path)
    if kind == "ticks":
        return [str(code) for code in raw if code] if isinstance(raw, list | tuple) else [str(raw)] if raw else []
    if isinstance(raw, list | tuple):
        raw = raw[-1] if raw else ""
    if kind == "yes":
        return (raw.lower() if isinstance(raw, str) else raw) in YES
    text = "" if raw is None else str(raw).replace("\r\n", "\n")  # browsers send line breaks of text areas so
    return _READERS[kind](text, path) if kind in _READERS else text


def _date(text: str, _path: str) -> str:
    found = parse_date(text) if text.strip() else None
    return text if found is None or isinstance(found, Refusal) else found.date.isoformat()


def _time(text: str, _path: str) -> str:
    found = parse_clock(text) if text.strip() else None
    return text if found is None or isinstance(found, Refusal) else time_text(found)


def _number(text: str, path: str) -> int | float | None:
    return _told(parse_quantity(text), path) if text.strip() else None


def _whole(text: str, path: str) -> int | None:
    number = _number(text, path)
    if isinstance(number, float):
        raise ChangeError(path, Text(f"「{text.strip()}」不是整數，請填整數。", f"“{text.strip()}” is not a whole number."))
    return number


def _money(text: str, path: str) -> int | None:
    amount = _told(parse_money(text), path) if text.strip() else None
    return int(amount) if amount is not None else None


def _told(found: int | float | Refusal, path: str) -> int | float:
    if isinstance(found, Refusal):
        raise ChangeError(path, found.reason)
    return found


_READERS: Final[dict[str, Callable[[str, str], Any]]] = {
    "date": _date, "time": _time, "whole": _whole, "number": _number, "money": _money,
}  # fmt: skip


def shown(path: str, value: Any) -> str:
    """What stands in the field at a path: dates as 111/8/1, money with its commas; "yes" or "" for a box; "" for nothing."""
    return shown_as(kind_of(path), value)


def shown_as(kind: Kind, value: Any) -> str:
    """The same, where the kind is known."""
    if value is None or value == "":
        return ""
    if kind == "yes":
        return "yes" if value else ""
    if kind == "ticks":
        return "、".join(value)
    if kind == "money" and isinstance(value, int):
        return f"{value:,}"
    if kind == "date" and (day := parse_iso_date(str(value))) is not None:
        return roc_date_short(day).replace(".", "/")
    return str(value)


def kinds_of(record: type[msgspec.Struct]) -> dict[str, Kind]:
    """The kind of every field of a shape that is a field itself."""
    return {name: _kind(record, name) for name in record.__struct_fields__ if name != "lecturer"}


def is_text(path: str) -> bool:
    """Whether a person writes into the field, rather than ticking or choosing."""
    return kind_of(path) not in ("yes", "ticks") and bare(path) not in ("tier", "fiscal_school")
