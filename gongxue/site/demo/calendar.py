"""The days that a visitor of the demo can move to: those at which something changes for somebody."""

import datetime
from collections.abc import Iterator
from typing import Final

import msgspec

from gongxue.rules.deadlines import TAIPEI
from gongxue.rules.programme import Programme
from gongxue.rules.text import Text
from gongxue.site import clock

MINUTE: Final = datetime.timedelta(minutes=1)


class Stop(msgspec.Struct, frozen=True):
    """A moment to move to; `key` names it in the form, `past` where the clock has passed it already."""

    key: str
    at: datetime.datetime
    label: Text
    past: bool = False


def stops(programme: Programme, now: datetime.datetime) -> list[Stop]:
    """The moments of the year, in order."""
    return [msgspec.structs.replace(stop, past=stop.at <= now) for stop in sorted(_stops(programme), key=lambda stop: stop.at)]


def _stops(programme: Programme) -> Iterator[Stop]:
    dates = programme.dates
    yield Stop("first", clock.FIRST, Text("示範開始", "The demo begins"))
    if dates.applications_close is not None and (before := dates.applications_close.before) is not None:
        last_day = (before - MINUTE).astimezone(TAIPEI).replace(hour=9, minute=0)
        yield Stop("week", last_day - datetime.timedelta(days=6), Text("離截止還有六天", "Six days before the deadline"))
        yield Stop("deadline", last_day, Text("截止日早上", "The morning of the deadline"))
        yield Stop("last_minute", before - MINUTE, Text("截止前一分鐘", "One minute before the deadline"))
        yield Stop("late", last_day + datetime.timedelta(days=1), Text("截止隔天", "The day after"))
    for key, day, label in _days(programme):
        yield Stop(key, datetime.datetime.combine(day, datetime.time(9), TAIPEI), label)


def _days(programme: Programme) -> Iterator[tuple[str, datetime.date, Text]]:
    dates = programme.dates
    for key, date in (("initial_results", dates.initial_results), ("final_results", dates.final_results)):
        if date is not None and date.on is not None:
            yield key, date.on, date.label
    if dates.revisions_due is not None and dates.revisions_due.before is not None:
        yield "revisions_due", (dates.revisions_due.before - MINUTE).astimezone(TAIPEI).date(), dates.revisions_due.label
    if dates.performance is not None and dates.performance.first is not None:
        yield "new_year", dates.performance.first, Text("新學年開始，職務交接", "The new school year; posts are handed over")
