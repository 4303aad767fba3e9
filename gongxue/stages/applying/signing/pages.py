"""What the pages of this room show: one paper with its chain, what waits for somebody, partner schools."""

import datetime
from collections.abc import Callable
from typing import Any, Final

import msgspec
from django.urls import reverse

from gongxue.records.actor import Actor
from gongxue.records.completion import can_be_sealed, waits_for_seals
from gongxue.records.document import application_of
from gongxue.records.listings.history import last_change
from gongxue.records.listings.people import posts_of
from gongxue.records.listings.signing import Link, chain_now, chains_of, lost_seals, waiting_for
from gongxue.records.models import Application, ApplicationSchool
from gongxue.records.openings import deadline
from gongxue.records.partners import names_of
from gongxue.records.programmes import programme_of
from gongxue.records.sight import permitted, ties_to
from gongxue.records.signatures import held_for, signable, stands_in_way, turn, valid
from gongxue.rules.access import may
from gongxue.rules.application import Application as Facts
from gongxue.rules.check import check
from gongxue.rules.deadlines import TAIPEI
from gongxue.rules.programme import Programme
from gongxue.rules.reckoning import room
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION, TRANSITIONS
from gongxue.site.accounts import proving
from gongxue.site.chains import steps_of
from gongxue.site.request import Request

BEFORE_THE_CITY: Final = ("draft", "returned", "signing", "signed")
SEALING: Final = ("sign", "sign_on_paper", "name_stand_in")
VERBS: Final = ("sign", "sign_on_paper", "return", "recall", "name_stand_in", "submit", "confirm_members", "print", "edit", "view_history")

ACTS: Final = tuple(
    row.name for row in TRANSITIONS if row.subject == APPLICATION and row.verb in ("sign", "sign_on_paper", "return", "recall")
)
"""What is done in this room that a page confirms."""


class Line(msgspec.Struct, frozen=True):
    """One line of the budget."""

    label: Text | str
    quantity: str
    price: int | None
    amount: int | None


class Partner(msgspec.Struct, frozen=True):
    """A partner school of a community: who of it belongs to it, and whether the school has confirmed them. `mine`: the reader's own."""

    school: int
    name: str
    people: tuple[str, ...]
    words: str
    by: str
    at: datetime.datetime | None
    mine: bool


def day_of(request: Request) -> datetime.date:
    """The day of the request in Taipei."""
    return request.at.astimezone(TAIPEI).date()


def paper_page(request: Request, application: Application, error: str = "", stale: bool = False) -> dict[str, Any]:
    """The page of one paper: what is signed, by whom, and what the reader can do."""
    actor, paper = request.actor, signable(application)
    programme, facts = programme_of(application.programme, application.programme_version), application_of(application.document)
    bonds = ties_to(actor, application)
    can = {verb: may(APPLICATION, verb, bonds, application.state).yes and _open(application, verb) for verb in VERBS}
    signed = valid(APPLICATION, paper.subject_id)
    step = turn(paper.chain, signed)
    way, mine = (
        (stands_in_way(paper, signed, actor) if can["sign"] else None),
        any(row.is_by(actor.user, actor.name) for row in signed.values()),
    )
    again = step is not None and held_for(step, paper.school, actor) is not None
    return {
        "application": application, "paper": paper, "can": can, "way": way if again or not mine else None, "error": error, "stale": stale,
        "held": held_for(step, paper.school, actor) if step is not None and can["sign"] and way is None else None,
        "steps": steps_of(chain_now(application, day_of(request)), request.at, _scans(application) if can["view_history"] else None),
        "tier": tier.label if (tier := programme.tier(facts.tier)) is not None else facts.tier or "",
        "facts": facts, "money": room(facts, programme), "lines": _lines(facts, programme),
        "findings": sorted(check(facts, programme), key=lambda each: ("error", "warning", "info").index(each.severity)),
        "partners": partners_of(application, actor),
        "due": deadline(programme, application.fiscal_school_id) if application.state in BEFORE_THE_CITY else None,
        "lost": lost_seals(application, paper.digest, request.at) if application.submitted_at is not None else (),
        "asks_password": proving.asks_password(request), "entered_lately": proving.entered_lately(request),
        "again_by": proving.again_by(), "person": request.user,
    }  # fmt: skip


def _open(application: Application, verb: str) -> bool:
    """Whether the state has anything to do with `verb`, beyond what the access table tells: a completion is sealed on paper where the city
    asked, sealed online and returned once the chain was asked."""
    if verb in ("return", "sign") and application.state == "completing":
        return waits_for_seals(application)
    return verb not in SEALING or can_be_sealed(application)


def _scans(application: Application) -> Callable[[int], str]:
    return lambda key: reverse("signing:scanned", args=[application.pk, key])


def _lines(facts: Facts, programme: Programme) -> list[Line]:
    labels = {item.code: item.label for item in programme.budget}
    return [
        Line(labels.get(line.line or "", line.line or ""), f"{line.quantity:g}" if line.quantity is not None else "", line.unit_price,
             line.amount)
        for line in facts.budget or ()
    ]  # fmt: skip


def partners_of(application: Application, actor: Actor) -> list[Partner]:
    """The partner schools of a community. One query."""
    rows = application.schools.exclude(school=application.fiscal_school_id).exclude(people="")
    return [_partner(row, actor) for row in rows.select_related("school", "confirmed_by").order_by("school__key")]


def _partner(row: ApplicationSchool, actor: Actor) -> Partner:
    by = row.confirmed_by.name if row.confirmed_by is not None else ""
    mine = any(held.school == row.school_id and held.role in ("clerk", "director") for held in actor.posts)
    return Partner(row.school_id, row.school.name, names_of(row), row.people, by, row.confirmed_at, mine)


def last_act(request: Request, application: Application) -> dict[str, Any]:
    """What the reader did here last to an application (`act`), and what changed after it (`later`), each None where there is none. Two
    queries."""
    mine = last_change(application, user=request.actor.user, verbs=ACTS)
    newest = last_change(application)
    return {"act": mine, "later": newest if mine is not None and newest is not None and newest.number > mine.number else None}


class Row(msgspec.Struct, frozen=True):
    """One paper in a list."""

    application: Application
    chain: tuple[Link, ...]
    since: datetime.datetime | None
    tier: Text | str


def waiting_rows(actor: Actor, text: str = "") -> list[Row]:
    """What waits for somebody's seal, what waits longest first. Four queries."""
    found = waiting_for(actor, text)
    chains = chains_of(found)
    rows = [Row(each, chains[each.pk], next((link.since for link in chains[each.pk] if link.is_next), None), _tier(each)) for each in found]
    return sorted(rows, key=lambda row: row.since.timestamp() if row.since is not None else 0)


def _tier(application: Application) -> Text | str:
    tier = programme_of(application.programme, application.programme_version).tier(application.tier)
    return tier.label if tier is not None else application.tier


class PartnerRow(msgspec.Struct, frozen=True):
    """One community of another school to which people of the reader's school belong."""

    application: Application
    partner: Partner


def partner_rows(actor: Actor, text: str = "") -> list[PartnerRow]:
    """What the reader's school has to confirm, or has confirmed and not yet seen submitted; the open ones first. One query."""
    mine = [held.school for held in actor.posts if held.role in ("clerk", "director") and held.school is not None]
    rows = ApplicationSchool.objects.filter(application__in=permitted(actor, "confirm_members"), school__in=mine).exclude(people="")
    for word in text[:200].split():
        rows = rows.filter(application__name__icontains=word)
    rows = rows.select_related("application__fiscal_school", "school", "confirmed_by").defer("application__document")
    found = [PartnerRow(row.application, _partner(row, actor)) for row in rows if row.school_id != row.application.fiscal_school_id]
    return sorted(found, key=lambda row: (row.partner.at is not None, row.application.changed_at))


def stand_in_choices(application: Application, actor: Actor, day: datetime.date) -> tuple[list[str], list[tuple[int, str]]]:
    """For which posts of the chain the reader may name a stand-in, and who could be one. Five queries."""
    paper = signable(application)
    signed = valid(APPLICATION, paper.subject_id)
    left = [role for step in paper.chain for role in step.posts if not set(step.posts) & set(signed)]
    head = any(held.role == "principal" and held.school == paper.school for held in actor.posts)
    chain = {role for step in paper.chain for role in step.posts}
    holders = [each for each in posts_of(actor, paper.school, day) if each.first <= day]
    busy = {each.user for each in holders if each.role in chain and each.stands_in_for is None}
    busy |= {each.user for each in holders if any(row.is_by(each.user, each.name) for row in signed.values())}
    people = {each.user: each.name for each in holders if each.user not in busy}
    return [role for role in left if head or role == "principal"], sorted(people.items(), key=lambda person: person[1])
