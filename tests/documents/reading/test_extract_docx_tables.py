"""Tables of Word are read as Word shows them: merged, wrapped, nested, deleted cells and all."""

import pytest

from gongxue.documents.reading import refusals
from gongxue.documents.reading.extract import read_sheet
from gongxue.documents.reading.outcome import FormError
from gongxue.documents.reading.sheet import GridCell, GridTable
from tests.documents.reading.office_files import docx, w_cell, w_paragraph, w_run, w_table
from tests.documents.reading.seen import Seen

seen = Seen(docx)


def test_tables_and_paragraphs_come_in_the_order_of_the_page() -> None:
    body = w_paragraph("一") + w_table(w_cell("甲")) + w_paragraph("") + w_table(w_cell("乙")) + w_paragraph("二")
    assert seen.texts(body) == ["一", "(table)", "(table)", "二"]


def test_a_cell_says_its_paragraphs_as_lines() -> None:
    assert seen.cells(w_table(w_cell("一", "二\n三", "") + w_cell())) == [["一\n二\n三\n", ""]]


def test_merged_cells_are_told_once_with_what_they_span() -> None:
    restart, below = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = w_table(
        w_cell("甲", properties=restart) + w_cell("乙", properties='<w:gridSpan w:val="2"/>'),
        w_cell("看不見", properties=below) + w_cell("丙") + w_cell("丁", properties=restart),
        w_cell("", properties='<w:vMerge w:val="continue"/>') + w_cell("戊") + w_cell("", properties=below),
    )
    assert seen.spans(body) == [[("甲", 1, 3), ("乙", 2, 1)], [("丙", 1, 1), ("丁", 1, 2)], [("戊", 1, 1)]]


def test_a_cell_that_continues_nothing_is_a_cell_of_its_own() -> None:
    below = "<w:vMerge/>"
    first = w_table(w_cell("甲", properties=below), w_cell("乙") + w_cell("丙", properties=below))
    assert seen.spans(first) == [[("甲", 1, 1)], [("乙", 1, 1), ("丙", 1, 1)]]
    assert seen.spans(w_table(w_cell("甲"), w_cell("乙", properties='<w:hMerge w:val="continue"/>'))) == [[("甲", 1, 1)], [("乙", 1, 1)]]


def test_cells_merged_to_the_left_the_old_way_widen_their_neighbour() -> None:
    body = w_table(w_cell("甲", properties='<w:hMerge w:val="restart"/>') + w_cell("", properties="<w:hMerge/>") + w_cell("乙"))
    assert seen.spans(body) == [[("甲", 2, 1), ("乙", 1, 1)]]


def test_a_row_that_starts_further_right_has_an_empty_cell_there() -> None:
    row = f'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>{w_cell("甲")}</w:tr></w:tbl>'
    assert seen.spans(row) == [[("", 2, 1), ("甲", 1, 1)]]


@pytest.mark.parametrize(("written", "expected"), [("1000000000", 256), ("0", 1), ("-3", 1), ("x", 1), ("", 1), ("9" * 5000, 256)])
def test_absurd_spans_are_cut_to_size(written: str, expected: int) -> None:
    assert seen.spans(w_table(w_cell("甲", properties=f'<w:gridSpan w:val="{written}"/>'))) == [[("甲", expected, 1)]]


def test_wrappers_around_rows_and_cells_are_seen_through() -> None:
    cell = f"<w:sdt><w:sdtContent>{w_cell('甲')}</w:sdtContent></w:sdt><w:customXml w:element='a'>{w_cell('乙')}</w:customXml>"
    rows = f"<w:sdt><w:sdtContent><w:tr>{cell}</w:tr></w:sdtContent></w:sdt><w:ins w:id='1'><w:tr>{w_cell('丙')}</w:tr></w:ins>"
    whole = f"<w:sdt><w:sdtContent><w:tbl>{rows}</w:tbl></w:sdtContent></w:sdt>"
    assert seen.cells(whole) == [["甲", "乙"], ["丙"]]


def test_a_prompt_in_a_whole_cell_leaves_the_cell_empty() -> None:
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{w_cell('按一下輸入')}</w:sdtContent></w:sdt>"
    assert seen.cells(w_table(prompt + w_cell("乙"))) == [["", "乙"]]


def test_rows_and_cells_deleted_under_tracking_or_hidden_are_gone() -> None:
    deleted = w_cell("刪", properties='<w:cellDel w:id="3"/>')
    body = (
        f"<w:tbl><w:tr><w:trPr><w:del w:id='1'/></w:trPr>{w_cell('刪')}</w:tr><w:tr><w:trPr><w:hidden/></w:trPr>{w_cell('藏')}</w:tr>"
        f"<w:tr><w:trPr><w:ins w:id='2'/></w:trPr>{w_cell('加')}{deleted}</w:tr></w:tbl>"
    )
    assert seen.cells(body) == [["加"]]


def test_a_table_in_a_cell_is_lines_and_tabs_of_it() -> None:
    inner = w_table(w_cell("一") + w_cell("二", "三"), w_cell("四") + w_cell("五"))
    row = f"<w:tc>{w_paragraph('上')}{inner}<w:p/></w:tc>" + w_cell("旁") + w_cell("邊")
    assert seen.cells(w_table(row)) == [["上\n一\t二 三\n四\t五", "旁", "邊"]]


def test_a_table_pasted_into_a_cell_of_one_as_wide_is_rows_of_it() -> None:
    pasted = w_table(w_cell("1") + w_cell("甲"), w_cell("2") + w_cell("乙"))
    into = f"<w:tc>{pasted}{w_paragraph('3')}</w:tc>"
    assert seen.cells(w_table(into + w_cell("丙"), w_cell("4") + w_cell("丁"))) == [["3", "丙"], ["1", "甲"], ["2", "乙"], ["4", "丁"]]


def test_rows_pasted_beside_a_merged_cell_follow_where_it_ends() -> None:
    pasted = w_table(w_cell("1") + w_cell("甲"))
    tall, below = w_cell("高", properties='<w:vMerge w:val="restart"/>'), w_cell(properties="<w:vMerge/>")
    body = w_table(tall + f"<w:tc>{pasted}{w_paragraph('上')}</w:tc>", below + w_cell("下"), w_cell("2") + w_cell("乙"))
    assert seen.spans(body) == [[("高", 1, 2), ("上", 1, 1)], [("下", 1, 1)], [("1", 1, 1), ("甲", 1, 1)], [("2", 1, 1), ("乙", 1, 1)]]


def test_a_table_of_one_cell_around_tables_is_only_a_frame() -> None:
    inner = w_paragraph("題") + w_table(w_cell("一") + w_cell("二"))
    assert seen.texts(w_table(f"<w:tc>{inner}<w:p/></w:tc>")) == ["題", "(table)"]
    assert seen.cells(w_table(w_cell("只有字"))) == [["只有字"]]


def test_bookmarks_are_told_by_cell() -> None:
    mark = '<w:bookmarkStart w:id="{0}" w:name="{0}"/><w:bookmarkEnd w:id="{0}"/>'
    first = f"<w:tc><w:p>{mark.format('a')}{w_run('甲')}{mark.format('b')}{mark.format('a')}</w:p></w:tc>"
    body = f"<w:p>{mark.format('outside')}</w:p>" + w_table(first + mark.format("c") + w_cell("乙"), w_cell("丙"))
    assert seen.table(body) == GridTable(
        ((GridCell("甲", bookmarks=("a", "b")), GridCell("乙", bookmarks=("c",))), (GridCell("丙"),)),
    )


def test_tables_nested_too_deep_are_refused() -> None:
    body = w_paragraph("底")
    for _ in range(50):
        body = w_table(f"<w:tc>{body}<w:p/></w:tc>")
    with pytest.raises(FormError) as caught:
        read_sheet(docx(body))
    assert caught.value.text == refusals.TOO_DEEP
