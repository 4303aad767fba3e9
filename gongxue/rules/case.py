"""What several rules look at, worked out once for one application: people, sessions with their times, lecturers, money."""

import datetime

import msgspec

from gongxue.rules.application import Application, BudgetLine, Convener, Lecturer, Member, Session
from gongxue.rules.money import ceiling
from gongxue.rules.programme import BudgetItem, Programme
from gongxue.rules.register import normal, school_key
from gongxue.rules.taiwan import parse_iso_date, parse_time

NOBODY = Convener()

_MOST_REMEMBERED = 4096
"""Answers that hold for every application are kept, but no more than these, so that memory stays flat however many applications come."""


def blank(text: str | None) -> bool:
    """Whether a text is absent, empty or white space only."""
    return not text or text.isspace()


class Person(msgspec.Struct, frozen=True, gc=False):
    """The convener (number 0) or a member (counted from 1) who has a name. `key`, of name and school, makes two of them the same."""

    number: int
    name: str
    school: str
    key: tuple[str, str]

    @property
    def path(self) -> str:
        """Where the person stands in the application."""
        return person_path(self.number)


def person_path(number: int) -> str:
    """Where the convener (number 0) or a member (from 1) stands in an application."""
    return f"members[{number - 1}]" if number else "convener"


class Meeting(msgspec.Struct, frozen=True, gc=False):
    """A session with its date and minutes since midnight; None where blank or impossible. `number` counts from 1, as people do."""

    number: int
    session: Session
    date: datetime.date | None
    start: int | None
    end: int | None
    methods: tuple[str, ...]

    @property
    def path(self) -> str:
        """Where the session stands in the application."""
        return f"sessions[{self.number - 1}]"


class Engagement(msgspec.Struct, frozen=True, gc=False):
    """A lecturer in a session. `member` is the person the lecturer is, or None; `periods` is above 0 when paid, `school_key` "" where
    blank."""

    meeting: Meeting
    lecturer: Lecturer
    school_key: str
    periods: int | float
    member: Person | None

    @property
    def path(self) -> str:
        """Where the lecturer stands in the application."""
        return f"sessions[{self.meeting.number - 1}].lecturer"


class BudgetRow(msgspec.Struct, frozen=True, gc=False):
    """A line of the budget, what the programme says of such lines, and of which kind they are; None and "" where it has none of that
    code."""

    index: int
    line: BudgetLine
    item: BudgetItem | None
    kind: str

    @property
    def path(self) -> str:
        """Where the line stands in the application."""
        return f"budget[{self.index}]"


class Desk:
    """What a programme gives to every application, worked out once."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.items: dict[str, BudgetItem] = {item.code: item for item in programme.budget}
        self.lecturer_items = {item.lecturer_kind: item for item in programme.budget if item.kind == "lecturer"}
        self.premium_items = tuple(item for item in programme.budget if item.kind == "premium")
        self.materials_items = tuple(item for item in programme.budget if item.kind == "materials")
        self.miscellaneous_items = tuple(item for item in programme.budget if item.kind == "miscellaneous")
        self.forbidden_modes = frozenset(mode for item in programme.budget for mode in item.forbidden_modes)
        self.tiers = {tier.code: tier for tier in programme.tiers}
        lists = programme.lists
        self.content_types = lists.content_types.codes if lists.content_types else {}
        self.approaches = lists.approaches.codes if lists.approaches else {}
        self.methods = lists.methods.codes if lists.methods else {}
        self.lecturer_kinds = lists.lecturer_kinds.codes if lists.lecturer_kinds else {}
        self.plain_methods = frozenset(self.methods) - {"other"}
        """The methods that need no description."""
        self.names_lecturer = frozenset(programme.session_methods.names_lecturer)
        self.is_school_day = SchoolDays(programme)
        self.school_keys = SchoolKeys(programme)
        hours = programme.figures.teaching_hours_end
        self.teaching_ends = parse_time(hours.value) if hours is not None else None


class SchoolDays(dict[datetime.date, bool]):
    """Remembers which days are school days."""

    def __init__(self, programme: Programme) -> None:
        super().__init__()
        self.programme = programme

    def __missing__(self, day: datetime.date) -> bool:
        answer = self.programme.is_school_day(day)
        if len(self) < _MOST_REMEMBERED:
            self[day] = answer
        return answer


class SchoolKeys(dict[str, str]):
    """Remembers which school each way to write it means (`school_key`)."""

    def __init__(self, programme: Programme) -> None:
        super().__init__()
        self.register = programme.register

    def __missing__(self, text: str) -> str:
        key = school_key(self.register, text)
        if len(self) < _MOST_REMEMBERED:
            self[text] = key
        return key


class People:
    """Everyone in an application: who has a name, each also by `key` and by name alone, the first of equal ones; and the schools of all."""

    def __init__(self, rows: "tuple[Convener | Member, ...]", desk: Desk) -> None:
        self.named: list[Person] = []
        self.by_key: dict[tuple[str, str], Person] = {}
        self.by_name: dict[str, Person] = {}
        self.school_keys: set[str] = set()
        for number, row in enumerate(rows):
            school = desk.school_keys[row.school or ""]
            if school:
                self.school_keys.add(school)
            if row.name and not row.name.isspace():
                name = normal(row.name)
                person = Person(number, row.name, row.school or "", (name, school))
                self.named.append(person)
                self.by_key.setdefault(person.key, person)
                self.by_name.setdefault(name, person)

    def lecturer(self, name: str, school_key: str) -> Person | None:
        """The person a lecturer is: name and school both match; without an affiliation the name alone decides."""
        key = normal(name)
        return self.by_key.get((key, school_key)) if school_key else self.by_name.get(key)


class Estimate:
    """The budget by rows, and the money asked for by kind of line ("" where the programme has no such line); a blank amount is none."""

    def __init__(self, lines: tuple[BudgetLine, ...], desk: Desk) -> None:
        self.desk = desk
        self.rows: list[BudgetRow] = []
        self.asked: dict[str, int] = {}
        for index, line in enumerate(lines):
            item = desk.items.get(line.line or "")
            kind = item.kind if item is not None else ""
            self.rows.append(BudgetRow(index, line, item, kind))
            self.asked[kind] = self.asked.get(kind, 0) + (line.amount or 0)
        self._rates: dict[str, int] = {}

    def amount_path(self, kind: str) -> str:
        """Where the amount of the first line of that kind stands; the budget where it has none."""
        return next((f"{row.path}.amount" for row in self.rows if row.kind == kind), "budget")

    def rate_of(self, lecturer: Lecturer) -> int:
        """What a period pays: the lecturer's rate, else the unit price of the one budget line of that kind, else the programme's rate."""
        if lecturer.rate is not None:
            return lecturer.rate
        item = self.desk.lecturer_items.get(lecturer.kind or "")
        if item is None:
            return 0
        if item.code not in self._rates:
            self._rates[item.code] = self._usual_rate(item)
        return self._rates[item.code]

    def _usual_rate(self, item: BudgetItem) -> int:
        prices = [row.line.unit_price for row in self.rows if row.item is item]
        if len(prices) == 1 and prices[0] is not None:
            return prices[0]
        return item.unit_price.value if item.unit_price is not None else 0


class Case:
    """One application before its programme's rules."""

    def __init__(self, application: Application, desk: Desk) -> None:
        self.application = application
        self.desk = desk
        self.programme = desk.programme
        self.tier = desk.tiers.get(application.tier or "")
        self.convener = application.convener or NOBODY
        self.members = application.members or ()
        self.people = People((self.convener, *self.members), desk)
        self.headcount = len(self.people.by_key)
        self.fiscal_key = desk.school_keys[application.fiscal_school or ""]
        self.meetings = [_meeting(number, session) for number, session in enumerate(application.sessions or (), 1)]
        self.engagements = self._engagements()
        self.paid_members = self._paid_members()
        self.materials = application.materials or ()
        self.budget = Estimate(application.budget or (), desk)
        self.requested = sum(self.budget.asked.values())
        self.lecturer_fees = self.budget.asked.get("lecturer", 0)
        self.ceiling = ceiling(application, self.tier)

    def _engagements(self) -> list[Engagement]:
        """The lecturers who have a name or are paid."""
        found = []
        for meeting in self.meetings:
            lecturer = meeting.session.lecturer
            if lecturer is not None and (lecturer.periods or not blank(lecturer.name)):
                school = self.desk.school_keys[lecturer.affiliation or ""]
                member = self.people.lecturer(lecturer.name or "", school)
                found.append(Engagement(meeting, lecturer, school, lecturer.periods or 0, member))
        return found

    def _paid_members(self) -> dict[tuple[str, str], list[Engagement]]:
        """The engagements of each member who is paid as a lecturer."""
        paid: dict[tuple[str, str], list[Engagement]] = {}
        for each in self.engagements:
            if each.member is not None and each.periods > 0:
                paid.setdefault(each.member.key, []).append(each)
        return paid


def _meeting(number: int, session: Session) -> Meeting:
    date, start, end = parse_iso_date(session.date or ""), parse_time(session.start or ""), parse_time(session.end or "")
    return Meeting(number, session, date, start, end, session.methods or ())
