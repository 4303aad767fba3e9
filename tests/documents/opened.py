"""What a person sees in an office file: tables as (text, columns, rows) of each cell, and the paragraphs between them."""

import io
import zipfile

from lxml import etree

from gongxue.documents.blocks import Line, Paper, Paragraph, Seals, Table, Title
from gongxue.documents.printed import words

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ODF = "{urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE, STYLE, OFFICE, FO = (f"{_ODF}{name}:1.0}}" for name in ("text", "table", "style", "office", "xsl-fo-compatible"))

Seen = tuple[str, int, int]
Tables = list[list[list[Seen]]]


def part(data: bytes, name: str) -> etree._Element:
    """One XML part of an office file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def squeezed(text: str) -> str:
    """The text without white space, which is for the eye."""
    return "".join(text.split())


def said(lines: tuple[Line, ...]) -> str:
    """What the lines say, without white space."""
    return squeezed("".join(words(inline) for line in lines for inline in line))


def squeezed_tables(tables: Tables) -> Tables:
    """The tables with the white space taken out of their texts."""
    return [[[(squeezed(text), columns, rows) for text, columns, rows in row] for row in table] for table in tables]


def paper_tables(paper: Paper) -> Tables:
    """The tables that a paper shows, its seals as a row of labels over a row of empty boxes."""
    tables: Tables = []
    for block in paper.blocks:
        if isinstance(block, Table):
            tables.append([[(said(cell.lines), cell.columns, cell.rows) for cell in row.cells] for row in block.rows])
        elif isinstance(block, Seals):
            tables.append([[(squeezed(label), 1, 1) for label in block.labels], [("", 1, 1)] * len(block.labels)])
    return tables


def paper_paragraphs(paper: Paper) -> list[str]:
    """What stands between the tables of a paper."""
    found: list[str] = []
    for block in paper.blocks:
        if isinstance(block, Title):
            found += [squeezed(text) for text in (block.text, block.subtitle) if text]
        elif isinstance(block, Paragraph):
            found += [said((line,)) for line in block.lines]
    return found


def docx_text(paragraph: etree._Element) -> str:
    """The text of one w:p, with its line breaks and tabs; a break to a new page is none of its words."""
    signs = {f"{W}br": "\n", f"{W}tab": "\t"}
    nodes = [node for run in paragraph.iter(f"{W}r") for node in run if node.get(f"{W}type") != "page"]
    return "".join((node.text or "") if node.tag == f"{W}t" else signs.get(node.tag, "") for node in nodes)


def docx_tables(data: bytes) -> Tables:
    """The tables of a DOCX file."""
    return [_docx_table(table) for table in part(data, "word/document.xml").iter(f"{W}tbl")]


def _docx_table(table: etree._Element) -> list[list[Seen]]:
    rows: list[list[Seen]] = []
    above: dict[int, tuple[int, int]] = {}
    for row in table.iter(f"{W}tr"):
        rows.append([])
        column = 0
        for cell in row.iter(f"{W}tc"):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            columns = 1 if span is None else int(span.get(f"{W}val"))
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None and merge.get(f"{W}val", "continue") == "continue":
                top, place = above[column]
                text, _, height = rows[top][place]
                rows[top][place] = (text, columns, height + 1)
            else:
                above[column] = (len(rows) - 1, len(rows[-1]))
                rows[-1].append(("\n".join(docx_text(paragraph) for paragraph in cell.iter(f"{W}p")), columns, 1))
            column += columns
    return rows


def docx_paragraphs(data: bytes) -> list[str]:
    """What stands between the tables of a DOCX file, empty paragraphs left out."""
    body = part(data, "word/document.xml")[0]
    return [text for node in body.iterchildren(f"{W}p") if (text := docx_text(node))]


def odt_text(paragraph: etree._Element) -> str:
    """The text of one text:p or text:h, white space folded as the standard says: a plain space counts once, and not at the edges."""
    signs = _signs(paragraph)
    text = "".join(
        sign
        for before, (sign, plain) in zip([(" ", True), *signs], signs, strict=False)
        if not (sign == " " and plain and before == (" ", True))
    )
    return text[:-1] if signs and signs[-1] == (" ", True) else text


def _signs(node: etree._Element) -> list[tuple[str, bool]]:
    found = [(" " if sign in " \t\n\r" else sign, True) for sign in node.text or ""]
    for child in node:
        if child.tag == f"{TEXT}s":
            found += [(" ", False)] * int(child.get(f"{TEXT}c", "1"))
        elif child.tag in {f"{TEXT}tab", f"{TEXT}line-break"}:
            found.append(("\t" if child.tag == f"{TEXT}tab" else "\n", False))
        else:
            found += _signs(child)
        found += [(" " if sign in " \t\n\r" else sign, True) for sign in child.tail or ""]
    return found


def odt_tables(data: bytes) -> Tables:
    """The tables of an ODT file."""
    return [
        [[_odt_cell(cell) for cell in row.iter(f"{TABLE}table-cell")] for row in table.iter(f"{TABLE}table-row")]
        for table in part(data, "content.xml").iter(f"{TABLE}table")
    ]


def _odt_cell(cell: etree._Element) -> Seen:
    text = "\n".join(odt_text(paragraph) for paragraph in cell.iter(f"{TEXT}p"))
    return text, int(cell.get(f"{TABLE}number-columns-spanned", "1")), int(cell.get(f"{TABLE}number-rows-spanned", "1"))


def odt_paragraphs(data: bytes) -> list[str]:
    """What stands between the tables of an ODT file, empty paragraphs left out."""
    body = part(data, "content.xml").find(f"{OFFICE}body/{OFFICE}text")
    assert body is not None
    return [text for node in body.iterchildren(f"{TEXT}p", f"{TEXT}h") if (text := odt_text(node))]
