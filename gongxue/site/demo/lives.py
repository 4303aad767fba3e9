"""How the demo's communities came to where they stand: each through the doors, step by step, on believable days."""

import datetime
import random
import uuid
from collections.abc import Callable, Iterator
from typing import Any, Final

import msgspec

from gongxue.records.changes import Change
from gongxue.records.community import add_member
from gongxue.records.doors import edit, start
from gongxue.records.invitations import invite_to_draft
from gongxue.records.models import School, User
from gongxue.records.presence import touch
from gongxue.rules.programme import Programme
from gongxue.site.demo import papers
from gongxue.site.demo.papers import Document
from gongxue.site.demo.townsfolk import Townsman

SPACE: Final = uuid.UUID("7d3a1c52-4f0e-4f5a-9a38-2b1f0c111000")
"""From this and a number comes the address of each community, the same in every filling."""
HEAD: Final = ("programme", "name", "tier", "tier_year", "cross_school", "school_developed_curriculum", "fiscal_school", "convener")
PORTIONS: Final = (("content_types", "approaches", "summary"), ("members",), ("sessions",), ("outcomes", "materials", "books"), ("budget",))
"""In what order people write a paper, an evening each."""
WRITTEN: Final = {"begun": 1, "half": 3}
"""How many portions are written where it goes no further."""
MINUTE: Final = datetime.timedelta(minutes=1)


class Plot(msgspec.Struct, frozen=True):
    """One community: who convenes it with whom, how it goes (`ending`), what its paper lacks.

    `invited` is an address with an open invitation; `beside` whether the first member is writing in it at this moment.
    """

    number: int
    topic: tuple[str, ...]
    convener: Townsman
    members: tuple[Townsman, ...]
    ending: str
    lacks: tuple[str, ...] = ()
    invited: str = ""
    beside: bool = False

    @property
    def key(self) -> uuid.UUID:
        """Under which address it is found."""
        return key_of(self.number)


def key_of(number: int) -> uuid.UUID:
    """The address of the community with this number."""
    return uuid.uuid5(SPACE, str(number))


def _no_summary(paper: Document) -> None:
    paper["summary"] = ""


def _few_sessions(paper: Document) -> None:
    del paper["sessions"][-2:]


def _dear_print(paper: Document) -> None:
    for line in paper["budget"]:
        if line["line"] == "printing":
            line |= {"quantity": 400, "amount": line["unit_price"] * 400}


def _no_outcomes(paper: Document) -> None:
    paper["outcomes"] = []


def _no_lecturer(paper: Document) -> None:
    for row in paper["sessions"]:
        row.pop("lecturer", None)


LACKS: Final[dict[str, Callable[[Document], None]]] = {
    "summary": _no_summary,
    "sessions": _few_sessions,
    "budget": _dear_print,
    "outcomes": _no_outcomes,
    "lecturer": _no_lecturer,
}
"""What people have not got right yet; each leaves at least one error."""


def write(plot: Plot, programme: Programme, chance: random.Random, until: datetime.datetime) -> tuple[datetime.datetime, datetime.datetime]:
    """Let a community write its paper in the two weeks before `until`; when it had, and when somebody had looked at it."""
    begun, written, told, *_ = _evenings(chance, until)
    paper = paper_of(plot, programme, chance)
    head = {field: paper[field] for field in HEAD}
    application = start(head, actor=plot.convener.actor, at=begun, key=plot.key)
    for number, member in enumerate(plot.members, start=1):
        add_member(application.pk, member.user.pk, actor=plot.convener.actor, at=begun + number * MINUTE)
    if plot.invited:
        invite_to_draft(application.pk, plot.invited, actor=plot.convener.actor, at=until - datetime.timedelta(days=2))
    writers = [plot.convener, *plot.members[:1]]
    for number, changes in enumerate(_portions(paper, WRITTEN.get(plot.ending, len(PORTIONS)))):
        at = begun + (written - begun) * (number + 1) / len(PORTIONS)
        edit(application.pk, changes, actor=writers[number % len(writers)].actor, at=at)
    if plot.beside:
        _write_beside(plot, paper, until)
    return written, told


def _evenings(chance: random.Random, until: datetime.datetime) -> list[datetime.datetime]:
    """Three moments of the two weeks before, in order, each after school."""
    days = sorted(chance.sample(range(1, 16), 3), reverse=True)
    evening = until.replace(hour=16, minute=0)
    return [evening - datetime.timedelta(days=day, minutes=-chance.randrange(300)) for day in days]


def paper_of(plot: Plot, programme: Programme, chance: random.Random) -> Document:
    """What a community writes, with what it has not got right yet."""
    school = school_of(plot.convener)
    members: list[tuple[User, School]] = [(each.user, school_of(each)) for each in plot.members]
    paper = papers.document(chance, programme, plot.topic, plot.convener.user, members, school)
    for lack in plot.lacks:
        LACKS[lack](paper)
    return paper


def school_of(person: Townsman) -> School:
    """Where somebody works; raises ValueError for whoever belongs to no school."""
    if person.school is None:
        raise ValueError(f"{person.user.name} belongs to no school")
    return person.school


def _portions(paper: Document, count: int) -> Iterator[list[Change]]:
    for fields in PORTIONS[:count]:
        changes: list[Change] = []
        for field in fields:
            changes.extend(
                _rows(field, paper[field]) if isinstance(paper[field], list) and field not in PORTIONS[0] else [_set(field, paper[field])]
            )
        yield changes


def _set(field: str, value: Any) -> Change:
    return Change("set", field, [] if isinstance(value, list) else "", value)


def _rows(field: str, rows: list[Document]) -> Iterator[Change]:
    for number, row in enumerate(rows):
        yield Change("insert", field, value=row, row=f"{field}{number}", after=f"{field}{number - 1}" if number else "")


def _write_beside(plot: Plot, paper: Document, until: datetime.datetime) -> None:
    """A colleague wrote minutes ago, and still has the section open."""
    colleague, last = plot.members[0], len(paper["sessions"]) - 1
    stood = paper["sessions"][last]["content"]
    change = Change("set", f"sessions/sessions{last}/content", stood, f"{stood}，討論下學年的修正")
    edit(plot.key, [change], actor=colleague.actor, at=until - 4 * MINUTE)
    touch(plot.key, colleague.user.pk, "sessions", until)
