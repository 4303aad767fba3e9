"""A Word document (DOCX): its paragraphs and tables in the order of the page, as far as they are visible."""

from lxml import etree

from gongxue.documents.reading.bounds import MOST_COLUMNS, Bounds, check_depth
from gongxue.documents.reading.docx_settle import settle
from gongxue.documents.reading.docx_styles import Styles
from gongxue.documents.reading.docx_text import ParagraphReader, Words, unwrapped
from gongxue.documents.reading.markup import attribute, child, name_of, value, whole
from gongxue.documents.reading.rowing import Rows, frame, plain
from gongxue.documents.reading.sheet import ParagraphText, SheetBlock


def read_body(body: etree._Element, styles: etree._Element | None) -> tuple[SheetBlock, ...]:
    """The blocks of a `w:body`; empty paragraphs are left out. Raises FormError where there is too much or it is nested too deep."""
    settle(body)
    blocks = _Reader(Styles(styles)).blocks(body, 0)
    return tuple(block for block in blocks if block != ParagraphText(""))


class _Reader:
    def __init__(self, styles: Styles) -> None:
        self._bounds = Bounds()
        self._paragraphs = ParagraphReader(styles)
        self._bookmarks: list[str] = []

    def blocks(self, container: etree._Element, depth: int) -> list[SheetBlock]:
        check_depth(depth)
        blocks: list[SheetBlock] = []
        begun: list[str] = []
        for each in unwrapped(container):
            name = name_of(each)
            if name == "w:p":
                words = self._words(each)
                begun.append(words.text)
                if not words.runs_on:
                    blocks.append(_paragraph(begun))
                for box in words.boxes:
                    blocks += self.blocks(box, depth + 1)
            elif name == "w:tbl":
                if begun:
                    blocks.append(_paragraph(begun))
                blocks += self._table(each, depth)
            elif name == "w:bookmarkStart":
                self._bookmarks.append(attribute(each, "w:name") or "")
        if begun:
            blocks.append(_paragraph(begun))
        return blocks

    def _words(self, paragraph: etree._Element) -> Words:
        words = self._paragraphs.read(paragraph)
        self._bounds.take_text(len(words.text) + len(words.bookmarks) + 1)
        self._bookmarks += words.bookmarks
        return words

    def _table(self, table: etree._Element, depth: int) -> list[SheetBlock]:
        """The table, or what is inside when it is only a frame."""
        rows = Rows(self._bounds)
        inside: list[SheetBlock] = []
        outside, self._bookmarks = self._bookmarks, []
        for row in unwrapped(table):
            if name_of(row) == "w:bookmarkStart":
                self._bookmarks.append(attribute(row, "w:name") or "")
            elif name_of(row) == "w:tr":
                rows.row()
                inside = self._row(row, rows, depth) or inside
        self._bookmarks = outside
        read = rows.table()
        return inside if frame(read, inside) else [read]

    def _row(self, row: etree._Element, rows: Rows, depth: int) -> list[SheetBlock]:
        """Reads a row; returns the blocks of its last cell."""
        before = value(child(row, "w:trPr"), "w:gridBefore")
        if before not in (None, "0"):
            rows.cell([], whole(before, MOST_COLUMNS))
        blocks: list[SheetBlock] = []
        for cell in unwrapped(row):
            if name_of(cell) == "w:bookmarkStart":
                self._bookmarks.append(attribute(cell, "w:name") or "")
            elif name_of(cell) == "w:tc":
                blocks = self._cell(cell, rows, depth)
        return blocks

    def _cell(self, cell: etree._Element, rows: Rows, depth: int) -> list[SheetBlock]:
        properties = child(cell, "w:tcPr")
        columns = whole(value(properties, "w:gridSpan"), MOST_COLUMNS)
        if value(properties, "w:vMerge", "continue") == "continue" and rows.continued(columns):
            return []
        if value(properties, "w:hMerge", "continue") == "continue" and rows.widened(columns):
            return []
        self._paragraphs.fields.end_all()
        blocks = self.blocks(cell, depth + 1)
        self._paragraphs.fields.end_all()
        rows.cell(blocks, columns, 1, tuple(dict.fromkeys(self._bookmarks)))
        self._bookmarks = []
        return blocks


def _paragraph(pieces: list[str]) -> ParagraphText:
    """The pieces as one paragraph; none is left over for the next."""
    text = plain("".join(pieces))
    pieces.clear()
    return ParagraphText(text)
