"""Times of day as people write them: 13:30-15:30, 13：30～15：30, 下午1:30-3:30, 1330-1530, 13時30分至15時30分, 下午一點半到三點.

Times are minutes since midnight. Nothing is guessed: 1:30 without 上午 or 下午 could be either, so it is refused (01:30 with its zero is not).
A range is returned as it stands, also when it ends before it starts or has one end only: that is for the rules to say, not for the reader.
"""

import re

import msgspec

from gongxue.rules.numerals import NUMERALS, read_number
from gongxue.rules.text import Text
from gongxue.rules.written import Refusal, plain, shown
from gongxue.rules.written_dates import find_date

_BEFORE_NOON = ("上午", "早上", "清晨", "am", "a.m.")
_NOON = ("中午",)
_AFTER_NOON = ("下午", "傍晚", "pm", "p.m.")
_EVENING = ("晚上", "晚間")
_MARKS = "|".join(re.escape(mark) for mark in (*_BEFORE_NOON, *_NOON, *_AFTER_NOON, *_EVENING))
_NUMBER = rf"(?:[0-9]{{1,2}}|[{NUMERALS}]{{1,4}})"
_EARLIEST_PLAIN_HOUR = 7
"""An hour from 1 to 6 in one figure, without 上午 or 下午, is as likely an afternoon's as a morning's."""

_SUGGESTION = Text("請寫成 13:30，起訖寫成 13:30-15:30。", "Write 13:30, a range as 13:30-15:30.")


class TimeRange(msgspec.Struct, frozen=True, gc=False):
    """Start and end in minutes since midnight, 0 to 1439; None for the one that is not written."""

    start: int | None
    end: int | None


class _Clock(msgspec.Struct, frozen=True):
    """One time as it is `written`, before 上午 and 下午 (`mark`) are reckoned with; `bare` when its hour is one figure or a word for one."""

    mark: str
    hour: int
    minute: int
    bare: bool
    written: str


def _pattern(name: str) -> str:
    """A time; `name` starts the names of its groups."""
    return (
        rf"(?P<{name}>(?P<{name}_mark>{_MARKS})?(?:(?P<{name}_hour>{_NUMBER})"
        rf"(?:[:.](?P<{name}_minute>[0-9]{{2}})|[時时點点](?:(?P<{name}_words>{_NUMBER})分?|(?P<{name}_half>半)|[整正])?)"
        rf"|(?P<{name}_run>[0-9]{{3,4}}))(?P<{name}_after>am|pm|a\.m\.|p\.m\.)?)(?![0-9])"
    )


_TO = r"(?:[-~]{1,2}|→|至|到)"
_TIME = _pattern("one")
_RANGE = rf"(?<![0-9:./年月])[自從由]?{_pattern('start')}起?{_TO}{_pattern('end')}止?"
_START_ONLY = rf"[自從由]?{_pattern('one')}起?{_TO}?"
_END_ONLY = rf"{_TO}{_pattern('one')}止?"


def parse_clock(text: str) -> int | Refusal:
    """Minutes since midnight of one time. Codes of refusal: blank, hour, minute, ambiguous, contradiction, unreadable."""
    return _read_one(re.fullmatch(_TIME, plain(text).lower()), text)


def parse_time_range(text: str) -> TimeRange | Refusal:
    """The range in `text`, which holds nothing else; 下午 before the start holds for the end too. Codes as those of `parse_clock`.

    13:30 and 13:30- have a start only, -15:30 an end only.
    """
    written = plain(text).lower()
    match = re.fullmatch(_RANGE, written)
    if match:
        return _read_both(match)
    start_only = re.fullmatch(_START_ONLY, written)
    if start_only:
        start = _read_one(start_only, text)
        return start if isinstance(start, Refusal) else TimeRange(start, None)
    end = _read_one(re.fullmatch(_END_ONLY, written), text)
    return end if isinstance(end, Refusal) else TimeRange(None, end)


def split_range(text: str) -> tuple[str, str] | None:
    """The spellings of start and end, be they possible (25:00-26:00) or not; None for what is not spelled like a range."""
    match = re.fullmatch(_RANGE, plain(text).lower())
    return (match["start"], match["end"]) if match else None


def split_when(text: str) -> tuple[str, str]:
    """The date's part and the time's part of a cell 日期/時間, in plain spelling, either of them "" when it is not there.

    The parts need not be right, only spelled like a date (111.0.0) or a range (25:00-26:00). Where neither is found, the whole text as it
    came is the date's part.
    """
    found = find_date(text)
    date, rest = found or ("", plain(text))
    times = re.search(_RANGE, rest.lower())
    if times is None:
        return (date, _without_marks(rest)) if found else (text.strip(), "")
    others = _without_marks(f"{rest[: times.start()]} {rest[times.end() :]}").strip("-~ ")
    if found:
        return date, f"{times.group()} {others}".strip()
    return others, times.group()


def _without_marks(text: str) -> str:
    return text.strip(" ,、;/|")


def _read_one(match: re.Match[str] | None, text: str) -> int | Refusal:
    if match is None:
        return _unreadable(text) if plain(text) else _refusal("blank", "沒有填時間。", "No time is given.")
    clock = _clock(match, "one")
    return clock if isinstance(clock, Refusal) else _minutes(clock)


def _read_both(match: re.Match[str]) -> TimeRange | Refusal:
    first, last = _clock(match, "start"), _clock(match, "end")
    if isinstance(first, Refusal):
        return first
    if isinstance(last, Refusal):
        return last
    start = _minutes(first)
    if isinstance(start, Refusal):
        return start
    end = _minutes(last) if last.mark or not first.mark else _inherited(first, last, start)
    return end if isinstance(end, Refusal) else TimeRange(start, end)


def _clock(match: re.Match[str], name: str) -> _Clock | Refusal:
    written, run = match[name], match[f"{name}_run"]
    hour_text = run[:-2] if run else match[f"{name}_hour"]
    minute_text = run[-2:] if run else match[f"{name}_minute"] or match[f"{name}_words"] or ("30" if match[f"{name}_half"] else "0")
    hour, minute = _number(hour_text), _number(minute_text)
    if hour is None or minute is None:
        return _unreadable(written)
    if hour > 23:
        return _refusal(
            "hour", f"「{shown(written)}」：沒有 {hour} 時，只到 23 時。", f"“{shown(written)}”: hours go up to 23, not {hour}."
        )
    if minute > 59:
        return _refusal(
            "minute", f"「{shown(written)}」：沒有 {minute} 分，只到 59 分。", f"“{shown(written)}”: minutes go up to 59, not {minute}."
        )
    mark = match[f"{name}_mark"] or match[f"{name}_after"] or ""
    return _Clock(mark, hour, minute, not hour_text.startswith("0") and hour < 10, written)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() else read_number(text)


def _minutes(clock: _Clock) -> int | Refusal:
    hour = clock.hour
    allowed, shift = True, 0
    if clock.mark in _BEFORE_NOON:
        if hour == 12:
            return _ambiguous(clock)
        allowed = hour < 12
    elif clock.mark in _NOON:
        allowed, shift = hour in (11, 12, 13, 1), 12 if hour == 1 else 0
    elif clock.mark in _AFTER_NOON:
        allowed, shift = hour > 0, 12 if hour < 12 else 0
    elif clock.mark in _EVENING:
        allowed, shift = 5 <= hour <= 11 or hour >= 17, 12 if hour < 12 else 0
    elif clock.bare and 0 < hour < _EARLIEST_PLAIN_HOUR:
        return _ambiguous(clock)
    if not allowed:
        written, mark = shown(clock.written), clock.mark
        return _refusal("contradiction", f"「{written}」：{mark}沒有 {hour} 時。", f"“{written}”: {hour} does not go with {mark}.")
    return (hour + shift) * 60 + clock.minute


def _inherited(first: _Clock, last: _Clock, start: int) -> int | Refusal:
    """The end of 上午9:00-12:00 or 下午1:30-3:30, in the same half of the day as the start; it must then lie after it."""
    shift = 12 if first.mark not in _BEFORE_NOON and last.hour < 12 else 0
    end = (last.hour + shift) * 60 + last.minute
    return end if end > start else _ambiguous(last)


def _ambiguous(clock: _Clock) -> Refusal:
    written = shown(clock.written)
    return _refusal(
        "ambiguous",
        f"「{written}」分不出是上午還是下午，請用 24 小時制。",
        f"“{written}” could be before or after noon; use the 24-hour clock.",
    )


def _unreadable(text: str) -> Refusal:
    return _refusal("unreadable", f"「{shown(text)}」不是時間。", f"“{shown(text)}” is not a time.")


def _refusal(code: str, zh: str, en: str) -> Refusal:
    return Refusal(code, Text(f"{zh}{_SUGGESTION.zh}", f"{en} {_SUGGESTION.en}"))
