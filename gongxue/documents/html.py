"""A paper as HTML: a page of its own, or a fragment for the site. No script, no style attribute; every word of a user is escaped."""

from functools import cache
from html import escape
from importlib.resources import files
from itertools import groupby, takewhile, zip_longest
from math import ceil
from typing import Final, assert_never

from gongxue.documents.blocks import Blank, Block, Cell, Inline, Line, PageBreak, Paper, Paragraph, Seals, Table, Tick, Title
from gongxue.documents.lettering import width
from gongxue.documents.printed import UNFILLED, Printed, foot, printable
from gongxue.documents.tables import Placed, bands

_WIDEST_COLUMN: Final = 30
"""In ems; a tick box with a longer label takes what it needs."""

CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def render_html(paper: Paper) -> Printed:
    """The paper as a page that stands alone: UTF-8, its style sheet inside, nothing fetched."""
    missing: dict[str, None] = {}
    article = _Writer(missing).article(paper)
    head = (
        '<!doctype html>\n<html lang="zh-Hant-TW">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{CONTENT_SECURITY_POLICY}">\n'
        f"<title>{escape(printable(paper.title, missing))}</title>\n<style>\n{stylesheet()}</style>\n</head>\n"
    )
    return Printed(f"{head}<body>\n{article}</body>\n</html>\n".encode(), tuple(missing))


def render_fragment(paper: Paper) -> Printed:
    """The paper as an `<article class="paper">` for a page that links `stylesheet()`."""
    missing: dict[str, None] = {}
    return Printed(_Writer(missing).article(paper).encode(), tuple(missing))


@cache
def stylesheet() -> str:
    """The style sheet of papers, for standing alone and for the site."""
    widths = "".join(f".paper .col-{percent} {{ width: {percent}%; }}\n" for percent in range(1, 101))
    choices = "".join(f".paper .choice--{ems} {{ min-width: {ems + 1}em; }}\n" for ems in range(1, _WIDEST_COLUMN + 1))
    return (files("gongxue.documents") / "paper.css").read_text("utf-8") + widths + choices


class _Writer:
    """Writes the blocks of one paper; `missing` gathers the characters that cannot be printed."""

    def __init__(self, missing: dict[str, None]) -> None:
        self._missing = missing

    def article(self, paper: Paper) -> str:
        wide = " paper--landscape" if paper.landscape else ""
        blocks = "".join(map(self._block, paper.blocks))
        return f'<article class="paper{wide}">\n{blocks}<footer class="paper__foot">{self._text(foot(paper))}</footer>\n</article>\n'

    def _text(self, text: str) -> str:
        return escape(printable(text, self._missing))

    def _block(self, block: Block) -> str:
        match block:
            case Title():
                heading = f"<h{block.level}>{self._text(block.text)}</h{block.level}>\n"
                return heading + (f'<p class="paper__subtitle">{self._text(block.subtitle)}</p>\n' if block.subtitle else "")
            case Paragraph():
                names = _classes("paper__text", block.small and "paper__text--small", block.align)
                return f'<div class="{names}">{self._lines(block.lines)}</div>\n'
            case Table():
                return self._table(block)
            case Seals():
                boxes = "".join(f"<li>{self._text(label)}</li>" for label in block.labels)
                return f'<ol class="paper__seals">{boxes}</ol>\n'
            case PageBreak():
                return '<hr class="paper__break">\n'
        assert_never(block)

    def _lines(self, lines: tuple[Line, ...]) -> str:
        columns = _tick_columns(lines)
        return "".join(f'<div class="line">{self._line(line, columns) or "<br>"}</div>' for line in lines)

    def _line(self, line: Line, columns: list[int]) -> str:
        aligned = columns[: max(len(_leading_ticks(line)) - 1, 0)]
        return "".join(
            self._inline(inline, wide) for inline, wide in zip_longest(line, aligned, fillvalue=0) if not isinstance(inline, int)
        )

    def _inline(self, inline: Inline, wide: int) -> str:
        match inline:
            case Tick():
                on, told = (" tick--on", "已勾選") if inline.checked else ("", "未勾選")
                column = f" choice--{wide}" if wide else ""
                box = f'<span class="tick{on}" role="img" aria-label="{told}"></span>'
                return f'<span class="choice{column}">{box}{self._text(inline.label)}</span>'
            case Blank():
                return f'<span class="unfilled">{UNFILLED}</span>'
            case str():
                return self._text(inline)
        assert_never(inline)

    def _table(self, table: Table) -> str:
        label = self._text(table.label)
        total = sum(table.widths) or 1
        columns = "".join(f'<col class="col-{max(1, round(100 * width / total))}">' for width in table.widths)
        placed = [cell for band in bands(table) for cell in band.cells]
        rows = {y: "".join(self._cell(cell, table) for cell in row) for y, row in groupby(placed, key=lambda each: each.y)}
        written = [f"<tr>{rows.get(y, '')}</tr>\n" for y in range(len(table.rows))]
        head, body = "".join(written[: table.head_rows]), "".join(written[table.head_rows :])
        return (
            f'<div class="paper__scroll" role="region" aria-label="{label}" tabindex="0">\n<table>\n<caption>{label}</caption>\n'
            f"<colgroup>{columns}</colgroup>\n"
            + (f"<thead>\n{head}</thead>\n" if head else "")
            + f"<tbody>\n{body}</tbody>\n</table>\n</div>\n"
        )

    def _cell(self, placed: Placed, table: Table) -> str:
        cell = placed.cell
        spans = (f' colspan="{placed.columns}"' if placed.columns > 1 else "") + (f' rowspan="{placed.rows}"' if placed.rows > 1 else "")
        field = f' data-field="{escape(cell.field)}"' if cell.field else ""
        return f"<{_tag(placed, table)}{spans}{_class_of(cell)}{field}>{self._lines(cell.lines)}</{'th' if cell.head else 'td'}>"


def _tick_columns(lines: tuple[Line, ...]) -> list[int]:
    """How many ems each column of tick boxes takes, where two or more stand in each of several lines; else nothing."""
    rows = [row for row in map(_leading_ticks, lines) if len(row) > 1]
    if len(rows) < 2:
        return []
    widths = [[width(tick.label) for tick in row] for row in rows]
    return [min(_WIDEST_COLUMN, ceil(max(column)) + 1) for column in zip_longest(*widths, fillvalue=0.0)]


def _leading_ticks(line: Line) -> list[Tick]:
    return [inline for inline in takewhile(lambda inline: isinstance(inline, Tick), line) if isinstance(inline, Tick)]


def _tag(placed: Placed, table: Table) -> str:
    if not placed.cell.head:
        return "td"
    return f'th scope="{"col" if placed.y < table.head_rows else "row"}"'


def _class_of(cell: Cell) -> str:
    return f' class="{cell.align}"' if cell.align != "start" else ""


def _classes(*names: str | bool) -> str:
    return " ".join(name for name in names if isinstance(name, str) and name != "start")
