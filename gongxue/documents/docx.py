"""A paper as DOCX: written straight as WordprocessingML, element by element in the order of the schema.

Word refuses a file whose elements stand out of order, so the order in every template here is meant: tcW before gridSpan before vMerge
before shd before vAlign; pStyle before keepNext before jc; sectPr last. User text passes `escaped` and lands in w:t only.
"""

import re
from itertools import pairwise
from typing import Final

from gongxue.documents import docx_parts as parts
from gongxue.documents.blocks import Align, Line, Paper, Table
from gongxue.documents.docx_parts import twips
from gongxue.documents.grid import Slot, edges
from gongxue.documents.look import CELL_PADDING, HEAD_SHADE, RULE_POINTS, page_size, text_area
from gongxue.documents.office import Body, RowLook, Setting, archive, escaped, pieces
from gongxue.documents.printed import Printed, foot

_JUSTIFY: Final[dict[Align, str]] = {"start": "", "center": '<w:jc w:val="center"/>', "end": '<w:jc w:val="right"/>'}
# The hint makes Word take signs that stand in both fonts, such as □ and ……, from the Chinese one. It would take accented letters from
# there, too, as wide as ideographs: romanised Hakka and Taiwanese go without it.
_ACCENTED: Final = re.compile("[\u00c0-\u024f]")
_LATIN_RUN: Final = '<w:r><w:t xml:space="preserve">'
_RUN: Final = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">'
_UNFILLED_RUN: Final = '<w:r><w:rPr><w:rStyle w:val="Unfilled"/><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">'
_RUN_END: Final = "</w:t></w:r>"
_LINE_BREAK: Final = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB: Final = '</w:t><w:tab/><w:t xml:space="preserve">'

_BORDERS: Final = "".join(
    f'<w:{side} w:val="single" w:sz="{round(RULE_POINTS * 8)}" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_MARGINS: Final = "".join(f'<w:{side} w:w="{twips(padding)}" w:type="dxa"/>' for side, padding in CELL_PADDING.items())
_TABLE: Final = (
    '<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/>'
    f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{_MARGINS}</w:tblCellMar>'
    '<w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="0"/>'
    '<w:tblCaption w:val="{label}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
)
_SHADE: Final = f'<w:shd w:val="clear" w:color="auto" w:fill="{HEAD_SHADE}"/>'


def render_docx(paper: Paper) -> Printed:
    """The paper as a DOCX file; the same paper gives the same bytes. Raises ValueError where a table has no room for a cell."""
    body = _DocxBody(paper)
    body.write(paper.blocks)
    files = {
        "[Content_Types].xml": parts.CONTENT_TYPES,
        "_rels/.rels": parts.RELATIONS,
        "word/document.xml": _document(paper, body),
        "word/_rels/document.xml.rels": parts.DOCUMENT_RELATIONS,
        "word/styles.xml": parts.STYLES,
        "word/settings.xml": parts.SETTINGS,
        "word/fontTable.xml": parts.FONTS,
        "word/footer1.xml": _footer(paper, body.missing),
        "docProps/core.xml": _core(paper, body.missing),
        "docProps/app.xml": parts.APP,
        "docProps/custom.xml": _custom(paper, body.missing),
    }
    return Printed(archive(files), tuple(body.missing))


class _DocxBody(Body):
    def paragraph(self, line: Line, setting: Setting, around: tuple[str, str] = ("", "")) -> str:
        runs = "".join([self._run(text, unfilled) for text, unfilled in pieces(line)])
        paging = ("<w:keepNext/>" if setting.stays else "") + ("<w:pageBreakBefore/>" if setting.new_page else "")
        properties = f'<w:pStyle w:val="{setting.style}"/>{paging}{_JUSTIFY[setting.align]}'
        return f"<w:p><w:pPr>{properties}</w:pPr>{around[0]}{runs}{around[1]}</w:p>"

    def _run(self, text: str, unfilled: bool) -> str:
        text = escaped(text, self.missing)
        if "\n" in text or "\t" in text:
            text = text.replace("\n", _LINE_BREAK).replace("\t", _TAB)
        start = _UNFILLED_RUN if unfilled else _LATIN_RUN if _ACCENTED.search(text) else _RUN
        return f"{start}{text}{_RUN_END}"

    def bookmark(self, number: int, name: str) -> tuple[str, str]:
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>', f'<w:bookmarkEnd w:id="{number}"/>'

    def table(self, table: Table, rows: tuple[RowLook, ...]) -> str:
        places = edges(table, twips(self.width))
        grid = "".join([f'<w:gridCol w:w="{right - left}"/>' for left, right in pairwise(places)])
        inside = "".join([self._row(row, places) for row in rows])
        return _TABLE.format(width=places[-1], label=escaped(table.label, self.missing), grid=grid, rows=inside)

    def _row(self, row: RowLook, places: tuple[int, ...]) -> str:
        whole = "" if row.splits else "<w:cantSplit/>"
        head = "<w:tblHeader/>" if row.head else ""
        cells = "".join([self._cell(slot, places, row) for slot in row.slots])
        return f'<w:tr><w:trPr>{whole}<w:trHeight w:val="{twips(row.height)}" w:hRule="atLeast"/>{head}</w:trPr>{cells}</w:tr>'

    def _cell(self, slot: Slot, places: tuple[int, ...], row: RowLook) -> str:
        properties = f'<w:tcW w:w="{places[slot.column + slot.columns] - places[slot.column]}" w:type="dxa"/>'
        if slot.columns > 1:
            properties += f'<w:gridSpan w:val="{slot.columns}"/>'
        if slot.rows > 1:
            properties += '<w:vMerge w:val="restart"/>' if slot.starts else "<w:vMerge/>"
        if slot.cell.head:
            properties += _SHADE
        return f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="center"/></w:tcPr>{self.content(slot, row)}</w:tc>'


def _document(paper: Paper, body: Body) -> str:
    width, height = page_size(paper.landscape)
    turned = ' w:orient="landscape"' if paper.landscape else ""
    return (
        f"{parts.DECLARATION}<w:document {parts.W} {parts.R}><w:body>{''.join(body.out) or '<w:p/>'}"
        f'<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>'
        f'<w:pgSz w:w="{twips(width)}" w:h="{twips(height)}"{turned}/>{parts.PAGE_MARGINS}</w:sectPr></w:body></w:document>'
    )


def _footer(paper: Paper, missing: dict[str, None]) -> str:
    def field(instruction: str) -> str:
        return f'<w:fldSimple w:instr=" {instruction} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    left = escaped(foot(paper), missing)
    right = twips(text_area(paper.landscape)[0])
    return (
        f'{parts.DECLARATION}<w:ftr {parts.W}><w:p><w:pPr><w:pStyle w:val="Footer"/>'
        f'<w:tabs><w:tab w:val="right" w:pos="{right}"/></w:tabs></w:pPr>{_RUN}{left}</w:t><w:tab/><w:t xml:space="preserve">第 {_RUN_END}'
        f"{field('PAGE')}{_RUN} 頁，共 {_RUN_END}{field('NUMPAGES')}{_RUN} 頁{_RUN_END}</w:p></w:ftr>"
    )


def _core(paper: Paper, missing: dict[str, None]) -> str:
    return (
        f'{parts.DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escaped(paper.title, missing)}</dc:title>'
        f"<dc:language>zh-TW</dc:language></cp:coreProperties>"
    )


def _custom(paper: Paper, missing: dict[str, None]) -> str:
    properties = "".join(
        f'<property fmtid="{parts.FORMAT_ID}" pid="{number}" name="{escaped(name, missing)}">'
        f"<vt:lpwstr>{escaped(value, missing)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(paper.properties, start=2)
    )
    return (
        f'{parts.DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{properties}</Properties>'
    )
