"""What several rules look at, worked out once for one application: people, sessions with their times, lecturers, money."""

import datetime

import msgspec

from gongxue.rules.application import Application, BudgetLine, Convener, Lecturer, Member, Session
from gongxue.rules.money import ceiling, codes_of, stated
from gongxue.rules.programme import BudgetItem, Programme
from gongxue.rules.register import normal, school_key
from gongxue.rules.taiwan import parse_iso_date, parse_time

NOBODY = Convener()


def blank(text: str | None) -> bool:
    """Whether a text is absent, empty or white space only."""
    return not text or text.isspace()


class Person(msgspec.Struct, frozen=True, gc=False):
    """The convener or a member who has a name: where it stands, and what it is compared by."""

    path: str
    name: str
    school: str
    name_key: str
    school_key: str


class Meeting(msgspec.Struct, frozen=True, gc=False):
    """A session with its date and minutes since midnight; None where blank or impossible. `number` counts from 1, as people do."""

    number: int
    session: Session
    date: datetime.date | None
    start: int | None
    end: int | None
    methods: frozenset[str]

    @property
    def path(self) -> str:
        """Where the session stands in the application."""
        return f"sessions[{self.number - 1}]"


class Engagement(msgspec.Struct, frozen=True, gc=False):
    """A lecturer in a session. `member` is the person the lecturer is, or None; `periods` is above 0 when paid."""

    meeting: Meeting
    lecturer: Lecturer
    periods: int | float
    member: Person | None

    @property
    def path(self) -> str:
        """Where the lecturer stands in the application."""
        return f"{self.meeting.path}.lecturer"


class Desk:
    """What a programme gives to every application, worked out once."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.items: dict[str, BudgetItem] = {item.code: item for item in programme.budget}
        self.lecturer_items = {item.lecturer_kind: item for item in programme.budget if item.kind == "lecturer"}
        self.lecturer_codes = codes_of(programme, "lecturer")
        self.premium_codes = codes_of(programme, "premium")
        self.materials_codes = codes_of(programme, "materials")
        self.materials_items = tuple(item for item in programme.budget if item.kind == "materials")
        self.miscellaneous_codes = codes_of(programme, "miscellaneous")
        self.tiers = {tier.code: tier for tier in programme.tiers}
        lists = programme.lists
        self.content_types = lists.content_types.codes if lists.content_types else {}
        self.approaches = lists.approaches.codes if lists.approaches else {}
        self.methods = lists.methods.codes if lists.methods else {}
        self.lecturer_kinds = lists.lecturer_kinds.codes if lists.lecturer_kinds else {}
        self.names_lecturer = frozenset(programme.session_methods.names_lecturer)
        self.unpaid_members = frozenset(programme.session_methods.unpaid_members)
        self.is_school_day = SchoolDays(programme)


class SchoolDays(dict[datetime.date, bool]):
    """Remembers which days are school days; at most one entry a day."""

    def __init__(self, programme: Programme) -> None:
        super().__init__()
        self.programme = programme

    def __missing__(self, day: datetime.date) -> bool:
        answer = self.programme.is_school_day(day)
        if len(self) < 4096:
            self[day] = answer
        return answer


class Case:
    """One application before its programme's rules."""

    def __init__(self, application: Application, desk: Desk) -> None:
        self.application = application
        self.desk = desk
        self.programme = programme = desk.programme
        self.tier = desk.tiers.get(application.tier or "")
        self.convener = application.convener or NOBODY
        self.members = application.members or ()
        self.budget = application.budget or ()
        self.materials = application.materials or ()
        register = programme.register
        self.fiscal_key = school_key(register, application.fiscal_school)
        self.people = tuple(self._people())
        self.headcount = len({(person.name_key, person.school_key) for person in self.people})
        self.school_keys = {school_key(register, row.school) for row in self._rows()} - {""}
        self.meetings = tuple(_meeting(index, session) for index, session in enumerate(application.sessions or ()))
        self.engagements = tuple(self._engagements())
        self.paid_members = tuple(each for each in self.engagements if each.member is not None and each.periods > 0)
        self.requested = stated(self.budget)
        self.lecturer_fees = stated(line for line in self.budget if line.line in desk.lecturer_codes)
        self.ceiling = ceiling(application, self.tier)

    def _rows(self) -> "tuple[Convener | Member, ...]":
        return (self.convener, *self.members)

    def _people(self) -> "list[Person]":
        register = self.programme.register
        people = []
        for number, row in enumerate(self._rows()):
            if not blank(row.name):
                path = f"members[{number - 1}]" if number else "convener"
                name = row.name or ""
                people.append(Person(path, name, row.school or "", normal(name), school_key(register, row.school)))
        return people

    def _engagements(self) -> "list[Engagement]":
        found = []
        for meeting in self.meetings:
            lecturer = meeting.session.lecturer
            if lecturer is None:
                continue
            periods = lecturer.periods or 0
            if blank(lecturer.name) and not periods:
                continue
            found.append(Engagement(meeting, lecturer, periods, self.member_of(lecturer)))
        return found

    def member_of(self, lecturer: Lecturer) -> Person | None:
        """The person a lecturer is: name and school both match; without an affiliation the name alone decides."""
        if blank(lecturer.name):
            return None
        name = normal(lecturer.name or "")
        school = school_key(self.programme.register, lecturer.affiliation)
        for person in self.people:
            if person.name_key == name and (not school or person.school_key == school):
                return person
        return None

    def lines(self, codes: frozenset[str]) -> list[tuple[int, BudgetLine]]:
        """The budget lines of those codes, with their places."""
        return [(index, line) for index, line in enumerate(self.budget) if line.line in codes]

    def rate_of(self, lecturer: Lecturer) -> int:
        """What a period pays: the lecturer's rate, else the unit price of the one budget line of that kind, else the programme's rate."""
        if lecturer.rate is not None:
            return lecturer.rate
        item = self.desk.lecturer_items.get(lecturer.kind or "")
        if item is None:
            return 0
        prices = [line.unit_price for line in self.budget if line.line == item.code]
        if len(prices) == 1 and prices[0] is not None:
            return prices[0]
        return item.unit_price.value if item.unit_price is not None else 0


def _meeting(index: int, session: Session) -> Meeting:
    date = parse_iso_date(session.date) if session.date else None
    start = parse_time(session.start) if session.start else None
    end = parse_time(session.end) if session.end else None
    methods = frozenset(session.methods or ())
    return Meeting(index + 1, session, date, start, end, methods)
