import io
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from gongxue.documents.blocks import Blank, Line, Paper, Row, Seals, Table, Tick, Title, inlines
from gongxue.documents.bookmarks import bookmark_path
from gongxue.documents.docx import render_docx
from gongxue.documents.odt import render_odt
from gongxue.documents.office import archive, escaped, pieces
from gongxue.documents.printed import foot, words
from tests.documents import papers
from tests.documents.opened import (
    TABLE,
    TEXT,
    W,
    docx_paragraphs,
    docx_tables,
    odt_paragraphs,
    odt_tables,
    paper_paragraphs,
    paper_tables,
    part,
    squeezed,
    squeezed_tables,
)
from tests.documents.papers import cell, label, row

META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
PROPERTIES = (("gongxue", '{"programme": "hsinchu-111", "a": "<&>"}'),)


def test_markup_in_text_stays_text() -> None:
    assert escaped("<w:p a='1'>&amp;\"", {}) == "&lt;w:p a=&apos;1&apos;&gt;&amp;amp;&quot;"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (("甲", "乙"), [("甲乙", False)]),
        ((Tick(True, "是"), Tick(False, "否")), [("■是　□否", False)]),
        (("選：", Tick(True, "是"), " ", Tick(False, "否")), [("選：　■是 □否", False)]),
        (
            (Tick(False, "其他("), Blank("content_other"), ")", Tick(True, "領域融入")),
            [("□其他(", False), ("（未填）", True), (")　■領域融入", False)],
        ),
        (("", Tick(True, "是")), [("■是", False)]),
        ((), []),
    ],
)
def test_a_line_is_said_in_few_pieces_and_ticks_keep_their_distance(line: Line, expected: list[tuple[str, bool]]) -> None:
    assert list(pieces(line)) == expected


def test_an_archive_is_the_same_at_any_time_and_its_first_part_is_not_compressed() -> None:
    data = archive({"b.xml": "乙" * 100, "a.xml": "甲"}, first=("mimetype", "application/x-any"))
    assert archive({"b.xml": "乙" * 100, "a.xml": "甲"}, first=("mimetype", "application/x-any")) == data
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        assert [(each.filename, each.compress_type, each.date_time[0]) for each in opened.infolist()] == [
            ("mimetype", zipfile.ZIP_STORED, 1980),
            ("b.xml", zipfile.ZIP_DEFLATED, 1980),
            ("a.xml", zipfile.ZIP_DEFLATED, 1980),
        ]
        assert opened.read("a.xml").decode() == "甲"
    assert data[30:55] == b"mimetypeapplication/x-any"


# What LibreOffice makes of the files: every pair of formats, from one start of it for each target.


def odd() -> Paper:
    """What usual forms have little of: long tables, spans over pages, odd text."""
    rows = (row(label("跨列", rows=40), "第 1 列", ""), *(row(f"第 {number} 列", "內容" * (number % 7)) for number in range(2, 41)))
    odd_texts = ("a\tb  c", "  前後空白  ", "第一行\n\n第三行", "<w:p>&amp;", "=1+1", '{ HYPERLINK "x" }', "壞\x07字", "𡘙㛢堃喆䒟𠮷龘")
    return Paper(
        title="異文 <&>",
        blocks=(
            Title("長表", level=1),
            Table("長表", (1, 3, 4), (papers.heads("序", "學校", "內容"), *rows), head_rows=1),
            Table("異文", (1, 1), tuple(Row((label(str(number)), cell(text))) for number, text in enumerate(odd_texts))),
            Seals(("承辦人", "主任", "校長")),
        ),
        version="3",
        digest=papers.DIGEST,
        landscape=True,
        properties=PROPERTIES,
    )


def signed() -> Paper:
    """A page so full that its seals have no room on it."""
    rows = tuple(row(f"第 {number} 列", "內容") for number in range(26))
    return papers.of(
        Title("題"), Table("一", (1, 1), rows), Table("二", (1, 3), (row("末", "列一"), row("末", "列二"))), Seals(("會計", "校長"))
    )


PAPERS = {"application": msgspec.structs.replace(papers.application(), properties=PROPERTIES), "odd": odd(), "signed": signed()}


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both papers in both formats, in `crossed` each as LibreOffice saves it in the other, in `pdf` as it prints it."""
    folder = tmp_path_factory.mktemp("office")
    for name, paper in PAPERS.items():
        (folder / f"{name}.docx").write_bytes(render_docx(paper).data)
        (folder / f"{name}.odt").write_bytes(render_odt(paper).data)
    docx, odt = ([str(folder / f"{name}.{kind}") for name in PAPERS] for kind in ("docx", "odt"))
    for target, into, files in (
        ("odt", "crossed", docx),
        ("docx", "crossed", odt),
        ("pdf", "pdf/from-docx", docx),
        ("pdf", "pdf/from-odt", odt),
    ):
        soffice = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        run = subprocess.run(
            [*soffice, "--convert-to", target, "--outdir", str(folder / into), *files],
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        assert "Error" not in run.stderr + run.stdout
    return folder


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("name", PAPERS)
def test_libreoffice_keeps_every_cell_of_a_docx_file_that_it_saves_as_odt(converted: Path, name: str) -> None:
    crossed = (converted / f"crossed/{name}.odt").read_bytes()
    assert squeezed_tables(odt_tables(crossed)) == squeezed_tables(docx_tables(render_docx(PAPERS[name]).data))
    assert list(map(squeezed, odt_paragraphs(crossed))) == paper_paragraphs(PAPERS[name])


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("name", PAPERS)
def test_libreoffice_keeps_every_cell_of_an_odt_file_that_it_saves_as_docx(converted: Path, name: str) -> None:
    crossed = (converted / f"crossed/{name}.docx").read_bytes()
    assert squeezed_tables(docx_tables(crossed)) == squeezed_tables(odt_tables(render_odt(PAPERS[name]).data))
    assert list(map(squeezed, docx_paragraphs(crossed))) == paper_paragraphs(PAPERS[name])


@pytest.mark.needs("soffice")
def test_libreoffice_keeps_spaces_tabs_and_line_breaks(converted: Path) -> None:
    expected = ["a\tb  c", "  前後空白  ", "第一行\n\n第三行", "<w:p>&amp;", "=1+1", '{ HYPERLINK "x" }', "壞〓字", "𡘙㛢堃喆䒟𠮷龘"]
    assert [text for (_, (text, _, _)) in docx_tables((converted / "crossed/odd.docx").read_bytes())[1]] == expected
    assert [text for (_, (text, _, _)) in odt_tables((converted / "crossed/odd.odt").read_bytes())[1]] == expected


@pytest.mark.needs("soffice")
def test_libreoffice_keeps_repeated_heads(converted: Path) -> None:
    docx = part((converted / "crossed/odd.docx").read_bytes(), "word/document.xml")
    odt = part((converted / "crossed/odd.odt").read_bytes(), "content.xml")
    assert [len(list(table.iter(f"{W}tblHeader"))) for table in docx.iter(f"{W}tbl")] == [1, 0, 1]
    assert [len(list(table.iter(f"{TABLE}table-header-rows"))) for table in odt.iter(f"{TABLE}table")] == [1, 0, 1]


@pytest.mark.needs("soffice")
def test_libreoffice_keeps_bookmarks_and_properties(converted: Path) -> None:
    docx, odt = ((converted / f"crossed/application.{kind}").read_bytes() for kind in ("docx", "odt"))
    names = [node.get(f"{W}name") for node in part(docx, "word/document.xml").iter(f"{W}bookmarkStart")]
    assert [bookmark_path(name) for name in names] == ["name", "convener.name"]
    assert [node.get(f"{TEXT}name") for node in part(odt, "content.xml").iter(f"{TEXT}bookmark-start")] == names
    assert [(node.get("name"), node[0].text) for node in part(docx, "docProps/custom.xml")] == list(PROPERTIES)
    assert [(node.get(f"{META}name"), node.text) for node in part(odt, "meta.xml").iter(f"{META}user-defined")] == list(PROPERTIES)


@pytest.mark.needs("soffice", "poppler")
@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("source", ["docx", "odt"])
def test_libreoffice_prints_every_character(converted: Path, source: str, name: str) -> None:
    pdf = converted / f"pdf/from-{source}/{name}.pdf"
    printed = Counter(subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, check=True).stdout.decode())
    said = Counter(squeezed("".join(words(inline) for inline in inlines(PAPERS[name])) + foot(PAPERS[name])).replace("\x07", "〓"))
    assert said - printed == Counter()


@pytest.mark.needs("soffice", "poppler")
@pytest.mark.parametrize("name", PAPERS)
def test_both_formats_print_on_as_many_pages_of_the_same_size(converted: Path, name: str) -> None:
    def pages(source: str) -> list[str]:
        told = subprocess.run(["pdfinfo", str(converted / f"pdf/from-{source}/{name}.pdf")], capture_output=True, text=True, check=True)
        return [line for line in told.stdout.splitlines() if line.startswith(("Pages:", "Page size:"))]

    assert pages("docx") == pages("odt")
    assert pages("docx")[1].split()[2:5] == (["841.89", "x", "595.304"] if PAPERS[name].landscape else ["595.304", "x", "841.89"])


@pytest.mark.needs("soffice", "poppler")
@pytest.mark.parametrize("source", ["docx", "odt"])
def test_nobody_stamps_a_page_that_has_nothing_on_it(converted: Path, source: str) -> None:
    pdf = str(converted / f"pdf/from-{source}/signed.pdf")
    pages = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True).stdout.split("\f")
    assert [("列一" in page, "列二" in page, "校長" in page) for page in pages[:2]] == [(True, False, False), (False, True, True)]


def test_the_odd_paper_says_what_the_usual_tables_say_before_libreoffice_sees_it() -> None:
    expected = [[[(text.replace("\x07", "〓"), *spans) for text, *spans in row] for row in table] for table in paper_tables(odd())]
    assert squeezed_tables(docx_tables(render_docx(odd()).data)) == expected
    assert squeezed_tables(odt_tables(render_odt(odd()).data)) == expected
