"""What a file is, is judged by what stands in it; what cannot be read says what it is, and what to do."""

import io
import zipfile

import docx as python_docx
import odfdo
import pytest

from gongxue.documents.reading import refusals
from gongxue.documents.reading.extract import read_sheet
from gongxue.documents.reading.outcome import FormError
from gongxue.documents.reading.sheet import GridCell, GridTable, ParagraphText
from gongxue.rules.text import Text
from tests.documents.reading.office_files import (
    ODF_SPACES,
    docx,
    docx_parts,
    odf_paragraph,
    odt,
    odt_parts,
    w_paragraph,
    zipped,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
WORDS = w_paragraph("文")
MS = "application/vnd.ms-"
OPEN = "application/vnd.openxmlformats-officedocument."


def refusal(data: bytes, name: str = "") -> Text:
    with pytest.raises(FormError) as caught:
        read_sheet(data, name)
    return caught.value.text


@pytest.mark.parametrize(
    "kind",
    [
        f"{OPEN}wordprocessingml.document.main+xml",
        f"{OPEN}wordprocessingml.template.main+xml",
        f"{MS}word.document.macroEnabled.main+xml",
        f"{MS}word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_documents_and_templates_of_word_are_read_with_or_without_macros(kind: str) -> None:
    parts = docx_parts(WORDS, kind=kind) | {"word/vbaProject.bin": OLE}
    assert read_sheet(zipped(parts)).blocks == (ParagraphText("文"),)


@pytest.mark.parametrize("kind", ["application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text-template\n"])
def test_texts_and_templates_of_opendocument_are_read(kind: str) -> None:
    assert read_sheet(odt(odf_paragraph("文"), kind=kind)).blocks == (ParagraphText("文"),)


def test_an_opendocument_packed_again_without_its_media_type_is_read() -> None:
    parts = odt_parts(odf_paragraph("文"))
    del parts["mimetype"]
    assert read_sheet(zipped(parts)).blocks == (ParagraphText("文"),)


def test_names_of_parts_are_found_however_they_are_written() -> None:
    parts = {name.replace("word/", "WORD\\").replace("_rels/.rels", "/_rels/.RELS"): text for name, text in docx_parts(WORDS).items()}
    assert read_sheet(zipped(parts)).blocks == (ParagraphText("文"),)


def test_the_main_part_is_where_the_package_says() -> None:
    parts = docx_parts(WORDS)
    moved = {
        name.replace("word/document.xml", "a/b.xml"): text.replace("word/document.xml", "a/../a/./b.xml") for name, text in parts.items()
    }
    moved["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("/word/document.xml", "/a/b.xml")
    moved["word/document.xml"] = "<decoy/>"
    assert read_sheet(zipped(moved)).blocks == (ParagraphText("文"),)


def word_file(kind: str) -> bytes:
    return docx(WORDS, kind=kind)


def opendocument(kind: str) -> bytes:
    return odt(odf_paragraph("文"), kind=f"application/vnd.oasis.opendocument.{kind}")


FLAT = f"<office:document {ODF_SPACES} office:mimetype='application/vnd.oasis.opendocument.spreadsheet'/>"
SPREADSHEET_BODY = f"<office:document-content {ODF_SPACES}><office:body><office:spreadsheet/></office:body></office:document-content>"


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"", "a.docx", refusals.EMPTY),
        (bytes(4096), "a.docx", refusals.EMPTY),
        (b"%PDF-1.7\n%\xe2\xe3", "a.docx", refusals.PDF),
        (b"\n\n%PDF-1.4", "a.docx", refusals.PDF),
        (OLE + "WordDocument".encode("utf-16-le"), "a.doc", refusals.OLD_WORD),
        (OLE + "Workbook".encode("utf-16-le"), "a.docx", refusals.OLD_OFFICE),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", refusals.ENCRYPTED),
        (b"{\\rtf1\\ansi", "a.doc", refusals.RICH_TEXT),
        (b"<html><body>", "a.doc", refusals.WEB_PAGE),
        (b"\xef\xbb\xbf<!DOCTYPE html>\n<html>", "a.doc", refusals.WEB_PAGE),
        ("\ufeff<html xmlns:o='x'>".encode("utf-16-le"), "a.doc", refusals.WEB_PAGE),
        (b"\xff\xd8\xff\xe0JFIF", "a.docx", refusals.PICTURE),
        (b"\x89PNG\r\n\x1a\n", "a.docx", refusals.PICTURE),
        (b"\x00\x00\x00\x18ftypheic", "a.docx", refusals.PICTURE),
        (b'{"url": "https://example.org/"}', "a.gdoc", refusals.CLOUD_LINK),
        (
            b"<?xml version='1.0'?><w:wordDocument xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml'/>",
            "a.xml",
            refusals.WORD_XML,
        ),
        (b"<pkg:package xmlns:pkg='http://schemas.microsoft.com/office/2006/xmlPackage'/>", "a.xml", refusals.WORD_XML),
        (FLAT.encode(), "a.fods", refusals.SPREADSHEET),
        (f"<office:document {ODF_SPACES}><office:body/></office:document>".encode(), "a.fodt", refusals.OTHER_ODF),
        (f"<office:document {ODF_SPACES}/>".encode(), "a.fodt", refusals.DAMAGED),
        (f"<office:document {ODF_SPACES}><office:body>".encode(), "a.fodt", refusals.DAMAGED),
        ("社群名稱：數學遊戲".encode(), "a.docx", refusals.NOT_OFFICE),
        (b"\x1f\x8b\x08", "a.docx", refusals.NOT_OFFICE),
        (b"Rar!\x1a\x07", "a.docx", refusals.NOT_OFFICE),
        (b"PK\x05\x06" + bytes(18), "a.docx", refusals.PLAIN_ZIP),
        (b"PK\x07\x08", "a.docx", refusals.DAMAGED),
        (b"PK\x03\x04", "a.docx", refusals.DAMAGED),
        (zipped({"readme.txt": "x"}), "a.docx", refusals.PLAIN_ZIP),
        (zipped({"mimetype": "application/epub+zip", "OEBPS/a.xhtml": "x"}), "a.epub", refusals.PLAIN_ZIP),
        (zipped({"Index/Document.iwa": b"x", "Metadata/Properties.plist": b"x"}), "a.pages", refusals.PAGES),
        (zipped({"mimetype": "x", "META-INF/manifest.xml": "x", "encrypted-package": b"x"}), "a.odt", refusals.ENCRYPTED),
        (word_file(f"{OPEN}spreadsheetml.sheet.main+xml"), "a.docx", refusals.SPREADSHEET),
        (word_file(f"{MS}excel.sheet.macroEnabled.main+xml"), "a.docx", refusals.SPREADSHEET),
        (word_file(f"{OPEN}presentationml.presentation.main+xml"), "a.docx", refusals.PRESENTATION),
        (word_file("application/vnd.visio"), "a.docx", refusals.PLAIN_ZIP),
        (opendocument("spreadsheet"), "a.odt", refusals.SPREADSHEET),
        (opendocument("presentation"), "a.odt", refusals.PRESENTATION),
        (opendocument("graphics"), "a.odt", refusals.OTHER_ODF),
        (odt("", kind="application/vnd.sun.xml.writer"), "a.sxw", refusals.OLD_OPENOFFICE),
        (zipped({"content.xml": SPREADSHEET_BODY}), "a.odt", refusals.OTHER_ODF),
        (zipped(docx_parts(WORDS) | odt_parts("")), "a.docx", refusals.AMBIGUOUS),
    ],
)
def test_what_is_no_form_says_what_it_is(data: bytes, name: str, expected: Text) -> None:
    assert refusal(data, name).zh == expected.zh


def test_an_encrypted_opendocument_says_so() -> None:
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'
    )
    assert refusal(zipped(odt_parts("") | {"META-INF/manifest.xml": manifest, "content.xml": b"\x8f\x02garbled"})) == refusals.ENCRYPTED


MAIN = "word/document.xml"


@pytest.mark.parametrize(
    "changes",
    [
        {MAIN: ""},
        {MAIN: "<w:document"},
        {MAIN: "<decoy/>"},
        {MAIN: docx_parts("")[MAIN].replace("<w:body>", "<w:corpse>").replace("</w:body>", "</w:corpse>")},
        {MAIN: b"<?xml version='1.0' encoding='nowhere'?><a/>"},
        {MAIN: b"\xff\xfe\x00"},
        {"_rels/.rels": "<Relationships/>"},
        {"_rels/.rels": docx_parts("")["_rels/.rels"].replace("word/document.xml", "word/nothing.xml")},
        {"_rels/.rels": docx_parts("")["_rels/.rels"].replace('Target="word', 'TargetMode="External" Target="word')},
        {"[Content_Types].xml": "not XML"},
        {"word/styles.xml": "not XML"},
    ],
)
def test_a_damaged_document_says_so(changes: dict[str, str | bytes]) -> None:
    assert refusal(zipped(docx_parts(WORDS) | changes)) in (refusals.DAMAGED, refusals.PLAIN_ZIP)


LAUGHS = "".join(f'<!ENTITY l{number + 1} "{f"&l{number};" * 10}">' for number in range(9))
DOCTYPES = [
    f'<!DOCTYPE lolz [<!ENTITY l0 "ha">{LAUGHS}]>',
    '<!DOCTYPE w:document SYSTEM "http://example.org/evil.dtd">',
    '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE w [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>',
    f'<!DOCTYPE w [<!ENTITY a "{"x" * 100_000}">]>',
]


@pytest.mark.parametrize("doctype", DOCTYPES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_a_document_type_is_refused_in_any_part_and_encoding(doctype: str, encoding: str) -> None:
    order = "\ufeff" if encoding == "utf-16-be" else ""
    for parts, name in ((docx_parts(WORDS), MAIN), (docx_parts(WORDS), "_rels/.rels"), (odt_parts(""), "content.xml")):
        text = f'{order}<?xml version="1.0" encoding="{encoding[:6].rstrip("-")}"?>{doctype}{parts[name]}'
        assert refusal(zipped(parts | {name: text.encode(encoding)})) == refusals.FORBIDDEN_XML


def test_an_entity_nobody_declared_is_damage() -> None:
    assert refusal(docx("<w:p><w:r><w:t>&evil;</w:t></w:r></w:p>")) == refusals.DAMAGED


def test_comments_and_instructions_are_no_text() -> None:
    assert read_sheet(docx("<w:p><w:r><w:t>一<!-- 藏 -->二<?藏 藏?>三</w:t></w:r></w:p>")).blocks == (ParagraphText("一二三"),)
    assert read_sheet(odt("<text:p>一<!-- 藏 -->二<?藏 藏?>三</text:p>")).blocks == (ParagraphText("一二三"),)


def test_what_python_docx_writes_comes_back() -> None:
    document = python_docx.Document()
    document.add_heading("附件二", 1)
    table = document.add_table(2, 3)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"第 {number} 格\n□ 是\t否"
    table.cell(1, 1).merge(table.cell(1, 2))
    buffer = io.BytesIO()
    document.save(buffer)
    heading, grid = read_sheet(buffer.getvalue()).blocks
    first = tuple(GridCell(f"第 {number} 格\n□ 是\t否") for number in range(3))
    merged = "第 4 格\n□ 是\t否\n第 5 格\n□ 是\t否"
    assert heading == ParagraphText("附件二")
    assert grid == GridTable((first, (GridCell("第 3 格\n□ 是\t否"), GridCell(merged, columns=2))))


def test_what_odfdo_writes_comes_back() -> None:
    document = odfdo.Document("text")
    document.body.clear()
    table = odfdo.Table("表", width=2, height=2)
    for column, row in ((0, 0), (1, 0), (0, 1)):
        table.set_value((column, row), f"格{column}{row}")
    document.body.append(odfdo.Paragraph("附件二"))
    document.body.append(table)
    buffer = io.BytesIO()
    document.save(buffer)
    said, grid = read_sheet(buffer.getvalue()).blocks
    assert said == ParagraphText("附件二")
    assert grid == GridTable(((GridCell("格00"), GridCell("格10")), (GridCell("格01"), GridCell(""))))


def test_stored_and_deflated_parts_are_both_read() -> None:
    assert read_sheet(zipped(docx_parts(WORDS), zipfile.ZIP_STORED)).blocks == (ParagraphText("文"),)
