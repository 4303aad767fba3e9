"""What is visible in an office file, in reading order: neither markup nor format, only words and tables."""

import msgspec


class ParagraphText(msgspec.Struct, frozen=True, tag="paragraph", gc=False):
    """A paragraph outside of tables. Line breaks are newlines, tabs are tabs."""

    text: str


class GridCell(msgspec.Struct, frozen=True, gc=False):
    """A cell where it starts, and how many columns and rows it spans; cells covered by it are not listed.

    `text` is all that can be read in the cell: paragraphs and line breaks as newlines; of a table inside the cell the rows as lines and the
    cells joined by tabs. But a table as wide as the one around it is taken for rows pasted there, and stands among that one's rows.
    `bookmarks` are the names found inside, hidden help only.
    """

    text: str
    columns: int = 1
    rows: int = 1
    bookmarks: tuple[str, ...] = ()


class GridTable(msgspec.Struct, frozen=True, tag="table", gc=False):
    """A table, row by row from the top; a row lists the cells that start in it, from the left."""

    rows: tuple[tuple[GridCell, ...], ...]


SheetBlock = ParagraphText | GridTable


class Sheet(msgspec.Struct, frozen=True, gc=False):
    """The visible content of an office file; `properties` are its custom properties, hidden help only."""

    blocks: tuple[SheetBlock, ...]
    properties: dict[str, str] = {}
