"""What a plan counts and dates: the smallest entries of a programme file, each with the clause it stands on."""

import datetime
from fractions import Fraction

import msgspec

from gongxue.rules.text import Text


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a programme file; a key that it does not have is refused."""


class Count(Entry, frozen=True):
    """A whole number (people, characters, years, dollars) and its clause."""

    value: int
    clause: str


class Share(Entry, frozen=True):
    """An exact part of a whole, and its clause."""

    value: Fraction
    clause: str


class Clock(Entry, frozen=True):
    """A time of day as HH:MM, and its clause. `ours` where the plan leaves it open and we set it."""

    value: str
    clause: str
    ours: bool = False


class Figures(Entry, frozen=True):
    """The figures that rules use; one that a programme's rules need and that it leaves out must stand in its `unknown`."""

    people_minimum: Count | None = None
    summary_characters: Count | None = None
    member_fee_share: Share | None = None
    """The most of all lecturer fees that one member may earn."""
    member_lecturer_share: Share | None = None
    """The most of the people that may be paid as lecturers."""
    advance_years: Count | None = None
    competition_years: Count | None = None
    sessions_with_experts: Count | None = None
    teaching_hours_end: Clock | None = None
    period_minutes: Count | None = None
    double_period_minutes: Count | None = None
    news_minimum: Count | None = None
    news_maximum: Count | None = None
    photos_per_session: Count | None = None
    communities_maximum: Count | None = None
    retention_years: Count | None = None


class Date(Entry, frozen=True):
    """A date of the plan: `on` a day, `before` an exclusive instant, from `first` to `last` with both included, or `words` as printed.

    Of `first` and `last` one may be left out where the programme lists it in `unknown` (`dates.performance.first`).
    """

    label: Text
    clause: str
    on: datetime.date | None = None
    before: datetime.datetime | None = None
    first: datetime.date | None = None
    last: datetime.date | None = None
    words: Text | None = None

    @property
    def is_whole(self) -> bool:
        """False where only one end of a span is known."""
        return (self.first is None) == (self.last is None)


class Dates(Entry, frozen=True):
    """The year of the plan, in order."""

    applications_open: Date | None = None
    applications_close: Date | None = None
    initial_results: Date | None = None
    revisions_due: Date | None = None
    final_results: Date | None = None
    performance: Date | None = None
    news: Date | None = None
    sharing: Date | None = None
    stories_due: Date | None = None
    evaluation: Date | None = None
    booklet: Date | None = None
    awards: Date | None = None
    settlement_due: Date | None = None
