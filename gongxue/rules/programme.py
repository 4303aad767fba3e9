"""A programme year: every figure, date, list and sign-off chain of a plan, each with the clause it stands on.

These are the types (the smallest in `figures`); `programme_file` reads them from TOML, strictly. No limit appears anywhere in code but
here, as a field to be filled. Money is whole New Taiwan dollars. A share or rate is written as text ("5%", "1/2") and read as an exact
Fraction.
"""

import datetime
from typing import Literal

from gongxue.rules.figures import Count, Dates, Entry, Figures, Share
from gongxue.rules.register import Register
from gongxue.rules.text import Text


class Tier(Entry, frozen=True):
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


class BudgetItem(Entry, frozen=True):
    """One line that a budget may have. `kind` says how it is reckoned; figures that a kind does not use are left out."""

    code: str
    label: Text
    unit: Text
    kind: Literal["lecturer", "premium", "travel", "priced", "materials", "miscellaneous"]
    clause: str
    reallocation: Literal["lecturer", "as_spent", "general"] | None = None
    """Lines of one group interchange (勻支); `as_spent` neither gives nor takes; None only where `unknown` lists it."""
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


class Choice(Entry, frozen=True):
    """One code of a list and its label on the form."""

    zh: str
    en: str

    @property
    def text(self) -> Text:
        """The label in both languages."""
        return Text(self.zh, self.en)


class Choices(Entry, frozen=True):
    """A list of codes in the form's order."""

    clause: str
    codes: dict[str, Choice]


class Lists(Entry, frozen=True):
    """The lists that the form offers."""

    content_types: Choices | None = None
    approaches: Choices | None = None
    methods: Choices | None = None
    lecturer_kinds: Choices | None = None
    travel_modes: Choices | None = None


class SessionMethods(Entry, frozen=True):
    """What a method asks of a session."""

    names_lecturer: tuple[str, ...] = ()
    names_lecturer_clause: str = ""
    unpaid_members: tuple[str, ...] = ()
    unpaid_members_clause: str = ""
    public_lesson: str = ""
    public_lesson_clause: str = ""


class Step(Entry, frozen=True):
    """One seal of a chain: its label on the paper, and the posts of which one signs."""

    label: str
    posts: tuple[str, ...]


class Form(Entry, frozen=True):
    """An official form: its place in the plan, its title, its sign-off chain in order."""

    annex: str
    title: str
    clause: str
    chain: tuple[Step, ...] = ()
    file_name: str = ""
    questions: tuple[str, ...] = ()


class Days(Entry, frozen=True):
    """Days from `first` to `last`, both included."""

    first: datetime.date
    last: datetime.date


class Calendar(Entry, frozen=True):
    """When there is school; the city confirms. `ours` where the plan gives no calendar and we set it."""

    clause: str
    ours: bool = False
    holidays: tuple[datetime.date, ...] = ()
    working_saturdays: tuple[datetime.date, ...] = ()
    no_lessons: tuple[Days, ...] = ()


class Criterion(Entry, frozen=True):
    """A criterion of review with its sub-criteria; a plan that gives no points has a setting instead."""

    code: str
    label: Text
    clause: str
    asks: tuple[Text, ...]


class Fact(Entry, frozen=True):
    """Something the plan says that is shown, and that no rule computes with."""

    label: Text
    says: Text
    clause: str


class ClassQuota(Entry, frozen=True):
    """How many communities a school of up to `classes` classes may have; parsed and shown."""

    clause: str
    classes: int | None = None
    communities: int | None = None


class SetAside(Entry, frozen=True):
    """So many of the communities are kept for one kind of them; parsed and shown."""

    label: Text
    communities: int
    clause: str


class FiscalShare(Entry, frozen=True):
    """The part of the money that falls in one fiscal (calendar) year, counted as ROC years; parsed and shown."""

    fiscal_year: int
    amount: int
    clause: str


class Programme(Entry, frozen=True, kw_only=True):
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
    forms: dict[str, Form] = {}  # noqa: RUF012 - msgspec copies the default for each record
    criteria: tuple[Criterion, ...] = ()
    selection: Literal["merit", "rank_sum"] | None = None
    """擇優 or 序位法; None where the plan does not tell."""
    selection_clause: str = ""
    class_quota: tuple[ClassQuota, ...] = ()
    set_asides: tuple[SetAside, ...] = ()
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
