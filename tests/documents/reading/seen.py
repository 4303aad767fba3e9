"""What is read of a document, in the words of a test."""

from collections.abc import Callable

from gongxue.documents.reading.extract import read_sheet
from gongxue.documents.reading.sheet import GridTable, ParagraphText


class Seen:
    """What is read of a body that `write` makes a file of."""

    def __init__(self, write: Callable[..., bytes]) -> None:
        self._write = write

    def texts(self, body: str, **more: str) -> list[str]:
        """The paragraphs; each table between them is told as (table)."""
        blocks = read_sheet(self._write(body, **more)).blocks
        return [block.text if isinstance(block, ParagraphText) else "(table)" for block in blocks]

    def table(self, body: str, **more: str) -> GridTable:
        """The one table of a body that has nothing else."""
        (block,) = read_sheet(self._write(body, **more)).blocks
        assert isinstance(block, GridTable)
        return block

    def cells(self, body: str, **more: str) -> list[list[str]]:
        """The texts of that table."""
        return [[cell.text for cell in row] for row in self.table(body, **more).rows]

    def spans(self, body: str, **more: str) -> list[list[tuple[str, int, int]]]:
        """Text, columns and rows of each of its cells."""
        return [[(cell.text, cell.columns, cell.rows) for cell in row] for row in self.table(body, **more).rows]
