"""Lines of text and tick boxes as the template prints them: line breaks made lines, tick boxes in columns, every line with its width."""

from collections.abc import Iterator
from typing import Final

import msgspec

from gongxue.documents.blocks import Blank, Line, Tick
from gongxue.documents.lettering import BREAK, Lettering, breakable, has_marks, is_simple, width
from gongxue.documents.printed import UNFILLED

TICK: Final = 1.2
"""What a tick box takes before its label, in ems, the gap to it included."""
GAP: Final = 1.0
"""What parts a tick box from what stands before it, in ems."""

_TRIFLE: Final = 0.01
"""In ems; what may be lost where lengths are rounded."""
_OPENING: Final = frozenset("「『（《〈【〖〔［｛“‘")
"""Full-width brackets that the template keeps from sticking out where they begin a line."""


class Marked(msgspec.Struct, gc=False):
    """Text with combining marks, which the template shapes in its own way."""

    marks: str


class Box(msgspec.Struct, gc=False, omit_defaults=True):
    """A tick box with its label, `wide` ems in all; `column`, where it is not 0, is how many ems it and its gap are given."""

    tick: bool
    label: str | Marked
    wide: float
    column: float = 0.0


class Unfilled(msgspec.Struct, gc=False):
    """A missing value."""

    blank: bool = True


Piece = str | Marked | Box | Unfilled
PrintedLine = list[Piece]


class Writer:
    """Writes the lines of one paper and keeps account: of the characters that were seen, and of those that no font has."""

    def __init__(self, lettering: Lettering, *, simple: bool) -> None:
        self._lettering, self._simple = lettering, simple
        self._seen = set(UNFILLED + "第頁，共")
        self.missing: dict[str, None] = {}

    def plain(self, text: str) -> str:
        """The text as it prints, lines parted by newlines."""
        text = self._lettering.plain(text, self.missing, simple=self._simple)
        self._seen.update(text)
        return text

    def by_family(self) -> dict[str, str]:
        """All characters so far, by the family that prints them."""
        return self._lettering.by_family(sorted(self._seen))

    def lines(self, lines: tuple[Line, ...], room: float) -> list[PrintedLine]:
        """The lines in a space `room` ems wide; user text with line breaks gives as many lines more."""
        printed: list[PrintedLine] = []
        for line in lines:
            current: PrintedLine = []
            printed.append(current)
            for inline in line:
                if isinstance(inline, Tick):
                    current.append(self._box(inline, room))
                elif isinstance(inline, Blank):
                    current.append(Unfilled())
                else:
                    first, *others = self.plain(inline).split("\n")
                    current.append(_piece(first, room))
                    for other in others:
                        current = [_piece(other, room)]
                        printed.append(current)
        for written in printed:
            if written and isinstance(written[0], str) and written[0][:1] in _OPENING:
                written[0] = BREAK + written[0]
        _align(printed, room)
        return printed

    def _box(self, tick: Tick, room: float) -> Box:
        label = self.plain(tick.label).replace("\n", " ")
        return Box(tick.checked, _piece(label, room - TICK), TICK + width(label))


def fit(lines: list[PrintedLine], room: float) -> bool:
    """Whether it is sure that each of these is one line in `room` ems."""
    return all(_width(line) <= room - _TRIFLE and all(map(_is_plain, line)) for line in lines)


def _is_plain(piece: Piece) -> bool:
    text = piece.label if isinstance(piece, Box) else piece
    return isinstance(piece, Unfilled) or (isinstance(text, str) and is_simple(text.removeprefix(BREAK)))


def line_count(lines: list[PrintedLine], room: float) -> int:
    """How many lines of `room` ems these can come to at most.

    Any two neighbouring lines hold more than one line's width together, or the second would have gone up to the first.
    """
    return sum(1 if (wide := _width(line)) <= room else int(2 * wide / room) + 1 for line in lines)


def _piece(text: str, room: float) -> str | Marked:
    text = breakable(text, room)
    return Marked(text) if has_marks(text) else text


def _width(line: PrintedLine) -> float:
    total = 0.0
    for piece in line:
        if isinstance(piece, str):
            total += width(piece)
        elif isinstance(piece, Marked):
            total += width(piece.marks)
        elif isinstance(piece, Box):
            total += piece.column or piece.wide + GAP
        else:
            total += width(UNFILLED)
    return total


def _align(lines: list[PrintedLine], room: float) -> None:
    """Gives boxes that stand in several lines, two or more in each, common columns, where there is room for them."""
    rows = [row for row in map(_leading_boxes, lines) if len(row) > 1]
    if len(rows) < 2:
        return
    columns = [max(row[n].wide for row in rows if len(row) > n) + GAP for n in range(max(map(len, rows)))]
    if sum(columns) <= room:
        for row in rows:
            for box, column in zip(row[:-1], columns, strict=False):
                box.column = column


def _leading_boxes(line: PrintedLine) -> list[Box]:
    return list(_until_other(line))


def _until_other(line: PrintedLine) -> Iterator[Box]:
    for piece in line:
        if not isinstance(piece, Box):
            return
        yield piece
