"""A paper as PDF: PDF/A-2b with tags and a text layer, in fonts of ours, and nothing of a long text lost."""

import io
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from gongxue.documents.blocks import Blank, Cell, Paper, Paragraph, Row, Table, Tick, inlines
from gongxue.documents.pdf import render_pdf, render_pdfs
from tests.documents import papers

RARE = "𡘙㛢堃喆䒟𠮷龘"


@pytest.fixture(scope="module")
def form() -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(render_pdf(papers.application()).data))


def _fonts(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
            yield thing


def _text(pdf: bytes, folder: Path) -> str:
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    said = subprocess.run(["pdftotext", "-raw", str(file), "-"], check=True, capture_output=True).stdout.decode()
    return re.sub(r"\s", "", said)


def _one(text: str) -> Paper:
    return papers.of(Paragraph(((text,),)))


def test_it_says_that_it_is_pdf_a_2b_and_keeps_what_that_asks(form: pikepdf.Pdf) -> None:
    with form.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")
        assert metadata["dc:title"] == papers.application().title
    assert [intent["/S"] for intent in form.Root.OutputIntents] == ["/GTS_PDFA1"]
    assert not form.is_encrypted
    assert {"/OpenAction", "/AA", "/AcroForm"}.isdisjoint(form.Root.keys())
    names = [str(thing.get("/S")) for thing in form.objects if isinstance(thing, pikepdf.Dictionary)]
    assert {"/JavaScript", "/Launch", "/URI"}.isdisjoint(names)


def test_it_is_tagged_in_the_language_of_taiwan(form: pikepdf.Pdf) -> None:
    assert form.Root.MarkInfo.Marked == True  # noqa: E712  # a pikepdf object, not a bool
    assert str(form.Root.Lang) == "zh-TW"
    roles = {str(thing.get("/S")) for thing in form.objects if isinstance(thing, pikepdf.Dictionary) and "/S" in thing}
    assert {"/Table", "/TR", "/TH", "/TD", "/H1", "/P"} <= roles


def _elements(pdf: pikepdf.Pdf, role: str) -> list[pikepdf.Object]:
    """The structure elements of a role; Typst writes them in reading order."""
    every = (thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/StructElem")
    return [element for element in every if element["/S"] == role]


def test_ticks_are_drawn_and_say_whether_they_are_ticked(form: pikepdf.Pdf) -> None:
    ticks = [inline for inline in inlines(papers.application()) if isinstance(inline, Tick)]
    assert [str(figure["/Alt"]) for figure in _elements(form, "/Figure")] == ["已勾選" if tick.checked else "未勾選" for tick in ticks]


def test_tables_have_their_names_and_every_label_is_a_header_cell(form: pikepdf.Pdf) -> None:
    tables = [block for block in papers.application().blocks if isinstance(block, Table)]
    attributes = [[part for part in element["/A"] if part["/O"] == "/Table"] for element in _elements(form, "/Table")]
    assert [str(parts[0]["/Summary"]) for parts in attributes] == [table.label for table in tables]
    heads = [cell for table in tables for row in table.rows[: table.head_rows] for cell in row.cells]
    labels = [cell for table in tables for row in table.rows[table.head_rows :] for cell in row.cells if cell.head]
    scopes = [str(element["/A"][0]["/Scope"]) for element in _elements(form, "/TH")]
    assert (scopes.count("/Column"), scopes.count("/Row")) == (len(heads), len(labels))


def test_every_font_is_embedded_and_one_of_ours(form: pikepdf.Pdf) -> None:
    fonts = list(_fonts(form))
    assert fonts != []
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
    ours = ("TW-Kai", "NotoSerif", "Libertinus")
    assert [str(font.FontName) for font in fonts if not any(name in str(font.FontName) for name in ours)] == []


def test_it_is_upright_a4_with_page_numbers(form: pikepdf.Pdf) -> None:
    sizes = {tuple(round(float(edge)) for edge in page.mediabox) for page in form.pages}
    assert sizes == {(0, 0, 595, 842)}


@pytest.mark.needs("poppler")
def test_its_text_layer_says_what_the_paper_says(tmp_path: Path) -> None:
    paper = papers.application()
    said = _text(render_pdf(paper).data, tmp_path)
    for inline in inlines(paper):
        words = inline if isinstance(inline, str) else inline.label if isinstance(inline, Tick) else "（未填）"
        for line in words.splitlines():
            assert re.sub(r"\s", "", line)[:8] in said
    assert f"第1頁，共{len(pikepdf.open(tmp_path / 'paper.pdf').pages)}頁" in said
    assert paper.digest[:12] in said


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert render_pdf(papers.application()).data == render_pdf(papers.application()).data


def test_many_papers_come_in_their_order() -> None:
    names = [f"第{number}份" for number in range(9)]
    titles = []
    for printed in render_pdfs(papers.of(Paragraph(((name,),)), title=name) for name in names):
        with pikepdf.open(io.BytesIO(printed.data)) as pdf, pdf.open_metadata() as metadata:
            titles.append(metadata["dc:title"])
    assert titles == names


@pytest.mark.needs("tw-kai", "poppler")
def test_rare_characters_of_names_print(tmp_path: Path) -> None:
    printed = render_pdf(_one(RARE))
    assert printed.missing == ()
    assert RARE in _text(printed.data, tmp_path)


@pytest.mark.needs("poppler")
@pytest.mark.parametrize("text", ["甲\U000f0000乙", "甲\ufffe乙", "甲\x07乙"])
def test_a_character_that_no_font_has_prints_as_geta_and_is_told(tmp_path: Path, text: str) -> None:
    printed = render_pdf(_one(text))
    assert printed.missing == (f"U+{ord(text[1]):04X}",)
    assert "甲〓乙" in _text(printed.data, tmp_path)


@pytest.mark.needs("poppler")
@pytest.mark.parametrize("text", ["字" * 5000, "w" * 3000, "a@b." * 1600, "\n".join(f"第{number}行" for number in range(200))])
def test_a_row_taller_than_a_page_is_broken_and_nothing_is_lost(tmp_path: Path, text: str) -> None:
    table = Table("長", (1, 1), (Row((Cell((("標",),), head=True), Cell(((text,),)))),))
    printed = render_pdf(papers.of(table))
    assert len(pikepdf.open(io.BytesIO(printed.data)).pages) > 1
    said = _text(printed.data, tmp_path)
    for character in set(text) - {"\n"}:
        assert said.count(character) >= text.count(character)


@pytest.mark.parametrize(
    "text",
    [
        "#panic()",
        "$ x $ *粗* _斜_ `碼`",
        "#import \"/etc/passwd\": *",
        "\\u{0}",
        "<label> @ref",
        "\u202e左右\u2066",
        "👩‍👩‍👧 e\u0301",
        "مرحبا",
        "ก็",
    ],
)  # fmt: skip
def test_no_text_becomes_typst_markup_or_breaks_the_page(text: str) -> None:
    table = Table(text, (1,), (Row((Cell(((text, Tick(True, text)), (Blank("name"),))),)),))
    with pikepdf.open(io.BytesIO(render_pdf(papers.of(Paragraph(((text,),)), table, title=text or "題")).data)) as pdf:
        assert len(pdf.pages) == 1
