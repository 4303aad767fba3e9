import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxue.rules.taiwan import roc_date, roc_date_short
from gongxue.rules.text import Text
from gongxue.rules.written import Refusal
from gongxue.rules.written_dates import WrittenDate, find_date, parse_date

MONDAY = "2022-08-01"
WEDNESDAY = "2022-03-30"

SPELLINGS = {
    MONDAY: ["111年8月1日", "111年08月01日", "111年8月1", "111年8月1號", "民國111年8月1日", "中華民國111年8月1日", "中華民國 111 年 8 月 1 日",
             "  111年8月1日\n", "111 年8 月1 日", "111年\n8月1日", "１１１年８月１日", "民國１１１年０８月０１日", "１１１　年　８　月　１　日", "111.8.1",
             "111.08.01", "111. 8. 1", "１１１．８．１", "111‧8‧1", "111・8・1", "111。8。1", "民國111.8.1", "111/08/01", "111/8/1",
             "１１１／０８／０１", "111 / 8 / 1", "111-08-01", "111－8－1", "111–8–1", "2022-08-01", "2022-8-1", "2022/8/1", "2022.8.1",
             "2022年8月1日", "西元2022年8月1日", "公元2022/08/01", "２０２２年８月１日", "1110801", "１１１０８０１", "民國1110801", "20220801",
             "一百一十一年八月一日", "民國一百一十一年八月一日", "一百十一年八月一日", "一一一年八月一日", "一 一 一 年 八 月 一 日", "壹佰壹拾壹年捌月壹日", "二○二二年八月一日",
             "二〇二二年八月一日", "111年八月1日", "111.8.1\u200b", "\ufeff111.8.1"],
    WEDNESDAY: ["111年3月30日(三)", "111年3月30日（三）", "111年3月30日 （三）", "111.3.30（星期三）", "111/3/30 星期三", "111-03-30 週三",
                "2022-03-30周三", "111.3.30[三]", "111.3.30㈢", "1110330（三）", "一百一十一年三月三十日禮拜三", "111年3月30日（  ）"],
    "2022-04-10": ["111年4月10日（日）", "111年4月10日星期天"],
    "2022-12-31": ["一一一年十二月卅一日"],
    "2022-12-25": ["一百一十一年十二月廿五日"],
    "2011-01-01": ["一百年一月一日"],
    "2012-02-29": ["一百零一年二月二十九日"],
    "2010-08-01": ["99/8/1", "099.8.1", "99年8月1日"],
    "1912-01-01": ["民國元年1月1日", "民國元年元月一日", "1/1/1"],
    "2111-12-31": ["200年12月31日"],
    "2024-02-29": ["113/2/29"],
}  # fmt: skip

REFUSALS = {
    "blank": ["", "　 \n"],
    "placeholder": ["111.0.0", "111/00/00", "１１１．０．０", "1110000", "民國○年○月○日", "  年  月  日", "111年   月   日", "民國＿＿年＿＿月＿＿日"],
    "day": ["111/2/29", "112年2月29日", "2023-02-29", "1110229", "一百一十一年二月二十九日", "111.4.31", "111.12.32", "111年8月0日",
            "20220832", "111.8.100"],
    "month": ["111/13/1", "111.0.5", "20221301", "111年十三月一日"],
    "no-year": ["8/1", "8月1日", "八月一日（一）", "8-1"],
    "no-day": ["111年8月", "111.8", "2022/8"],
    "order": ["8/1/2022", "30.3.111"],
    "year": ["0.8.1", "201年8月1日", "民國2022年8月1日", "1911-12-31", "2112.1.1", "0111/8/1", "西元0年8月1日", "西元元年1月1日", "0000801"],
    "digits": ["111", "990801", "111080100", "9" * 100],
    "extra": ["111.8.1-111.8.3", "111.8.1、8.3", "111年8月1日起", "自111年8月1日", "111.8.1 13:30", "111.8.1 3", "2022-08-01T00:00:00",
              "111年8月1日中秋節", "1 11年8月1日", "111.8.1²"],
    "unreadable": ["111/8-1", "111 8 1", "民國一百年雙十節", "明年春天", "一百一年八月一日", "12022/8/1", "①①①.8.1", "111.8.٣", "\x00", "\ud800",
                   "111.8.1" + " " * 100],
}  # fmt: skip


SPELLED = [(text, day) for day, texts in SPELLINGS.items() for text in texts]
REFUSED = [(text, code) for code, texts in REFUSALS.items() for text in texts]


def test_there_are_60_spellings_and_40_refusals_none_twice() -> None:
    assert len({text for text, _ in SPELLED}) == len(SPELLED) >= 60
    assert len({text for text, _ in REFUSED}) == len(REFUSED) >= 40


@pytest.mark.parametrize(("text", "date"), SPELLED)
def test_a_date_is_read_however_it_is_spelled(text: str, date: str) -> None:
    assert parse_date(text) == WrittenDate(datetime.date.fromisoformat(date))


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_is_no_date_is_refused_with_its_reason(text: str, code: str) -> None:
    refused = parse_date(text)
    assert isinstance(refused, Refusal)
    assert refused.code == code
    assert refused.reason.zh.endswith("。請寫成 111年8月1日 或 2022-08-01。")
    assert refused.reason.en.endswith(". Write 111年8月1日 or 2022-08-01.")


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("111/2/29", "111年2月只有 28 天，沒有 29 日。", "2022-02 has 28 days; there is no day 29."),
        ("113/12/32", "113年12月只有 31 天，沒有 32 日。", "2024-12 has 31 days; there is no day 32."),
        ("西元1900年2月29日", "西元1900年2月只有 28 天，沒有 29 日。", "1900-02 has 28 days; there is no day 29."),
        ("111/13/1", "沒有 13 月，月份是 1 到 12。", "There is no month 13; months go from 1 to 12."),
        ("201/1/1", "民國 201 年不在 1 到 200 年之間。", "ROC year 201 is not from 1 to 200."),
        ("8/1", "「8/1」沒有年份。", "“8/1” has no year."),
        ("111.8.1、8.3", "日期之外還有「、8.3」，一格只寫一個日期。", "Besides the date there is “、8.3”; write one date."),
        ("下 週\x07", "「下 週〓」不是日期。", "“下 週〓” is not a date."),
    ],
)
def test_a_refusal_names_the_figures_seen_and_says_what_to_write(text: str, zh: str, en: str) -> None:
    refused = parse_date(text)
    assert isinstance(refused, Refusal)
    assert refused.reason == Text(f"{zh}請寫成 111年8月1日 或 2022-08-01。", f"{en} Write 111年8月1日 or 2022-08-01.")


def test_the_date_counts_and_a_weekday_that_disagrees_is_told() -> None:
    assert parse_date("111年4月10日(四)") == WrittenDate(
        datetime.date(2022, 4, 10),
        Text(
            "111年4月10日（日）不是星期四；以日期為準。",
            "10 April 2022 (Sun) does not fall on the weekday written beside it (星期四); the date counts.",
        ),
    )


def roc_days() -> list[tuple[int, int, int]]:
    """Every day of ROC years 1 to 200 as Gregorian year, month, day, by the rule of leap years and no calendar of the library."""
    days = []
    for year in range(1912, 2112):
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        lengths = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
        days += [(year, month, day) for month, length in enumerate(lengths, 1) for day in range(1, length + 1)]
    return days


def test_every_day_of_roc_years_1_to_200_is_read() -> None:
    spell = [
        lambda year, month, day: f"{year - 1911}年{month}月{day}日",
        lambda year, month, day: f"{year - 1911}.{month}.{day}",
        lambda year, month, day: f"民國{year - 1911}/{month:02d}/{day:02d}",
        lambda year, month, day: f"{year - 1911:03d}{month:02d}{day:02d}",
        lambda year, month, day: f"{year}-{month:02d}-{day:02d}",
    ]
    days = roc_days()
    assert len(days) == 73049
    wrong = [day for at, day in enumerate(days) if parse_date(spell[at % len(spell)](*day)) != WrittenDate(datetime.date(*day))]
    assert wrong == []


def test_the_day_after_every_month_of_roc_years_1_to_200_is_refused() -> None:
    days = set(roc_days())
    beyond = [
        (year, month, day)
        for year in range(1912, 2112)
        for month in range(1, 13)
        for day in (29, 30, 31, 32)
        if (year, month, day) not in days
    ]
    answers = [parse_date(f"{year - 1911}/{month}/{day}") for year, month, day in beyond]
    assert [answer for answer in answers if not isinstance(answer, Refusal) or answer.code != "day"] == []


ROC_DAYS = st.dates(datetime.date(1912, 1, 1), datetime.date(2111, 12, 31))


@given(st.dates(), st.booleans())
def test_every_date_we_write_is_read_back(day: datetime.date, with_weekday: bool) -> None:
    assert parse_date(roc_date(day, with_weekday=with_weekday)) == WrittenDate(day)
    assert parse_date(roc_date_short(day, with_weekday=with_weekday)) == WrittenDate(day)


@st.composite
def written_dates(draw: st.DrawFn) -> tuple[str, datetime.date]:
    """A date with each of its parts spelled in a way of its own."""
    day = draw(ROC_DAYS)
    roc = draw(st.booleans())
    parts = [draw(spelled(number)) for number in (day.year - 1911 if roc else day.year, day.month, day.day)]
    era = draw(st.sampled_from(["", "民國", "中華民國"] if roc else ["", "西元", "公元"]))
    first, second, last = tuple(
        draw(st.sampled_from(["年月日", "年月號", "年月 ", "...", "///", "---", "．．．", "／／／", "‧‧‧", "－－－"]))
    )
    weekday = "一二三四五六日"[day.weekday()]
    after = draw(st.sampled_from(["", f"({weekday})", f"（{weekday}）", f"星期{weekday}", f"（週{weekday}）"]))
    space = draw(st.sampled_from(["", "", " ", "　"]))
    text = space.join([era, parts[0], first, parts[1], second, parts[2], last if first == "年" else "", after])
    return text, day


def spelled(number: int) -> st.SearchStrategy[str]:
    figures = str(number)
    padded = figures.zfill(2) if number < 100 else figures
    wide = figures.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    return st.sampled_from(
        [figures, padded, wide, figures.translate(str.maketrans("0123456789", "〇一二三四五六七八九")), in_words(number)]
    )


def in_words(number: int) -> str:
    """一百一十一 for 111, place by place."""
    digits = "零一二三四五六七八九"
    words = "".join(
        digits[int(figure)] + (place if figure != "0" else "")
        for figure, place in zip(f"{number:04d}", ("千", "百", "十", ""), strict=True)
    )
    return re.sub("零+", "零", words).strip("零")


@given(written_dates())
def test_a_date_is_read_however_its_parts_are_spelled(written: tuple[str, datetime.date]) -> None:
    text, day = written
    assert parse_date(text) == WrittenDate(day)


@given(st.one_of(st.text(), st.text("0123456789年月日民國元./-() 三星期", max_size=20)))
def test_any_text_is_a_date_or_refused_in_both_languages(text: str) -> None:
    answer = parse_date(text)
    if isinstance(answer, Refusal):
        assert answer.reason.zh.isprintable()
        assert answer.reason.en.isprintable()
    else:
        assert 1 <= answer.date.year <= 9999


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("111.8.17 13:30-15:30", ("111.8.17", "13:30-15:30")),
        ("111.8.17（三）\n下午1:30-3:30", ("111.8.17(三)", "下午1:30-3:30")),
        ("13:30-15:30 111.8.17", ("111.8.17", "13:30-15:30")),
        ("111.0.0 14:00", ("111.0.0", "14:00")),
        ("8/17 13:30-15:30", None),
        ("待定", None),
        ("", None),
    ],
)
def test_a_date_is_found_among_other_words(text: str, found: tuple[str, str] | None) -> None:
    assert find_date(text) == found
