"""What two documents differ in, field by field, and what two texts differ in, word by word. Pure functions.

A word is a Chinese character, a run of Latin letters or digits, a run of blanks, or any other single character. The work is bounded:
texts that are long and have little in common are compared by sentences first, and where even that is too much, shown whole.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, Final, Literal

import msgspec

from gongxue.records.changes import same
from gongxue.records.document import ID, ROWS, Document
from gongxue.rules import application as shapes
from gongxue.rules.application import Application

MOST_PAIRS: Final = 100_000
"""So many pairs of equal words (or sentences) are weighed at most at once: a fifth of a second at worst, for text made to be hard."""
_WORD = re.compile(r"[^\W\d_\u2e80-\uffef\U00020000-\U0003ffff]+|\d+|\s+|.", re.DOTALL)
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]|[^。！？；\n]+")
_PARTS: Final[dict[str, type[msgspec.Struct]]] = {"convener": shapes.Convener, "lecturer": shapes.Lecturer}


class Piece(msgspec.Struct, frozen=True):
    """A piece of text that both have, that is gone, or that is new."""

    kind: Literal["same", "gone", "new"]
    text: str


class Difference(msgspec.Struct, frozen=True):
    """One difference. `path` is a change's path (`sessions/<row id>/place`); `number` is the row's place in its list from 1, 0 outside
    lists.

    `changed`: a field, with `pieces` where both are text. `added`, `removed`, `moved`: a row, whose content is in `after` or `before`.
    """

    kind: Literal["changed", "added", "removed", "moved"]
    path: str
    number: int = 0
    before: Any = None
    after: Any = None
    pieces: tuple[Piece, ...] = ()


def differences(before: Document, after: Document) -> tuple[Difference, ...]:
    """Everything in which two documents differ, in the form's order."""
    found: list[Difference] = []
    for name in Application.__struct_fields__:
        if name in ROWS:
            found += _rows(name, before.get(name) or [], after.get(name) or [])
        else:
            found += _field(name, 0, before.get(name), after.get(name))
    return tuple(found)


def _field(path: str, number: int, before: Any, after: Any) -> Iterator[Difference]:
    part = _PARTS.get(path.rpartition("/")[2])
    if part is not None:
        for name in part.__struct_fields__:
            yield from _field(f"{path}/{name}", number, (before or {}).get(name), (after or {}).get(name))
    elif not same(before, after):
        texts = all(value is None or isinstance(value, str) for value in (before, after))
        yield Difference("changed", path, number, before, after, words(before or "", after or "") if texts else ())


def _rows(name: str, before: Sequence[Document], after: Sequence[Document]) -> Iterator[Difference]:
    stood = {row[ID]: row for row in before}
    stands = {row[ID]: row for row in after}
    stayed = _stayed([row[ID] for row in before if row[ID] in stands], [row[ID] for row in after if row[ID] in stood])
    for number, (row_id, row) in enumerate(stands.items(), start=1):
        path = f"{name}/{row_id}"
        if row_id not in stood:
            yield Difference("added", path, number, after=row)
            continue
        if row_id not in stayed:
            yield Difference("moved", path, number, before=stood[row_id], after=row)
        for field in ROWS[name].__struct_fields__:
            yield from _field(f"{path}/{field}", number, stood[row_id].get(field), row.get(field))
    for number, (row_id, row) in enumerate(stood.items(), start=1):
        if row_id not in stands:
            yield Difference("removed", f"{name}/{row_id}", number, before=row)


def _stayed(before: list[str], after: list[str]) -> set[str]:
    """The largest set of rows that stand in the same order in both: the others are those that were moved."""
    places = {row_id: place for place, row_id in enumerate(before)}
    tails: list[int] = []
    ends: list[str] = []
    earlier: dict[str, str | None] = {}
    for row_id in after:
        at = bisect_left(tails, places[row_id])
        earlier[row_id] = ends[at - 1] if at else None
        tails[at : at + 1], ends[at : at + 1] = [places[row_id]], [row_id]
    stayed: set[str] = set()
    row: str | None = ends[-1] if ends else None
    while row is not None:
        stayed.add(row)
        row = earlier[row]
    return stayed


def words(before: str, after: str) -> tuple[Piece, ...]:
    """What was taken out of `before` and put into it to make `after`: joined, the same and gone pieces are `before`, the same and new
    ones `after`."""
    pieces: list[Piece] = []
    for piece in _compared(before, after):
        if piece.text and pieces and pieces[-1].kind == piece.kind:
            pieces[-1] = Piece(piece.kind, pieces[-1].text + piece.text)
        elif piece.text:
            pieces.append(piece)
    return tuple(pieces)


def _compared(before: str, after: str) -> Iterator[Piece]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    yield Piece("same", "".join(old[:head]))
    yield from _middle(old[head : len(old) - tail], new[head : len(new) - tail])
    yield Piece("same", "".join(old[len(old) - tail :]))


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words both begin with."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _middle(old: list[str], new: list[str]) -> Iterator[Piece]:
    if _bearable(old, new):
        yield from _matched(old, new)
        return
    old, new = _SENTENCE.findall("".join(old)), _SENTENCE.findall("".join(new))
    if not _bearable(old, new):
        yield from _replaced(old, new)
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(old[i1:i2]))
            continue
        was, now = _WORD.findall("".join(old[i1:i2])), _WORD.findall("".join(new[j1:j2]))
        yield from _matched(was, now) if _bearable(was, now) else _replaced(was, now)


def _bearable(old: list[str], new: list[str]) -> bool:
    """Whether matching them is quick: its work grows with the pairs of places that bear the same word."""
    there = Counter(new)
    return sum(there[word] for word in old) <= MOST_PAIRS


def _matched(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield from [Piece("same", "".join(old[i1:i2]))] if tag == "equal" else _replaced(old[i1:i2], new[j1:j2])


def _replaced(old: list[str], new: list[str]) -> Iterator[Piece]:
    yield Piece("gone", "".join(old))
    yield Piece("new", "".join(new))
