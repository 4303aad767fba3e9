"""The table as the office formats want it: row by row, every place of the grid named, those a cell only reaches down into as well."""

from itertools import accumulate
from typing import Final

import msgspec

from gongxue.documents.blocks import Cell, Table
from gongxue.documents.look import CELL_PADDING, LINE, TEXT_POINTS
from gongxue.documents.printed import words
from gongxue.documents.tables import bands

_MM_PER_POINT: Final = 25.4 / 72
_LINE_MM: Final = TEXT_POINTS * LINE * _MM_PER_POINT
_EM_MM: Final = TEXT_POINTS * _MM_PER_POINT


class Slot(msgspec.Struct, frozen=True, gc=False):
    """A cell as one row meets it, from `column` (counted from 0) on; `starts` is false in the rows that it only reaches down into."""

    cell: Cell
    column: int
    columns: int
    rows: int
    starts: bool


def slots_of(table: Table) -> tuple[tuple[Slot, ...], ...]:
    """The slots of each row, from left to right, covering every column once.

    Raises ValueError where a row lists a cell that it has no room for: left out, its words would be missing on the paper.
    """
    rows: list[list[Slot]] = [[] for _ in table.rows]
    for band in bands(table):
        for each in band.cells:
            for below in range(each.rows):
                rows[each.y + below].append(Slot(each.cell, each.x, each.columns, each.rows, below == 0))
    return tuple(tuple(sorted(slots, key=lambda slot: slot.column)) for slots in rows)


def edges(table: Table, width: int) -> tuple[int, ...]:
    """Where the columns begin and end, from 0 to `width` in whole units of it: one more than there are columns."""
    whole = sum(table.widths)
    return tuple(round(width * part / whole) for part in accumulate(table.widths, initial=0.0))


def is_tall(slots: tuple[Slot, ...], table: Table, width: float, limit: float) -> bool:
    """Whether the row is likely taller than `limit` millimetres in a table of `width` millimetres, so that it may be split over two pages.

    An estimate: an ideograph is as wide as the type is high, other signs half of that; a cell that spans rows is shared out among them.
    """
    whole = sum(table.widths)
    for slot in slots:
        own = sum(table.widths[slot.column : slot.column + slot.columns])
        most = limit * slot.rows
        if _height(slot.cell, width * own / whole - CELL_PADDING["left"] - CELL_PADDING["right"], most) > most:
            return True
    return False


def _height(cell: Cell, width: float, limit: float) -> float:
    per_line = max(width / _EM_MM, 1.0)
    texts = [text for line in cell.lines for text in "".join(map(words, line)).split("\n")]
    most = sum(len(text) // per_line + 1 for text in texts) * _LINE_MM
    if most <= limit:
        return most
    return sum(_ems(text) // per_line + 1 for text in texts) * _LINE_MM


def _ems(text: str) -> float:
    return sum(1.0 if sign > "\u2e7f" else 0.5 for sign in text)
