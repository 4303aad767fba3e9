"""What is read back from forms: all that was printed, and what people typed into them."""

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gongxue.documents.application_form import application_form
from gongxue.documents.docx import render_docx
from gongxue.documents.odt import render_odt
from gongxue.documents.reading.extract import read_sheet
from gongxue.documents.reading.interpret import interpret
from gongxue.documents.reading.outcome import FormError, FormReading
from gongxue.documents.reading.sheet import GridCell, GridTable, ParagraphText, Sheet, SheetBlock
from gongxue.documents.school_summary import school_summary
from gongxue.rules.application import Application, Book, BudgetLine, Lecturer, MaterialItem, Member, Outcome, Session
from gongxue.rules.check import check, totals
from gongxue.rules.programme import Programme
from gongxue.rules.programme_file import load_programme
from gongxue.rules.school_facts import SchoolFacts
from tests.documents import messy
from tests.documents.people import GAMES, RIVER
from tests.documents.sheets import sheet_of
from tests.documents.typed import BY_HAND, SESSION_HEAD, TITLE, row, sheet, table, wide

HSINCHU = load_programme("hsinchu-111")
TAOYUAN = load_programme("taoyuan-110")
BLANK = Application("hsinchu-111")

changed = msgspec.structs.replace


def printed(application: Application, programme: Programme = HSINCHU) -> Sheet:
    return sheet_of(application_form(application, programme))


def back(application: Application, programme: Programme = HSINCHU) -> Application:
    return interpret(printed(application, programme)).application


def same(given_: Application, read: Application, programme: Programme = HSINCHU) -> bool:
    """Whether the rules find the same in both, and both add up to the same."""
    assert check(read, programme) == check(given_, programme)
    assert totals(read, programme) == totals(given_, programme)
    return True


def places(reading: FormReading) -> list[str]:
    return [cell.place.zh for cell in reading.unread]


# What was printed comes back


@pytest.mark.parametrize("application", [GAMES, RIVER, BLANK], ids=["games", "river", "blank"])
def test_a_printed_form_gives_the_same_findings(application: Application) -> None:
    assert same(application, back(application))


def test_a_form_without_oddities_comes_back_value_by_value() -> None:
    reading = interpret(printed(GAMES))
    assert reading == FormReading(GAMES)


@given(messy.applications(HSINCHU))
@example(changed(BLANK, budget=(BudgetLine(" "), BudgetLine(), BudgetLine("meals"), BudgetLine("meals"))))
@example(changed(BLANK, budget=(BudgetLine(None, -0.0, 0, 1),)))
@example(changed(BLANK, members=(Member(), Member("服務學校", "姓名", "任教科目", "備註"))))
@example(changed(BLANK, materials=(MaterialItem(), MaterialItem("合計", -3, "單位", -5, 15, "備註"))))
@example(changed(BLANK, sessions=(Session(), Session(lecturer=Lecturer(), methods=("", "x")))))
@example(changed(BLANK, outcomes=(Outcome("預期效益", "具體檢核方式"), Outcome("甲(範例)", "乙"))))
@example(changed(BLANK, books=(Book("書名", "說明", -1), Book("承辦主任", "會計", 1), Book())))
@example(changed(BLANK, content_types=("x", "lesson_study", "lesson_study", ""), name="（未填）", tier=" thematic"))
def test_any_application_gives_the_same_findings_from_what_is_visible_on_its_paper(application: Application) -> None:
    assert same(application, back(application))


@given(messy.applications(TAOYUAN))
def test_a_programme_without_lists_and_limits_prints_and_comes_back_too(application: Application) -> None:
    assert same(application, back(application, TAOYUAN), TAOYUAN)


@pytest.mark.parametrize("render", [render_docx, render_odt])
@given(application=messy.applications(HSINCHU))
def test_any_application_gives_the_same_findings_from_an_office_file(render: Callable[..., object], application: Application) -> None:
    file = render(application_form(application, HSINCHU))
    assert same(application, interpret(read_sheet(file.data)).application)  # type: ignore[attr-defined]


# The city's own paper, filled in by hand


def test_the_city_s_paper_is_read_as_it_was_typed() -> None:
    application = interpret(BY_HAND).application
    assert (application.programme, application.name, application.tier) == ("hsinchu-111", "讀報社群", "autonomous")
    assert (application.cross_school, application.fiscal_school) == (False, "新竹市北區北門國民小學")
    assert (application.content_types, application.content_other) == (("lesson_study", "competency_based_teaching", "other"), "校刊編輯")
    assert application.approaches == ("topic_discussion", "peer_reflection")
    assert application.summary == "共讀報紙，\n設計提問。"
    assert application.convener is not None
    assert application.convener.phone == "03-5000100#21"
    assert interpret(BY_HAND).unread == ()


def test_members_in_a_merged_school_cell_are_of_that_school() -> None:
    assert interpret(BY_HAND).application.members == (
        Member("北門國小", "許志豪", "國語", "三年級導師"),
        Member("北門國小", "張雅筑", "國語"),
        Member("北門國小", "曾子翔"),
    )


def test_a_schedule_in_two_tables_is_one_and_the_examples_are_none_of_it() -> None:
    sessions = interpret(BY_HAND).application.sessions or ()
    assert [session.date for session in sessions] == ["2022-09-07", "2022-10-05", "2022-11-02", "2022-12-07", "2023-03-08", "2023-05-17"]
    assert [session.start for session in sessions] == ["13:30", "13:30", "13:30", "10:30", "13:30", "13:30"]
    assert [session.host for session in sessions] == ["林佩蓉", "李大華", "許志豪", "張雅筑", "曾子翔", "林佩蓉"]
    assert sessions[1].lecturer == Lecturer("李大華", "國立清華大學", "external", 2)
    assert [session.online for session in sessions] == [None, None, True, None, None, None]
    assert [session.classroom_practice for session in sessions] == [None, None, None, True, None, None]


def test_the_budget_holds_what_is_asked_for_and_not_what_the_paper_prints() -> None:
    lines = interpret(BY_HAND).application.budget or ()
    assert [(line.line, line.quantity, line.unit_price, line.amount) for line in lines] == [
        ("lecturer_external", 2, 2000, 4000),
        ("nhi_supplement", 1, 84, 84),
        ("lecturer_travel", 2, 180, 360),
        ("printing", 10, 20, 200),
        ("miscellaneous", 1, 200, 200),
    ]
    assert lines[2].travel_mode == "train"


def test_the_examples_of_outcomes_are_left_out_and_books_are_counted() -> None:
    application = interpret(BY_HAND).application
    assert application.outcomes == (Outcome("每人一份提問單", "提問單四份"),)
    assert application.books == (Book("讀報教育", "共讀", 4),)
    assert application.materials is None


# Our own form, changed by a person


def tables(source: Sheet) -> list[GridTable]:
    return [block for block in source.blocks if isinstance(block, GridTable)]


def with_table(source: Sheet, label: str, change: Callable[[GridTable], tuple[SheetBlock, ...]]) -> Sheet:
    """The sheet with the table that has a cell of this text changed into others."""
    blocks: list[SheetBlock] = []
    for block in source.blocks:
        ours = isinstance(block, GridTable) and any(cell.text == label for line in block.rows for cell in line)
        blocks += change(block) if ours and isinstance(block, GridTable) else (block,)
    return Sheet(tuple(blocks), source.properties)


def typed(source: Sheet, old: str, new: str) -> Sheet:
    """The sheet with `new` typed over `old` wherever that is all of a cell or a paragraph."""

    def cell(each: GridCell) -> GridCell:
        return changed(each, text=new) if each.text == old else each

    blocks = tuple(
        ParagraphText(new if block.text == old else block.text)
        if isinstance(block, ParagraphText)
        else GridTable(tuple(tuple(cell(each) for each in line) for line in block.rows))
        for block in source.blocks
    )
    return Sheet(blocks, source.properties)


def test_a_row_added_without_a_number_is_a_member() -> None:
    grown = with_table(printed(GAMES), "服務學校", lambda each: (GridTable((*each.rows, row("", "東門國小", "新同事", "", ""))),))
    members = interpret(grown).application.members or ()
    assert members[2:] == (Member("東門國小", "新同事"),)


def test_a_row_taken_away_is_gone() -> None:
    shrunk = with_table(printed(GAMES), "服務學校", lambda each: (GridTable(each.rows[:-1]),))
    assert interpret(shrunk).application.members == GAMES.members[:1]  # type: ignore[index]


def test_empty_rows_and_wrong_numbers_do_not_count() -> None:
    def messed(each: GridTable) -> tuple[SheetBlock, ...]:
        title, head, first, second = each.rows
        return (GridTable((title, head, row("7", "", "", "", ""), (GridCell("99"), *first[1:]), row("", "\n", " ", "　", ""), second)),)

    assert interpret(with_table(printed(GAMES), "服務學校", messed)).application.members == GAMES.members


def test_a_table_cut_in_two_goes_on() -> None:
    cut = with_table(printed(GAMES), "日期/時間", lambda each: (GridTable(each.rows[:3]), ParagraphText(""), GridTable(each.rows[3:])))
    assert interpret(cut).application.sessions == GAMES.sessions


def test_a_head_repeated_on_the_next_page_is_no_row() -> None:
    cut = with_table(printed(GAMES), "日期/時間", lambda each: (GridTable((*each.rows[:3], each.rows[0], *each.rows[3:])),))
    assert interpret(cut).application.sessions == GAMES.sessions


def test_columns_are_found_by_their_labels_in_any_order_and_shape() -> None:
    head = row("次數", "日期", "時間", "活動內容", "地點", "實施方式", "主持人", "備註")
    lines = (row("1", "111.9.7", "13:30-15:30", "訂定目標", "會議室", "主題探討", "邱怡君", "課堂實踐"),)
    pasted = with_table(printed(GAMES), "日期/時間", lambda _: (table(head, *lines),))
    session = Session("2022-09-07", "13:30", "15:30", "訂定目標", ("topic_discussion",), None, "邱怡君", None, "會議室", None, True)
    assert interpret(pasted).application.sessions == (session,)


def test_rows_pasted_without_their_number_column_find_their_columns() -> None:
    extra = table(row("112.6.7 13:30-15:30", "成果彙整", "主題經驗分享", "邱怡君", "會議室"))
    longer = with_table(printed(GAMES), "日期/時間", lambda each: (each, ParagraphText(""), extra))
    sessions = interpret(longer).application.sessions or ()
    assert sessions[6:] == (Session("2023-06-07", "13:30", "15:30", "成果彙整", ("topic_sharing",), None, "邱怡君", None, "會議室"),)


def test_a_cell_split_in_two_is_one_value() -> None:
    head = (*SESSION_HEAD[:4], wide("主持人/講座/專家學者諮詢輔導", 2), GridCell("地點/備註"))
    split = table(head, row("1", "111.9.7\n13:30-15:30", "共讀", "主題探討", "主持人：甲", "講座：乙（外聘 1 節）", "會議室"))
    session = interpret(with_table(printed(GAMES), "日期/時間", lambda _: (split,))).application.sessions or ()
    assert (session[0].host, session[0].lecturer) == ("甲", Lecturer("乙", None, "external", 1))


def test_cells_merged_over_two_rows_count_for_both() -> None:
    head = row("預期效益", "具體檢核方式")
    merged = table(head, (wide("每人一份教案", 1, 2), GridCell("教案三份")), row("公開一份"))
    outcomes = interpret(with_table(printed(GAMES), "預期效益", lambda _: (merged,))).application.outcomes
    assert outcomes == (Outcome("每人一份教案", "教案三份"), Outcome("每人一份教案", "公開一份"))


def test_a_second_rate_in_a_row_without_a_label_goes_on_with_the_line_above() -> None:
    def added(each: GridTable) -> tuple[SheetBlock, ...]:
        at = next(number for number, line in enumerate(each.rows) if line[0].text == "膳費")
        return (GridTable((*each.rows[: at + 1], row("", "3", "人次", "70", "210", ""), *each.rows[at + 1 :])),)

    lines = interpret(with_table(printed(GAMES), "外聘講座鐘點費", added)).application.budget or ()
    assert [(line.line, line.amount) for line in lines[4:6]] == [("meals", 480), ("meals", 210)]


def test_a_line_of_one_s_own_is_kept_for_the_rules_to_name() -> None:
    def added(each: GridTable) -> tuple[SheetBlock, ...]:
        return (GridTable((*each.rows[:-2], row("場地費", "1", "次", "500", "500", ""), *each.rows[-2:])),)

    application = interpret(with_table(printed(GAMES), "外聘講座鐘點費", added)).application
    assert (application.budget or ())[-1] == BudgetLine("場地費", 1, 500, 500)
    assert [finding.path for finding in check(application, HSINCHU) if finding.rule == "budget.known-lines"] == ["budget[6].line"]


def test_a_table_pasted_from_the_city_s_paper_replaces_ours() -> None:
    budget = next(each for each in tables(BY_HAND) if each.rows[0][0].text == "項目")
    lines = interpret(with_table(printed(GAMES), "外聘講座鐘點費", lambda _: (budget,))).application.budget or ()
    assert [line.amount for line in lines] == [4000, 84, 360, 200, 200]


def test_a_title_typed_over_is_the_new_name() -> None:
    assert interpret(typed(printed(GAMES), "數學遊戲社群", "「數感」遊戲社群 ")).application.name == "「數感」遊戲社群"


def test_what_is_typed_beside_a_printed_blank_counts() -> None:
    draft = printed(changed(GAMES, name=None))
    assert interpret(typed(draft, "（未填）", "（未填）數感社群")).application.name == "數感社群"


def test_a_blank_form_filled_in_is_read() -> None:
    form = printed(BLANK)
    form = with_table(form, "服務學校", lambda each: (GridTable((*each.rows[:2], row("1", "北門國小", "鄭凱文", "", ""), *each.rows[3:])),))
    first = row("1", "１１１．９．７\n13：30～15：30", "共讀", "主題探討", "邱怡君", "線上")
    form = with_table(form, "日期/時間", lambda each: (GridTable((each.rows[0], first, *each.rows[2:])),))
    application = interpret(form).application
    assert application.members == (Member("北門國小", "鄭凱文"),)
    assert application.sessions == (Session("2022-09-07", "13:30", "15:30", "共讀", ("topic_discussion",), None, "邱怡君", online=True),)
    assert (application.budget, application.materials, application.books, application.outcomes) == (None, None, None, None)


def test_what_a_row_waits_for_is_not_what_it_holds() -> None:
    """A line asked for without figures is a line; one that the paper prints is none."""
    assert back(changed(BLANK, budget=(BudgetLine("lecturer_external", None, 2000),))).budget == (
        BudgetLine("lecturer_external", None, 2000),
    )
    assert back(BLANK).budget is None


# What cannot be read is told


def test_what_cannot_be_read_is_told_with_its_place() -> None:
    form = typed(typed(printed(GAMES), "111.11.9(三)\n16:10-17:40", "11月中\n16:10-17:40"), "2,000", "兩千多")
    form = typed(form, "5", "五副左右")
    reading = interpret(form)
    assert places(reading) == [
        "「三、年度進度規劃」第 3 列「日期/時間」",
        "「五、經費概算表」第 1 列「單價」",
        "「五、經費概算表」第 1 列「總價」",
        "「附錄1」第 1 列「數量」",
    ]
    assert [cell.text for cell in reading.unread] == ["11月中", "兩千多", "兩千多", "五副左右"]
    assert (reading.application.sessions or ())[2].date == "11月中"
    assert (reading.application.budget or ())[0] == BudgetLine("lecturer_external", 1)


def test_two_ticked_tiers_are_told() -> None:
    grid = printed(GAMES)
    old = next(cell.text for each in tables(grid) for line in each.rows for cell in line if "■專業自主學習社群" in cell.text)
    reading = interpret(typed(grid, old, old.replace("□", "V")))
    assert (reading.application.tier, places(reading)) == (None, ["「申請社群類別」"])


def test_a_row_that_fits_no_column_is_told() -> None:
    strange = table(row("共讀", "會議室"))
    reading = interpret(with_table(printed(GAMES), "日期/時間", lambda each: (each, strange)))
    assert [(cell.place.zh, cell.text) for cell in reading.unread] == [("「三、年度進度規劃」", "共讀 會議室")]


def test_another_school_in_the_budget_s_heading_is_told() -> None:
    form = typed(printed(GAMES), "辦理經費核銷之學校：新竹市北區北門國民小學", "辦理經費核銷之學校：東門國小")
    reading = interpret(form)
    assert (reading.application.fiscal_school, places(reading)) == ("北門國小", ["「五、經費概算表」"])


# Which programme


def test_the_programme_is_found_by_the_title() -> None:
    assert interpret(printed(Application("taoyuan-110"), TAOYUAN)).application.programme == "taoyuan-110"


@pytest.mark.parametrize("title", ["新竹市１１１學年度 教師專業學習社群申請書（修正）", "新竹市111學年度 社群申請書"])
def test_a_title_edited_a_bit_is_known(title: str) -> None:
    assert interpret(typed(printed(GAMES), TITLE.text, title)).application.programme == "hsinchu-111"


def test_what_is_visible_wins_over_the_hidden_hint() -> None:
    form = changed(printed(GAMES), properties={"gongxue-programme": "taoyuan-110"})
    assert interpret(form).application.programme == "hsinchu-111"


def test_without_a_title_the_hidden_hint_helps() -> None:
    assert interpret(typed(printed(GAMES), TITLE.text, "")).application == GAMES


def test_of_two_programmes_with_one_title_the_hidden_hint_tells() -> None:
    amended = changed(HSINCHU, id="hsinchu-111-amended")
    form = printed(changed(GAMES, programme=amended.id), amended)
    assert interpret(form, (HSINCHU, amended)).application.programme == "hsinchu-111-amended"


@pytest.mark.parametrize(
    ("form", "told"),
    [
        (typed(printed(GAMES), TITLE.text, "新竹市112學年度教師專業學習社群申請書"), "看不到附件二的標題，或不是認得的計畫"),
        (changed(typed(printed(GAMES), TITLE.text, ""), properties={}), "看不到附件二的標題，或不是認得的計畫"),
        (sheet(ParagraphText("會議紀錄"), table(row("一", "二"))), "看不到附件二的標題，或不是認得的計畫"),
        (sheet(TITLE, ParagraphText("附上說明")), "有附件二的標題，但找不到表格欄位"),
        (sheet_of(school_summary((GAMES,), HSINCHU, SchoolFacts())), "這是附件一"),
    ],
    ids=["next year's", "without title and hint", "minutes", "a title alone", "school summary"],
)
def test_what_is_no_form_of_ours_is_refused(form: Sheet, told: str) -> None:
    with pytest.raises(FormError) as refused:
        interpret(form)
    assert refused.value.text.zh.startswith(told)


@given(st.lists(st.sampled_from([block for source in (BY_HAND, printed(RIVER)) for block in source.blocks]), max_size=12))
def test_pieces_of_forms_in_any_order_are_read_or_refused_but_never_break(blocks: list[SheetBlock]) -> None:
    try:
        reading = interpret(Sheet((TITLE, *blocks)))
    except FormError:
        return
    assert totals(reading.application, HSINCHU).people >= 0
