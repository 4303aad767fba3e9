"""The desk of a school: its communities and those that its people belong to elsewhere, who each waits for, and what is missing."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Collection
from typing import Final, Literal

import msgspec
from django.db.models import OuterRef, Q, QuerySet, Subquery

from gongxue.records.actor import Actor
from gongxue.records.completion import waits_for_seals
from gongxue.records.listings.applications import Filters, narrowed
from gongxue.records.models import Application, ApplicationPerson, ApplicationSchool, Receipt, Signature
from gongxue.records.programmes import programme_of
from gongxue.records.signatures import chain_of, turn
from gongxue.rules.access import ROLES
from gongxue.rules.programme import Step
from gongxue.rules.text import Text, listed
from gongxue.rules.workflow import APPLICATION

MOST: Final = 500
"""More communities than any school has people for."""
CITY: Final = Text("教育處", "the city")
_FOR_THE_CITY: Final = ("submitted", "first_review", "second_review", "waiting")
_FOR_THE_CONVENER: Final = ("draft", "returned", "completing", "revising")
_ORDER: Final = (
    "signed", "completing", "signing", "returned", "draft", "revising", "submitted", "first_review", "second_review", "waiting", "approved",
    "declined", "ineligible", "withdrawn",
)  # fmt: skip
Mine = Literal["", "fiscal", "partner"]


class Sealed(msgspec.Struct, frozen=True):
    """A signature that holds: whose, when, whether for somebody else (代理), and how."""

    name: str
    at: datetime.datetime
    stands_in: bool
    how: str


class DeskRow(msgspec.Struct, frozen=True):
    """One community on a school's desk. `asked` is None where another school handles the money.

    `waits_for` is nobody ("") where it has ended; `since` is when it was last moved or written in. `unconfirmed` are partner schools that
    have not confirmed their members. `signed` are the seals that hold, by post. `receipt` is the number of the one that holds.
    """

    id: uuid.UUID
    name: str
    tier: str
    state: str
    version: int
    fiscal: bool
    school: str
    convener: str
    cross_school: bool
    people: int
    sessions: int
    asked: int | None
    ceiling: int | None
    errors: int
    warnings: int
    waits_for: Text
    since: datetime.datetime
    unconfirmed: tuple[str, ...]
    chain: tuple[Step, ...]
    signed: dict[str, Sealed]
    submitted_at: datetime.datetime | None
    receipt: str


class Desk(msgspec.Struct, frozen=True):
    """What stands on a school's desk. `asked` and `people` are those of its own communities, `count` and `ready` count them."""

    rows: tuple[DeskRow, ...]

    @property
    def own(self) -> tuple[DeskRow, ...]:
        """The communities whose money this school handles, but those that were withdrawn."""
        return tuple(row for row in self.rows if row.fiscal and row.state != "withdrawn")

    @property
    def ready(self) -> tuple[DeskRow, ...]:
        """Those that the clerk can submit now."""
        return tuple(row for row in self.own if row.state == "signed" and not row.unconfirmed)

    @property
    def asked(self) -> int:
        """Dollars that the school asks for."""
        return sum(row.asked or 0 for row in self.own)

    @property
    def submitted(self) -> int:
        """How many of its own have been submitted."""
        return sum(row.submitted_at is not None for row in self.own)


def school_desk(actor: Actor, school_id: int, filters: Filters, mine: Mine = "") -> Desk:
    """The communities of a school that `actor` may see, narrowed by `filters` (whose school does not count). Three queries."""
    seen = _of_school(narrowed(actor, msgspec.structs.replace(filters, school=None)), school_id, mine)
    convener = ApplicationPerson.objects.filter(application=OuterRef("pk"), role="convener").values("user__name")[:1]
    receipt = Receipt.objects.filter(application=OuterRef("pk"), voided_at__isnull=True).values("text")[:1]
    rows = seen.annotate(convened_by=Subquery(convener), receipt=Subquery(receipt)).select_related("fiscal_school")
    found = list(rows.defer("document", "search").order_by("name", "pk")[:MOST])
    keys = [each.pk for each in found]
    unconfirmed, signed = unconfirmed_of(keys), _signed(keys)
    desk = [_row(each, school_id, tuple(unconfirmed[each.pk]), signed[str(each.pk)]) for each in found]
    return Desk(tuple(sorted(desk, key=lambda row: (not row.fiscal, _ORDER.index(row.state)))))


def _of_school(seen: QuerySet[Application], school_id: int, mine: Mine) -> QuerySet[Application]:
    own = Q(fiscal_school=school_id)
    there = Q(pk__in=ApplicationSchool.objects.filter(school=school_id).values("application")) & ~own
    return seen.filter({"": own | there, "fiscal": own, "partner": there}[mine])


def unconfirmed_of(keys: Collection[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """The partner schools that have not confirmed their members, by application. One query."""
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    rows = ApplicationSchool.objects.filter(application__in=keys, confirmed_at__isnull=True).exclude(people="")
    for key, school, fiscal, name in rows.order_by("school__key").values_list(
        "application", "school", "application__fiscal_school", "school__name"
    ):
        if school != fiscal:
            found[key].append(name)
    return found


def _signed(keys: Collection[uuid.UUID]) -> dict[str, dict[str, Sealed]]:
    found: dict[str, dict[str, Sealed]] = defaultdict(dict)
    rows = Signature.objects.filter(subject=APPLICATION, subject_id__in=[str(key) for key in keys], voided_at__isnull=True)
    for row in rows.select_related("user"):
        found[row.subject_id][row.role] = Sealed(row.signer_name, row.at, row.stands_in_for_id is not None, row.how)
    return found


def _row(application: Application, school_id: int, unconfirmed: tuple[str, ...], signed: dict[str, Sealed]) -> DeskRow:
    fiscal = application.fiscal_school_id == school_id
    chain = chain_of(programme_of(application.programme, application.programme_version), "application")
    return DeskRow(
        application.pk,
        application.name,
        application.tier,
        application.state,
        application.version,
        fiscal,
        application.fiscal_school.name if application.fiscal_school is not None else "",
        str(getattr(application, "convened_by", "") or ""),
        application.cross_school,
        application.people,
        application.sessions,
        application.asked if fiscal else None,
        application.ceiling if fiscal else None,
        application.errors,
        application.warnings,
        waits_for("signing" if waits_for_seals(application) else application.state, turn(chain, signed), unconfirmed),
        application.changed_at,
        unconfirmed,
        chain,
        signed,
        application.submitted_at,
        str(getattr(application, "receipt", "") or ""),
    )


def waits_for(state: str, step: Step | None, unconfirmed: tuple[str, ...]) -> Text:
    """Whose turn it is, as a person reads it."""
    if state in _FOR_THE_CONVENER:
        return ROLES["convener"]
    if state == "signing" and step is not None:
        return Text(step.label, listed([ROLES[role] for role in step.posts]).en)
    if state == "signed":
        there = "、".join(unconfirmed)
        return Text(f"{there}確認成員", f"{', '.join(unconfirmed)} to confirm members") if unconfirmed else ROLES["clerk"]
    if state == "signing":
        return ROLES["convener"]  # a completion with all its seals
    return CITY if state in _FOR_THE_CITY else Text("", "")
