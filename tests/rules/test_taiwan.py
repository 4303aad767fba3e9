import datetime
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gongxue.rules.taiwan import (
    english_date,
    parse_iso_date,
    parse_time,
    roc_date,
    roc_date_short,
    roc_year,
    school_year,
    school_year_span,
    semester,
    time_text,
    weekday,
)

AUGUST_FIRST = datetime.date(2022, 8, 1)
DEADLINE = datetime.date(2022, 3, 30)


def test_a_date_is_written_with_its_roc_year() -> None:
    assert roc_date(AUGUST_FIRST) == "111年8月1日"


def test_the_weekday_beside_a_date_is_computed() -> None:
    assert roc_date(DEADLINE, with_weekday=True) == "111年3月30日（三）"


def test_the_day_the_plan_calls_a_thursday_is_written_as_the_sunday_it_was() -> None:
    assert roc_date(datetime.date(2022, 4, 10), with_weekday=True) == "111年4月10日（日）"


def test_the_short_spelling_has_dots() -> None:
    assert roc_date_short(AUGUST_FIRST) == "111.8.1"
    assert roc_date_short(AUGUST_FIRST, with_weekday=True) == "111.8.1（一）"


def test_english_has_the_gregorian_date() -> None:
    assert english_date(DEADLINE) == "30 March 2022 (Wed)"


def test_every_month_and_weekday_has_its_english_name() -> None:
    days = [datetime.date(2022, month, month) for month in range(1, 13)]
    assert [english_date(day) for day in days] == [f"{day.day} {day:%B} {day.year} ({day:%a})" for day in days]


def test_a_week_has_seven_weekdays() -> None:
    assert "".join(weekday(AUGUST_FIRST + datetime.timedelta(days=days)) for days in range(7)) == "一二三四五六日"


@pytest.mark.parametrize(
    ("day", "spelling"),
    [
        (datetime.date(1912, 1, 1), "1年1月1日"),
        (datetime.date(2111, 12, 31), "200年12月31日"),
        (datetime.date(1911, 12, 31), "西元1911年12月31日"),
        (datetime.date(2112, 1, 1), "西元2112年1月1日"),
        (datetime.date.min, "西元1年1月1日"),
        (datetime.date.max, "西元9999年12月31日"),
    ],
)
def test_outside_roc_years_1_to_200_a_date_is_written_as_gregorian(day: datetime.date, spelling: str) -> None:
    assert roc_date(day) == spelling


def test_the_roc_year_is_1911_less() -> None:
    assert [roc_year(datetime.date(year, 5, 1)) for year in (1912, 2022, 2023)] == [1, 111, 112]


def test_a_school_year_runs_from_august_to_july() -> None:
    assert school_year_span(111) == (datetime.date(2022, 8, 1), datetime.date(2023, 7, 31))
    edges = [datetime.date(2022, 7, 31), datetime.date(2022, 8, 1), datetime.date(2023, 7, 31), datetime.date(2023, 8, 1)]
    assert [school_year(day) for day in edges] == [110, 111, 111, 112]


def test_the_first_semester_ends_with_january() -> None:
    edges = [datetime.date(2022, 8, 1), datetime.date(2023, 1, 31), datetime.date(2023, 2, 1), datetime.date(2023, 7, 31)]
    assert [semester(day) for day in edges] == [1, 1, 2, 2]


@given(st.dates())
def test_every_day_lies_in_the_span_of_its_school_year(day: datetime.date) -> None:
    if school_year(day) + 1911 in range(1, 9999):
        first, last = school_year_span(school_year(day))
        assert first <= day <= last


def test_a_school_year_outside_the_calendar_has_no_span() -> None:
    with pytest.raises(ValueError, match="year"):
        school_year_span(-1911)


def test_an_iso_date_is_read() -> None:
    assert parse_iso_date("2022-08-01") == AUGUST_FIRST
    assert parse_iso_date("2024-02-29") == datetime.date(2024, 2, 29)


@pytest.mark.parametrize(
    "text",
    ["", "20220801", "2022-W31-1", "2022-213", "2022-8-1", "2022-08-1", "2022/08/01", "2022-08-01 ", " 2022-08-01", "2022-08-01T00:00",
     "111-08-01", "2022-02-29", "2022-13-01", "2022-00-10", "2022-01-00", "2022-04-31", "0000-01-01", "+022-08-01", "２０２２-０８-０１",
     "2022-08-0١", "2022-0\ud8001-1", "2022-08-0\x00"],
)  # fmt: skip
def test_only_strict_iso_dates_of_real_days_are_read(text: str) -> None:
    assert parse_iso_date(text) is None


@given(st.one_of(st.text(), st.from_regex(r"[0-9W+]{4}-[0-9W]{2}[-0-9][0-9]{2}", fullmatch=True), st.dates().map(str)))
@example("9999-12-31")
def test_the_fast_reader_of_iso_dates_agrees_with_a_slow_one(text: str) -> None:
    assert parse_iso_date(text) == slow_iso_date(text)


def slow_iso_date(text: str) -> datetime.date | None:
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    if match is None:
        return None
    year, month, day = map(int, match.groups())
    real = year >= 1 and 1 <= month <= 12 and 1 <= day <= month_length(year, month)
    return datetime.date(year, month, day) if real else None


def month_length(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def test_every_minute_of_a_day_is_read_and_written() -> None:
    spellings = [f"{hour:02d}:{minute:02d}" for hour in range(24) for minute in range(60)]
    assert [parse_time(text) for text in spellings] == list(range(1440))
    assert [time_text(minutes) for minutes in range(1440)] == spellings


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24:00",
        "23:60",
        "99:99",
        "9:30",
        "09:3",
        "0930",
        "09:30:00",
        "09：30",
        "０９:30",
        " 9:30",
        "-1:30",
        "09.30",
        "1٣:30",
        "ab:cd",
        "09:30 ",
    ],
)
def test_only_strict_times_of_a_day_are_read(text: str) -> None:
    assert parse_time(text) is None


@pytest.mark.parametrize("minutes", [-1, 1440])
def test_what_is_no_minute_of_a_day_is_not_written_as_one(minutes: int) -> None:
    with pytest.raises(ValueError, match=str(minutes)):
        time_text(minutes)
