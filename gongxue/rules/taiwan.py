"""Dates and times as Taiwan writes them: ROC years, weekdays, school years; and the strict readers of the exchange format.

ROC year = Gregorian year − 1911. What people type into forms is read by `written_dates` and `written_times`, which this module does not
need: it is on the path of every check, so it imports next to nothing. Holidays are not here, they belong to the programme.
"""

import datetime
from functools import lru_cache

ROC_OFFSET = 1911
FIRST_ROC_YEAR, LAST_ROC_YEAR = 1, 200
"""The ROC years that are written and read as such; other years are written as 西元."""

WEEKDAYS = "一二三四五六日"
"""Monday first, as `date.weekday()` counts."""

_MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SIXTY = {f"{number:02d}": number for number in range(60)}
_FIRST_MONTH_OF_SCHOOL_YEAR = 8
_FIRST_MONTH_OF_SECOND_SEMESTER = 2


@lru_cache(maxsize=4096)
def parse_iso_date(text: str) -> datetime.date | None:
    """The date of strict YYYY-MM-DD in ASCII digits, or None; week dates, bare digits, blanks and impossible days are None."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


@lru_cache(maxsize=2048)
def parse_time(text: str) -> int | None:
    """Minutes since midnight of strict HH:MM, 00:00 to 23:59 in ASCII digits; anything else is None."""
    if len(text) != 5 or text[2] != ":":
        return None
    hour, minute = _SIXTY.get(text[:2]), _SIXTY.get(text[3:])
    if hour is None or minute is None or hour > 23:
        return None
    return hour * 60 + minute


def time_text(minutes: int) -> str:
    """13:30 for 810 minutes since midnight; ValueError outside 0 to 1439."""
    if not 0 <= minutes < 24 * 60:
        raise ValueError(f"{minutes} is no minute of a day (0 to 1439)")
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def roc_year(day: datetime.date) -> int:
    """111 for any day of 2022; plain arithmetic, so 0 and below before 1912."""
    return day.year - ROC_OFFSET


def school_year(day: datetime.date) -> int:
    """The ROC school year a day lies in: 111 from 2022-08-01 to 2023-07-31."""
    return roc_year(day) - (day.month < _FIRST_MONTH_OF_SCHOOL_YEAR)


def semester(day: datetime.date) -> int:
    """1 from August to the end of January, 2 from February to the end of July."""
    return 2 if _FIRST_MONTH_OF_SECOND_SEMESTER <= day.month < _FIRST_MONTH_OF_SCHOOL_YEAR else 1


def school_year_span(year: int) -> tuple[datetime.date, datetime.date]:
    """First and last day of ROC school year `year`, both included; ValueError where there is no such Gregorian year."""
    first = year + ROC_OFFSET
    return datetime.date(first, 8, 1), datetime.date(first + 1, 7, 31)


def weekday(day: datetime.date) -> str:
    """三 for a Wednesday, always computed: the plan's own 111年4月10日(四) was a Sunday."""
    return WEEKDAYS[day.weekday()]


def roc_date(day: datetime.date, *, with_weekday: bool = False) -> str:
    """111年8月1日, or 111年3月30日（三）; a day outside ROC years 1 to 200 is written 西元1900年1月1日, so that every date has a spelling."""
    return f"{_year_text(day)}年{day.month}月{day.day}日{_weekday_text(day, with_weekday)}"


def roc_date_short(day: datetime.date, *, with_weekday: bool = False) -> str:
    """111.8.1, or 111.8.1（一）, as the forms' examples write it; 西元1900.1.1 outside ROC years 1 to 200."""
    return f"{_year_text(day)}.{day.month}.{day.day}{_weekday_text(day, with_weekday)}"


def english_date(day: datetime.date) -> str:
    """30 March 2022 (Wed): the Gregorian date, whatever the locale."""
    return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year} ({_WEEKDAYS_EN[day.weekday()]})"


def _year_text(day: datetime.date) -> str:
    year = roc_year(day)
    return str(year) if FIRST_ROC_YEAR <= year <= LAST_ROC_YEAR else f"西元{day.year}"


def _weekday_text(day: datetime.date, wanted: bool) -> str:
    return f"（{weekday(day)}）" if wanted else ""
