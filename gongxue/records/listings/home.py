"""What somebody has to do next: one card a community, and for school posts one for each application that waits for them."""

import datetime
import uuid
from typing import Final, Literal

import msgspec
from django.db.models import F, Q

from gongxue.records.actor import Actor, ties
from gongxue.records.listings.signing import turns_of
from gongxue.records.models import Application, ApplicationPerson, ApplicationSchool, TrailEntry
from gongxue.records.openings import deadline_among, late_openings
from gongxue.records.programmes import programme_of
from gongxue.records.sight import visible_to
from gongxue.rules.access import SCHOOL_ROLES, Tie, grants, may
from gongxue.rules.deadlines import is_late
from gongxue.rules.workflow import APPLICATION, leaving

Next = Literal[
    "fix",  # `errors` stand in the way
    "send",  # nothing does: the convener sends it to the school
    "tell_convener",  # nothing does, and the convener has to send it
    "returned",  # with `reason`; `errors` may stand in the way too
    "complete",  # the city asks for completion, with `reason`
    "revise",  # after the first review
    "sign",  # it is this person's turn
    "submit",
    "confirm",  # another school's, with people of this person's school, whom it has not confirmed
    "wait_for_signers",
    "wait_for_clerk",
    "wait_for_city",
    "missed",  # the deadline has passed; what was written is kept
    "ended",  # as `state` tells
]
_WAITING: Final[dict[str, Next]] = {
    "signing": "wait_for_signers",
    "signed": "wait_for_clerk",
    "submitted": "wait_for_city",
    "first_review": "wait_for_city",
    "second_review": "wait_for_city",
    "waiting": "wait_for_city",
    "completing": "complete",
    "revising": "revise",
}
_FOR_ALL_TO_SEE: Final = ("returned", "complete")
_ORDER: Final = (
    "returned", "complete", "revise", "sign", "submit", "confirm", "fix", "send", "tell_convener", "wait_for_signers", "wait_for_clerk",
    "wait_for_city", "missed", "ended",
)  # fmt: skip
Why = tuple[str, str]
"""The transition by which an application came back, and the reason that was given."""
Openings = dict[str, dict[int, datetime.datetime]]
"""Until when schools are open late, by programme."""
_BEFORE_THE_CITY: Final = ("draft", "returned", "signing", "signed")


class Card(msgspec.Struct, frozen=True):
    """One community on somebody's home page.

    `role` is convener, member, or "" for one that concerns a school post. `due` is the exclusive instant by which `next` has to be done.
    `sent_back` is the transition by which it came back, `reason` what it gave. `moves` are the transitions open to this person now, as
    far as the access table tells; conditions and rules are judged by the door.
    """

    application: uuid.UUID
    name: str
    tier: str
    programme: str
    programme_version: int
    state: str
    version: int
    role: str
    school: str
    cross_school: bool
    people: int
    asked: int
    errors: int
    warnings: int
    changed_at: datetime.datetime
    next: Next
    due: datetime.datetime | None
    sent_back: str
    reason: str
    moves: tuple[str, ...]


def home_cards(actor: Actor, at: datetime.datetime) -> tuple[Card, ...]:
    """The cards of `actor`, what presses first. Four queries, one more for who confirms members, and one a programme for late openings."""
    if actor.user is None:
        return ()
    own = dict(ApplicationPerson.objects.filter(user=actor.user).values_list("application", "role"))
    schools = [held.school for held in actor.posts if held.role in SCHOOL_ROLES and held.school is not None]
    at_school = Q(fiscal_school__in=schools, state__in=("signing", "signed", "completing"))
    asked = _asked(actor)
    at_partner = Q(pk__in=asked, state__in=_BEFORE_THE_CITY)
    rows = visible_to(actor).filter(Q(pk__in=own) | at_school | at_partner).defer("document", "search").select_related("fiscal_school")
    applications = list(rows)
    turns = turns_of(applications, actor)
    reasons = _reasons([each for each in applications if each.state in ("returned", "completing")])
    openings = {programme: late_openings(programme) for programme in dict.fromkeys(each.programme for each in applications)}
    cards = [
        _card(each, own.get(each.pk, ""), actor, at, why, openings, mine=each.pk in turns, asked=each.pk in asked)
        for each in applications
        for why in (reasons.get(str(each.pk), ("", "")),)
    ]
    wanted = [card for card in cards if card.role or card.next in (*card.moves, "confirm", "sign")]
    return tuple(sorted(wanted, key=lambda card: (_ORDER.index(card.next), -card.changed_at.timestamp())))


def _asked(actor: Actor) -> frozenset[uuid.UUID]:
    """The communities of other schools whose members this person's school has not confirmed."""
    roles = {role for grant in grants(APPLICATION, "confirm_members") for role in grant.roles}
    schools = [held.school for held in actor.posts if held.role in roles and held.school is not None]
    if not schools:
        return frozenset()
    rows = ApplicationSchool.objects.filter(school__in=schools, confirmed_at__isnull=True).exclude(people="")
    return frozenset(rows.exclude(school=F("application__fiscal_school")).values_list("application", flat=True))


def _reasons(applications: list[Application]) -> dict[str, Why]:
    """How each was sent back last, and why; that the school returned a completion is past once its chain was asked again."""
    keys = {str(each.pk): each.seals_asked_at is not None for each in applications}
    verbs = ("return", "ask_completion", "return_completion")
    entries = TrailEntry.objects.filter(subject=APPLICATION, subject_id__in=keys, verb__in=verbs).order_by("number")
    rows = entries.values_list("subject_id", "verb", "words")
    return {key: (verb, str(words.get("reason", ""))) for key, verb, words in rows if verb != "return_completion" or not keys[key]}


def _card(
    application: Application, role: str, actor: Actor, at: datetime.datetime, why: Why, openings: Openings, *, mine: bool, asked: bool
) -> Card:
    bonds = ties(actor, role, application.fiscal_school_id, frozenset())
    due = _due(application, openings)
    following = _next(application, role, bonds, due is not None and is_late(at, due), mine=mine, asked=asked and not role)
    return Card(
        application.pk,
        application.name,
        application.tier,
        application.programme,
        application.programme_version,
        application.state,
        application.version,
        role,
        application.fiscal_school.name if application.fiscal_school is not None else "",
        application.cross_school,
        application.people,
        application.asked,
        application.errors,
        application.warnings,
        application.changed_at,
        following,
        due,
        *(why if following in _FOR_ALL_TO_SEE else ("", "")),
        _moves(bonds, application.state),
    )


def _moves(bonds: tuple[Tie, ...], now: str) -> tuple[str, ...]:
    return tuple(row.name for row in leaving(APPLICATION, now) if may(APPLICATION, row.verb, bonds, now).yes)


def _due(application: Application, openings: Openings) -> datetime.datetime | None:
    programme = programme_of(application.programme, application.programme_version)
    if application.state in _BEFORE_THE_CITY:
        return deadline_among(programme, application.fiscal_school_id, openings[application.programme])
    return deadline_among(programme, None, {}, "revisions_due") if application.state == "revising" else None


def _next(application: Application, role: str, bonds: tuple[Tie, ...], late: bool, *, mine: bool, asked: bool) -> Next:
    now = application.state
    if late and now in _BEFORE_THE_CITY:
        return "missed"
    if asked:
        return "confirm"
    if now == "returned":
        return "returned"
    if now == "draft":
        if application.errors:
            return "fix"
        return "send" if role == "convener" else "tell_convener"
    if mine:
        return "sign"
    if now == "signed" and may(APPLICATION, "submit", bonds, now).yes:
        return "submit"
    return _WAITING.get(now, "ended")
