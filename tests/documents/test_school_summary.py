"""附件一 as it is printed: a row for each community, its money where it is handled, sums below."""

import msgspec

from gongxue.documents.blocks import Paper, Paragraph, Row, Seals, Table, Title, blanks
from gongxue.documents.phrases.quoting import shown
from gongxue.documents.school_summary import school_summary
from gongxue.rules.application import Application
from gongxue.rules.programme_file import load_programme
from gongxue.rules.school_facts import Clerk, Principal, SchoolFacts
from tests.documents.people import GAMES, RIVER

HSINCHU = load_programme("hsinchu-111")
FACTS = SchoolFacts(
    "東門國小",
    59,
    Principal("程志遠", "03-5000300#10", "head@example.edu.tw"),
    Clerk("胡婉婷", "教學組長", "03-5000300#12", "clerk@example.edu.tw"),
)

changed = msgspec.structs.replace


def summary(*applications: Application, school: SchoolFacts = FACTS) -> Paper:
    return school_summary(applications, HSINCHU, school)


def rows(paper: Paper, label: str) -> list[list[str]]:
    found = next(block for block in paper.blocks if isinstance(block, Table) and block.label == label)
    return [texts(row) for row in found.rows]


def texts(row: Row) -> list[str]:
    return [shown(cell.lines) for cell in row.cells]


def communities(paper: Paper) -> list[list[str]]:
    return [row for row in rows(paper, "申請社群") if row[0].isdecimal()]


def test_the_sheet_has_the_paper_s_title_and_seals() -> None:
    paper = summary(GAMES)
    assert paper.blocks[:2] == (Paragraph((("附件一",),)), Title("新竹市111學年度教師專業學習社群彙整表"))
    assert paper.blocks[-1] == Seals(("承辦人", "主任", "校長"))


def test_the_school_tells_of_itself_under_its_full_name() -> None:
    assert rows(summary(GAMES), "學校基本資料") == [
        ["學校", "新竹市東區東門國民小學", "班級數", "59 班"],
        ["校長", "程志遠", "聯絡\n電話", "03-5000300#10", "E-mail", "head@example.edu.tw"],
        ["承辦人", "胡婉婷", "職稱", "教學組長", "聯絡\n電話", "03-5000300#12", "E-mail", "clerk@example.edu.tw"],
        ["社群類別：「1.專業自主學習社群」、「2.專題實踐學習社群」及「3.課程研創學習社群」。"],
    ]


def test_the_columns_are_the_paper_s() -> None:
    assert [label.replace("\n", "") for label in rows(summary(GAMES), "申請社群")[0]] == [
        "項次", "類別（填編號）", "社群名稱", "是否為跨校社群", "參與人數", "辦理次數", "申請經費", "備註（若為跨校社群請備註）",
    ]  # fmt: skip


def test_a_community_stands_with_its_money_where_it_is_handled() -> None:
    north = summary(GAMES, school=changed(FACTS, school="北門國小"))
    river = summary(RIVER, school=changed(FACTS, school="建華國中"))
    assert communities(north) == [["1", "1", "數學遊戲社群", "否", "3", "6", "4,822", ""]]
    assert communities(river) == [["1", "2", "走讀社群", "是", "3", "1", "3,260", "夥伴學校：東門國小"]]


def test_a_community_stands_without_money_at_the_other_schools() -> None:
    assert communities(summary(RIVER)) == [["1", "2", "走讀社群", "是", "3", "1", "－", "經費由建華國中辦理"]]


def test_a_third_school_is_named_beside_the_one_that_handles_the_money() -> None:
    people = (*(RIVER.members or ()), changed((RIVER.members or ())[0], school="光華國中"))
    three = changed(RIVER, members=people)
    assert communities(summary(three))[0][-1] == "經費由建華國中辦理；夥伴學校：光華國中"


def test_a_cross_school_community_without_a_partner_leaves_its_note_blank() -> None:
    alone = changed(GAMES, cross_school=True)
    paper = summary(alone, school=changed(FACTS, school="北門國小"))
    assert communities(paper)[0][-1] == "（未填）"
    assert blanks(paper) == ("applications[0].note",)


def test_the_list_ends_with_its_end_and_its_sums() -> None:
    paper = summary(GAMES, RIVER, school=changed(FACTS, school="北門國小"))
    assert rows(paper, "申請社群")[-3:] == [
        ["全文完"],
        ["總計：（參與人數、辦理次數、申請經費）", "6", "7", "4,822", ""],
        ["經費合計", "新臺幣肆仟捌佰貳拾貳元整"],
    ]


def test_the_communities_of_each_tier_are_counted() -> None:
    assert [row[-3:] for row in rows(summary(GAMES, RIVER, RIVER), "社群小計")[1:]] == [
        ["1", "專業自主學習社群", "1"],
        ["2", "專題實踐學習社群", "2"],
        ["3", "課程研創學習社群", "0"],
    ]


def test_what_the_school_does_not_tell_is_blank_and_its_name_is_found_from_the_applications() -> None:
    paper = summary(GAMES, school=SchoolFacts())
    assert rows(paper, "學校基本資料")[0][1] == "新竹市北區北門國民小學"
    people = ("principal.name", "principal.phone", "principal.email", "clerk.name", "clerk.title", "clerk.phone", "clerk.email")
    assert blanks(paper) == ("classes", *people)


def test_a_school_that_all_applications_share_is_found_before_the_one_that_handles_the_first_one_s_money() -> None:
    east = changed(GAMES, fiscal_school="東門國小", members=())
    assert rows(summary(RIVER, east, school=SchoolFacts()), "學校基本資料")[0][1] == "新竹市東區東門國民小學"


def test_applications_of_schools_that_have_nothing_in_common_keep_their_money() -> None:
    paper = summary(GAMES, RIVER, school=SchoolFacts())
    assert [row[6] for row in communities(paper)] == ["4,822", "3,260"]
    assert blanks(paper)[0] == "school"


def test_drafts_without_name_or_tier_print_blanks() -> None:
    paper = summary(Application("hsinchu-111"))
    assert communities(paper) == [["1", "（未填）", "（未填）", "否", "0", "0", "－", "經費由（未填）辦理"]]


def test_a_sheet_without_applications_waits_for_them() -> None:
    assert rows(summary(), "申請社群")[-1] == ["經費合計", "新臺幣　　　　　　元整"]


def test_every_table_is_whole_and_the_rows_grow() -> None:
    paper = summary(*(GAMES, RIVER) * 20)
    assert len(communities(paper)) == 40
    for block in paper.blocks:
        if isinstance(block, Table):
            assert sum(cell.columns * cell.rows for row in block.rows for cell in row.cells) == len(block.widths) * len(block.rows)


def test_the_hash_is_that_of_the_applications_and_the_school_s_facts() -> None:
    assert summary(GAMES).digest == summary(GAMES).digest
    assert len({summary(GAMES).digest, summary(RIVER).digest, summary(GAMES, school=SchoolFacts()).digest}) == 3
    assert school_summary((GAMES,), HSINCHU, FACTS, "3", "ab" * 32).digest == "ab" * 32
