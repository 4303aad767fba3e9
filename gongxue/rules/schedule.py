"""Lays a year's sessions by weekday and rhythm, passing over holidays and breaks; and counts what a schedule holds."""

import datetime
from collections.abc import Iterator

import msgspec

from gongxue.rules.application import Application
from gongxue.rules.programme import Programme


class Laid(msgspec.Struct, frozen=True):
    """The dates laid, and those of the rhythm that were passed over because there is no school."""

    dates: tuple[datetime.date, ...]
    passed_over: tuple[datetime.date, ...]


def lay(programme: Programme, count: int, weekday: int, every_weeks: int, first: datetime.date | None = None) -> Laid:
    """`count` dates on `weekday` (0 is Monday), `every_weeks` apart, in the execution period from `first` on.

    A date without school is passed over to the same weekday of the next week with school, and the rhythm goes on from there. Fewer dates
    than `count` come back when the period ends first. Raises ValueError for a count, weekday or rhythm that is none.
    """
    if not (1 <= count <= 60 and 0 <= weekday <= 6 and 1 <= every_weeks <= 20):
        raise ValueError("count from 1 to 60, weekday from 0 to 6, every 1 to 20 weeks")
    period = programme.dates.performance
    if period is None or period.first is None or period.last is None:
        return Laid((), ())
    dates: list[datetime.date] = []
    over: list[datetime.date] = []
    day = max(first or period.first, period.first)
    day += datetime.timedelta(days=(weekday - day.weekday()) % 7)
    while day <= period.last and len(dates) < count:
        if weekday < 5 and not programme.is_school_day(day):
            over.append(day)
            day += datetime.timedelta(weeks=1)
            continue
        dates.append(day)
        day += datetime.timedelta(weeks=every_weeks)
    return Laid(tuple(dates), tuple(over))


def even_rhythm(programme: Programme, count: int, weekday: int, first: datetime.date | None = None) -> int:
    """The widest rhythm in weeks at which `count` sessions still fit into the period; 1 where even that is too wide."""
    for weeks in range(8, 0, -1):
        if len(lay(programme, count, weekday, weeks, first).dates) == count:
            return weeks
    return 1


class Tally(msgspec.Struct, frozen=True):
    """What a schedule holds: sessions, public lessons, classroom practices, online sessions, paid periods."""

    sessions: int
    public_lessons: int
    classroom_practices: int
    online: int
    paid_periods: float


def tally(application: Application, programme: Programme) -> Tally:
    """Count what stands in the schedule."""
    sessions = application.sessions or ()
    lesson = programme.session_methods.public_lesson
    return Tally(
        len(sessions),
        sum(lesson in (session.methods or ()) for session in sessions),
        sum(bool(session.classroom_practice) for session in sessions),
        sum(bool(session.online) for session in sessions),
        sum(_periods(application)),
    )


def _periods(application: Application) -> Iterator[float]:
    for session in application.sessions or ():
        if session.lecturer is not None:
            yield session.lecturer.periods or 0
