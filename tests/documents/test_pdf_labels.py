"""Tables and row labels named in a tagged PDF: what Typst wrote, and a few words more."""

import io

import pikepdf
import pytest
import typst

from gongxue.documents.pdf_labels import labelled

MARKUP = b"""
#set document(title: "t", date: datetime(year: 2000, month: 1, day: 1))
#table(columns: 2, table.header([A], [B]), [C], table.cell(rowspan: 2)[D], [E])
text
#table(columns: 1, [F], [G])
"""


@pytest.fixture(scope="module")
def pdf() -> bytes:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[])
    made = typst.compile(MARKUP, font_paths=fonts, format="pdf", pdf_standards="a-2b")
    assert isinstance(made, bytes)
    return made


TABLES = (("經費概算表", (False, False, True, False, True)), ("", (True, False)))


def _elements(pdf: pikepdf.Pdf, *roles: str) -> list[pikepdf.Object]:
    every = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/StructElem"]
    return [element for element in every if element["/S"] in roles]


def _attribute(element: pikepdf.Object, name: str) -> str | None:
    return next((str(part[name]) for part in element["/A"] if name in part), None)


def test_row_labels_become_header_cells_and_tables_get_their_names(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(labelled(pdf, TABLES))) as done:
        cells = _elements(done, "/TH", "/TD")
        assert [str(each["/S"]) for each in cells] == ["/TH", "/TH", "/TH", "/TD", "/TH", "/TH", "/TD"]
        assert [_attribute(each, "/Scope") for each in cells] == ["/Column", "/Column", "/Row", None, "/Row", "/Row", None]
        assert [_attribute(each, "/Summary") for each in _elements(done, "/Table")] == ["經費概算表", None]
        assert done.check_pdf_syntax() == []


def test_nothing_else_is_changed(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as before, pikepdf.open(io.BytesIO(labelled(pdf, TABLES))) as after:
        changed = [
            str(new["/S"])
            for old, new in zip(before.objects, after.objects, strict=True)
            if isinstance(new, pikepdf.Dictionary) and old.unparse(resolved=True) != new.unparse(resolved=True)
        ]
        assert sorted(changed) == ["/TH", "/TH", "/TH", "/Table"]
        assert before.pages[0].Contents.read_bytes() == after.pages[0].Contents.read_bytes()


def test_without_labels_or_names_the_bytes_stay(pdf: bytes) -> None:
    assert labelled(pdf, (("", (False,) * 5), ("", (False,) * 2))).rstrip() == pdf.rstrip()


@pytest.mark.parametrize(
    "tables",
    [(), TABLES[:1], (*TABLES, ("", ())), (("", (False,) * 4), TABLES[1]), (("", (False,) * 6), TABLES[1])],
)
def test_a_paper_with_other_tables_is_refused(pdf: bytes, tables: tuple[tuple[str, tuple[bool, ...]], ...]) -> None:
    with pytest.raises(ValueError, match=r"the PDF has|cells in the PDF"):
        labelled(pdf, tables)


def test_a_pdf_of_another_make_is_refused() -> None:
    with pytest.raises(ValueError, match="no plain table of objects"):
        labelled(b"%PDF-1.7\nstartxref\n3\n%%EOF", ())
