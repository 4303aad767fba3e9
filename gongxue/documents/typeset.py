"""Turns a paper into what `paper.typ` walks: printable text, the families it needs, columns in points, and which rows may break.

Everything that needs judgement is done here, where it can be read and tried, so that the template only draws.
"""

from typing import Final, Literal

import msgspec

from gongxue.documents.blocks import Align, Block, Paper, Paragraph, Seals, Table, Title
from gongxue.documents.lettering import BREAK, Lettering
from gongxue.documents.look import (
    LINE,
    MARGIN,
    RULE_POINTS,
    SEAL_HEIGHT,
    SECTION_POINTS,
    SMALL_POINTS,
    TEXT_POINTS,
    TITLE_POINTS,
    text_area,
)
from gongxue.documents.pdf_labels import Labels
from gongxue.documents.printed import UNFILLED, foot
from gongxue.documents.printed_lines import PrintedLine, Writer, fit, line_count
from gongxue.documents.tables import Band, Placed, bands

_POINTS_PER_MM: Final = 72 / 25.4
INSET: Final = 5.0
"""Points between a cell's rule and its text."""
_LEAST_ROW: Final = TEXT_POINTS + 2 * INSET
"""Points; a row of one line. The leading stands between lines, not around them."""
_INTRODUCTION: Final = 3
"""So many lines before a table or the seals are taken to introduce them, and stay with them."""


class Setting(msgspec.Struct, frozen=True):
    """A paper ready for the template.

    `data` is JSON. `families` has the characters by the font family that prints them, `missing` the code points of those that no font has.
    `labels` has for every table its name and for every cell of it, in reading order, whether it is a label in a row of data (for screen
    readers). `signed`: a table stands before the seals.
    """

    data: str
    families: dict[str, str]
    missing: tuple[str, ...]
    labels: tuple[Labels, ...]
    signed: bool


class PrintedCell(msgspec.Struct, omit_defaults=True):
    """A cell; `width` is that of its text, in points. Most cells hold one piece of `text`, the others `lines`.

    `loose` lets it break over two pages. `signing`: the page it stands on is asked for, to be compared with that of the seals.
    """

    width: float
    text: str = ""
    lines: list[PrintedLine] = []
    align: Align = "start"
    head: bool = False
    columns: int = 1
    rows: int = 1
    loose: bool = False
    signing: bool = False

    def short(self) -> "PrintedCell | str":
        """The text alone, where nothing else is to be said of the cell: most are so, and the template has less to do."""
        if (
            self.head
            or self.loose
            or self.signing
            or self.lines
            or self.columns > 1
            or self.rows > 1
            or self.align != "start"
            or BREAK in self.text
        ):
            return self
        return self.text


class PrintedBand(msgspec.Struct, omit_defaults=True):
    """The cells of rows that row spans tie together; or these `rows`, for the template to measure and to settle which of them are loose.

    `heights` of the rows in points, 0 where it is the text that decides: Typst lays out every cell of such a row twice.
    """

    heights: list[float]
    cells: list[PrintedCell | str] = []
    rows: list[list[PrintedCell]] = []


class _Sized(msgspec.Struct):
    """A cell with the rows of its band that it takes, and the height that it cannot exceed, or has for sure."""

    cell: PrintedCell
    first: int
    end: int
    height: float
    sure: bool


class PrintedBlock(msgspec.Struct, omit_defaults=True):
    """Any block; which fields count depends on its kind. A table `joins` one right above it and is `joined` by one right below."""

    kind: Literal["title", "paragraph", "table", "seals", "break"]
    level: int = 0
    lines: list[PrintedLine] = []
    under: list[PrintedLine] = []
    small: bool = False
    align: Align = "start"
    sticky: bool = False
    joins: bool = False
    joined: bool = False
    columns: list[float] = []
    head: list[PrintedBand] = []
    body: list[PrintedBand] = []
    labels: list[list[PrintedLine]] = []


def typeset(paper: Paper, lettering: Lettering, *, simple: bool = False, sign_with_row: bool = False) -> Setting:
    """Sets one paper.

    `simple` is the way out for text that Typst could not set (`Lettering.plain`). `sign_with_row` lets the last row of a table before the
    seals begin a new page with them: nobody should be asked to stamp a page that has nothing on it.
    """
    return _Sheet(paper, Writer(lettering, simple=simple), sign_with_row).setting()


class _Sheet:
    """One paper on its way to the template."""

    def __init__(self, paper: Paper, writer: Writer, sign_with_row: bool) -> None:
        self._paper, self._writer, self._sign_with_row = paper, writer, sign_with_row
        across, down = text_area(paper.landscape)
        self._across, self._down = across * _POINTS_PER_MM, down * _POINTS_PER_MM
        self._labels: list[Labels] = []
        self._signed = False

    def setting(self) -> Setting:
        """Sets all blocks in order, then asks which families they need."""
        paper, writer = self._paper, self._writer
        title, under = writer.plain(paper.title), writer.plain(foot(paper))
        blocks: list[PrintedBlock] = []
        before: Block | None = None
        for block, after in zip(paper.blocks, (*paper.blocks[1:], None), strict=True):
            blocks += self._block(block, before, after)
            before = block
        families = writer.by_family()
        sheet = {
            "title": title,
            "foot": under,
            "blank": UNFILLED,
            "landscape": paper.landscape,
            "families": list(families),
            "look": self._look(),
            "blocks": blocks,
        }
        data = msgspec.json.encode(sheet).decode()
        return Setting(data, families, tuple(writer.missing), tuple(self._labels), self._signed)

    def _look(self) -> dict[str, float]:
        """Sizes in points; `line` in sizes of type. A row is tall, and may break, from half a page on."""
        return {
            "margin": MARGIN * _POINTS_PER_MM,
            "title": TITLE_POINTS,
            "section": SECTION_POINTS,
            "text": TEXT_POINTS,
            "small": SMALL_POINTS,
            "line": LINE,
            "rule": RULE_POINTS,
            "inset": INSET,
            "seal": SEAL_HEIGHT * _POINTS_PER_MM,
            "tall": self._down / 2,
        }

    def _block(self, block: Block, before: Block | None, after: Block | None) -> list[PrintedBlock]:
        if isinstance(block, Title):
            return [self._title(block)]
        if isinstance(block, Paragraph):
            lines = self._writer.lines(block.lines, self._across / (SMALL_POINTS if block.small else TEXT_POINTS))
            sticky = isinstance(after, Table | Seals) and len(lines) <= _INTRODUCTION
            return [PrintedBlock("paragraph", lines=lines, small=block.small, align=block.align, sticky=sticky)]
        if isinstance(block, Table):
            return self._table(block, before, after)
        if isinstance(block, Seals):
            room = self._across / TEXT_POINTS / max(len(block.labels), 1) - 1
            labels = [self._writer.lines(((label,),), room) for label in block.labels]
            return [PrintedBlock("seals", labels=labels)] if labels else []
        return [PrintedBlock("break")]

    def _title(self, title: Title) -> PrintedBlock:
        lines = self._writer.lines(((title.text,),), self._across / (TITLE_POINTS + 2))
        under = self._writer.lines(((title.subtitle,),), self._across / TEXT_POINTS) if title.subtitle else []
        return PrintedBlock("title", level=title.level, lines=lines, under=under)

    def _table(self, table: Table, before: Block | None, after: Block | None) -> list[PrintedBlock]:
        signed = isinstance(after, Seals)
        columns = [self._across * each / sum(table.widths) for each in table.widths]
        every = bands(table)
        head = [band for band in every if band.first < table.head_rows]
        body = every[len(head) :]
        parts = [body[:-1], body[-1:]] if signed and self._sign_with_row and len(body) > 1 else [body]
        printed = [self._part(table, columns, head, part, signed and part is parts[-1]) for part in parts if head or part]
        if printed:
            printed[0].joins, printed[-1].joined = isinstance(before, Table), isinstance(after, Table)
        return printed[:1] + [block for each in printed[1:] for block in (PrintedBlock("break"), each)]

    def _part(self, table: Table, columns: list[float], head: list[Band], body: list[Band], signed: bool) -> PrintedBlock:
        """A whole table, or what of it stands on the page of the seals: with its head, as any page has it."""
        marks = [False for band in head for _ in band.cells] + [placed.cell.head for band in body for placed in band.cells]
        self._labels.append((self._writer.plain(table.label), tuple(marks)))
        self._signed = self._signed or (signed and bool(body))
        rows = [[self._band(band, columns, signed and band is body[-1]) for band in part] for part in (head, body)]
        return PrintedBlock("table", columns=columns, head=rows[0], body=rows[1])

    def _band(self, band: Band, columns: list[float], signed: bool) -> PrintedBand:
        """The cells of a band, and which are loose; `settled` in the template decides by the same rules where bounds do not tell.

        A row is kept up to half a page. A cell that spans rows is kept, and its rows with it, up to a quarter of a page; beyond that many
        rows held together by a label would tear holes into pages.
        """
        sized = [self._cell(placed, columns, band) for placed in band.cells]
        sized[-1].cell.signing = signed
        heights = [0.0] * (band.end - band.first)
        spans = [each for each in sized if each.end > each.first + 1]
        for each in sized:
            if each.end == each.first + 1:
                heights[each.first] = max(heights[each.first], each.height)
        outgrown = [each for each in spans if each.height > (each.end - each.first) * _LEAST_ROW]
        together = sum(heights) + max((each.height for each in spans), default=0.0) <= self._down / 4
        sure = [not outgrown and all(each.sure for each in sized if each.first <= row < each.end) for row in range(len(heights))]
        fixed = [height if known and height <= self._down / 2 else 0.0 for height, known in zip(heights, sure, strict=True)]
        if not together and (max(heights) > self._down / 2 or outgrown):
            return PrintedBand(fixed, rows=[[each.cell for each in sized if each.first == row] for row in range(len(heights))])
        for each in spans:
            each.cell.loose = not together
        return PrintedBand(fixed, [each.cell.short() for each in sized])

    def _cell(self, placed: Placed, columns: list[float], band: Band) -> _Sized:
        cell = placed.cell
        across = sum(columns[placed.x : placed.x + placed.columns]) - 2 * INSET
        room = max(across / TEXT_POINTS, 1.0)
        lines = self._writer.lines(cell.lines, room)
        sure = fit(lines, room)
        count = max(len(lines) if sure else line_count(lines, room), 1)
        printed = PrintedCell(across, align=cell.align, head=cell.head, columns=placed.columns, rows=placed.rows)
        match lines:
            case [[str(text)]]:
                printed.text = text
            case _:
                printed.lines = lines
        first = placed.y - band.first
        return _Sized(printed, first, first + placed.rows, _LEAST_ROW + (count - 1) * LINE * TEXT_POINTS, sure)
