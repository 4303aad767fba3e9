"""Lists of people as they are pasted: from spreadsheets, address books, messages."""

import pytest

from gongxue.rules.programme_file import load_programme
from gongxue.rules.register import Register
from gongxue.stages.applying.drafting.sections.pasted import pasted

REGISTER = load_programme("hsinchu-111").register or Register.of(())
OFFICIAL = {name: school.official_name for name in ("東園國小", "三民國小") if (school := REGISTER.find(name)) is not None}
HOME = "東園國小"


def read(text: str) -> list[dict[str, str]]:
    return list(pasted(text, REGISTER, HOME))


@pytest.mark.parametrize(
    "line",
    [
        "三民國小\t王小明\t數學",
        "三民國小,王小明,數學",
        "王小明、三民國小、數學",
        "1\t三民國小\t王小明\t數學",
        "３．，三民國小，王小明，數學",
        "三民國小 王小明 數學",
        "三民國小　　王小明　　數學",
    ],
)
def test_a_line_is_a_person_however_its_cells_are_parted(line: str) -> None:
    assert read(line) == [{"school": OFFICIAL["三民國小"], "name": "王小明", "subject": "數學"}]


def test_who_has_no_school_is_of_the_conveners() -> None:
    assert read("王小明\n李小華\t自然") == [
        {"school": OFFICIAL[HOME], "name": "王小明"},
        {"school": OFFICIAL[HOME], "name": "李小華", "subject": "自然"},
    ]


def test_headings_and_empty_lines_are_passed_over() -> None:
    assert read("序號\t服務學校\t姓名\t任教科目\n\n1\t東園國小\t王小明\t數學\n \n") == [
        {"school": OFFICIAL[HOME], "name": "王小明", "subject": "數學"}
    ]


def test_what_is_left_is_a_note() -> None:
    assert read("三民國小\t王小明\t數學\t代理教師\t線上") == [
        {"school": OFFICIAL["三民國小"], "name": "王小明", "subject": "數學", "note": "代理教師 線上"}
    ]


def test_a_name_of_two_words_stays_whole_beside_other_cells() -> None:
    assert read("Mary Jane\t英語") == [{"school": OFFICIAL[HOME], "name": "Mary Jane", "subject": "英語"}]
