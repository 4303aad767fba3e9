"""An OpenDocument text (ODT): its paragraphs and tables in the order of the page, as far as they are visible."""

from typing import Final

from lxml import etree

from gongxue.documents.reading.bounds import MOST_COLUMNS, Bounds, check_depth
from gongxue.documents.reading.markup import attribute, name_of, whole
from gongxue.documents.reading.odt_controls import form_controls
from gongxue.documents.reading.odt_styles import Styles
from gongxue.documents.reading.odt_text import ParagraphReader
from gongxue.documents.reading.rowing import Rows, flat, frame, plain
from gongxue.documents.reading.sheet import ParagraphText, SheetBlock

_MOST_ROWS: Final = 100_000
"""That one element may stand for; far fewer are let through by `Bounds`."""

_CONTAINERS: Final = frozenset(
    [
        "text:list", "text:list-item", "text:list-header", "text:numbered-paragraph", "text:section",
        "text:table-of-content", "text:illustration-index", "text:table-index", "text:object-index", "text:user-index",
        "text:alphabetical-index", "text:bibliography", "text:index-body", "text:index-title",
        "draw:frame", "draw:text-box", "draw:a", "draw:g", "draw:custom-shape", "draw:rect", "draw:ellipse", "draw:circle", "draw:polygon",
        "draw:polyline", "draw:path", "draw:regular-polygon", "draw:line", "draw:connector", "draw:caption", "draw:measure",
    ]
)  # fmt: skip
_ROW_GROUPS: Final = frozenset(["table:table-header-rows", "table:table-rows", "table:table-row-group"])


def read_body(body: etree._Element, styled: list[etree._Element]) -> tuple[SheetBlock, ...]:
    """The blocks of an `office:text`, empty paragraphs left out; `styled` are the roots that styles stand in.

    Raises FormError where there is too much or it is nested too deep.
    """
    bounds = Bounds()
    reader = _Reader(ParagraphReader(Styles(styled), form_controls(body), bounds), bounds)
    return tuple(block for block in reader.blocks(body, 0) if block != ParagraphText(""))


class _Reader:
    def __init__(self, paragraphs: ParagraphReader, bounds: Bounds) -> None:
        self._paragraphs, self._bounds = paragraphs, bounds
        self._bookmarks: list[str] = []

    def blocks(self, container: etree._Element, depth: int) -> list[SheetBlock]:
        check_depth(depth)
        blocks: list[SheetBlock] = []
        for each in container:
            name = name_of(each)
            if name in ("text:p", "text:h"):
                blocks += self._paragraph(each, depth)
            elif name == "table:table":
                blocks += self._table(each, depth)
            elif name in _CONTAINERS and not _is_hidden(each):
                blocks += self.blocks(each, depth + 1)
        return blocks

    def _paragraph(self, paragraph: etree._Element, depth: int) -> list[SheetBlock]:
        words = self._paragraphs.read(paragraph)
        self._bookmarks += words.bookmarks
        if words.hidden:
            return []
        blocks: list[SheetBlock] = [ParagraphText(plain(words.text))]
        for drawing in words.drawings:
            blocks += self.blocks(drawing, depth + 1)
        return blocks

    def _table(self, table: etree._Element, depth: int) -> list[SheetBlock]:
        """The table, or what is inside when it is only a frame."""
        rows = Rows(self._bounds)
        outside = self._bookmarks
        inside = self._rows(table, rows, depth)
        self._bookmarks = outside
        read = rows.table()
        return inside if frame(read, inside) else [read]

    def _rows(self, group: etree._Element, rows: Rows, depth: int) -> list[SheetBlock]:
        """Reads the rows of a table or of a group in it; returns the blocks of the last cell."""
        check_depth(depth)
        inside: list[SheetBlock] = []
        for each in group:
            name = name_of(each)
            if name in _ROW_GROUPS:
                inside = self._rows(each, rows, depth + 1) or inside
            elif name == "table:table-row":
                rows.row()
                for cell in each:
                    if name_of(cell) == "table:table-cell":
                        inside = self._cell(cell, rows, depth)
                rows.again(whole(attribute(each, "table:number-rows-repeated"), _MOST_ROWS) - 1)
        return inside

    def _cell(self, cell: etree._Element, rows: Rows, depth: int) -> list[SheetBlock]:
        self._bookmarks = []
        blocks = self.blocks(cell, depth + 1)
        length = len(flat(blocks))
        columns = whole(attribute(cell, "table:number-columns-spanned"), MOST_COLUMNS)
        height = whole(attribute(cell, "table:number-rows-spanned"), _MOST_ROWS)
        for _ in range(whole(attribute(cell, "table:number-columns-repeated"), MOST_COLUMNS)):
            self._bounds.take_text(length)
            rows.cell(blocks, columns, height, tuple(dict.fromkeys(self._bookmarks)))
        return blocks


def _is_hidden(element: etree._Element) -> bool:
    display = attribute(element, "text:display")
    return display == "none" or (display == "condition" and attribute(element, "text:is-hidden") == "true")
