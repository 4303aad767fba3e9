"""A programme year: every figure, date, list and sign-off chain of a plan, each with the clause it stands on.

These are the types; `programme_file` reads them from TOML, strictly. No limit appears anywhere in code but here, as a field to be filled.
Money is whole New Taiwan dollars. A share or rate is written as text ("5%", "1/2") and read as an exact Fraction.
"""

import datetime
from fractions import Fraction
from typing import Literal

import msgspec

from gongxue.rules.register import Register
from gongxue.rules.text import Text


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Count(_Entry, frozen=True):
    """A whole number (people, characters, years, dollars) and its clause."""

    value: int
    clause: str


class Share(_Entry, frozen=True):
    """An exact part of a whole, and its clause."""

    value: Fraction
    clause: str


class Clock(_Entry, frozen=True):
    """A time of day as HH:MM, and its clause."""

    value: str
    clause: str


class Figures(_Entry, frozen=True):
    """The figures that rules use; one that a programme leaves out must stand in its `unknown`."""

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


class Date(_Entry, frozen=True):
    """A date of the plan: `on` a day, `before` an exclusive instant, from `first` to `last` with both included, or `words` as printed."""

    label: Text
    clause: str
    on: datetime.date | None = None
    before: datetime.datetime | None = None
    first: datetime.date | None = None
    last: datetime.date | None = None
    words: Text | None = None


class Dates(_Entry, frozen=True):
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


class Tier(_Entry, frozen=True):
    """申請類別. `cross_school` and `school_developed_curriculum` are supplements on top of `cap`; None where the tier has none."""

    code: str
    number: int
    label: Text
    short: Text
    clause: str
    cap: Count
    cross_school: Count | None = None
    school_developed_curriculum: Count | None = None
    sessions: Count | None = None
    must_include: tuple[Literal["classroom_practice", "public_lesson"], ...] = ()
    asks_year: bool = False
    """The form asks for which year in a row this is."""
    advances_to: str | None = None
    """The tier a community may go straight to after `advance_years`."""
    competes: bool = False
    """After `competition_years`, national competitions are encouraged."""


class BudgetItem(_Entry, frozen=True):
    """One line that a budget may have. `kind` says how it is reckoned; figures that a kind does not use are left out."""

    code: str
    label: Text
    unit: Text
    kind: Literal["lecturer", "premium", "travel", "priced", "materials", "miscellaneous"]
    clause: str
    reallocation: Literal["lecturer", "as_spent", "general"]
    """Lines of one group interchange (勻支); `as_spent` neither gives nor takes."""
    who: Text | None = None
    lecturer_kind: str | None = None
    unit_price: Count | None = None
    rate: Share | None = None
    """Of the premium: its part of lecturer fees."""
    share: Share | None = None
    """Of miscellaneous: its part of all other lines."""
    item_unit_price: Count | None = None
    capital_from: Count | None = None
    """An item of this price or more counts as capital with the Ministry."""
    forbidden_modes: tuple[str, ...] = ()


class Choice(_Entry, frozen=True):
    """One code of a list and its label on the form."""

    zh: str
    en: str

    @property
    def text(self) -> Text:
        """The label in both languages."""
        return Text(self.zh, self.en)


class Choices(_Entry, frozen=True):
    """A list of codes in the form's order."""

    clause: str
    codes: dict[str, Choice]


class Lists(_Entry, frozen=True):
    """The lists that the form offers."""

    content_types: Choices | None = None
    approaches: Choices | None = None
    methods: Choices | None = None
    lecturer_kinds: Choices | None = None
    travel_modes: Choices | None = None


class SessionMethods(_Entry, frozen=True):
    """What a method asks of a session."""

    names_lecturer: tuple[str, ...] = ()
    names_lecturer_clause: str = ""
    unpaid_members: tuple[str, ...] = ()
    unpaid_members_clause: str = ""
    public_lesson: str = ""
    public_lesson_clause: str = ""


class Step(_Entry, frozen=True):
    """One seal of a chain: its label on the paper, and the posts of which one signs."""

    label: str
    posts: tuple[str, ...]


class Form(_Entry, frozen=True):
    """An official form: its place in the plan, its title, its sign-off chain in order."""

    annex: str
    title: str
    clause: str
    chain: tuple[Step, ...] = ()
    file_name: str = ""
    questions: tuple[str, ...] = ()


class Days(_Entry, frozen=True):
    """Days from `first` to `last`, both included."""

    first: datetime.date
    last: datetime.date


class Calendar(_Entry, frozen=True):
    """When there is school; the city confirms."""

    clause: str
    holidays: tuple[datetime.date, ...] = ()
    working_saturdays: tuple[datetime.date, ...] = ()
    no_lessons: tuple[Days, ...] = ()


class Criterion(_Entry, frozen=True):
    """A criterion of review with its sub-criteria; a plan that gives no points has a setting instead."""

    code: str
    label: Text
    clause: str
    asks: tuple[Text, ...]


class Fact(_Entry, frozen=True):
    """Something the plan says that is shown, and that no rule computes with."""

    label: Text
    says: Text
    clause: str


class ClassQuota(_Entry, frozen=True):
    """How many communities a school of up to `classes` classes may have; parsed and shown."""

    clause: str
    classes: int | None = None
    communities: int | None = None


class FiscalShare(_Entry, frozen=True):
    """The part of the money that falls in one fiscal (calendar) year; parsed and shown."""

    fiscal_year: int | None
    amount: int
    clause: str


class Programme(_Entry, frozen=True, kw_only=True):
    """One programme year of one city, whole. `unknown` names what its sources do not tell: rules that need it do not run."""

    id: str
    version: int
    school_year: int
    title: Text
    city: Text
    clauses: str = ""
    """The file, beside this one, that lists the plan's clauses."""
    register: Register | None = None
    sources: tuple[Fact, ...] = ()
    unknown: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    figures: Figures
    dates: Dates
    tiers: tuple[Tier, ...]
    budget: tuple[BudgetItem, ...] = ()
    lists: Lists = Lists()
    session_methods: SessionMethods = SessionMethods()
    calendar: Calendar | None = None
    forms: dict[str, Form] = {}
    criteria: tuple[Criterion, ...] = ()
    selection: Literal["merit", "rank_sum"] = "merit"
    selection_clause: str = ""
    class_quota: tuple[ClassQuota, ...] = ()
    fiscal_years: tuple[FiscalShare, ...] = ()
    rules: dict[str, str]
    """The code of every rule that this plan has, and the clause it stands on."""

    def tier(self, code: str | None) -> Tier | None:
        """The tier of that code, or None."""
        return next((tier for tier in self.tiers if tier.code == code), None)

    def budget_item(self, code: str | None) -> BudgetItem | None:
        """The budget line of that code, or None."""
        return next((item for item in self.budget if item.code == code), None)

    def is_school_day(self, day: datetime.date) -> bool:
        """Whether there are lessons on `day`, by the programme's calendar."""
        calendar = self.calendar
        if calendar is None:
            return day.weekday() < 5
        if any(days.first <= day <= days.last for days in calendar.no_lessons):
            return False
        if day in calendar.working_saturdays:
            return True
        return day.weekday() < 5 and day not in calendar.holidays
