"""Rows of cells as a file gives them, made into a table: cells merged downwards become one that spans rows."""

import msgspec

from gongxue.documents.reading.bounds import MOST_COLUMNS, Bounds
from gongxue.documents.reading.sheet import GridCell, GridTable, ParagraphText, SheetBlock


class _Found(msgspec.Struct):
    blocks: list[SheetBlock]
    columns: int
    rows: int
    bookmarks: tuple[str, ...]


class Rows:
    """A table while it is read, row by row and cell by cell."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._rows: list[list[_Found]] = []
        self._column = 0
        self._above: dict[int, _Found] = {}
        self._here: dict[int, _Found] = {}

    def row(self) -> None:
        """A new row begins."""
        self._bounds.take_cells(1)
        self._rows.append([])
        self._column = 0
        self._above, self._here = self._here, {}

    def cell(self, blocks: list[SheetBlock], columns: int = 1, rows: int = 1, bookmarks: tuple[str, ...] = ()) -> None:
        """A cell that starts here, and what stands in it."""
        self._bounds.take_cells(1)
        found = _Found(blocks, min(columns, MOST_COLUMNS), rows, bookmarks)
        self._rows[-1].append(found)
        self._here[self._column] = found
        self._column += found.columns

    def continued(self, columns: int = 1) -> bool:
        """A cell merged with the one above it, unless none starts at this place there: then False, and it is a cell of its own."""
        found = self._above.get(self._column)
        if found is None:
            return False
        found.rows += 1
        self._here[self._column] = found
        self._column += columns
        return True

    def widened(self, columns: int) -> bool:
        """A cell merged with the one to its left, unless there is none."""
        if not self._rows[-1]:
            return False
        found = self._rows[-1][-1]
        found.columns = min(found.columns + columns, MOST_COLUMNS)
        self._column += columns
        return True

    def again(self, times: int) -> None:
        """The last row stands `times` times more; one without a word is not worth more than a few."""
        last = self._rows[-1]
        length = sum(len(flat(cell.blocks)) for cell in last)
        if not length:
            times = min(times, 3)
        self._bounds.take_cells(times * (len(last) + 1))
        self._bounds.take_text(times * length)
        self._rows += [last] * times

    def table(self) -> GridTable:
        """The table; no cell reaches below its last row.

        A table in a cell that is as wide as the table around it is rows that were pasted there: they follow the row they were pasted into,
        or the next row after which no cell reaches further down.
        """
        width = max((sum(cell.columns for cell in row) for row in self._rows), default=0)
        rows: list[tuple[GridCell, ...]] = []
        pasted: list[tuple[GridCell, ...]] = []
        reach = 0
        for number, row in enumerate(self._rows):
            rows.append(tuple(self._read(cell, len(self._rows) - number, width, pasted) for cell in row))
            reach = max([reach, *(number + cell.rows for cell in row)])
            if reach <= number + 1:
                rows += pasted
                pasted.clear()
        return GridTable((*rows, *pasted))

    def _read(self, cell: _Found, most_rows: int, width: int, pasted: list[tuple[GridCell, ...]]) -> GridCell:
        """The cell, without the rows that were pasted into it: those go to `pasted`."""
        own: list[SheetBlock] = []
        for block in cell.blocks:
            if width > 1 and isinstance(block, GridTable) and _width(block) == width:
                pasted += block.rows
            else:
                own.append(block)
        return GridCell(flat(own), cell.columns, min(cell.rows, most_rows), cell.bookmarks)


def _width(table: GridTable) -> int:
    return max((sum(cell.columns for cell in row) for row in table.rows), default=0)


def plain(text: str) -> str:
    """A paragraph's text; "" where it has nothing but the joiner by which LibreOffice holds a row open that was added under tracking."""
    return text if text.strip("\u200d") else ""


def flat(blocks: list[SheetBlock]) -> str:
    """The text of a cell that holds these blocks. The empty paragraph that Word wants after a table in a cell is no line of it."""
    if len(blocks) > 1 and blocks[-1] == ParagraphText("") and isinstance(blocks[-2], GridTable):
        blocks = blocks[:-1]
    return "\n".join(block.text if isinstance(block, ParagraphText) else _lines(block) for block in blocks)


def _lines(table: GridTable) -> str:
    return "\n".join("\t".join(cell.text.replace("\n", " ") for cell in row) for row in table.rows)


def frame(table: GridTable, inside: list[SheetBlock]) -> bool:
    """Whether a table is only a frame around others: one cell, with tables `inside`."""
    return len(table.rows) == 1 and len(table.rows[0]) == 1 and any(isinstance(block, GridTable) for block in inside)
