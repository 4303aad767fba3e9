"""Deadlines: stored as exclusive instants, told as people read them. The instant of a request is passed in, taken once where it entered."""

import datetime

from gongxue.rules.taiwan import english_date, roc_date
from gongxue.rules.text import Text

TAIPEI = datetime.timezone(datetime.timedelta(hours=8), "Asia/Taipei")
"""Taiwan has had no daylight saving since 1980, so that a fixed offset is its time zone for every date of a programme."""


def last_second(before: datetime.datetime) -> datetime.datetime:
    """The last second before an exclusive instant, in Taipei."""
    return before.astimezone(TAIPEI) - datetime.timedelta(seconds=1)


def is_late(at: datetime.datetime, before: datetime.datetime) -> bool:
    """Whether `at` is too late for the exclusive instant `before`: compared here, once, for page, command line and background alike."""
    return at >= before


def days_left(at: datetime.datetime, before: datetime.datetime) -> int:
    """Whole calendar days in Taipei until the last day; 0 on the last day, negative after it."""
    return (last_second(before).date() - at.astimezone(TAIPEI).date()).days


def closes(before: datetime.datetime) -> Text:
    """When it closes: 111年3月30日（三）23:59 ; an instant inside a day is told as such."""
    last = last_second(before)
    clock = f"{last:%H:%M}" if last.second == 59 and last.minute == 59 and last.hour == 23 else f"{before.astimezone(TAIPEI):%H:%M} 前"
    english = f"{last:%H:%M}" if clock == "23:59" else f"before {before.astimezone(TAIPEI):%H:%M}"
    return Text(f"{roc_date(last.date(), with_weekday=True)}{clock}", f"{english_date(last.date())} {english}")


def passed(before: datetime.datetime) -> Text:
    """That the deadline has passed, and what can be done."""
    when = closes(before)
    return Text(
        f"已於 {when.zh} 截止，逾期恕不受理；內容仍會保存。若有特殊情形，請洽市府承辦人。",
        f"Closed at {when.en}; late ones are refused. What you wrote is kept. In a special case, ask the city's officer.",
    )


def to_the_second(at: datetime.datetime) -> Text:
    """An instant as a receipt tells it: 111年3月30日（三）23:59:59. A part of a second is left out, never rounded up over a deadline."""
    there = at.astimezone(TAIPEI)
    day = there.date()
    return Text(f"{roc_date(day, with_weekday=True)}{there:%H:%M:%S}", f"{english_date(day)} {there:%H:%M:%S}")
