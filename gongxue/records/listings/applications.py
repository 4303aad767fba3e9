"""Lists of applications: filtered, searched, sorted, paged, added up, exported. All of what the actor may see, and nothing else."""

import datetime
import uuid
from collections.abc import Callable, Iterator
from typing import Any, Final, Literal

import msgspec
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from gongxue.records.actor import Actor
from gongxue.records.columns import searchable
from gongxue.records.document import Document, without_ids
from gongxue.records.listings.likeness import alike
from gongxue.records.models import Application
from gongxue.records.sight import visible_to
from gongxue.rules.text import Text

Flagged = Q | Callable[[Actor, str], Q]
"""The applications with a flag; for some it hangs on who asks, and on the programme."""
FLAGS: Final[dict[str, tuple[Text, Flagged]]] = {
    "cross_school": (Text("跨校", "Cross-school"), Q(cross_school=True)),
    "errors": (Text("尚有待改正", "With errors"), Q(errors__gt=0)),
    "warnings": (Text("有提醒", "With warnings"), Q(warnings__gt=0)),
    "over_ceiling": (Text("超過經費上限", "Over the ceiling"), Q(asked__gt=F("ceiling"))),
    "no_school": (Text("沒有核銷學校", "No fiscal school"), Q(fiscal_school__isnull=True)),
    "alike": (Text("可能重複", "May be a duplicate"), alike),
}
"""What a list can be narrowed to by one tick, and what it is called."""
# Of a filtered list, newest first must not read the index of what is newest: it would look at every application on the way to the few
# that are wanted. COALESCE, which changes nothing, is what keeps both databases from it.
ORDERS: Final[dict[str, Any]] = {
    "changed": Coalesce(F("changed_at"), F("changed_at")).desc(),
    "name": F("name"),
    "school": F("fiscal_school__key"),
    "tier": F("tier"),
    "state": F("state"),
    "asked": F("asked").desc(),
    "people": F("people").desc(),
    "submitted": F("submitted_at").desc(nulls_last=True),
}
MOST_A_PAGE: Final = 200
MOST_WORDS: Final = 10


class Filters(msgspec.Struct, frozen=True):
    """What a list is narrowed to; blank is everything. `school` is the fiscal school's primary key, `text` looks in name, people,
    schools, summary: every word of it must be there."""

    programme: str = ""
    school: int | None = None
    tier: str = ""
    states: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    text: str = ""


EVERYTHING: Final = Filters()


class Row(msgspec.Struct, frozen=True):
    """One application in a list. Money is whole New Taiwan dollars; `ceiling` is None where the tier is unknown."""

    id: uuid.UUID
    name: str
    tier: str
    state: str
    version: int
    school_id: int | None
    school: str | None
    cross_school: bool
    people: int
    sessions: int
    asked: int
    ceiling: int | None
    errors: int
    warnings: int
    changed_at: datetime.datetime
    submitted_at: datetime.datetime | None


_SOURCES: Final = {"id": "pk", "school_id": "fiscal_school", "school": "fiscal_school__name"}
_VALUES: Final = tuple(_SOURCES.get(name, name) for name in Row.__struct_fields__)


class Page(msgspec.Struct, frozen=True):
    """One page of a list, and what the whole list adds up to."""

    rows: tuple[Row, ...]
    number: int
    size: int
    count: int
    asked: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.count // self.size))


def narrowed(actor: Actor, filters: Filters) -> QuerySet[Application]:
    """The applications of `filters` that `actor` may see. An unknown state, tier or flag finds nothing."""
    found = visible_to(actor)
    if filters.programme:
        found = found.filter(programme=filters.programme)
    if filters.school is not None:
        found = found.filter(fiscal_school=filters.school)
    if filters.tier:
        found = found.filter(tier=filters.tier)
    if filters.states:
        found = found.filter(state__in=filters.states)
    for flag in filters.flags:
        _label, flagged = FLAGS.get(flag, (None, Q(pk__in=[])))
        found = found.filter(flagged if isinstance(flagged, Q) else flagged(actor, filters.programme))
    for word in filters.text[:200].split()[:MOST_WORDS]:
        found = found.filter(search__contains=searchable(word))
    return found


class Cell(msgspec.Struct, frozen=True):
    """The applications of one school (its primary key), tier and state: how many, and what they ask for together."""

    school: int | None
    tier: str
    state: str
    count: int
    asked: int


def cells(actor: Actor, filters: Filters = EVERYTHING) -> tuple[Cell, ...]:
    """A list added up by school, tier and state; everything else that is counted is a sum of these. One query."""
    rows = (
        narrowed(actor, filters).order_by().values_list("fiscal_school", "tier", "state").annotate(number=Count("*"), together=Sum("asked"))
    )
    return tuple(Cell(school, tier, state, count, int(asked or 0)) for school, tier, state, count, asked in rows)


def applications(
    actor: Actor,
    filters: Filters = EVERYTHING,
    *,
    order: str = "changed",
    page: int = 1,
    size: int = 50,
    counted: tuple[Cell, ...] | None = None,
) -> Page:
    """One page of the list; a page beyond the last is the last. An unknown order is the usual one.

    Two queries; one where the caller has added the list up already (`counted`).
    """
    found, size = narrowed(actor, filters), min(max(size, 1), MOST_A_PAGE)
    sums = cells(actor, filters) if counted is None else counted
    count, asked = sum(each.count for each in sums), sum(each.asked for each in sums)
    number = min(max(page, 1), max(1, -(-count // size)))
    everything = filters == Filters(programme=filters.programme)
    newest = order == "changed" or order not in ORDERS
    ordering = (F("changed_at").desc() if newest and everything else ORDERS.get(order, ORDERS["changed"]), F("pk"))
    # The keys of one page are found in an index, and only those fifty are read.
    keys = found.order_by(*ordering).values("pk")[(number - 1) * size : number * size]
    rows = Application.objects.filter(pk__in=keys).order_by(*ordering).values_list(*_VALUES)
    return Page(tuple(Row(*row) for row in rows), number, size, count, asked)


class Tally(msgspec.Struct, frozen=True):
    """How many applications of one kind, and what they ask for together."""

    of: str
    count: int
    asked: int


def tallies(actor: Actor, filters: Filters = EVERYTHING, *, by: Literal["tier", "state", "school"] = "tier") -> tuple[Tally, ...]:
    """Counts and money by tier, state or fiscal school (by its key, "" for none). One query."""
    key = "fiscal_school__key" if by == "school" else by
    rows = narrowed(actor, filters).order_by(key).values_list(key).annotate(number=Count("*"), together=Sum("asked"))
    return tuple(Tally(of or "", count, int(asked or 0)) for of, count, asked in rows)


class ExportRow(msgspec.Struct, frozen=True):
    """One application as a line of a sheet: what the list shows, and who to ask. `document` is its content in the exchange format."""

    row: Row
    convener: str
    email: str
    phone: str
    members: str
    summary: str
    document: Document


def exported(actor: Actor, filters: Filters = EVERYTHING) -> Iterator[ExportRow]:
    """Every application of the list with its content, by school and name. One query, read in portions."""
    found = narrowed(actor, filters).order_by("fiscal_school__key", "name", "pk").values_list(*_VALUES, "document")
    for *values, document in found.iterator(chunk_size=500):
        content = without_ids(document)
        convener = content.get("convener") or {}
        names = "、".join(row["name"] for row in content.get("members") or [] if row.get("name"))
        name, email, phone = (str(convener.get(field) or "") for field in ("name", "email", "phone"))
        yield ExportRow(Row(*values), name, email, phone, names, content.get("summary") or "", content)
