"""What two versions differ in, in words for people: fields by the names that the form gives them, codes by the labels of the programme."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from gongxue.records.diff import Difference
from gongxue.records.document import ID, ROWS
from gongxue.rules.field_names import FIELD_NAMES, bare, name_of
from gongxue.rules.programme import Choice, Choices, Programme
from gongxue.rules.taiwan import english_date, parse_iso_date, roc_date
from gongxue.rules.text import Text, listed

NOTHING: Final = Text("（空白）", "(blank)")
_YES, _NO = Text("是", "yes"), Text("否", "no")
_BLANK: Final[tuple[Any, ...]] = (None, "", [])
_MONEY: Final = ("unit_price", "amount", "rate")
_KINDS: Final = {
    "changed": Text("修改", "changed"),
    "added": Text("新增", "added"),
    "removed": Text("刪除", "removed"),
    "moved": Text("移動", "moved"),
}


class Told(msgspec.Struct, frozen=True):
    """One difference in words. `spans` are (same | gone | new, words) where texts are compared word by word; else `before`, `after`.

    `facts` are the filled fields of a row that was added or taken away: name and value.
    """

    kind: str
    what: Text
    place: Text
    spans: tuple[tuple[str, str], ...] = ()
    before: Text = NOTHING
    after: Text = NOTHING
    facts: tuple[tuple[Text, Text], ...] = ()


class Wording:
    """The words of one programme."""

    def __init__(self, programme: Programme) -> None:
        lists = programme.lists
        tiers = {tier.code: tier.label for tier in programme.tiers}
        self._codes: dict[str, Mapping[str, Text]] = {
            "tier": tiers,
            "history/tier": tiers,
            "content_types": _labels(lists.content_types),
            "approaches": _labels(lists.approaches),
            "sessions/methods": _labels(lists.methods),
            "sessions/lecturer/kind": _labels(lists.lecturer_kinds),
            "budget/travel_mode": _labels(lists.travel_modes),
            "budget/line": {item.code: item.label for item in programme.budget},
        }

    def told(self, difference: Difference) -> Told:
        """One difference in words."""
        key, kind = bare(difference.path), difference.kind
        place = name_of(difference.path, difference.number)
        if kind == "changed":
            before, after = (self.value(key, value) for value in _ticked(difference.before, difference.after))
            spans = tuple((piece.kind, piece.text) for piece in difference.pieces) if self._is_prose(key) else ()
            return Told(kind, _KINDS[kind], place, spans, before, after)
        if kind == "moved":
            return Told(kind, _KINDS[kind], place, facts=self._facts(key, difference.after)[:2])
        return Told(kind, _KINDS[kind], place, facts=self._facts(key, difference.after or difference.before))

    def value(self, key: str, value: Any) -> Text:
        """What stands in a field; `key` is its path without row ids."""
        name = key.rpartition("/")[2]
        if isinstance(value, bool):
            return _YES if value else _NO
        if value in _BLANK:
            return NOTHING
        if isinstance(value, int | float):
            return Text(*[f"{value:,}" if name in _MONEY else str(value)] * 2)
        if isinstance(value, Sequence) and not isinstance(value, str):
            return listed([self.value(key, each) for each in value])
        if key in self._codes:
            return self._codes[key].get(str(value), Text(str(value), str(value)))
        day = parse_iso_date(str(value)) if name == "date" else None
        return Text(roc_date(day, with_weekday=True), english_date(day)) if day is not None else Text(str(value), str(value))

    def _facts(self, rows: str, row: Mapping[str, Any]) -> tuple[tuple[Text, Text], ...]:
        """The filled fields of a row, in the form's order."""
        fields = [(f"{rows}/{name}", row.get(name)) for name in ROWS[rows].__struct_fields__ if name != ID]
        flat = [pair for key, value in fields for pair in (_within(key, value) if isinstance(value, dict) else [(key, value)])]
        return tuple((FIELD_NAMES[key], self.value(key, value)) for key, value in flat if value is not False and value not in _BLANK)

    def _is_prose(self, key: str) -> bool:
        return key not in self._codes and key.rpartition("/")[2] not in ("date", "start", "end")


def _ticked(before: Any, after: Any) -> tuple[Any, Any]:
    """Both values; a box that was never ticked is one that says no."""
    if isinstance(before, bool) or isinstance(after, bool):
        return bool(before), bool(after)
    return before, after


def _within(key: str, part: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(f"{key}/{name}", value) for name, value in part.items()]


def _labels(choices: Choices | None) -> dict[str, Text]:
    codes: dict[str, Choice] = choices.codes if choices is not None else {}
    return {code: choice.text for code, choice in codes.items()}
