"""Changes to a document, field by field and row by row, and how those of two people are merged. Pure functions.

Long text that two people changed is never merged word by word: both texts come back, and a person chooses.
"""

from collections.abc import Iterable
from typing import Any, Final

import msgspec

from gongxue.records.document import ID, MOST_ROWS, ROWS, Document, check_size, is_row_id, kept_row, kept_value, tidy
from gongxue.records.refusals import ChangeError
from gongxue.rules import application as shapes
from gongxue.rules.application import Application
from gongxue.rules.text import Text

TICKS: Final = frozenset({("", "content_types"), ("", "approaches"), ("sessions", "methods")})
"""Lists of ticked codes: each tick is a field of its own, so that two people who tick different boxes never meet."""
MOST_CHANGES: Final = 2000
_NO_FIELD = Text("沒有這個欄位", "there is no such field")
_BLANKS: tuple[Any, ...] = (None, "", [])


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One change to a document.

    `set`: at `path` (`name`, `convener/name`, `sessions/<row id>/lecturer/name`), from `base` (what the writer saw) to `value`.
    `insert`: the row `value` with id `row` into the list `path`, behind the row `after` ("" is first, one that is gone means last).
    `remove`: the row `row` of the list `path`; with a `base` (the row as the writer saw it) only when it still stands so.
    `move`: the row `row` behind `after`.
    """

    kind: str
    path: str
    base: Any = None
    value: Any = None
    row: str = ""
    after: str = ""


class Clash(msgspec.Struct, frozen=True):
    """A field that two people changed: what stands there, what the second wrote (None: taken away). Nothing was overwritten."""

    path: str
    theirs: Any
    yours: Any


class Merged(msgspec.Struct, frozen=True):
    """A document after changes: what was done (with what stood before), and what clashed."""

    document: Document
    done: tuple[Change, ...]
    clashes: tuple[Clash, ...]


def merge(document: Document, changes: Iterable[Change]) -> Merged:
    """Apply `changes`. What the other did not touch is merged; what both touched comes back with both texts, never an overwrite.

    Raises ChangeError, and nothing is changed, where a change does not fit the shape or a limit.
    """
    merging = _Merging(msgspec.json.decode(msgspec.json.encode(document)))
    for number, change in enumerate(changes, start=1):
        if number > MOST_CHANGES:
            raise ChangeError("", Text(f"一次最多 {MOST_CHANGES:,} 處變更", f"at most {MOST_CHANGES:,} changes at once"))
        merging.apply(change)
    if merging.done:
        check_size(merging.document)
    return Merged(merging.document, tuple(merging.done), tuple(merging.clashes))


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal: absent, null, "", an empty list and an unticked box are one blank. 0 is a number, not a blank."""
    return bool(_plain(one) == _plain(other))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: plain for key, item in value.items() if (plain := _plain(item)) is not None} or None
    return None if value is False or value in _BLANKS else value


class _Merging:
    """A document while changes are applied to it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.done: list[Change] = []
        self.clashes: list[Clash] = []

    def apply(self, change: Change) -> None:
        if change.kind == "set":
            self._set(change)
        elif change.kind in ("insert", "remove", "move"):
            self._row(change)
        else:
            raise ChangeError(change.path[:200], Text("沒有這種變更", "there is no such kind of change"))

    def _set(self, change: Change) -> None:
        place = _place(change.path)
        value = kept_value(place.record, place.field, change.value, change.path)
        base = tidy(change.base, change.path)
        parent = self._parent(place)
        if parent is None:
            self.clashes.append(Clash(change.path, None, value))
            return
        holder = dict(parent.get(place.part) or {}) if place.part else parent
        seen = holder.get(place.field)
        if (place.rows, place.field) in TICKS:
            value, base = _ticked(seen or [], base if isinstance(base, list) else [], value or []), seen
        if same(seen, value):
            return
        if not same(seen, base):
            self.clashes.append(Clash(change.path, seen, value))
            return
        holder[place.field] = value
        if place.part:
            parent[place.part] = holder
        self.done.append(msgspec.structs.replace(change, base=seen, value=value))

    def _parent(self, place: "_Place") -> Document | None:
        """The document, or the row that the path leads to; None where that row is gone."""
        return (
            self.document
            if not place.rows
            else next((row for row in self.document.get(place.rows) or [] if row.get(ID) == place.row), None)
        )

    def _row(self, change: Change) -> None:
        if change.path not in ROWS:
            raise ChangeError(change.path[:200], Text("沒有這份清單", "there is no such list"))
        rows: list[Document] = list(self.document.get(change.path) or [])
        at = next((index for index, row in enumerate(rows) if row.get(ID) == change.row), None)
        if change.kind == "insert":
            done = None if at is not None else self._inserted(rows, change)
        else:
            done = None if at is None else self._taken(rows, at, change)
        if done is not None:
            self.document[change.path] = rows
            self.done.append(done)

    @staticmethod
    def _inserted(rows: list[Document], change: Change) -> Change:
        if not is_row_id(change.row) or not isinstance(change.value, dict):
            told = Text("新的一列要有編號（英數字 1 至 32 個）與內容", "a new row needs an id (1 to 32 letters or digits) and its content")
            raise ChangeError(change.path, told)
        if len(rows) >= MOST_ROWS:
            raise ChangeError(change.path, Text(f"最多 {MOST_ROWS} 列", f"at most {MOST_ROWS} rows"))
        row = kept_row(change.path, change.row, change.value)
        rows.insert(_behind(rows, change.after), row)
        return msgspec.structs.replace(change, base=None, value=row)

    def _taken(self, rows: list[Document], at: int, change: Change) -> Change | None:
        """Take the row away, or to its new place."""
        row = rows.pop(at)
        stood = {"row": row, "after": rows[at - 1][ID] if at else ""}
        if change.kind == "move":
            goes = _behind(rows, change.after)
            rows.insert(goes, row)
            return msgspec.structs.replace(change, base={"after": stood["after"]}, value=None) if goes != at else None
        if change.base is not None and not same(_content(row), _content(tidy(change.base, change.path))):
            self.clashes.append(Clash(f"{change.path}/{change.row}", row, None))
            return None
        return msgspec.structs.replace(change, base=stood, value=None)


def _behind(rows: list[Document], after: str) -> int:
    if not after:
        return 0
    return next((index + 1 for index, row in enumerate(rows) if row.get(ID) == after), len(rows))


def _content(row: Any) -> Any:
    return {key: value for key, value in row.items() if key != ID} if isinstance(row, dict) else row


def _ticked(seen: list[str], base: list[str], value: list[str]) -> list[str]:
    """What stands after one writer's ticks: those taken away are gone, those added stand behind, the others as they were."""
    kept = [code for code in seen if code in value or code not in base]
    return kept + [code for code in dict.fromkeys(value) if code not in base and code not in kept]


class _Place(msgspec.Struct, frozen=True):
    """Where a path leads: `field` of a `record`, which is the document, a row of `rows`, or a `part` (convener, lecturer) of either."""

    record: type[msgspec.Struct]
    field: str
    rows: str = ""
    row: str = ""
    part: str = ""


def field_at(path: str) -> tuple[type[msgspec.Struct], str]:
    """The shape and the field of it that a path leads to: what kind of value stands there. Raises ChangeError where no field is."""
    place = _place(path)
    return place.record, place.field


def _place(path: str) -> _Place:
    """Raises ChangeError where no field is: `name`, `convener/name`, `members/<id>/name`, `sessions/<id>/lecturer/name` are fields."""
    first, *rest = path.split("/", 4)
    if first in ROWS and rest:
        row, *rest = rest
        place = _Place(ROWS[first], rest[-1] if rest else "", first, row)
        if first == "sessions" and len(rest) == 2 and rest[0] == "lecturer":
            place = _Place(shapes.Lecturer, rest[1], first, row, "lecturer")
            rest = rest[1:]
    elif first == "convener" and rest:
        place = _Place(shapes.Convener, rest[0], part="convener")
    else:
        place = _Place(Application, first)
        rest = [first, *rest]
    settable = place.field in place.record.__struct_fields__ and not (place.record is Application and place.field in (*ROWS, "programme"))
    if len(rest) != 1 or not settable:
        raise ChangeError(path[:200], _NO_FIELD)
    return place
