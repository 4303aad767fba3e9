"""Every fixed phrase: how it is written, that it is read back as it was, and what people type instead."""

import pytest
from hypothesis import given

from gongxue.documents.blocks import Blank
from gongxue.documents.phrases.methods import Methods, read_methods, write_methods
from gongxue.documents.phrases.numbers import Doubts, in_words, number_text, read_money, read_quantity, read_whole
from gongxue.documents.phrases.quoting import Masked, quote, read_text, shown, tidy, write_text
from gongxue.documents.phrases.ticks import Layout
from gongxue.documents.phrases.vocabulary import vocabulary
from gongxue.documents.phrases.when import When, read_when, write_when
from gongxue.rules.programme_file import load_programme
from tests.documents import messy

HSINCHU = load_programme("hsinchu-111")
WORDS = vocabulary(HSINCHU)
TWO_A_LINE = Layout(per_line=2)


def reasons(doubts: Doubts) -> list[str]:
    return [doubt.reason.zh for doubt in doubts]


# Free text


def test_ordinary_text_is_printed_as_it_is() -> None:
    assert write_text("數學遊戲共備社群", "name") == (("數學遊戲共備社群",),)


def test_a_title_in_quotation_marks_inside_a_name_stays_as_it_is() -> None:
    assert write_text("「提問」讀詩社群", "name") == (("「提問」讀詩社群",),)


def test_missing_text_is_a_visible_blank() -> None:
    assert [write_text(text, "name") for text in (None, "", " 　")] == [((Blank("name"),),)] * 3


def test_text_that_looks_like_a_blank_is_quoted() -> None:
    assert shown(write_text("（未填）", "name")) == "「（未填）」"


def test_a_closing_mark_inside_quotes_is_doubled() -> None:
    assert quote("甲」乙") == "「甲」」乙」"


def test_a_carriage_return_survives_as_its_number() -> None:
    assert shown(write_text("甲\r乙", "name")) == "「甲〔U+000D〕乙」"


def test_text_typed_beside_the_printed_blank_counts() -> None:
    assert read_text(" （未填）王小明 ") == "王小明"


@given(messy.blank(messy.words()))
def test_any_text_comes_back_without_the_white_space_around_it(text: str | None) -> None:
    assert read_text(shown(write_text(text, "name"))) == tidy(text)


@given(messy.words(), messy.words())
def test_quoted_text_is_found_between_any_other_words(text: str, other: str) -> None:
    masked = Masked(f"{quote(text)}，{other}")
    held, _, rest = masked.text.partition("，")
    assert masked.raw(held) == text
    assert masked.back(rest) == other.replace("\0", "")


# Numbers


@pytest.mark.parametrize(("number", "text"), [(2, "2"), (2.0, "2"), (2.5, "2.5"), (-2.0, "-2.0"), (-0.0, "-0.0"), (0, "0"), (1500, "1500")])
def test_quantities_are_written(number: float, text: str) -> None:
    assert number_text(number) == text


@given(messy.number())
def test_any_quantity_comes_back(number: float | None) -> None:
    text = "（未填）" if number is None else number_text(number)
    doubts: Doubts = []
    assert (read_quantity(text, doubts), doubts) == (number, [])


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("2,000", 2000),
        ("2,000元", 2000),
        ("２，０００", 2000),
        ("NT$ 2000", 2000),
        ("-500", -500),
        ("-", None),
        ("", None),
        ("—", None),
        ("（未填）", None),
    ],
)
def test_money_is_read_as_people_type_it(typed: str, amount: int | None) -> None:
    doubts: Doubts = []
    assert (read_money(typed, doubts), doubts) == (amount, [])


def test_an_amount_with_letters_is_told_and_blank() -> None:
    doubts: Doubts = []
    assert read_money("兩千左右", doubts) is None
    assert reasons(doubts) == ["「兩千左右」讀不懂。請寫成 12,345 元。"]


def test_half_a_book_is_told_and_blank() -> None:
    doubts: Doubts = []
    assert read_whole("2.5", doubts) is None
    assert reasons(doubts) == ["「2.5」不是整數。"]


@pytest.mark.parametrize(("amount", "text"), [(4872, "新臺幣肆仟捌佰柒拾貳元整"), (0, "新臺幣零元整"), (-5, "新臺幣 -5 元整")])
def test_totals_are_told_in_capital_numerals_where_they_have_any(amount: int, text: str) -> None:
    assert in_words(amount) == text


# Date and time


def test_a_session_s_date_is_printed_with_its_weekday() -> None:
    assert shown(write_when(When("2022-09-07", "13:30", "15:30"), "s")) == "111.9.7(三)\n13:30-15:30"


def test_an_impossible_date_is_printed_as_it_is_written() -> None:
    assert shown(write_when(When("2022-02-30", "25:00", "26:00"), "s")) == "2022-02-30\n25:00-26:00"


def test_a_date_that_json_does_not_allow_is_quoted_so_that_it_stays_one() -> None:
    assert shown(write_when(When("111.9.7", "9:00", "10:00"), "s")) == "「111.9.7」\n「9:00」-10:00"


def test_what_is_missing_of_a_time_is_a_visible_blank() -> None:
    assert write_when(When("2022-09-07", None, "15:30"), "s") == (("111.9.7(三)",), (Blank("s.start"), "-", "15:30"))
    assert write_when(When(), "s") == ((Blank("s.date"),), (Blank("s.start"),))


@given(*(messy.blank(strategy) for strategy in (messy.dates(), messy.times(), messy.times())))
def test_any_date_and_time_come_back(date: str | None, start: str | None, end: str | None) -> None:
    expected = When(*(text if text and text.strip() else None for text in (date, start, end)))
    assert read_when(shown(write_when(When(date, start, end), "s")), []) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "111.9.7\n13:30-15:30", "111/9/7 13:30~15:30", "１１１．９．７（三）　１３：３０～１５：３０", "111年9月7日(星期三)下午1:30-3:30",
        "2022-09-07\n1330-1530", "\n111.9.7\n\n13時30分至15時30分\n", "民國111年9月7日 13：30－15：30", "（未填）111.9.7 13:30-15:30",
    ],
)  # fmt: skip
def test_dates_and_times_are_read_as_people_type_them(typed: str) -> None:
    doubts: Doubts = []
    assert (read_when(typed, doubts), doubts) == (When("2022-09-07", "13:30", "15:30"), [])


@pytest.mark.parametrize(
    ("typed", "when", "reason"),
    [
        ("待定", When("待定"), "「待定」不是日期。請寫成 111年8月1日 或 2022-08-01。"),
        ("9/7 13:30-15:30", When("9/7", "13:30", "15:30"), "「9/7」沒有年份。請寫成 111年8月1日 或 2022-08-01。"),
        ("111.9.7(四)", When("2022-09-07"), "111年9月7日（三）不是星期四；以日期為準。"),
        (
            "111.9.7 1:30-3:30",
            When("2022-09-07", "1:30", "3:30"),
            "「1:30」分不出是上午還是下午，請用 24 小時制。請寫成 13:30，起訖寫成 13:30-15:30。",
        ),
    ],
)
def test_what_is_no_date_or_time_is_told_and_kept_for_the_rules(typed: str, when: When, reason: str) -> None:
    doubts: Doubts = []
    assert read_when(typed, doubts) == when
    assert reasons(doubts) == [reason]


def test_the_example_date_of_the_paper_is_no_date() -> None:
    doubts: Doubts = []
    assert (read_when("111.0.0\n14:00-15:00", doubts), doubts) == (When(None, "14:00", "15:00"), [])


# Methods


def test_methods_are_printed_in_their_order() -> None:
    assert shown(write_methods(("public_lesson", "professional_feedback"), None, WORDS, "s")) == "公開授課、專業回饋"


def test_another_method_is_printed_with_its_words_and_an_unknown_one_in_quotes() -> None:
    assert shown(write_methods(("other", "zzz", ""), "桌遊試玩", WORDS, "s")) == "其他（桌遊試玩）、「zzz」、（未填）"


def test_words_for_another_method_that_is_not_chosen_stand_below() -> None:
    assert shown(write_methods(("talk",), "桌遊", WORDS, "s")) == "專題講座\n其他說明：桌遊"


@given(messy.codes(HSINCHU.lists.methods), messy.blank(messy.words()))
def test_any_methods_come_back(codes: tuple[str, ...] | None, other: str | None) -> None:
    chosen = read_methods(shown(write_methods(codes, other, WORDS, "s")), WORDS)
    kept = tuple(code if code.strip() else "" for code in codes or ())
    assert chosen == Methods(kept if any(kept) else (), tidy(other))


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("專題講座", ("talk",)),
        ("1.公開授課\n2.專業回饋", ("public_lesson", "professional_feedback")),
        ("主題探討（含影帶、專書）", ("topic_discussion",)),
        ("主題討論", ("topic_discussion",)),
        ("協同備課", ("co_planning",)),
        ("公開授課與專業回饋", ("public_lesson", "professional_feedback")),
        ("□專題講座 \n■共同備課", ("co_planning",)),
        ("公 開 授 課／同儕省思對話", ("public_lesson", "peer_reflection")),
        ("踏查", ("踏查",)),
        ("「課堂實踐」", ("課堂實踐",)),
    ],
)
def test_methods_are_read_as_people_type_them(typed: str, codes: tuple[str, ...]) -> None:
    assert read_methods(typed, WORDS) == Methods(codes)


def test_classroom_practice_among_the_methods_is_one() -> None:
    assert read_methods("課堂實踐、教學方法創新", WORDS) == Methods(("teaching_innovation",), None, True)


@pytest.mark.parametrize("typed", ["其他（桌遊）", "其他(桌遊)", "其他：桌遊", "其他 桌遊", "■其他（桌遊）"])
def test_another_method_is_read_as_people_type_it(typed: str) -> None:
    assert read_methods(typed, WORDS) == Methods(("other",), "桌遊")
