"""Small office files written by hand, down to the XML: what Word and LibreOffice write, without the rest."""

import io
import zipfile
from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import escape

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_DOCX_SPACES: Final = (
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:zz="urn:nobody" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

ODF: Final = "urn:oasis:names:tc:opendocument:xmlns"
ODT_TYPE: Final = "application/vnd.oasis.opendocument.text"
ODF_SPACES: Final = (
    f'xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0" xmlns:table="{ODF}:table:1.0" xmlns:draw="{ODF}:drawing:1.0" '
    f'xmlns:style="{ODF}:style:1.0" xmlns:svg="{ODF}:svg-compatible:1.0" xmlns:fo="{ODF}:xsl-fo-compatible:1.0" '
    f'xmlns:form="{ODF}:form:1.0" xmlns:meta="{ODF}:meta:1.0" '
    'xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0" '
    'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)


def zipped(parts: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP file of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return buffer.getvalue()


def docx_parts(
    body: str, *, styles: str = "", custom: str = "", kind: str = WORD_TYPE, w: str = W, relation: str = _RELATION
) -> dict[str, str]:
    """The parts of a DOCX file whose `w:body` holds `body`."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{relation}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="r2" Type="{relation}/custom-properties" Target="docProps/custom.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{w}" {_DOCX_SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{relation}/styles" Target="styles.xml"/></Relationships>',
    }
    if styles:
        parts["word/styles.xml"] = f'<w:styles xmlns:w="{w}">{styles}</w:styles>'
    if custom:
        parts["docProps/custom.xml"] = (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
            f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{custom}</Properties>'
        )
    return parts


def docx(body: str, **more: str) -> bytes:
    """A DOCX file whose `w:body` holds `body`."""
    return zipped(docx_parts(body, **more))


def odt_parts(body: str, *, automatic: str = "", styles: str = "", meta: str = "", faces: str = "", kind: str = ODT_TYPE) -> dict[str, str]:
    """The parts of an ODT file whose `office:text` holds `body`."""
    parts = {
        "mimetype": kind,
        "content.xml": f"<office:document-content {ODF_SPACES}><office:font-face-decls>{faces}</office:font-face-decls>"
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
    }
    if styles:
        parts["styles.xml"] = f"<office:document-styles {ODF_SPACES}><office:styles>{styles}</office:styles></office:document-styles>"
    if meta:
        parts["meta.xml"] = f"<office:document-meta {ODF_SPACES}><office:meta>{meta}</office:meta></office:document-meta>"
    return parts


def odt(body: str, **more: str) -> bytes:
    """An ODT file whose `office:text` holds `body`."""
    return zipped(odt_parts(body, **more))


def w_run(text: str) -> str:
    """A run of Word's, with line breaks and tabs as elements."""
    words = escape(text).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">').replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def w_paragraph(text: str) -> str:
    """A paragraph of Word's."""
    return f"<w:p>{w_run(text)}</w:p>"


def w_cell(*paragraphs: str, properties: str = "") -> str:
    """A cell of Word's."""
    inside = "".join(w_paragraph(text) for text in paragraphs or ("",))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def w_table(*rows: str) -> str:
    """A table of Word's; each row is its cells."""
    return "<w:tbl><w:tblPr/><w:tblGrid/>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def odf_words(text: str) -> str:
    """Text with white space spelt out as elements."""
    escaped = escape(text).replace(" ", "<text:s/>")
    return escaped.replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")


def odf_paragraph(text: str) -> str:
    """A paragraph of OpenDocument."""
    return f"<text:p>{odf_words(text)}</text:p>"


def odf_cell(*paragraphs: str, attributes: str = "") -> str:
    """A cell of OpenDocument."""
    return f"<table:table-cell {attributes}>" + "".join(odf_paragraph(text) for text in paragraphs or ("",)) + "</table:table-cell>"


def odf_table(*rows: str) -> str:
    """A table of OpenDocument; each row is its cells."""
    return '<table:table table:name="T">' + "".join(f"<table:table-row>{row}</table:table-row>" for row in rows) + "</table:table>"
