"""附件二 as it is printed: the paper's fields, labels and tables, in its order."""

import re

import msgspec
import pytest

from gongxue.documents.application_form import application_form
from gongxue.documents.blocks import Blank, Cell, Paper, Paragraph, Row, Seals, Table, Tick, Title, blanks, inlines
from gongxue.documents.pdf import render_pdf
from gongxue.documents.phrases.quoting import shown
from gongxue.documents.snapshot import application_digest, canonical
from gongxue.rules.application import Application, BudgetLine, MaterialItem, Session
from gongxue.rules.programme_file import load_programme
from tests.documents.people import GAMES, RIVER

HSINCHU = load_programme("hsinchu-111")
BLANK = Application("hsinchu-111")

changed = msgspec.structs.replace


def form(application: Application) -> Paper:
    return application_form(application, HSINCHU)


def table(paper: Paper, label: str) -> Table:
    return next(block for block in paper.blocks if isinstance(block, Table) and block.label == label)


def texts(row: Row) -> list[str]:
    return [shown(cell.lines) for cell in row.cells]


def heads(paper: Paper, label: str) -> list[str]:
    found = table(paper, label)
    return texts(found.rows[found.head_rows - 1])


def find(paper: Paper, label: str, first: str) -> list[str]:
    """The row of a table that begins with this label."""
    return next(texts(row) for row in table(paper, label).rows if texts(row)[0] == first)


def headings(paper: Paper) -> list[str]:
    return [block.text for block in paper.blocks if isinstance(block, Title)]


def test_the_parts_stand_in_the_paper_s_order_and_numbering() -> None:
    assert headings(form(GAMES)) == [
        "新竹市111學年度教師專業學習社群申請書",
        "一、社群預計實施方式（可複選）：",
        "三、年度進度規劃（專業自主學習社群至少6次；專題實踐學習社群至少8次；課程研創學習社群至少12次）",
        "四、預期效益與檢核方式：",
        "五、經費概算表（依據經費編列原則）",
        "附錄1：教具教材費品項略述",
        "附錄2：擬採購用於教師專業成長之書單",
    ]


def test_the_annex_stands_above_the_title_and_the_seals_below_all() -> None:
    paper = form(GAMES)
    assert paper.blocks[0] == Paragraph((("附件二",),))
    assert paper.blocks[-1] == Seals(("承辦主任", "會計", "校長"))


def test_the_fields_have_the_paper_s_labels() -> None:
    labels = [shown(cell.lines).replace("\n", "") for row in table(form(GAMES), "社群基本資料").rows for cell in row.cells if cell.head]
    assert labels == [
        *("社群名稱", "申請社群類別", "是否為跨校社群", "社群人數(含召集人)", "補充說明", "社群內容"),
        *("社群召集人", "姓名", "職稱", "服務單位", "任教科目", "電子郵件", "連絡電話"),
        "社群內容概述(100字內，請簡述社群與教師教學、課程或學生學習成效之關聯性)",
    ]


def test_the_tables_have_the_paper_s_columns() -> None:
    paper = form(GAMES)
    assert heads(paper, "社群成員") == ["序號", "服務學校", "姓名", "任教科目", "備註"]
    assert heads(paper, "年度進度規劃") == ["場次", "日期/時間", "實施內容", "實施方式", "主持人/講座/專家學者諮詢輔導", "地點/備註"]
    assert heads(paper, "預期效益與檢核方式") == ["預期效益", "具體檢核方式"]
    assert heads(paper, "經費概算表") == ["項目", "數量", "單位", "單價", "總價", "備註"]
    assert heads(paper, "教具教材費品項略述") == ["項目", "數量", "單位", "單價", "總價", "備註"]
    assert heads(paper, "書單") == ["教師專業成長相關書目", "與學習社群運作之相關說明", "本數"]


def test_all_options_are_printed_with_boxes_in_the_paper_s_lines() -> None:
    paper = form(GAMES)
    content = next(row.cells[1] for row in table(paper, "社群基本資料").rows if texts(row)[0] == "社群內容")
    assert shown(content.lines).split("\n") == [
        "□學習診斷與學力促進　■備觀議課",
        "□彈性學習課程規劃　□跨領域教學(協同教學)",
        "□素養導向教學設計　□素養導向評量工具",
        "□十二年國教新課綱之相關議題　□校本課程",
        "■其他(桌上遊戲)　□領域融入",
    ]
    assert texts(table(paper, "社群預計實施方式").rows[0]) == [
        (
            "□教學專業回饋　■主題探討（含專書、影帶）　□主題經驗分享\n□教學檔案製作　□專題講座　□新進教師輔導　□標竿楷模學習\n"
            "□新課程發展　□教學方法創新　□教學媒材研發　□行動研究\n■協同備課　□同儕省思對話　□案例分析　□專業領域研討\n□其他　＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿"
        )
    ]


def test_people_are_counted_with_the_convener() -> None:
    assert find(form(GAMES), "社群基本資料", "是否為跨校社群") == ["是否為跨校社群", "□是　■否", "社群人數\n(含召集人)", "3 人"]


def test_a_session_says_all_that_a_rule_reads() -> None:
    rows = table(form(RIVER), "年度進度規劃").rows
    assert texts(rows[1]) == [
        "1", "112.3.15(三)\n10:00-12:00", "公開授課與議課", "公開授課、專業回饋", "主持人：洪嘉穎", "802教室\n公開授課教師：蘇靖雯；全市開放",
    ]  # fmt: skip


def test_rows_grow_with_the_data_and_wait_up_to_what_the_tier_asks() -> None:
    more = changed(GAMES, sessions=(GAMES.sessions or ()) * 3)
    assert [len(table(form(each), "年度進度規劃").rows) - 1 for each in (GAMES, more, RIVER, BLANK)] == [6, 18, 8, 12]
    assert len(table(form(BLANK), "社群成員").rows) - 2 == 6


def test_the_budget_stands_under_the_full_name_of_the_school_that_handles_it() -> None:
    title = next(block for block in form(GAMES).blocks if isinstance(block, Title) and block.text.startswith("五"))
    assert title.subtitle == "辦理經費核銷之學校：新竹市北區北門國民小學"


def test_every_line_of_the_programme_is_printed_asked_for_or_not() -> None:
    rows = [texts(row) for row in table(form(GAMES), "經費概算表").rows[1:-2]]
    assert [row[:5] for row in rows] == [
        ["外聘講座鐘點費", "1", "節", "2,000", "2,000"],
        ["", "節", "1,500", ""],
        ["內聘講座鐘點費", "", "節", "1,000", ""],
        ["二代健保補充費", "1", "式", "42", "42"],
        ["講座交通費", "", "趟", "", ""],
        ["印刷費", "12", "份", "50", "600"],
        ["教具教材費", "1", "式", "1,500", "1,500"],
        ["膳費", "6", "人次", "80", "480"],
        ["雜支", "1", "式", "200", "200"],
    ]


def test_the_sums_are_told_in_figures_and_in_capital_numerals() -> None:
    assert find(form(GAMES), "經費概算表", "合計")[1] == "4,822 元"
    assert find(form(GAMES), "經費概算表", "總計")[1] == "新臺幣肆仟捌佰貳拾貳元整"
    assert find(form(GAMES), "教具教材費品項略述", "合計")[1] == "1,500 元"


def test_a_sum_below_zero_still_prints() -> None:
    owed = changed(GAMES, budget=(BudgetLine("meals", 1, -5, -5),))
    assert find(form(owed), "經費概算表", "總計")[1] == "新臺幣 -5 元整"


def test_the_notes_tell_the_programme_s_figures() -> None:
    notes = " ".join(inline for inline in inlines(form(GAMES)) if isinstance(inline, str))
    for figure in (
        "2,000元",
        "1,500元",
        "1,000元",
        "50%",
        "2.11%",
        "每份最多100元",
        "每人次最多80元",
        "10,000元",
        "的5%",
        "「課程研創學習社群」12場",
    ):
        assert figure in notes


def test_lines_out_of_the_form_s_order_say_their_place() -> None:
    rows = {tuple(texts(row)[:2]): texts(row)[-1] for row in table(form(RIVER), "經費概算表").rows}
    assert rows["內聘講座鐘點費", "1"] == "第 2 列"
    assert rows["內聘講座鐘點費", "2"] == "第 3 列\n備註：新進教師"
    assert rows["講座交通費", "2"] == "覈實支應；計程車不予補助\n火車\n第 1 列"
    assert rows["「clay」", "1"] == "第 4 列"


def test_two_lines_of_one_name_say_whom_they_pay_once_they_are_more_than_the_paper_has() -> None:
    twice = changed(GAMES, budget=(BudgetLine("lecturer_external", 1, 2000, 2000), BudgetLine("lecturer_external", 1, 1600, 1600)))
    labels = [texts(row)[0] for row in table(form(twice), "經費概算表").rows[1:4]]
    assert labels == ["外聘講座鐘點費（專家學者）"] * 2 + ["外聘講座鐘點費（有隸屬關係之機關學校人員）"]


def test_missing_values_are_visible_and_reported() -> None:
    draft = Application("hsinchu-111", name="甲", sessions=(Session(content="乙"),), materials=(MaterialItem(),))
    reported = blanks(form(draft))
    assert {"summary", "fiscal_school", "convener.email", "sessions[0].date", "sessions[0].host", "materials[0].name"} <= set(reported)
    assert not {"name", "sessions[0].content"} & set(reported)


def test_rows_that_wait_are_no_blanks() -> None:
    assert not [path for path in blanks(form(BLANK)) if "[" in path]


@pytest.mark.parametrize("application", [GAMES, RIVER, BLANK], ids=["games", "river", "blank"])
def test_the_cells_of_every_table_fill_it(application: Application) -> None:
    for block in form(application).blocks:
        if isinstance(block, Table):
            assert sum(cell.columns * cell.rows for row in block.rows for cell in row.cells) == len(block.widths) * len(block.rows)


def test_the_cells_name_the_values_they_hold() -> None:
    cells = {cell.field: cell for block in form(GAMES).blocks if isinstance(block, Table) for row in block.rows for cell in row.cells}
    assert cells["members[1].name"] == Cell((("羅詩涵",),), field="members[1].name")
    assert cells["budget[0].amount"].lines == (("2,000",),)


def test_the_foot_bears_the_snapshot_s_hash() -> None:
    assert form(GAMES).digest == application_digest(GAMES)
    assert application_form(GAMES, HSINCHU, "7", "ab" * 32).digest == "ab" * 32
    assert application_form(GAMES, HSINCHU, "7").version == "7"


def test_a_snapshot_is_the_same_however_blanks_and_whole_numbers_came() -> None:
    one = Application("hsinchu-111", budget=(BudgetLine("meals", 2.0),))
    assert canonical(one) == b'{"budget":[{"line":"meals","quantity":2}],"programme":"hsinchu-111"}'
    assert application_digest(one) == application_digest(Application("hsinchu-111", budget=(BudgetLine("meals", 2),)))


def test_a_programme_that_lacks_lists_and_forms_leaves_those_parts_out() -> None:
    paper = application_form(Application("taoyuan-110"), load_programme("taoyuan-110"))
    assert headings(paper)[1:3] == ["三、年度進度規劃", "四、預期效益與檢核方式："]
    assert not [block for block in paper.blocks if isinstance(block, Seals)]
    assert "社群內容" not in [shown(cell.lines) for row in table(paper, "社群基本資料").rows for cell in row.cells]


def test_an_unknown_tier_is_printed_and_ticks_none() -> None:
    cells = find(form(changed(GAMES, tier="zzz")), "社群基本資料", "申請社群類別")
    assert cells[1].split("\n")[-1] == "不在表列：「zzz」"
    assert "■" not in cells[1]


def test_a_year_that_the_ticked_tier_asks_for_is_a_blank_when_it_is_missing() -> None:
    row = next(row for row in table(form(changed(RIVER, tier_year=None)), "社群基本資料").rows if texts(row)[0] == "申請社群類別")
    assert row.cells[1].lines[1][:3] == (Tick(True, "專題實踐學習社群"), "(第", Blank("tier_year"))


@pytest.mark.needs("tw-kai")
def test_a_typical_application_has_three_pages() -> None:
    pages = re.search(rb"/Type\s*/Pages\s*/Count (\d+)", render_pdf(form(GAMES)).data)
    assert pages is not None
    assert pages[1] == b"3"
