"""A paper as ODT: written straight as OpenDocument 1.2. User text passes `escaped` and lands in paragraphs only."""

import re
from itertools import pairwise
from typing import Final

from gongxue.documents import odt_parts as parts
from gongxue.documents.blocks import Line, Paper, Table
from gongxue.documents.grid import Slot, edges
from gongxue.documents.office import Body, RowLook, Setting, archive, escaped, pieces
from gongxue.documents.printed import Printed, foot

# OpenDocument folds white space as HTML does: a single space between two other signs stays, all others must be counted out.
_FOLDED_SPACES: Final = re.compile(r"(?<![^\n\t]) +| +(?![^\n\t])| {2,}")
_HEADINGS: Final = {"Heading1": 1, "Heading2": 2}
_HUNDREDTHS: Final = 100
"""Columns are measured in hundredths of a millimetre."""


def render_odt(paper: Paper) -> Printed:
    """The paper as an ODT file; the same paper gives the same bytes. Raises ValueError where a table has no room for a cell."""
    body = _OdtBody(paper)
    body.write(paper.blocks)
    files = {
        "content.xml": _content(body),
        "styles.xml": _styles(paper, body.missing),
        "meta.xml": _meta(paper, body.missing),
        "settings.xml": parts.SETTINGS,
        "META-INF/manifest.xml": parts.MANIFEST,
    }
    return Printed(archive(files, first=("mimetype", parts.MEDIA_TYPE)), tuple(body.missing))


def _text(text: str, missing: dict[str, None]) -> str:
    text = escaped(text, missing)
    if "  " in text or "\n" in text or "\t" in text or text[:1] == " " or text[-1:] == " ":
        text = _FOLDED_SPACES.sub(lambda spaces: f'<text:s text:c="{len(spaces[0])}"/>', text)
        text = text.replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")
    return text


class _OdtBody(Body):
    def __init__(self, paper: Paper) -> None:
        super().__init__(paper)
        self.styles: dict[str, str] = {}
        self.labels: set[str] = set()

    def paragraph(self, line: Line, setting: Setting, around: tuple[str, str] = ("", "")) -> str:
        spans = [(_text(text, self.missing), unfilled) for text, unfilled in pieces(line)]
        words = "".join([f'<text:span text:style-name="Unfilled">{text}</text:span>' if unfilled else text for text, unfilled in spans])
        name = self._paragraph_style(setting)
        level = _HEADINGS.get(setting.style)
        if level:
            return f'<text:h text:style-name="{name}" text:outline-level="{level}">{words}</text:h>'
        return f'<text:p text:style-name="{name}">{around[0]}{words}{around[1]}</text:p>'

    def _paragraph_style(self, setting: Setting) -> str:
        base = "Standard" if setting.style == "Normal" else setting.style
        wanted = {"center": ' fo:text-align="center"', "end": ' fo:text-align="end"', "start": ""}[setting.align]
        wanted += ' fo:break-before="page"' if setting.new_page else ""
        wanted += ' fo:keep-with-next="always"' if setting.stays else ""
        if not wanted:
            return base
        name = f"{base}.{setting.align}{'.new' if setting.new_page else ''}{'.stays' if setting.stays else ''}"
        self.styles[name] = (
            f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="{base}">'
            f"<style:paragraph-properties{wanted}/></style:style>"
        )
        return name

    def bookmark(self, number: int, name: str) -> tuple[str, str]:
        return f'<text:bookmark-start text:name="{name}"/>', f'<text:bookmark-end text:name="{name}"/>'

    def table(self, table: Table, rows: tuple[RowLook, ...]) -> str:
        style = f"Table{len(self.labels) + 1}"
        columns = self._table_styles(style, edges(table, round(self.width * _HUNDREDTHS)))
        heads = "".join([self._row(row) for row in rows if row.head])
        if heads:
            heads = f"<table:table-header-rows>{heads}</table:table-header-rows>"
        others = "".join([self._row(row) for row in rows if not row.head])
        name = self._unlike_others(escaped(table.label, self.missing))
        return f'<table:table table:name="{name}" table:style-name="{style}">{columns}{heads}{others}</table:table>'

    def _table_styles(self, style: str, places: tuple[int, ...]) -> str:
        self.styles[style] = (
            f'<style:style style:name="{style}" style:family="table"><style:table-properties style:width="{self.width:g}mm" '
            f'table:align="center" table:border-model="collapsing" style:may-break-between-rows="true"/></style:style>'
        )
        columns = ""
        for number, (left, right) in enumerate(pairwise(places), start=1):
            self.styles[f"{style}.{number}"] = (
                f'<style:style style:name="{style}.{number}" style:family="table-column">'
                f'<style:table-column-properties style:column-width="{(right - left) / _HUNDREDTHS:g}mm"/></style:style>'
            )
            columns += f'<table:table-column table:style-name="{style}.{number}"/>'
        return columns

    def _unlike_others(self, label: str) -> str:
        name, times = label, 1
        while name in self.labels:
            times += 1
            name = f"{label} ({times})"
        self.labels.add(name)
        return name

    def _row(self, row: RowLook) -> str:
        cells = "".join([self._cell(slot, row) for slot in row.slots])
        return f'<table:table-row table:style-name="{parts.row_style(row.height, row.splits)}">{cells}</table:table-row>'

    def _cell(self, slot: Slot, row: RowLook) -> str:
        if not slot.starts:
            return "<table:covered-table-cell/>" * slot.columns
        spans = f' table:number-columns-spanned="{slot.columns}"' if slot.columns > 1 else ""
        spans += f' table:number-rows-spanned="{slot.rows}"' if slot.rows > 1 else ""
        style_name = "HeadCell" if slot.cell.head else "Cell"
        covered = "<table:covered-table-cell/>" * (slot.columns - 1)
        return (
            f'<table:table-cell table:style-name="{style_name}"{spans} office:value-type="string">'
            f"{self.content(slot, row)}</table:table-cell>{covered}"
        )


def _content(body: _OdtBody) -> str:
    return (
        f"{parts.DECLARATION}<office:document-content {parts.NAMESPACES}>{parts.FONTS}<office:automatic-styles>"
        f"{''.join(body.styles.values())}{parts.TABLE_STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{''.join(body.out) or '<text:p/>'}</office:text></office:body></office:document-content>"
    )


def _styles(paper: Paper, missing: dict[str, None]) -> str:
    left = _text(foot(paper), missing)
    return (
        f"{parts.DECLARATION}<office:document-styles {parts.NAMESPACES}>{parts.FONTS}{parts.STYLES}{parts.page_layout(paper.landscape)}"
        f'<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"><style:footer>'
        f'<text:p text:style-name="Foot">{left}<text:tab/>第 <text:page-number text:select-page="current">1</text:page-number> 頁，共 '
        f"<text:page-count>1</text:page-count> 頁</text:p></style:footer></style:master-page></office:master-styles>"
        f"</office:document-styles>"
    )


def _meta(paper: Paper, missing: dict[str, None]) -> str:
    title = escaped(paper.title, missing)
    own = "".join(
        f'<meta:user-defined meta:name="{escaped(name, missing)}" meta:value-type="string">{escaped(value, missing)}</meta:user-defined>'
        for name, value in paper.properties
    )
    return (
        f'{parts.DECLARATION}<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        f'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2">'
        f"<office:meta><meta:generator>Gongxue</meta:generator><dc:title>{title}</dc:title>"
        f"<dc:language>zh-TW</dc:language>{own}</office:meta></office:document-meta>"
    )
