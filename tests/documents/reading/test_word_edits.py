"""What Word leaves in a form that is edited there, imitated element by element: the rules say the same, also once LibreOffice saved it."""

import io
import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from gongxue.documents.application_form import application_form
from gongxue.documents.docx import render_docx
from gongxue.documents.reading.extract import read_sheet
from gongxue.documents.reading.interpret import interpret
from gongxue.documents.reading.outcome import FormReading
from gongxue.rules import exchange
from gongxue.rules.check import Checker
from gongxue.rules.programme_file import load_programme
from tests.documents.reading.libreoffice import LibreOffice

HSINCHU = load_programme("hsinchu-111")
CHECKER = Checker(HSINCHU)
START = (Path(__file__).parents[3] / "samples/cross-school.json").read_bytes()
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
Json = dict[str, Any]
Element = Any


def elements(inside: str) -> list[Element]:
    """These elements of Word's."""
    return list(parse_xml(f"<w:r {SPACES}>{inside}</w:r>"))


def table_with(document: Document, words: str) -> Element:
    """The table in which these words stand."""
    return next(table._tbl for table in document.tables if any(words in cell.text for row in table.rows for cell in row.cells))


def row_with(table: Element, words: str) -> Element:
    """The row in which these words stand."""
    return next(row for row in table.tr_lst if words in "".join(row.itertext()))


def cells(row: Element) -> list[Element]:
    """The cells of a row."""
    return list(row.tc_lst)


def say(cell: Element, *texts: str) -> None:
    """The cell says these paragraphs, and nothing else."""
    for paragraph in cell.p_lst[1:]:
        cell.remove(paragraph)
    first = cell.p_lst[0]
    for run in list(first.r_lst):
        first.remove(run)
    for number, text in enumerate(texts):
        paragraph = first if number == 0 else deepcopy(first)
        paragraph.add_r().text = text
        if number:
            cell.append(paragraph)


def replace_signs(document: Document, make: Callable[[bool], str]) -> None:
    """Every □ and ■ becomes what `make` gives for unticked and ticked."""
    for run in list(document.element.body.iter(qn("w:r"))):
        text = "".join(node.text or "" for node in run.iter(qn("w:t")))
        if not set(text) & set("□■") or run.find(qn("w:br")) is not None:
            continue
        pieces: list[Element] = []
        for character in text:
            made = make(character == "■") if character in "□■" else f"<w:r><w:t xml:space='preserve'>{character}</w:t></w:r>"
            pieces += elements(made)
        for piece in reversed(pieces):
            run.addnext(piece)
        run.getparent().remove(run)


# Edits


def table_split(document: Document, *, with_head: bool = False) -> None:
    """Table split: rows from the sixth session on become a table of their own."""
    table = table_with(document, "場次")
    second = deepcopy(table)
    rows = table.tr_lst
    for row in rows[6:]:
        table.remove(row)
    for row in second.tr_lst[1 if with_head else 0 : 6]:
        second.remove(row)
    table.addnext(second)
    table.addnext(parse_xml(f"<w:p {SPACES}/>"))


def table_split_with_head(document: Document) -> None:
    """As above, and the head copied to the second table."""
    table_split(document, with_head=True)


def page_framed(document: Document) -> None:
    """A frame around the whole page: all of it in a table of one cell."""
    body = document.element.body
    frame = parse_xml(f"<w:tbl {SPACES}><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>")
    cell = frame.tr_lst[0].tc_lst[0]
    for block in list(body)[:-1]:
        cell.insert(len(cell) - 1, block)
    body.insert(0, frame)


def boxes_as_controls(document: Document) -> None:
    """Every tick box is a check box that can be clicked."""
    replace_signs(
        document,
        lambda ticked: (
            f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(ticked)}"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
            '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent>'
            f"<w:r><w:t>{'☒' if ticked else '☐'}</w:t></w:r></w:sdtContent></w:sdt>"
        ),
    )


def boxes_as_form_fields(document: Document) -> None:
    """Every tick box is a form field of the old kind."""
    replace_signs(
        document,
        lambda ticked: (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="x"/><w:enabled/><w:checkBox><w:sizeAuto/>'
            f'<w:default w:val="{int(ticked)}"/></w:checkBox></w:ffData></w:fldChar></w:r>'
            "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        ),
    )


def boxes_as_signs(document: Document) -> None:
    """Every tick box is a sign of Wingdings."""
    replace_signs(document, lambda ticked: f'<w:r><w:sym w:font="Wingdings" w:char="{"F0FE" if ticked else "F0A8"}"/></w:r>')


def runs_in_pieces(document: Document) -> None:
    """Word cuts runs anywhere, and marks spelling."""
    for run in list(document.element.body.iter(qn("w:r"))):
        text = "".join(node.text or "" for node in run.iter(qn("w:t")))
        if len(text) > 3 and run.find(qn("w:br")) is None:
            for piece in reversed([text[:1], text[1:3], text[3:]]):
                run.addnext(elements(f'<w:proofErr w:type="spellStart"/><w:r><w:t xml:space="preserve">{piece}</w:t></w:r>')[1])
            run.getparent().remove(run)


def session_deleted_under_tracking(document: Document) -> None:
    """A row deleted under tracking, its words, too."""
    row = row_with(table_with(document, "場次"), "線上檢視學生作品")
    properties = row.find(qn("w:trPr"))
    properties.append(elements('<w:del w:id="900" w:author="甲" w:date="2022-03-01T00:00:00Z"/>')[0])
    for run in list(row.iter(qn("w:r"))):
        deleted = elements('<w:del w:id="901" w:author="甲" w:date="2022-03-01T00:00:00Z"/>')[0]
        run.addprevious(deleted)
        for node in run.iter(qn("w:t")):
            node.tag = qn("w:delText")
        deleted.append(run)


def session_pasted_off_the_grid(document: Document) -> None:
    """A row pasted from a form whose columns are cut elsewhere: the grid has more columns then, and rows share no edges."""
    table = table_with(document, "場次")
    pasted = deepcopy(row_with(table, "專家諮詢："))
    texts = ("10", "112.6.7（三）16:10-17:40", "成果分享與檢討", "同儕省思對話", "主持人：翁柏勳", "龍山國小會議室；課堂實踐")
    for cell, text in zip(cells(pasted), texts, strict=True):
        say(cell, text)
    for row in table.tr_lst:
        set_span(cells(row)[1], 2)
        set_span(cells(row)[2], 2)
    set_span(cells(pasted)[1], 1)
    set_span(cells(pasted)[2], 3)
    grid = table.tblGrid
    for at in (1, 3):
        grid.insert(at, deepcopy(grid[at]))
    table.tr_lst[-1].addnext(pasted)


def set_span(cell: Element, columns: int) -> None:
    """The cell spans so many columns of the grid."""
    cell.get_or_add_tcPr().get_or_add_gridSpan().val = columns


def prompts_left(document: Document) -> None:
    """Content controls in which nothing was typed."""
    for words in ("潮間帶課室跨校社群", "教師兼教務主任"):
        row = row_with(table_with(document, words), words)
        cell = next(cell for cell in cells(row) if words in "".join(cell.itertext()))
        say(cell)
        cell.p_lst[0].append(
            elements(
                "<w:sdt><w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>按一下或點選這裡以輸入文字。</w:t></w:r>"
                "</w:sdtContent></w:sdt>"
            )[0]
        )


def words_in_a_text_box(document: Document) -> None:
    """A note in a text box beside the form, for the colleague who goes on with it."""
    document.paragraphs[0]._p.append(
        elements(
            '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:100pt;height:40pt"><v:textbox><w:txbxContent>'
            "<w:p><w:r><w:t>請淑芬老師再看一次金額</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )[0]
    )


def nothing(form: Json) -> None:
    """The form stays as it is."""


def session_removed(form: Json) -> None:
    del form["sessions"][7]


def session_added(form: Json) -> None:
    new = {"date": "2023-06-07", "start": "16:10", "end": "17:40", "content": "成果分享與檢討", "methods": ["peer_reflection"]}
    form["sessions"].append(new | {"host": "翁柏勳", "place": "龍山國小會議室", "classroom_practice": True})


def fields_emptied(form: Json) -> None:
    form["name"] = form["convener"]["title"] = None


EDITS: dict[str, tuple[Callable[[Document], None], Callable[[Json], None]]] = {
    "a table is split": (table_split, nothing),
    "a table is split and its head repeated": (table_split_with_head, nothing),
    "the page is framed": (page_framed, nothing),
    "tick boxes are content controls": (boxes_as_controls, nothing),
    "tick boxes are form fields": (boxes_as_form_fields, nothing),
    "tick boxes are Wingdings": (boxes_as_signs, nothing),
    "runs are cut in pieces": (runs_in_pieces, nothing),
    "a session is deleted under tracking": (session_deleted_under_tracking, session_removed),
    "a session is pasted off the grid": (session_pasted_off_the_grid, session_added),
    "prompts are left as they are": (prompts_left, fields_emptied),
    "a note stands in a text box": (words_in_a_text_box, nothing),
}


def edited(edit: Callable[[Document], None]) -> bytes:
    """The form after the edit."""
    document = docx.Document(io.BytesIO(render_docx(application_form(exchange.read(START), HSINCHU)).data))
    edit(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def assert_judged_alike(reading: FormReading, change: Callable[[Json], None]) -> None:
    form = json.loads(START)
    change(form)
    assert reading.unread == ()
    assert CHECKER.verdict(reading.application) == CHECKER.verdict(exchange.read(json.dumps(form).encode()))


@pytest.mark.parametrize("name", EDITS)
def test_a_form_edited_in_word_is_judged_as_the_application_changed_likewise(name: str) -> None:
    edit, change = EDITS[name]
    assert_judged_alike(interpret(read_sheet(edited(edit))), change)


@pytest.fixture(scope="module")
def saved(libreoffice: LibreOffice) -> dict[str, bytes]:
    """The edited forms as LibreOffice saves them in its own format."""
    files = libreoffice.saved_as({f"{number}.docx": edited(edit) for number, (edit, _) in enumerate(EDITS.values())}, "odt")
    return {name: files[str(number)] for number, name in enumerate(EDITS)}


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("name", EDITS)
def test_it_is_judged_alike_after_libreoffice_saved_it(name: str, saved: dict[str, bytes]) -> None:
    assert_judged_alike(interpret(read_sheet(saved[name])), EDITS[name][1])


def test_the_imitations_are_documents_that_differ_from_the_printed_one() -> None:
    printed = edited(lambda document: None)
    trees = {name: etree.tostring(docx.Document(io.BytesIO(edited(edit))).element) for name, (edit, _) in EDITS.items()}
    assert [name for name, tree in trees.items() if tree == etree.tostring(docx.Document(io.BytesIO(printed)).element)] == []
