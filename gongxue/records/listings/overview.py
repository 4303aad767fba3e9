"""The city at a glance: how many applications stand where, what they ask for, and how far each school has come."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Final, Literal

import msgspec

from gongxue.records.actor import Actor
from gongxue.records.listings.applications import Cell, Filters, cells, narrowed
from gongxue.records.models import School
from gongxue.rules.access import grants
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION, states

Progress = Literal["none", "writing", "signing", "sent"]
_SENT: Final = tuple(
    state.name for state in states(APPLICATION) if state.name not in ("draft", "returned", "signing", "signed", "withdrawn")
)
_OUT: Final = ("ineligible", "declined")
"""Submitted, and out of the running: it asks for no money any more."""
GROUPS: Final[dict[str, tuple[Text, tuple[str, ...]]]] = {
    "writing": (Text("撰寫中", "Being written"), ("draft", "returned")),
    "signing": (Text("核章中", "Being signed"), ("signing", "signed")),
    "sent": (Text("已送件", "Submitted"), _SENT),
}
"""States as the city counts them; what was withdrawn is counted nowhere."""
_GROUP_OF: Final = {state: group for group, (_label, members) in GROUPS.items() for state in members}
PROGRESS: Final[dict[str, Text]] = {
    "none": Text("尚無申請", "No application"),
    "writing": GROUPS["writing"][0],
    "signing": GROUPS["signing"][0],
    "sent": Text("全部送件", "All submitted"),
}
MARKS: Final[dict[int, Text]] = {
    7: Text("尚無申請，或還有撰寫中的", "No application, or one still being written"),
    3: Text("尚無申請，或還有未核完章的", "No application, or one not signed off"),
    1: Text("尚無申請，或還有未送件的", "No application, or one not submitted"),
}
"""How many days before the deadline a school is behind for what."""


class Standing(msgspec.Struct, frozen=True):
    """How far a school has come: how many of its applications are being written, signed, ready to submit, submitted. Money in dollars."""

    id: int
    key: str
    name: str
    full_name: str
    writing: int = 0
    signing: int = 0
    signed: int = 0
    sent: int = 0
    asked: int = 0

    @property
    def count(self) -> int:
        """How many applications it has."""
        return self.writing + self.signing + self.signed + self.sent

    @property
    def progress(self) -> Progress:
        """What has come least far decides."""
        if not self.count:
            return "none"
        if self.writing:
            return "writing"
        return "signing" if self.signing or self.signed else "sent"

    def behind(self, mark: int) -> bool:
        """Whether it is behind so many days before the deadline."""
        unsigned = self.writing + self.signing
        late = {7: self.writing, 3: unsigned, 1: unsigned + self.signed}
        return not self.count or late[mark] > 0


class Overview(msgspec.Struct, frozen=True):
    """What the head of the city's desk says. `asked` is what was submitted, and is not out, asks for.

    `waits_since`: since when the application that is being signed and was touched longest ago waits.
    """

    cells: tuple[Cell, ...]
    schools: tuple[Standing, ...]
    waits_since: datetime.datetime | None

    @property
    def count(self) -> int:
        """Applications that were not withdrawn."""
        return self._count(tuple(_GROUP_OF))

    @property
    def sent(self) -> int:
        """Those that were submitted."""
        return self._count(_SENT)

    @property
    def signing(self) -> int:
        """Those that are being signed."""
        return self._count(("signing",))

    @property
    def asked(self) -> int:
        """Dollars asked for in what was submitted and can still be granted."""
        return sum(cell.asked for cell in self.cells if cell.state in _SENT and cell.state not in _OUT)

    @property
    def without(self) -> int:
        """Schools without any application."""
        return sum(not school.count for school in self.schools)

    def _count(self, among: tuple[str, ...]) -> int:
        return sum(cell.count for cell in self.cells if cell.state in among)


def overview(actor: Actor, programme: str) -> Overview:
    """The whole programme, as far as `actor` may see it. Three queries."""
    found = cells(actor, Filters(programme=programme))
    signing = narrowed(actor, Filters(programme=programme, states=("signing",)))
    oldest = signing.order_by("changed_at").values_list("changed_at", flat=True).first()
    return Overview(found, standings(found), oldest)


def standings(found: Iterable[Cell]) -> tuple[Standing, ...]:
    """Every school that takes part, in the register's order, and any other that has an application. One query."""
    sums: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for cell in found:
        group = "signed" if cell.state == "signed" else _GROUP_OF.get(cell.state)
        if cell.school is not None and group is not None:
            sums[cell.school][group] += cell.count
            sums[cell.school]["asked"] += cell.asked
    rows = School.objects.values_list("pk", "key", "name", "full_name", "participates")
    return tuple(Standing(pk, key, name, full, **sums.get(pk, {})) for pk, key, name, full, takes_part in rows if takes_part or pk in sums)


class Sum(msgspec.Struct, frozen=True):
    """Applications of one kind (a tier's code, or a school's key): how many, and what they ask for together."""

    of: str | int | None
    count: int
    asked: int


def summed(found: Iterable[Cell], by: Literal["tier", "school"]) -> tuple[Sum, ...]:
    """A list added up by tier or by school (its primary key), largest first. No query."""
    counts: dict[str | int | None, list[int]] = defaultdict(lambda: [0, 0])
    for cell in found:
        kept = counts[getattr(cell, by)]
        kept[0] += cell.count
        kept[1] += cell.asked
    ordered = sorted(counts.items(), key=lambda each: (-each[1][0], str(each[0])))
    return tuple(Sum(of, count, asked) for of, (count, asked) in ordered)


def may_oversee(actor: Actor) -> bool:
    """Whether the city's desk is this person's."""
    return bool(actor.roles() & {role for grant in grants(APPLICATION, "oversee") for role in grant.roles})
