"""ODS: its `content.xml` is written row by row into the archive, a few hundred times faster than through a tree of elements."""

import datetime
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from gongxue.site.sheets.columns import Cell, Columns, Rows, text_of, wall_clock

KIND = "application/vnd.oasis.opendocument.spreadsheet"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    f' xmlns:table="{_TABLE}" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3"><office:automatic-styles>'
    '<number:number-style style:name="n0"><number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/>'
    '</number:number-style><number:date-style style:name="n1"><number:year number:style="long"/><number:text>-</number:text>'
    '<number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/></number:date-style>'
    '<number:date-style style:name="n2"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/>'
    '<number:text>-</number:text><number:day number:style="long"/><number:text> </number:text><number:hours number:style="long"/>'
    '<number:text>:</number:text><number:minutes number:style="long"/><number:text>:</number:text><number:seconds number:style="long"/>'
    '</number:date-style><style:style style:name="int" style:family="table-cell" style:data-style-name="n0"/>'
    '<style:style style:name="date" style:family="table-cell" style:data-style-name="n1"/>'
    '<style:style style:name="instant" style:family="table-cell" style:data-style-name="n2"/>'
    '<style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>'
)
_TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    f' manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
_PORTION = 500
_MOST_BREAKS = 400
"""Line breaks of a cell that become paragraphs; what comes after stays on the last line."""


def write(title: str, columns: Columns, rows: Rows, out: IO[bytes]) -> None:
    """Write the sheet into `out`."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), KIND, zipfile.ZIP_STORED)
        archive.writestr(_entry("META-INF/manifest.xml"), _MANIFEST)
        with archive.open(_entry("content.xml"), "w") as content:
            portion: list[str] = []
            for piece in _pieces(title, columns, rows):
                portion.append(piece)
                if len(portion) >= _PORTION:
                    content.write("".join(portion).encode())
                    portion.clear()
            content.write("".join(portion).encode())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _pieces(title: str, columns: Columns, rows: Rows) -> Iterator[str]:
    yield _HEAD
    for at, column in enumerate(columns):
        yield (
            f'<style:style style:name="c{at}" style:family="table-column"><style:table-column-properties'
            f' style:column-width="{column.width * 0.21:.2f}cm"/></style:style>'
        )
    yield f"</office:automatic-styles><office:body><office:spreadsheet><table:table table:name={quoteattr(_name(title))}>"
    for at in range(len(columns)):
        yield f'<table:table-column table:style-name="c{at}"/>'
    labels = "".join(_text(text_of(column.label), ' table:style-name="head"') for column in columns)
    yield f"<table:table-header-rows><table:table-row>{labels}</table:table-row></table:table-header-rows>"
    for row in rows:
        cells = "".join(_cell(cell) for cell, _column in zip(row, columns, strict=True))
        yield f"<table:table-row>{cells}</table:table-row>"
    yield _TAIL


def _name(title: str) -> str:
    """A sheet's name without what spreadsheets forbid in it."""
    return "".join("_" if each in "[]*?:/\\'\n\r\t" else each for each in text_of(title))[:31] or "1"


def _cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, int):
        return (
            f'<table:table-cell table:style-name="int" office:value-type="float" office:value="{int(cell)}">'
            f"<text:p>{int(cell):,}</text:p></table:table-cell>"
        )
    if isinstance(cell, datetime.date):
        style, value = ("instant", wall_clock(cell)) if isinstance(cell, datetime.datetime) else ("date", cell)
        return (
            f'<table:table-cell table:style-name="{style}" office:value-type="date" office:date-value="{value.isoformat()}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    return _text(text_of(cell))


def _text(words: str, style: str = "") -> str:
    lines = words.replace("\r\n", "\n").replace("\r", "\n").split("\n", _MOST_BREAKS)
    paragraphs = "".join(f"<text:p>{_spaced(escape(line))}</text:p>" for line in lines)
    return f'<table:table-cell{style} office:value-type="string">{paragraphs}</table:table-cell>'


def _spaced(line: str) -> str:
    """Blanks in a row, or at an end, which XML of office documents would fold into one."""
    if "\n" in line or "  " in line or line[:1] == " " or line[-1:] == " ":
        return line.replace("\n", "<text:line-break/>").replace(" ", "<text:s/>")
    return line
