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


def test_columns_are_found_by_their_headings_and_blank_cells_move_nothing() -> None:
    text = "序號\t姓名\t職稱\t服務學校\t任教科目\t備註\n１\t王𡍼﨑\t教師\t三民國小\t\t需公假\n２\t林😀\t組長\t東園國小\t國語、數學\t"
    assert read(text) == [
        {"school": OFFICIAL["三民國小"], "name": "王𡍼﨑", "note": "需公假"},
        {"school": OFFICIAL["東園國小"], "name": "林😀", "subject": "國語、數學"},
    ]


@pytest.mark.parametrize("head", ["學校\t職稱\t姓名\t科目\n", ""])
def test_only_the_first_of_merged_cells_holds_the_school(head: str) -> None:
    text = f"{head}三民國小\t教師\t王大明\t數學\n\t教務主任\t王小明\t\n東園國小\t教師\t李大華\t自然\n\t\t李小華\t英語\n"
    assert [(row["school"], row["name"], row.get("subject")) for row in read(text)] == [
        (OFFICIAL["三民國小"], "王大明", "數學"),
        (OFFICIAL["三民國小"], "王小明", None),
        (OFFICIAL["東園國小"], "李大華", "自然"),
        (OFFICIAL["東園國小"], "李小華", "英語"),
    ]


def test_where_the_first_line_has_no_school_a_blank_is_the_conveners_school() -> None:
    assert [(row["school"], row["name"]) for row in read("\t王小明\n三民國小\t李小華\n\t陳小美")] == [
        (OFFICIAL[HOME], "王小明"),
        (OFFICIAL["三民國小"], "李小華"),
        (OFFICIAL[HOME], "陳小美"),
    ]


def test_a_quote_that_stands_alone_swallows_nobody() -> None:
    assert [row["name"] for row in read('三民國小\t"王小明\n三民國小\t李小華')] == ['"王小明', "李小華"]


def test_a_cell_of_two_lines_is_one_cell() -> None:
    assert read('三民國小\t王小明\t"自然\n資訊"\n東園國小\t李小華\t數學\n') == [
        {"school": OFFICIAL["三民國小"], "name": "王小明", "subject": "自然 資訊"},
        {"school": OFFICIAL["東園國小"], "name": "李小華", "subject": "數學"},
    ]


@pytest.mark.parametrize("school", ["新竹市三民國小", "新竹市三民國民小學", "新竹市東區三民國民小學", "市立三民國小", "三民國民小學"])
def test_a_school_is_known_however_lists_write_it(school: str) -> None:
    assert read(f"{school}\t王小明\t數學") == [{"school": OFFICIAL["三民國小"], "name": "王小明", "subject": "數學"}]


def test_who_is_called_like_a_title_is_not_lost() -> None:
    assert read("三民國小\t王老師\n三民國小\t李主任") == [
        {"school": OFFICIAL["三民國小"], "name": "王老師"},
        {"school": OFFICIAL["三民國小"], "name": "李主任"},
    ]
