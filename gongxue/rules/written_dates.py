"""Dates as people write them: 111年8月1日, 111.8.1（一）, １１１／０８／０１, 1110801, 民國一百一十一年八月一日, 2022-08-01.

A year of four digits is Gregorian, a shorter one is ROC (99/8/1 is ROC 99), 西元 or 民國 before it settles the matter. The date counts, not
the weekday beside it (the plan's own 111年4月10日(四) was a Sunday); a weekday that disagrees is told.
"""

import datetime
import re

import msgspec

from gongxue.rules.numerals import NUMERALS, read_number
from gongxue.rules.taiwan import FIRST_ROC_YEAR, LAST_ROC_YEAR, ROC_OFFSET, WEEKDAYS, english_date, roc_date
from gongxue.rules.text import Text
from gongxue.rules.written import LONGEST, Refusal, plain, shown

_FIGURES = "0123456789"
_WORDS = f"[{NUMERALS}]"
_YEAR = rf"(?:[0-9]{{1,4}}|{_WORDS}{{1,9}})"
_PART = rf"(?:[0-9]{{1,4}}|{_WORDS}{{1,4}})"
_ERA = r"(?P<era>中華民國|民國|西元|公元)?"
_WEEKDAY = r"(?:[(\[](?:星期|禮拜|週|周)?(?P<in_brackets>[一二三四五六日天])?[)\]]|(?:星期|禮拜|週|周)(?P<bare>[一二三四五六日天]))?"
_SPELLED = (
    rf"(?P<year>{_YEAR}|元)(?:年(?P<month>{_PART}|元)月(?P<day>{_PART})(?![0-9])[日號]?"
    rf"|(?P<mark>[-./])(?P<month_too>{_PART})(?P=mark)(?P<day_too>{_PART})(?![0-9]))"
)
_DATE = rf"(?<![0-9]){_ERA}(?:{_SPELLED}|(?P<run>[0-9]{{7,8}}(?![0-9]))){_WEEKDAY}"
_WITHOUT_YEAR = rf"(?:{_PART}月{_PART}[日號]?|{_PART}([-./]){_PART}){_WEEKDAY}"
_WITHOUT_DAY = rf"{_ERA}(?:(?:{_YEAR}|元)年(?:{_PART}|元)月日?|[0-9]{{3,4}}[-./][0-9]{{1,2}})"
_TO_FILL_IN = rf"{_ERA}[0-9_.]*年?[_.]*月[_.]*日?{_WEEKDAY}"
_SUGGESTION = Text("請寫成 111年8月1日 或 2022-08-01。", "Write 111年8月1日 or 2022-08-01.")


class WrittenDate(msgspec.Struct, frozen=True, gc=False):
    """The date that was written, and a `note` when the weekday beside it is not that date's."""

    date: datetime.date
    note: Text | None = None


def parse_date(text: str) -> WrittenDate | Refusal:
    """The date in `text`, which holds nothing else but a weekday.

    Codes of refusal: blank, placeholder (111.0.0, 年 月 日), no-year, no-day, order (8/1/2022), digits (990801), year, month, day, extra
    (more than one date, or other words), unreadable.
    """
    if len(text) > LONGEST:
        return _refusal("unreadable", f"「{shown(text)}」太長，不是日期。", f"“{shown(text)}” is too long for a date.")
    written = plain(text)
    match = re.fullmatch(_DATE, written)
    return _read(match) if match else _why_not(written, text)


def find_date(text: str) -> tuple[str, str] | None:
    """The first thing in `text` that is spelled like a date (111.0.0 is, too), with its weekday, and all the rest; None if there is none.

    Both in the plain spelling of `written.plain`. For cells that hold a date and a time.
    """
    written = plain(text)
    match = re.search(_DATE, written)
    return (match.group(), f"{written[: match.start()]} {written[match.end() :]}".strip()) if match else None


def _read(match: re.Match[str]) -> WrittenDate | Refusal:
    year, month, day = _numbers(match)
    if year is None or month is None or day is None:
        return _unreadable(match.group())
    if month == 0 and day == 0:
        return _refusal("placeholder", "日期還沒有填（月、日都是 0）。", "The date is not filled in yet (month and day are 0).")
    if day > 99 and year <= 31:
        return _refusal(
            "order",
            f"「{shown(match.group())}」要先寫年，再寫月、日。",
            f"“{shown(match.group())}”: the year goes first, then month and day.",
        )
    gregorian = _gregorian_year(match["era"] or "", match["year"] or match["run"][:-4], year)
    if isinstance(gregorian, Refusal):
        return gregorian
    if not 1 <= month <= 12:
        return _refusal("month", f"沒有 {month} 月，月份是 1 到 12。", f"There is no month {month}; months go from 1 to 12.")
    try:
        date = datetime.date(gregorian, month, day)
    except ValueError:
        return _no_such_day(gregorian, month, day)
    return WrittenDate(date, _weekday_note(date, match["in_brackets"] or match["bare"]))


def _numbers(match: re.Match[str]) -> tuple[int | None, int | None, int | None]:
    run = match["run"]
    if run:
        return int(run[:-4]), int(run[-4:-2]), int(run[-2:])
    return _number(match["year"]), _number(match["month"] or match["month_too"]), _number(match["day"] or match["day_too"])


def _number(text: str) -> int | None:
    if text == "元":
        return 1
    return int(text) if text[0] in _FIGURES else read_number(text)


def _gregorian_year(era: str, written: str, year: int) -> int | Refusal:
    """The Gregorian year meant by `year`, `written` after `era`; four figures are Gregorian even when they begin with 0."""
    if era in ("西元", "公元"):
        if written != "元" and datetime.MINYEAR <= year <= datetime.MAXYEAR:
            return year
        return _refusal("year", f"西元沒有「{shown(written)}」年。", f"There is no Gregorian year “{shown(written)}”.")
    if era or (year < 1000 and not (len(written) == 4 and written[0] in _FIGURES)):
        if FIRST_ROC_YEAR <= year <= LAST_ROC_YEAR:
            return year + ROC_OFFSET
        limits = f"{FIRST_ROC_YEAR} 到 {LAST_ROC_YEAR}"
        return _refusal(
            "year", f"民國 {year} 年不在 {limits} 年之間。", f"ROC year {year} is not from {FIRST_ROC_YEAR} to {LAST_ROC_YEAR}."
        )
    first, last = FIRST_ROC_YEAR + ROC_OFFSET, LAST_ROC_YEAR + ROC_OFFSET
    if first <= year <= last:
        return year
    return _refusal("year", f"西元 {year} 年不在 {first} 到 {last} 年之間。", f"The year {year} is not from {first} to {last}.")


def _no_such_day(year: int, month: int, day: int) -> Refusal:
    last = 31 if month == 12 else (datetime.date(year, month + 1, 1) - datetime.timedelta(days=1)).day
    roc = year - ROC_OFFSET
    return _refusal(
        "day",
        f"{roc if roc > 0 else f'西元{year}'}年{month}月只有 {last} 天，沒有 {day} 日。",
        f"{year}-{month:02d} has {last} days; there is no day {day}.",
    )


def _weekday_note(date: datetime.date, written: str | None) -> Text | None:
    if written is None or written.replace("天", "日") == WEEKDAYS[date.weekday()]:
        return None
    return Text(
        f"{roc_date(date, with_weekday=True)}不是星期{written}；以日期為準。",
        f"{english_date(date)} does not fall on the weekday written beside it (星期{written}); the date counts.",
    )


def _why_not(written: str, text: str) -> Refusal:
    """The reason nearest to what was `written` (plainly; `text` as it came), for what is no date as a whole."""
    if not written:
        return _refusal("blank", "沒有填日期。", "No date is given.")
    if re.fullmatch(_TO_FILL_IN, written):
        return _refusal(
            "placeholder", "日期還沒有填（年、月、日之間是空的）。", "The date is not filled in yet (only 年, 月, 日 stand there)."
        )
    if re.fullmatch(_WITHOUT_DAY, written):
        return _refusal("no-day", f"「{shown(written)}」沒有日。", f"“{shown(written)}” has no day.")
    if re.fullmatch(_WITHOUT_YEAR, written):
        return _refusal("no-year", f"「{shown(written)}」沒有年份。", f"“{shown(written)}” has no year.")
    if re.fullmatch(r"[0-9]+", written):
        return _refusal(
            "digits",
            f"「{shown(written)}」是 {len(written)} 位數字；只寫數字時，民國要 7 位（1110801），西元要 8 位（20220801）。",
            f"“{shown(written)}” has {len(written)} digits; a date in digits alone has 7 (ROC, 1110801) or 8 (Gregorian, 20220801).",
        )
    found = re.search(_DATE, written)
    if found:
        rest = f"{written[: found.start()]}{written[found.end() :]}"
        return _refusal(
            "extra", f"日期之外還有「{shown(rest)}」，一格只寫一個日期。", f"Besides the date there is “{shown(rest)}”; write one date."
        )
    return _unreadable(text)


def _unreadable(written: str) -> Refusal:
    return _refusal("unreadable", f"「{shown(written)}」不是日期。", f"“{shown(written)}” is not a date.")


def _refusal(code: str, zh: str, en: str) -> Refusal:
    return Refusal(code, Text(f"{zh}{_SUGGESTION.zh}", f"{en} {_SUGGESTION.en}"))
