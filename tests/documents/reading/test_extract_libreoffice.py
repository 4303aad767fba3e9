"""What a person typed in LibreOffice, saved by it as either format, is read as it shows on the screen."""

import msgspec
import pytest

from gongxue.documents.docx import render_docx
from gongxue.documents.odt import render_odt
from gongxue.documents.reading.extract import read_sheet
from gongxue.documents.reading.sheet import GridCell, GridTable, ParagraphText, Sheet
from tests.documents import papers
from tests.documents.reading.libreoffice import LibreOffice
from tests.documents.reading.office_files import docx, w_cell, w_paragraph, w_table

pytestmark = pytest.mark.needs("soffice")

START = docx(
    w_paragraph("題")
    + w_table(
        w_cell("編號") + w_cell("姓名") + w_cell("備註"),
        w_cell("1") + w_cell("甲") + w_cell("□是　□否"),
        w_cell("2") + w_cell("乙") + w_cell("03-5220097"),
    )
    + w_paragraph("末")
)
HEAD, ONE, TWO = ["編號", "姓名", "備註"], ["1", "甲", "□是　□否"], ["2", "乙", "03-5220097"]
Row = list[str | tuple[str, int, int]]

TABLE = 't = TableWith(doc, "編號")\n'
COPY = 'doc.CurrentController.select(t.getCellRangeByPosition(0, 1, 2, 2))\nDispatch(doc, ".uno:Copy")\n'
PASTE = 'Dispatch(doc, ".uno:Paste")'
TO_LAST = "doc.CurrentController.ViewCursor.gotoRange(t.getCellByPosition(0, 2).getStart(), False)\n"
CURSOR = "c = t.getCellByPosition(1, 1)\nx = c.createTextCursor()\nx.gotoStart(False)\n"
FRAME = 'f = doc.createInstance("com.sun.star.text.TextFrame")\n'

# What is done, and what the table shows then; a cell that spans is (text, columns, rows).
EDITS: dict[str, tuple[str, list[Row]]] = {
    "rows added": (
        't.Rows.insertByIndex(2, 2)\nt.getCellByPosition(1, 2).setString("新" & Chr(10) & "行")',
        [HEAD, ONE, ["", "新\n行", ""], ["", "", ""], TWO],
    ),
    "a row removed": ("t.Rows.removeByIndex(1, 1)", [HEAD, TWO]),
    "a box ticked": ('Exchange(doc, "□否", "☑否")', [HEAD, ["1", "甲", "□是　☑否"], TWO]),
    "a cell emptied": ('t.getCellByPosition(1, 1).setString("")', [HEAD, ["1", "", "□是　□否"], TWO]),
    "words changed under tracking": (
        f'doc.RecordChanges = True\n{CURSOR}x.gotoEnd(True)\nc.insertString(x, "換", True)\nExchange(doc, "乙", "丁")',
        [HEAD, ["1", "換", "□是　□否"], ["2", "丁", "03-5220097"]],
    ),
    "a row added and one removed under tracking": (
        'doc.RecordChanges = True\nt.Rows.insertByIndex(2, 1)\nt.getCellByPosition(1, 2).setString("新")\nt.Rows.removeByIndex(3, 1)',
        [HEAD, ONE, ["", "新", ""]],
    ),
    "a cell split in two, one above the other": (
        't.createCursorByCellName("B2").splitRange(1, True)',
        [HEAD, [("1", 1, 2), "甲", ("□是　□否", 1, 2)], [""], TWO],
    ),
    "a cell split in two, side by side": (
        't.createCursorByCellName("B2").splitRange(1, False)',
        [["編號", ("姓名", 2, 1), "備註"], ["1", "甲", "", "□是　□否"], ["2", ("乙", 2, 1), "03-5220097"]],
    ),
    "two cells merged, one above the other": (
        'u = t.createCursorByCellName("B2")\nu.gotoCellByName("B3", True)\nu.mergeRange()',
        [HEAD, ["1", ("甲\n乙", 1, 2), "□是　□否"], ["2", "03-5220097"]],
    ),
    "two cells merged, side by side": (
        'u = t.createCursorByCellName("B2")\nu.gotoCellByName("C2", True)\nu.mergeRange()',
        [HEAD, ["1", ("甲\n□是　□否", 2, 1)], TWO],
    ),
    "rows pasted into new rows": (
        f"{COPY}t.Rows.insertByIndex(3, 2)\ndoc.CurrentController.select(t.getCellRangeByPosition(0, 3, 2, 4))\n{PASTE}",
        [HEAD, ONE, TWO, ONE, TWO],
    ),
    "rows pasted before a row": (f'{COPY}{TO_LAST}Dispatch(doc, ".uno:PasteRowsBefore")', [HEAD, ONE, ONE, TWO, TWO]),
    "rows pasted as a table in a cell": (
        f'{COPY}{TO_LAST}Dispatch(doc, ".uno:PasteNestedTable")',
        [HEAD, ONE, TWO, ONE, TWO],
    ),
    "a footnote": (
        f'{CURSOR}f = doc.createInstance("com.sun.star.text.Footnote")\nc.insertTextContent(c.getEnd(), f, False)\nf.setString("腳註")',
        [HEAD, ONE, TWO],
    ),
    "hidden words": (f'{CURSOR}c.insertString(x, "藏", False)\nx.goLeft(1, True)\nx.CharHidden = True', [HEAD, ONE, TWO]),
    "a frame in a cell": (
        f'{CURSOR}{FRAME}c.insertTextContent(c.getEnd(), f, False)\nf.setString("框")',
        [HEAD, ["1", "甲\n框", "□是　□否"], TWO],
    ),
    "signs that look like others": (
        't.getCellByPosition(2, 2).setString("03‑52\u00ad2 \u00a0  x" & Chr(9) & "y")',
        [HEAD, ONE, ["2", "乙", "03‑52\u00ad2 \u00a0  x\ty"]],
    ),
    "a list": (
        (
            'c = t.getCellByPosition(1, 1)\nc.setString("一" & Chr(13) & "二")\nx = c.createTextCursor()\nx.gotoEnd(True)\n'
            'x.NumberingRules = doc.createInstance("com.sun.star.text.NumberingRules")'
        ),
        [HEAD, ["1", "一\n二", "□是　□否"], TWO],
    ),
    "a check box": (
        (
            f'{CURSOR}c.insertString(x, "☒", False)\nx.gotoStart(False)\nx.goRight(1, True)\n'
            'k = doc.createInstance("com.sun.star.text.ContentControl")\nk.Checkbox = True\nk.Checked = True\n'
            'k.CheckedState = "☒"\nk.UncheckedState = "☐"\nc.insertTextContent(x, k, True)'
        ),
        [HEAD, ["1", "☑甲", "□是　□否"], TWO],
    ),
    "the table on a new page": ("t.BreakType = com.sun.star.style.BreakType.PAGE_BEFORE", [HEAD, ONE, TWO]),
}


@pytest.fixture(scope="module", params=["odt", "docx"])
def sheets(request: pytest.FixtureRequest, libreoffice: LibreOffice) -> dict[str, Sheet]:
    """The file after each of the edits, saved as one of the two formats."""
    numbered = {f"{number}.docx": (START, TABLE + edit) for number, (edit, _) in enumerate(EDITS.values())}
    saved = libreoffice.edited(numbered, request.param)
    return {name: read_sheet(saved[str(number)]) for number, name in enumerate(EDITS)}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_is_read_as_it_shows(edit: str, sheets: dict[str, Sheet]) -> None:
    first, table, last = sheets[edit].blocks
    expected = tuple(tuple(GridCell(*((cell, 1, 1) if isinstance(cell, str) else cell)) for cell in row) for row in EDITS[edit][1])
    assert (first, last) == (ParagraphText("題"), ParagraphText("末"))
    assert table == GridTable(expected)


def test_a_paper_saved_three_times_by_libreoffice_says_the_same(libreoffice: LibreOffice) -> None:
    paper = msgspec.structs.replace(papers.application(), properties=(("gongxue-programme", "hsinchu-111"),))
    word, odf = render_docx(paper).data, render_odt(paper).data
    printed = read_sheet(word)
    assert read_sheet(odf) == printed
    once = libreoffice.saved_as({"a.docx": word, "b.odt": odf}, "odt")
    twice = libreoffice.saved_as({"a.odt": once["a"], "b.docx": word}, "docx")
    thrice = libreoffice.saved_as({"a.docx": twice["a"]}, "odt")
    flat = libreoffice.saved_as({"b.odt": odf}, "fodt")
    for saved in (once, twice, thrice, flat):
        for data in saved.values():
            sheet = read_sheet(data)
            assert sheet.blocks == printed.blocks
            assert sheet.properties["gongxue-programme"] == "hsinchu-111"
