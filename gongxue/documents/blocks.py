"""The few blocks that every official form is made of. No markup stands in them; one renderer per output walks the tree."""

from collections.abc import Iterator
from typing import Literal

import msgspec

Align = Literal["start", "center", "end"]


class Tick(msgspec.Struct, frozen=True, tag="tick"):
    """A tick box, drawn, with its label printed right after it."""

    checked: bool
    label: str


class Blank(msgspec.Struct, frozen=True, tag="blank"):
    """A value that is missing: printed as a visible blank, reported under `path`."""

    path: str


Inline = str | Tick | Blank
Line = tuple[Inline, ...]
"""One line of a cell. User text may itself hold line breaks; renderers keep them."""


class Cell(msgspec.Struct, frozen=True):
    """One cell: lines of text and ticks; `columns` and `rows` are how many it spans.

    `head` marks a label (a header cell for screen readers). `field` names the value the cell holds as a path of the exchange format
    (`sessions[0].date`), "" where it holds none.
    """

    lines: tuple[Line, ...] = ()
    columns: int = 1
    rows: int = 1
    align: Align = "start"
    head: bool = False
    field: str = ""


class Row(msgspec.Struct, frozen=True):
    """One row; a row is never split over two pages unless it alone is taller than half a page."""

    cells: tuple[Cell, ...]


class Title(msgspec.Struct, frozen=True, tag="title"):
    """A title; `level` 1 is the form's own, 2 a section's (一、, 三、, 附錄1). It stays with what follows."""

    text: str
    level: Literal[1, 2] = 1
    subtitle: str = ""


class Paragraph(msgspec.Struct, frozen=True, tag="paragraph"):
    """Running text; `small` is set as notes are."""

    lines: tuple[Line, ...]
    small: bool = False
    align: Align = "start"


class Table(msgspec.Struct, frozen=True, tag="table"):
    """A ruled table: field grid, growing table and money table alike.

    `widths` are relative column widths; the first `head_rows` rows repeat on every page; `label` names the table for screen readers.
    """

    label: str
    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    head_rows: int = 0


class Seals(msgspec.Struct, frozen=True, tag="seals"):
    """The sign-off chain: one box for each seal, in order."""

    labels: tuple[str, ...]


class PageBreak(msgspec.Struct, frozen=True, tag="page_break"):
    """What follows starts on a new page."""


Block = Title | Paragraph | Table | Seals | PageBreak


class Paper(msgspec.Struct, frozen=True):
    """A whole form, A4 upright (or `landscape`). `version` and `digest` (SHA-256, hex, of the snapshot) stand in every page's foot."""

    title: str
    blocks: tuple[Block, ...]
    version: str
    digest: str
    landscape: bool = False
    properties: tuple[tuple[str, str], ...] = ()
    """Custom document properties, hidden: a help for reading the form back, never more trusted than what is visible."""


def blanks(paper: Paper) -> tuple[str, ...]:
    """Paths of the values that print as blanks, in the paper's order."""
    return tuple(inline.path for inline in inlines(paper) if isinstance(inline, Blank))


def inlines(paper: Paper) -> Iterator[Inline]:
    """Every inline of the paper, in reading order."""
    for block in paper.blocks:
        if isinstance(block, Paragraph):
            for line in block.lines:
                yield from line
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    for line in cell.lines:
                        yield from line
        elif isinstance(block, Title):
            yield from filter(None, (block.text, block.subtitle))
        elif isinstance(block, Seals):
            yield from block.labels
