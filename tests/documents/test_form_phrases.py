"""Every fixed phrase: how it is written, that it is read back as it was, and what people type instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxue.documents.blocks import Blank, Tick
from gongxue.documents.phrases.lead import Lead, read_lead, write_lead
from gongxue.documents.phrases.numbers import Doubts
from gongxue.documents.phrases.place import Place, read_place, write_place
from gongxue.documents.phrases.quoting import shown, tidy
from gongxue.documents.phrases.remark import Remark, read_remark, write_remark
from gongxue.documents.phrases.supplement import Supplement, read_supplement, write_supplement
from gongxue.documents.phrases.ticks import Chosen, Layout, read_choices, read_ticks, write_choices
from gongxue.documents.phrases.tier import Applied, read_tier, read_yes_or_no, write_tier, yes_or_no
from gongxue.documents.phrases.vocabulary import vocabulary
from gongxue.rules.application import Lecturer, PastYear
from gongxue.rules.programme_file import load_programme
from tests.documents import messy

HSINCHU = load_programme("hsinchu-111")
WORDS = vocabulary(HSINCHU)
TWO_A_LINE = Layout(per_line=2)


def reasons(doubts: Doubts) -> list[str]:
    return [doubt.reason.zh for doubt in doubts]


# Host and lecturer


def test_host_and_lecturer_are_printed_in_two_lines() -> None:
    lead = Lead("邱怡君", Lecturer("葉國華", "國立清華大學", "external", 2, 1600))
    assert shown(write_lead(lead, WORDS, "s")) == "主持人：邱怡君\n講座：葉國華（外聘 2 節・國立清華大學・每節 1,600 元）"


def test_an_adviser_is_called_one() -> None:
    assert (
        shown(write_lead(Lead("甲", Lecturer("乙", kind="affiliated")), WORDS, "s", advice=True))
        == "主持人：甲\n諮詢輔導：乙（外聘（隸屬））"
    )


def test_a_missing_host_and_a_missing_name_are_visible_blanks() -> None:
    lines = write_lead(Lead(None, Lecturer(periods=1)), WORDS, "s")
    assert lines == (("主持人：", Blank("s.host")), ("講座：", Blank("s.lecturer.name"), "（1 節）"))


@given(messy.blank(messy.PEOPLE), st.none() | messy.lecturers(HSINCHU))
def test_any_host_and_lecturer_come_back(host: str | None, guest: Lecturer | None) -> None:
    lead = read_lead(shown(write_lead(Lead(host, guest), WORDS, "s")), WORDS, [])
    assert lead.host == tidy(host)
    read, given_ = lead.lecturer or Lecturer(), guest or Lecturer()
    assert (read.name, read.affiliation) == (tidy(given_.name), tidy(given_.affiliation))
    assert (read.kind, read.periods, read.rate) == (given_.kind if tidy(given_.kind) else None, given_.periods, given_.rate)


LI = Lecturer("李大華", "國立清華大學", "external", 2)


@pytest.mark.parametrize(
    ("typed", "lead"),
    [
        ("王小明", Lead("王小明")),
        ("主持人：王小明", Lead("王小明")),
        ("主持人\n王小明", Lead("王小明")),
        ("王小明（主持人）", Lead("王小明")),
        ("召集人王小明", Lead("王小明")),
        ("外聘講師 李大華（國立清華大學）2節", Lead("李大華", LI)),
        ("外聘講師：李大華教授（國立清華大學）２節", Lead("李大華", LI)),
        ("國立清華大學李大華教授（外聘2節）", Lead("李大華", LI)),
        ("主持人：王小明；講座：李大華（外聘 兩節・國立清華大學）", Lead("王小明", LI)),
        ("王小明\n外聘講座：國立清華大學 李大華 2節", Lead("王小明", LI)),
        ("主持人 王小明 講師 李大華", Lead("王小明", Lecturer("李大華"))),
        ("內聘講師王大同1節", Lead("王大同", Lecturer("王大同", None, "internal", 1))),
        ("外聘(隸屬)講師 陳督學 1.5節 每節1,500元", Lead("陳督學", Lecturer("陳督學", None, "affiliated", 1.5, 1500))),
        (
            "主持人：王小明\n講座：陳督學（外聘有隸屬關係之機關學校人員 1.5 節・海大）",
            Lead("王小明", Lecturer("陳督學", "海大", "affiliated", 1.5)),
        ),
        ("外聘/內聘講師：李大華", Lead("李大華", Lecturer("李大華"))),
        ("專家學者諮詢輔導\n李大華 教授", Lead("李大華", Lecturer("李大華"))),
        ("主持人：（未填）\n講座：李大華", Lead(None, Lecturer("李大華"))),
        ("李大華(第3、4節)", Lead("李大華(第3、4節)")),
    ],
)
def test_host_and_lecturer_are_read_as_people_type_them(typed: str, lead: Lead) -> None:
    doubts: Doubts = []
    assert (read_lead(typed, WORDS, doubts), doubts) == (lead, [])


@pytest.mark.parametrize("typed", ["講座：李大華（外聘 1 節）、陳美玲 2節", "講座：李大華 1節\n講座：陳美玲 1節"])
def test_two_lecturers_in_one_session_are_told(typed: str) -> None:
    doubts: Doubts = []
    read_lead(typed, WORDS, doubts)
    assert [reason.partition("，")[0] for reason in reasons(doubts)] == ["一場只能有一位講師"]


# Place and remarks


def test_what_else_a_session_is_stands_after_its_place() -> None:
    place = Place("三年甲班", False, True, "王小明", True, "請帶學生名冊")
    assert shown(write_place(place, "s")) == "三年甲班\n課堂實踐；公開授課教師：王小明；全市開放\n備註：請帶學生名冊"


def test_an_online_session_needs_no_place() -> None:
    assert write_place(Place(online=True), "s") == (("線上",),)
    assert write_place(Place(), "s") == ((Blank("s.place"),),)


@given(messy.blank(messy.words()), st.booleans(), st.booleans(), messy.blank(messy.PEOPLE), st.booleans(), messy.blank(messy.words()))
def test_any_place_comes_back(
    place: str | None, online: bool, practice: bool, teacher: str | None, is_open: bool, note: str | None
) -> None:
    written = Place(place, online, practice, teacher, is_open, note and note.replace("\r", "\n"))
    expected = Place(tidy(place), online, practice, tidy(teacher), is_open, tidy(written.note))
    assert read_place(shown(write_place(written, "s"))) == expected


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("圖書館", Place("圖書館")),
        ("線上", Place(online=True)),
        ("線上（Google Meet）", Place("線上（Google Meet）", online=True)),
        ("視訊會議", Place("視訊會議", online=True)),
        ("三年甲班（課堂實踐）", Place("三年甲班", practice=True)),
        ("三年甲班、課堂實踐", Place("三年甲班", practice=True)),
        ("802教室\n公開授課教師:蘇靖雯；開放全市", Place("802教室", teacher="蘇靖雯", open_to_city=True)),
        ("圖書館\n\n備註：自備電腦", Place("圖書館", note="自備電腦")),
        ("", Place()),
    ],
)
def test_places_are_read_as_people_type_them(typed: str, place: Place) -> None:
    assert read_place(typed) == place


def test_a_remark_stands_under_the_plan_s_own_notes() -> None:
    notes = ("覈實支應；計程車不予補助",)
    remark = Remark("train", 2, "台北至新竹")
    assert shown(write_remark(remark, notes, WORDS)) == "覈實支應；計程車不予補助\n火車\n第 2 列\n備註：台北至新竹"


@given(messy.blank(st.sampled_from(["train", "taxi"]) | messy.words()), st.none() | st.integers(1, 99), messy.blank(messy.words()))
def test_any_remark_comes_back(mode: str | None, place: int | None, note: str | None) -> None:
    text = shown(write_remark(Remark(mode, place, note), ("每人次最多80元",), WORDS))
    expected = Remark(mode if tidy(mode) else None, place, tidy(note and note.replace("\r\n", "\n").replace("\r", "\n")))
    assert read_remark(text, WORDS, travel=True) == expected


@pytest.mark.parametrize(
    ("typed", "mode"),
    [
        ("火車", "train"),
        ("搭火車來回 台北-新竹", "train"),
        ("高鐵（台北-新竹）", "high_speed_rail"),
        ("計程車", "taxi"),
        ("台鐵車票", "train"),
        ("不含計程車", None),
        ("", None),
    ],
)
def test_a_way_of_travel_is_read_where_it_begins_the_remark(typed: str, mode: str | None) -> None:
    assert read_remark(typed, WORDS, travel=True).mode == mode


# Ticks


def test_every_option_is_printed_ticked_or_not() -> None:
    lines = write_choices(("lesson_study",), None, WORDS.contents, "content_types", "content_other", TWO_A_LINE)
    ticks = [inline for line in lines for inline in line if isinstance(inline, Tick)]
    assert [tick.label.partition("(")[0] for tick in ticks] == [label.partition("(")[0] for label in WORDS.contents.values()]
    assert [tick.label for tick in ticks if tick.checked] == ["備觀議課"]


def test_other_without_words_is_a_visible_blank() -> None:
    lines = write_choices(("other",), None, WORDS.contents, "content_types", "content_other", TWO_A_LINE)
    assert lines[-1] == (Tick(True, "其他("), Blank("content_other"), ")", Tick(False, "領域融入"))


def test_a_code_in_no_list_says_its_place() -> None:
    lines = write_choices(("lesson_study", "zzz"), None, WORDS.contents, "content_types", "content_other", TWO_A_LINE)
    assert lines[-1] == ("不在表列：第 2 項「zzz」",)


@given(messy.codes(HSINCHU.lists.content_types), messy.blank(messy.words()))
def test_any_ticks_come_back_with_codes_of_no_list_in_their_places(codes: tuple[str, ...] | None, other: str | None) -> None:
    text = shown(write_choices(codes, other, WORDS.contents, "content_types", "content_other", TWO_A_LINE))
    chosen = read_choices(text, WORDS.contents)
    unlisted = {at: code for at, code in enumerate(codes or ()) if code.strip() and code not in WORDS.contents}
    assert {at: code for at, code in enumerate(chosen.codes) if code and code not in WORDS.contents} == unlisted
    assert {code for code in chosen.codes if code in WORDS.contents} == {code for code in codes or () if code in WORDS.contents}
    assert chosen.other == tidy(other)


YES_NO = {"yes": "是", "no": "否"}


@pytest.mark.parametrize("mark", ["■", "☑", "☒", "✓", "✔", "V", "v", "Ｖ", "ˇ", "●", "√", "□V", "V□", " ■ "])
def test_a_box_is_ticked_in_a_dozen_ways(mark: str) -> None:
    assert read_ticks(f"□是  {mark}否", YES_NO).codes == ("no",)


def test_without_any_box_what_is_named_is_chosen() -> None:
    assert read_choices("備觀議課、素養導向教學設計", WORDS.contents).codes == ("lesson_study", "competency_based_teaching")


@pytest.mark.parametrize(
    "typed", ["■其他( 校刊 )     □領域融入", "■其他：校刊\n□領域融入", "■其他 校刊＿＿＿＿ □領域融入", "■其他（校刊）□領域融入"]
)
def test_the_words_of_other_are_read_in_brackets_or_after_the_box(typed: str) -> None:
    assert read_choices(f"□備觀議課\n{typed}", WORDS.contents) == Chosen(("other",), "校刊")


# Tier, yes or no, supplement


def test_the_year_stands_with_the_tier_that_asks_for_it() -> None:
    assert (
        shown(write_tier(Applied("thematic", 2), HSINCHU)).split("\n")[1] == "■專題實踐學習社群(第 2 年申請，滿3年可直接申請課程研創社群)"
    )


@given(messy.blank(st.sampled_from(["thematic", "curriculum"]) | messy.words()), messy.whole())
def test_any_tier_comes_back(tier: str | None, year: int | None) -> None:
    text = shown(write_tier(Applied(tier, year), HSINCHU))
    assert read_tier(text, WORDS, []) == Applied(tier if tidy(tier) else None, year)


def test_two_ticked_tiers_are_told_and_none_counts() -> None:
    doubts: Doubts = []
    assert read_tier("■專業自主學習社群\nV專題實踐學習社群(第二年申請)\n□課程研創學習社群", WORDS, doubts) == Applied(None, 2)
    assert reasons(doubts) == ["勾選了不只一個類別（專業自主學習社群、專題實踐學習社群），請只勾一個。"]


@pytest.mark.parametrize("value", [None, False, True])
def test_yes_and_no_come_back(value: bool | None) -> None:
    assert read_yes_or_no(shown((yes_or_no(value),)), []) is value


def test_yes_and_no_together_are_told() -> None:
    doubts: Doubts = []
    assert read_yes_or_no("■是 ■否", doubts) is None
    assert reasons(doubts) == ["「是」「否」都勾了，請只勾一個。"]


def test_what_the_form_has_no_box_for_is_printed_line_by_line() -> None:
    supplement = Supplement((PastYear(110, "thematic"), PastYear(109, "zzz")), None, "北門國小", None)
    assert shown(write_supplement(supplement, HSINCHU, WORDS)).split("\n") == [
        "歷年核定：110 專題、109 「zzz」",
        "結合校訂課程運作：　□是　□否",
        "辦理經費核銷學校：北門國小",
        "其他計畫補助：無",
    ]


PAST = st.lists(st.builds(PastYear, messy.whole(), messy.blank(st.sampled_from(["thematic"]) | messy.words())), max_size=3).map(tuple)


@given(PAST, st.sampled_from([None, False, True]), messy.blank(messy.words()), messy.blank(messy.words()))
def test_any_supplement_comes_back(past: tuple[PastYear, ...], curriculum: bool | None, school: str | None, other: str | None) -> None:
    read = read_supplement(shown(write_supplement(Supplement(past, curriculum, school, other), HSINCHU, WORDS)), WORDS, [])
    assert read.history == tuple(PastYear(each.school_year, each.tier if tidy(each.tier) else None) for each in past)
    assert (read.curriculum, read.fiscal_school) == (curriculum, tidy(school))
    assert read.other_funding == (None if "".join((other or "").split()) in ("", "無", "否") else tidy(other))


def test_the_history_is_read_as_people_type_it() -> None:
    typed = "歷年核定：108~109學年度專題實踐、110 研創\n結合校訂課程：V是\n經費核銷學校：北門國小\n其他計畫經費補助：沒有"
    years = (PastYear(108, "thematic"), PastYear(109, "thematic"), PastYear(110, "curriculum"))
    assert read_supplement(typed, WORDS, []) == Supplement(years, True, "北門國小", None)
