"""Where the cells of a table lie. Rows list their cells as HTML does: what a row span covers is not listed again."""

import msgspec

from gongxue.documents.blocks import Cell, Table


class Placed(msgspec.Struct, frozen=True):
    """A cell at column `x` of row `y`, its spans cut to what the table has."""

    cell: Cell
    x: int
    y: int
    columns: int
    rows: int


class Band(msgspec.Struct, frozen=True):
    """Rows that row spans tie together: from row `first` up to, not with, row `end`; most bands are one row."""

    first: int
    end: int
    cells: tuple[Placed, ...]


def bands(table: Table) -> list[Band]:
    """The table's bands from top to bottom, cells in reading order; where a row lists too few cells, empty ones fill it.

    Raises ValueError where a row lists a cell that it has no room for: left out, its words would be missing on the paper.
    """
    placed = _place(table)
    found: list[Band] = []
    first = 0
    while first < len(table.rows):
        end = first + 1
        row = first
        while row < end:
            end = max([end, *(each.y + each.rows for each in placed[row])])
            row += 1
        found.append(Band(first, end, tuple(each for row in range(first, end) for each in placed[row])))
        first = end
    return found


def _place(table: Table) -> list[list[Placed]]:
    width, height = len(table.widths), len(table.rows)
    taken: set[tuple[int, int]] = set()
    placed: list[list[Placed]] = []
    for y, row in enumerate(table.rows):
        # The head repeats on its own, so no span may tie it to the rows below.
        below = table.head_rows if y < table.head_rows else height
        here: list[Placed] = []
        cells = iter(row.cells)
        for x in range(width):
            if (x, y) in taken:
                continue
            cell = next(cells, Cell())
            columns = 1
            while columns < cell.columns and x + columns < width and (x + columns, y) not in taken:
                columns += 1
            rows = max(1, min(cell.rows, below - y))
            taken.update((x + i, y + j) for i in range(columns) for j in range(rows))
            here.append(Placed(cell, x, y, columns, rows))
        if len(row.cells) > len(here):
            raise ValueError(f"table {table.label!r}, row {y + 1}: no room for cell {len(here) + 1} of {len(row.cells)}")
        placed.append(here)
    return placed
