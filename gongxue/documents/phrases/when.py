"""日期/時間 of a session: 111.9.7(三) above 13:30-15:30."""

from typing import Final

import msgspec

from gongxue.documents.blocks import Blank, Line
from gongxue.documents.phrases.numbers import Doubt, Doubts
from gongxue.documents.phrases.quoting import Lines, Masked, filled, quote, shown
from gongxue.rules.taiwan import parse_iso_date, parse_time, roc_date_short, time_text, weekday
from gongxue.rules.written import Refusal
from gongxue.rules.written_dates import WrittenDate, parse_date
from gongxue.rules.written_times import TimeRange, parse_clock, parse_time_range, split_range, split_when

_TO: Final = "-"


class When(msgspec.Struct, frozen=True):
    """Date, start and end as the exchange format has them; what is no date or time is raw text, None is blank."""

    date: str | None = None
    start: str | None = None
    end: str | None = None


def write_when(when: When, path: str) -> Lines:
    """Two lines, date and times. Impossible ones print as they are written, in 「」 where they could be taken for a date or a time."""
    expected = When(*(value if value and value.strip() else None for value in (when.date, when.start, when.end)))
    for quoted in ((), ("date",), ("start", "end"), ("date", "start", "end")):
        lines = _lines(expected, path, quoted)
        if read_when(shown(lines), []) == expected:
            return lines
    return _lines(expected, path, ("date", "start", "end"), all_of_them=True)


def _lines(when: When, path: str, quoted: tuple[str, ...], all_of_them: bool = False) -> Lines:
    def written(field: str) -> str:
        value: str = getattr(when, field)
        day = parse_iso_date(value) if field == "date" else None
        usual = day is not None or (field != "date" and parse_time(value) is not None)
        if field in quoted and (all_of_them or not usual):
            return quote(value)
        return f"{roc_date_short(day)}({weekday(day)})" if day is not None else value

    date: Line = (written("date"),) if when.date else (Blank(f"{path}.date"),)
    if not when.start and not when.end:
        return (date, (Blank(f"{path}.start"),))
    start: Line = (written("start"),) if when.start else (Blank(f"{path}.start"),)
    end: Line = (written("end"),) if when.end else (Blank(f"{path}.end"),)
    return (date, (*start, _TO, *end))


def read_when(text: str, doubts: Doubts) -> When:
    """Date and times of a cell, as people write them; what cannot be read is told and kept as it is."""
    masked = Masked(text)
    if masked.quotes:
        return _read_quoted(masked, doubts)
    words = filled(text).strip()
    if not words:
        return When()
    date, times = split_when(words)
    if not times and isinstance(alone := parse_time_range(date), TimeRange):
        return When(None, _clock(alone.start), _clock(alone.end))
    day = _read_date(date, doubts) if date else None
    start, end = _read_times(times, doubts) if times else (None, None)
    return When(day, start, end)


def _read_quoted(masked: Masked, doubts: Doubts) -> When:
    """The exact words of 「」, each in its place: the date in the first line, start and end on both sides of the first dash after it."""
    date, _, times = filled(masked.text).partition("\n")
    start, _, end = times.partition(_TO)
    whole = masked.raw(date)
    return When(
        whole if whole is not None else _read_date(masked.back(date).strip(), doubts) if date.strip() else None,
        _read_clock(masked, start, doubts),
        _read_clock(masked, end, doubts),
    )


def _read_clock(masked: Masked, piece: str, doubts: Doubts) -> str | None:
    raw = masked.raw(piece)
    words = masked.back(piece).strip()
    if raw is not None or not words:
        return raw or None
    minutes = parse_clock(words)
    if isinstance(minutes, Refusal):
        doubts.append(Doubt(minutes.reason, words))
        return words
    return time_text(minutes)


def _read_date(words: str, doubts: Doubts) -> str | None:
    found = parse_date(words)
    if isinstance(found, WrittenDate):
        if found.note is not None:
            doubts.append(Doubt(found.note, words))
        return found.date.isoformat()
    if found.code in ("blank", "placeholder"):
        return None
    doubts.append(Doubt(found.reason, words))
    return words


def _read_times(words: str, doubts: Doubts) -> tuple[str | None, str | None]:
    found = parse_time_range(words)
    if isinstance(found, TimeRange):
        return _clock(found.start), _clock(found.end)
    doubts.append(Doubt(found.reason, words))
    return split_range(words) or (words, None)


def _clock(minutes: int | None) -> str | None:
    return None if minutes is None else time_text(minutes)
