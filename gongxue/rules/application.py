"""One community's application (附件二) in the exchange format: all that a rule or a form may look at.

Absent, null and "" all mean blank; blank is never malformed, the rules judge it. Money is whole New Taiwan dollars, dates are ISO text
as written, times are HH:MM local to Asia/Taipei. Field order is the paper's order, and findings are sorted by it.
"""

import msgspec


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    pass


class PastYear(_Part, frozen=True):
    """A year in which this community was approved before."""

    school_year: int | None = None
    tier: str | None = None


class Convener(_Part, frozen=True):
    """社群召集人."""

    name: str | None = None
    title: str | None = None
    school: str | None = None
    subject: str | None = None
    email: str | None = None
    phone: str | None = None


class Member(_Part, frozen=True):
    """社群成員, the convener not among them."""

    school: str | None = None
    name: str | None = None
    subject: str | None = None
    note: str | None = None


class Lecturer(_Part, frozen=True):
    """Who lectures or advises in a session; `periods` (節 of 50 minutes) is 0 or blank when unpaid."""

    name: str | None = None
    affiliation: str | None = None
    kind: str | None = None
    periods: int | float | None = None
    rate: int | None = None


class Session(_Part, frozen=True):
    """One planned session (場次) of 附件二 三."""

    date: str | None = None
    start: str | None = None
    end: str | None = None
    content: str | None = None
    methods: tuple[str, ...] | None = None
    method_other: str | None = None
    host: str | None = None
    lecturer: Lecturer | None = None
    place: str | None = None
    online: bool | None = None
    classroom_practice: bool | None = None
    public_lesson_teacher: str | None = None
    open_to_city: bool | None = None
    note: str | None = None


class Outcome(_Part, frozen=True):
    """An expected outcome and how it is checked (附件二 四)."""

    outcome: str | None = None
    check: str | None = None


class BudgetLine(_Part, frozen=True):
    """One line of the budget estimate (附件二 五)."""

    line: str | None = None
    quantity: int | float | None = None
    unit_price: int | None = None
    amount: int | None = None
    travel_mode: str | None = None
    note: str | None = None


class MaterialItem(_Part, frozen=True):
    """One item of 附錄1."""

    name: str | None = None
    quantity: int | None = None
    unit: str | None = None
    unit_price: int | None = None
    amount: int | None = None
    note: str | None = None


class Book(_Part, frozen=True):
    """One title of 附錄2."""

    title: str | None = None
    relevance: str | None = None
    copies: int | None = None


class Application(_Part, frozen=True):
    """One community's application; only `programme` must be there."""

    programme: str
    name: str | None = None
    tier: str | None = None
    tier_year: int | None = None
    history: tuple[PastYear, ...] | None = None
    cross_school: bool | None = None
    school_developed_curriculum: bool | None = None
    fiscal_school: str | None = None
    other_funding: str | None = None
    content_types: tuple[str, ...] | None = None
    content_other: str | None = None
    convener: Convener | None = None
    summary: str | None = None
    members: tuple[Member, ...] | None = None
    approaches: tuple[str, ...] | None = None
    approaches_other: str | None = None
    sessions: tuple[Session, ...] | None = None
    outcomes: tuple[Outcome, ...] | None = None
    budget: tuple[BudgetLine, ...] | None = None
    materials: tuple[MaterialItem, ...] | None = None
    books: tuple[Book, ...] | None = None
