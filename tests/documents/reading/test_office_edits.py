"""What people do to a form in LibreOffice, and what the rules say then: as if the application itself had been changed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongxue.documents.application_form import application_form
from gongxue.documents.docx import render_docx
from gongxue.documents.odt import render_odt
from gongxue.documents.reading.extract import read_sheet
from gongxue.documents.reading.interpret import interpret
from gongxue.documents.reading.outcome import FormReading
from gongxue.rules import exchange
from gongxue.rules.check import Checker
from gongxue.rules.programme_file import load_programme
from tests.documents.reading.libreoffice import LibreOffice

pytestmark = pytest.mark.needs("soffice")

HSINCHU = load_programme("hsinchu-111")
CHECKER = Checker(HSINCHU)
START = (Path(__file__).parents[3] / "samples/cross-school.json").read_bytes()
Json = dict[str, Any]

GRID = 't = TableWith(doc, "社群名稱")\n'
MEMBERS = 't = TableWith(doc, "序號")\n'
SESSIONS = 't = TableWith(doc, "場次")\n'
BUDGET = 't = TableWith(doc, "印刷費")\n'
NEW_SESSION = (
    'Array("10", "112/6/7" & Chr(10) & "16:10~17:40", "成果分享與檢討", "同儕省思對話", "主持人：翁柏勳", "龍山國小會議室；課堂實踐")'
)


def session_removed(form: Json) -> None:
    del form["sessions"][7]


def session_added(form: Json) -> None:
    new = {"date": "2023-06-07", "start": "16:10", "end": "17:40", "content": "成果分享與檢討", "methods": ["peer_reflection"]}
    form["sessions"].append(new | {"host": "翁柏勳", "place": "龍山國小會議室", "classroom_practice": True})


def members_pasted(form: Json) -> None:
    form["members"][3:3] = [form["members"][3] | {"name": "詹㛢"}, form["members"][4]]


def member_twice(form: Json) -> None:
    form["members"].append(form["members"][3])


def boxes_ticked(form: Json) -> None:
    form["content_types"] = ["competency_based_teaching", "curriculum_guidelines_issues", "school_based_curriculum"]
    form["cross_school"] = False


def tier_changed(form: Json) -> None:
    form["tier"] = "autonomous"
    form["tier_year"] = None


def half_filled(form: Json) -> None:
    form["summary"] = form["convener"]["phone"] = form["convener"]["title"] = form["name"] = None
    form["members"][1]["school"] = None
    form["sessions"][2] |= {"date": None, "start": None, "end": None, "methods": None}
    form["sessions"][4] |= {"host": None, "lecturer": None, "place": None}
    form["outcomes"][0]["check"] = None
    form["budget"] = [line for line in form["budget"] if line["line"] != "meals"]


def budget_changed(form: Json) -> None:
    lines = {line["line"]: line for line in form["budget"]}
    lines["printing"] |= {"quantity": 45, "unit_price": 120, "amount": 5400}
    lines["miscellaneous"]["amount"] = 900
    form["budget"].remove(lines["lecturer_travel"])


def lecturer_changed(form: Json) -> None:
    lecturer = next(session["lecturer"] for session in form["sessions"] if session.get("lecturer"))
    lecturer |= {"name": "蔡𡘙", "periods": 2.5, "kind": "affiliated"}


def nothing(form: Json) -> None:
    """The form stays as it is."""


# What is done in LibreOffice, and what is done to the application.
EDITS: dict[str, tuple[str, Callable[[Json], None]]] = {
    "nothing": ("", nothing),
    "all hidden help is gone": ("ForgetHelp(doc)", nothing),
    "a session is removed": (f'{SESSIONS}DeleteRow(doc, t, "線上檢視學生作品")', session_removed),
    "a session is added": (f'{SESSIONS}AddRowAfter(doc, t, "專家諮詢：")\nTypeRow(t, 11, {NEW_SESSION})', session_added),
    "members are pasted": (
        f'{MEMBERS}CopyRows(doc, t, "A6:E7")\nPasteRowsBefore(doc, t.getCellByName("A6"))\nt.getCellByName("C6").setString("詹㛢")',
        members_pasted,
    ),
    "members are pasted as a table in a cell": (
        f'{MEMBERS}CopyRows(doc, t, "A6:E6")\nMoveTo(doc, t.getCellByName("A7"))\nDispatch(doc, ".uno:PasteNestedTable")',
        member_twice,
    ),
    "boxes are ticked and unticked": (
        (
            'Exchange(doc, "□素養導向教學設計", "☑素養導向教學設計")\nExchange(doc, "■跨領域", "□跨領域")\n'
            f'Exchange(doc, "□校本課程", "✔校本課程")\n{GRID}CellWith(t, "■是").setString("□是　▓否")\nExchange(doc, "▓否", "■否")'
        ),
        boxes_ticked,
    ),
    "another tier is ticked": (
        'Exchange(doc, "■專題實踐", "□專題實踐")\nExchange(doc, "□專業自主學習社群", "■專業自主學習社群")',
        tier_changed,
    ),
    "half of it is emptied": (
        (
            f'{GRID}CellWith(t, "三校教師以香山濕地").setString("")\nCellWith(t, "03-5000100").setString("")\n'
            'CellWith(t, "教師兼教務主任").setString("")\nCellWith(t, "潮間帶課室").setString("")\n'
            f'{MEMBERS}t.getCellByName("B4").setString("")\n'
            f'{SESSIONS}t.getCellByName("B4").setString("")\nt.getCellByName("D4").setString("")\n'
            't.getCellByName("E6").setString("")\nt.getCellByName("F6").setString("")\n'
            't = TableWith(doc, "具體檢核方式")\nt.getCellByName("B2").setString("")\n'
            f'{BUDGET}CellWith(t, "1,440").setString("")\nCellWith(t, "18").setString("")\nCellWith(t, "80").setString("")'
        ),
        half_filled,
    ),
    "figures of the budget are changed": (
        (
            f'{BUDGET}CellWith(t, "30").setString("45")\nCellWith(t, "40").setString("120")\nCellWith(t, "1,200").setString("5,400元")\n'
            't.getCellByName("E10").setString("900")\nDeleteRow(doc, t, "覈實支應；")'
        ),
        budget_changed,
    ),
    "a lecturer is changed under tracking": (
        'doc.RecordChanges = True\nExchange(doc, "湯雨霏（外聘 2 節", "蔡𡘙（隸屬 2.5 節")',
        lecturer_changed,
    ),
}


@pytest.fixture(scope="module", params=["docx → odt", "odt → docx"])
def readings(request: pytest.FixtureRequest, libreoffice: LibreOffice) -> dict[str, FormReading]:
    """The form after each of the edits, opened in one format and saved as the other."""
    before, after = request.param.split(" → ")
    paper = application_form(exchange.read(START), HSINCHU)
    data = (render_docx(paper) if before == "docx" else render_odt(paper)).data
    saved = libreoffice.edited({f"{number}.{before}": (data, edit) for number, (edit, _) in enumerate(EDITS.values())}, after)
    return {name: interpret(read_sheet(saved[str(number)])) for number, name in enumerate(EDITS)}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_form_is_judged_as_the_application_changed_likewise(edit: str, readings: dict[str, FormReading]) -> None:
    form = json.loads(START)
    EDITS[edit][1](form)
    changed = exchange.read(json.dumps(form).encode())
    assert readings[edit].unread == ()
    assert CHECKER.verdict(readings[edit].application) == CHECKER.verdict(changed)
