"""A paper as HTML: a page of its own, or a fragment for the site. No script, no style attribute; every word of a user is escaped."""

from functools import cache
from html import escape
from importlib.resources import files
from itertools import groupby
from typing import assert_never

from gongxue.documents.blocks import Blank, Block, Cell, Inline, Line, PageBreak, Paper, Paragraph, Seals, Table, Tick, Title
from gongxue.documents.printed import UNFILLED, Printed, foot, printable
from gongxue.documents.tables import Placed, bands

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
    return (files("gongxue.documents") / "paper.css").read_text("utf-8") + widths


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
        return "".join(f'<div class="line">{"".join(map(self._inline, line)) or "<br>"}</div>' for line in lines)

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Tick():
                on, told = (" tick--on", "已勾選") if inline.checked else ("", "未勾選")
                return (
                    f'<span class="choice"><span class="tick{on}" role="img" aria-label="{told}"></span>{self._text(inline.label)}</span>'
                )
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


def _tag(placed: Placed, table: Table) -> str:
    if not placed.cell.head:
        return "td"
    return f'th scope="{"col" if placed.y < table.head_rows else "row"}"'


def _class_of(cell: Cell) -> str:
    return f' class="{cell.align}"' if cell.align != "start" else ""


def _classes(*names: str | bool) -> str:
    return " ".join(name for name in names if isinstance(name, str) and name != "start")
