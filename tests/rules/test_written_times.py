import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxue.rules.taiwan import time_text
from gongxue.rules.text import Text
from gongxue.rules.written import Refusal, plain
from gongxue.rules.written_times import TimeRange, parse_clock, parse_time_range, split_range, split_when

AFTERNOON = ("13:30", "15:30")

RANGES = [
    ("13:30-15:30", AFTERNOON),
    ("13:30 - 15:30", AFTERNOON),
    ("13:30~15:30", AFTERNOON),
    ("13：30－15：30", AFTERNOON),
    ("１３：３０～１５：３０", AFTERNOON),
    ("13︰30–15︰30", AFTERNOON),
    ("13:30—15:30", AFTERNOON),
    ("13:30--15:30", AFTERNOON),
    ("13:30→15:30", AFTERNOON),
    ("13:30至15:30", AFTERNOON),
    ("13:30到15:30", AFTERNOON),
    ("自13:30起至15:30止", AFTERNOON),
    ("13.30-15.30", AFTERNOON),
    ("1330-1530", AFTERNOON),
    ("13時30分至15時30分", AFTERNOON),
    ("13 時 30 分 至 15 時 30 分", AFTERNOON),
    ("13點30分到15點半", AFTERNOON),
    ("十三時三十分至十五時三十分", AFTERNOON),
    ("下午1:30-3:30", AFTERNOON),
    ("下午1:30-下午3:30", AFTERNOON),
    ("下午 1:30 ~ 3:30", AFTERNOON),
    ("下午1點半至3點半", AFTERNOON),
    ("下午一時三十分至三時三十分", AFTERNOON),
    ("下午13:30-15:30", AFTERNOON),
    ("下午1:30-15:30", AFTERNOON),
    ("PM 1:30-3:30", AFTERNOON),
    ("1:30pm-3:30pm", AFTERNOON),
    ("1:30 p.m. - 3:30 p.m.", AFTERNOON),
    ("下午兩點到四點", ("14:00", "16:00")),
    ("下午12:30-2:00", ("12:30", "14:00")),
    ("中午12:00-1:30", ("12:00", "13:30")),
    ("中午11:50-中午1:20", ("11:50", "13:20")),
    ("上午9:00-12:00", ("09:00", "12:00")),
    ("上午10:00-下午2:00", ("10:00", "14:00")),
    ("上午10:00-13:00", ("10:00", "13:00")),
    ("早上8點到10點", ("08:00", "10:00")),
    ("晚上6:30-8:30", ("18:30", "20:30")),
    ("傍晚5時至7時", ("17:00", "19:00")),
    ("8:30-9:30", ("08:30", "09:30")),
    ("930-1200", ("09:30", "12:00")),
    ("00:00-23:59", ("00:00", "23:59")),
    ("01:30-03:30", ("01:30", "03:30")),
    ("15:30-13:30", ("15:30", "13:30")),
]

REFUSED = [
    ("", "blank"),
    (" 　", "blank"),
    ("1:30-3:30", "ambiguous"),
    ("1:30-下午3:30", "ambiguous"),
    ("三時至五時", "ambiguous"),
    ("上午10:00-2:00", "ambiguous"),
    ("上午12:00-12:30", "ambiguous"),
    ("24:00-25:00", "hour"),
    ("13:30-24:00", "hour"),
    ("13:60-14:00", "minute"),
    ("1330-1575", "minute"),
    ("上午13:00-14:00", "contradiction"),
    ("晚上3:00-4:00", "contradiction"),
    ("下午0:30-1:30", "contradiction"),
    ("中午3:00-4:00", "contradiction"),
    ("13-15", "unreadable"),
    ("13:3-15:30", "unreadable"),
    ("13:30-15:30-17:30", "unreadable"),
    ("13:30、15:30", "unreadable"),
    ("13:300-15:30", "unreadable"),
    ("第一節", "unreadable"),
    ("一百一時至十五時", "unreadable"),
    ("13:30-15:3٠", "unreadable"),
    ("\x00", "unreadable"),
]


@pytest.mark.parametrize(("text", "times"), RANGES)
def test_a_range_is_read_however_it_is_spelled(text: str, times: tuple[str, str]) -> None:
    read = parse_time_range(text)
    assert isinstance(read, TimeRange)
    assert (time_text(read.start or 0), time_text(read.end or 0)) == times


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_is_no_range_is_refused_with_its_reason(text: str, code: str) -> None:
    refused = parse_time_range(text)
    assert isinstance(refused, Refusal)
    assert refused.code == code
    assert refused.reason.zh.endswith("。請寫成 13:30，起訖寫成 13:30-15:30。")
    assert refused.reason.en.endswith(". Write 13:30, a range as 13:30-15:30.")


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("1:30-3:30", "「1:30」分不出是上午還是下午，請用 24 小時制。", "“1:30” could be before or after noon; use the 24-hour clock."),
        ("13:30-24:00", "「24:00」：沒有 24 時，只到 23 時。", "“24:00”: hours go up to 23, not 24."),
        ("上午13:00-14:00", "「上午13:00」：上午沒有 13 時。", "“上午13:00”: 13 does not go with 上午."),
        ("第一節", "「第一節」不是時間。", "“第一節” is not a time."),
    ],
)
def test_a_refusal_names_what_was_seen_and_says_what_to_write(text: str, zh: str, en: str) -> None:
    refused = parse_time_range(text)
    assert isinstance(refused, Refusal)
    assert refused.reason == Text(f"{zh}請寫成 13:30，起訖寫成 13:30-15:30。", f"{en} Write 13:30, a range as 13:30-15:30.")


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("13:30", TimeRange(810, None)),
        ("13:30-", TimeRange(810, None)),
        ("下午1:30起", TimeRange(810, None)),
        ("-15:30", TimeRange(None, 930)),
        ("至15:30止", TimeRange(None, 930)),
    ],
)
def test_a_range_half_filled_has_one_end(text: str, half: TimeRange) -> None:
    assert parse_time_range(text) == half


MINUTES = st.integers(0, 1439)


@given(MINUTES, MINUTES, st.sampled_from(["-", "~", "～", "－", " – ", "至", " 到 "]))
def test_every_range_of_the_24_hour_clock_is_read_as_it_stands(start: int, end: int, mark: str) -> None:
    assert parse_time_range(f"{time_text(start)}{mark}{time_text(end)}") == TimeRange(start, end)


def test_every_minute_is_read_on_the_twelve_hour_clock() -> None:
    afternoon = [f"下午{hour}:{minute:02d}" for hour in (12, *range(1, 12)) for minute in range(60)]
    morning = [f"上午{hour}時{minute}分" for hour in range(12) for minute in range(60)]
    assert [parse_clock(text) for text in morning + afternoon] == list(range(1440))


def test_one_time_is_read_alone() -> None:
    assert [parse_clock(text) for text in ("13:30", "１３：３０", "下午1點半", "1330", "930", "九點")] == [810, 810, 810, 810, 570, 540]


@pytest.mark.parametrize(("text", "code"), [("", "blank"), ("1:30", "ambiguous"), ("25:00", "hour"), ("13:30-15:30", "unreadable")])
def test_what_is_not_one_time_is_refused(text: str, code: str) -> None:
    refused = parse_clock(text)
    assert isinstance(refused, Refusal)
    assert refused.code == code


@given(st.one_of(st.text(), st.text("0123456789:：.上下午半點時分一二三十-~至 pm", max_size=16)))
def test_any_text_is_a_range_or_refused_in_both_languages(text: str) -> None:
    answer = parse_time_range(text)
    if isinstance(answer, Refusal):
        assert answer.reason.zh.isprintable()
        assert answer.reason.en.isprintable()
    else:
        assert {answer.start, answer.end} <= {None, *range(1440)}


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("13:30～15:30", ("13:30", "15:30")),
        ("25:00-26:00", ("25:00", "26:00")),
        ("下午1:30-3:30", ("下午1:30", "3:30")),
        ("13:30", None),
        ("待定", None),
    ],
)
def test_the_two_ends_of_a_range_are_told_apart_be_they_possible_or_not(text: str, ends: tuple[str, str] | None) -> None:
    assert split_range(text) == ends


@pytest.mark.parametrize(
    ("cell", "date", "time"),
    [
        ("111.8.17 13:30-15:30", "111.8.17", "13:30-15:30"),
        ("111.8.17（三）\n下午1:30-3:30", "111.8.17(三)", "下午1:30-3:30"),
        ("１１１年８月１７日１３：３０～１５：３０", "111年8月17日", "13:30~15:30"),
        ("1110817 1330-1530", "1110817", "1330-1530"),
        ("111/8/17、13:30-15:30", "111/8/17", "13:30-15:30"),
        ("111-08-17-13:30-15:30", "111-08-17", "13:30-15:30"),
        ("13:30-15:30 111.8.17", "111.8.17", "13:30-15:30"),
        ("111.0.0\n14:00-15:00", "111.0.0", "14:00-15:00"),
        ("2022-02-30 25:00-26:00", "2022-02-30", "25:00-26:00"),
        ("8/17 13:30-15:30", "8/17", "13:30-15:30"),
        ("111.8.17 13:30-15:30 線上", "111.8.17", "13:30-15:30 線上"),
        ("111.8.17 13:30-", "111.8.17", "13:30-"),
        ("111.8.17 -15:30", "111.8.17", "-15:30"),
        ("111.8.17", "111.8.17", ""),
        ("13:30-15:30", "", "13:30-15:30"),
        ("\n待定 ", "待定", ""),
        ("", "", ""),
    ],
)
def test_a_cell_is_parted_into_date_and_time(cell: str, date: str, time: str) -> None:
    assert split_when(cell) == (date, time)


@given(st.one_of(st.text(), st.text("0123456789:.-年月日下午至 （三）線上", max_size=30)))
def test_no_part_of_a_cell_holds_what_the_cell_does_not(cell: str) -> None:
    date, time = split_when(cell)
    assert set(date + time) <= {*cell, *plain(cell), *plain(cell).lower(), " "}
