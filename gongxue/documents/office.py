"""What the two office formats share: the walk through the blocks, text that becomes nothing but text, and repeatable ZIP files."""

import io
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Final, Literal, assert_never

import msgspec

from gongxue.documents.blocks import Align, Blank, Block, Cell, Line, PageBreak, Paper, Paragraph, Row, Seals, Table, Tick, Title
from gongxue.documents.bookmarks import bookmark_name
from gongxue.documents.grid import Slot, is_tall, slots_of
from gongxue.documents.look import ROW_HEIGHT, SEAL_HEIGHT, text_area
from gongxue.documents.printed import UNFILLED, printable, words

Style = Literal[
    "Normal", "Note", "Heading1", "Heading2", "FormSubtitle", "SectionSubtitle", "TableText", "TableEnd", "TableSeam", "BeforeSeals"
]  # fmt: skip
"""The paragraph styles of both formats. The last three are narrow and empty: after a table, before one that goes on, above the seals."""

_INTRODUCTION: Final = 3
"""So many lines before a table or the seals are taken to introduce them, and stay with them."""
_TICK_GAP: Final = "　"
_MARKUP: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"})
_BEFORE_CLOCKS: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest date a ZIP file can hold stands on every part: bytes tell the paper, not when it was printed."""
_UNIX: Final = 3
_READABLE: Final = 0o644 << 16


def escaped(text: str, missing: dict[str, None]) -> str:
    """The text as XML content or attribute value: no markup left in it, no character that XML forbids; those go to `missing`."""
    return printable(text, missing).translate(_MARKUP)


def pieces(line: Line) -> Iterator[tuple[str, bool]]:
    """The line's words in as few stretches as can be, each with whether it stands for a missing value.

    A tick box keeps a space's distance from what stands before it.
    """
    said = ""
    behind = True
    for inline in line:
        if isinstance(inline, Blank):
            if said:
                yield said, False
            yield UNFILLED, True
            said, behind = "", False
            continue
        text = words(inline)
        if isinstance(inline, Tick) and not behind:
            said += _TICK_GAP
        said += text
        behind = text[-1:].isspace() if text else behind
    if said:
        yield said, False


class Setting(msgspec.Struct, frozen=True, gc=False):
    """How a paragraph is set: `new_page` begins a page with it, `stays` keeps it on the page of what follows."""

    style: Style
    align: Align = "start"
    new_page: bool = False
    stays: bool = False


class RowLook(msgspec.Struct, frozen=True, gc=False):
    """How a row is set: `height` is the least, in millimetres; `head` repeats on every page, `stays` keeps the row on the page of what
    follows, `splits` lets it run over two pages.
    """

    slots: tuple[Slot, ...]
    height: float
    head: bool
    stays: bool
    splits: bool


class Body(ABC):
    """A document's body as it grows, block by block.

    A page break waits for the block it stands before: none at the start, no empty last page. After every table comes a narrow paragraph:
    without one Word joins two tables into one, and a body must not end with a table.
    """

    def __init__(self, paper: Paper) -> None:
        self.out: list[str] = []
        self.missing: dict[str, None] = {}
        self.width, height = text_area(paper.landscape)
        self._half_page = height / 2
        self._marks: set[str] = set()
        self._break_due = False

    def write(self, blocks: tuple[Block, ...]) -> None:
        """The blocks, after what is there. Raises ValueError for a table that has no room for one of its cells."""
        for block, after in zip(blocks, (*blocks, None)[1:], strict=True):
            self._write(block, after)

    @abstractmethod
    def paragraph(self, line: Line, setting: Setting, around: tuple[str, str] = ("", "")) -> str:
        """One paragraph, between the two halves of `around` inside it."""

    @abstractmethod
    def table(self, table: Table, rows: tuple[RowLook, ...]) -> str:
        """A whole table of at least one row."""

    @abstractmethod
    def bookmark(self, number: int, name: str) -> tuple[str, str]:
        """The start and the end of the `number`th bookmark."""

    def content(self, slot: Slot, row: RowLook) -> str:
        """The paragraphs of a cell, at least one; none of its words where it only reaches down from an earlier row."""
        cell = slot.cell
        lines = (cell.lines if slot.starts else ()) or ((),)
        setting = Setting("TableText", cell.align, False, row.stays)
        if not cell.field or not slot.starts:
            return "".join([self.paragraph(line, setting) for line in lines])
        start, end = self.bookmark(len(self._marks), bookmark_name(cell.field, self._marks))
        last = len(lines) - 1
        return "".join([self.paragraph(line, setting, ("" if at else start, end if at == last else "")) for at, line in enumerate(lines)])

    def _write(self, block: Block, after: Block | None) -> None:
        match block:
            case PageBreak():
                self._break_due = bool(self.out)
            case Title():
                self._write_title(block)
            case Paragraph():
                stays = isinstance(after, Table | Seals) and len(block.lines) <= _INTRODUCTION
                for line in block.lines:
                    self._add(line, "Note" if block.small else "Normal", block.align, stays)
            case Table():
                self._write_table(block, after)
            case Seals():
                self._write_seals(block)
            case _:
                assert_never(block)

    def _add(self, line: Line, style: Style, align: Align = "start", stays: bool = False) -> None:
        self.out.append(self.paragraph(line, Setting(style, align, self._break_due, stays)))
        self._break_due = False

    def _write_title(self, title: Title) -> None:
        self._add((title.text,), "Heading1" if title.level == 1 else "Heading2")
        if title.subtitle:
            self._add((title.subtitle,), "FormSubtitle" if title.level == 1 else "SectionSubtitle")

    def _write_table(self, table: Table, after: Block | None) -> None:
        if not table.rows:
            return
        if self._break_due:
            self._add((), "TableSeam")
        signed = isinstance(after, Seals)
        looks = []
        for number, slots in enumerate(slots_of(table)):
            head = number < table.head_rows
            splits = is_tall(slots, table, self.width, self._half_page)
            stays = head or (signed and not splits and number == len(table.rows) - 1)
            looks.append(RowLook(slots, ROW_HEIGHT, head, stays, splits))
        self.out.append(self.table(table, tuple(looks)))
        self._add((), "TableSeam" if isinstance(after, Table) else "TableEnd", stays=signed)

    def _write_seals(self, seals: Seals) -> None:
        """Boxes to stamp. They stay with the last row before them: nobody should be asked to stamp a page that has nothing on it."""
        if not seals.labels:
            return
        self._add((), "BeforeSeals")
        labels = Row(tuple(Cell(((label,),), align="center", head=True) for label in seals.labels))
        table = Table("核章", (1.0,) * len(seals.labels), (labels, Row((Cell(),) * len(seals.labels))))
        above, below = slots_of(table)
        self.out.append(
            self.table(table, (RowLook(above, ROW_HEIGHT, True, True, False), RowLook(below, SEAL_HEIGHT, False, False, False)))
        )
        self._add((), "TableEnd")


def archive(parts: Mapping[str, str], first: tuple[str, str] | None = None) -> bytes:
    """A ZIP file of the parts (name → text), in their order; before them, not compressed, `first`: ODF wants its media type there."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        if first:
            target.writestr(_entry(first[0], zipfile.ZIP_STORED), first[1])
        for name, text in parts.items():
            target.writestr(_entry(name, zipfile.ZIP_DEFLATED), text.encode())
    return buffer.getvalue()


def _entry(name: str, compression: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _BEFORE_CLOCKS)
    entry.create_system, entry.external_attr, entry.compress_type = _UNIX, _READABLE, compression
    return entry
