"""Whatever stands in a document is read as it stands there, and whatever is done to its bytes is told."""

from hypothesis import given
from hypothesis import strategies as st

from gongxue.documents.blocks import Blank, Cell, Paper, Paragraph, Row, Table, Tick, Title
from gongxue.documents.docx import render_docx
from gongxue.documents.odt import render_odt
from gongxue.documents.reading.extract import read_sheet
from gongxue.documents.reading.outcome import FormError
from gongxue.documents.reading.sheet import GridCell, GridTable, ParagraphText, Sheet
from tests.documents import papers
from tests.documents.reading.office_files import (
    docx,
    odf_cell,
    odf_table,
    odt,
    w_cell,
    w_table,
)
from tests.documents.sheets import sheet_of

# Any text that XML can hold; of white space what office files hold as elements.
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\u2028\u2029\x85\u200d") | st.sampled_from("□■☑ \n\t　甲乙"),
    max_size=12,
)
GRIDS = st.lists(st.lists(TEXTS, min_size=1, max_size=4), min_size=1, max_size=5)


@given(GRIDS)
def test_any_grid_of_text_comes_back_from_word(grid: list[list[str]]) -> None:
    sheet = read_sheet(docx(w_table(*("".join(w_cell(text) for text in row) for row in grid))))
    assert sheet.blocks == (GridTable(tuple(tuple(GridCell(text) for text in row) for row in grid)),)


@given(GRIDS)
def test_any_grid_of_text_comes_back_from_opendocument(grid: list[list[str]]) -> None:
    sheet = read_sheet(odt(odf_table(*("".join(odf_cell(text) for text in row) for row in grid))))
    assert sheet.blocks == (GridTable(tuple(tuple(GridCell(text) for text in row) for row in grid)),)


# A table of three columns, its cells spanning at will, between paragraphs; texts of all that a person can type, and of what nobody can.
ANY_TEXT = st.text(st.characters(exclude_characters="\u200d") | st.sampled_from("□■☑ \r\n\t　<&>甲乙"), max_size=12)
INLINES = st.one_of(ANY_TEXT, st.builds(Tick, st.booleans(), ANY_TEXT), st.just(Blank("x")))
LINES = st.lists(st.lists(INLINES, max_size=3).map(tuple), max_size=3).map(tuple)
SPANS = st.sampled_from([(1, 1, 1), (2, 1), (1, 2), (3,)])
ROWS = SPANS.flatmap(lambda spans: st.tuples(*(st.builds(Cell, LINES, st.just(columns)) for columns in spans))).map(Row)
TABLES = st.builds(Table, st.just("表"), st.just((1.0, 2.0, 1.0)), st.lists(ROWS, min_size=1, max_size=3).map(tuple))
PAPERS = st.lists(st.one_of(TABLES, st.builds(Paragraph, LINES), st.builds(Title, ANY_TEXT)), max_size=3).map(
    lambda blocks: papers.of(*blocks)
)


@given(PAPERS)
def test_whatever_a_paper_says_is_read_in_both_formats(paper: Paper) -> None:
    expected = tuple(block for block in sheet_of(paper).blocks if block != ParagraphText(""))
    assert read_sheet(render_docx(paper).data).blocks == expected
    assert read_sheet(render_odt(paper).data).blocks == expected


@given(st.data())
def test_a_spoilt_byte_gives_a_sheet_or_a_reason(data: st.DataObject) -> None:
    good = docx(w_table(w_cell("甲") + w_cell("乙"))) if data.draw(st.booleans()) else odt(odf_table(odf_cell("甲") + odf_cell("乙")))
    spoilt = bytearray(good)
    for place, byte in data.draw(st.lists(st.tuples(st.integers(0, len(good) - 1), st.integers(0, 255)), min_size=1, max_size=8)):
        spoilt[place] = byte
    cut = data.draw(st.integers(0, len(good)))
    for attempt in (bytes(spoilt), good[:cut], good[cut:]):
        assert isinstance(outcome(attempt), Sheet | FormError)


def outcome(data: bytes) -> Sheet | FormError:
    """What reading gives; any other exception goes on, and fails the test."""
    try:
        return read_sheet(data)
    except FormError as error:
        return error
