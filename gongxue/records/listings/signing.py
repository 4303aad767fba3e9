"""Chains of sign-offs for pages: who has sealed, whom a paper waits for since when, and what waits for somebody."""

import datetime
import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import Final

import msgspec
from django.db.models import Q

from gongxue.records.actor import Actor
from gongxue.records.columns import searchable
from gongxue.records.completion import waits_for_seals
from gongxue.records.models import Application, Post, SchoolSummary, Signature, TrailEntry
from gongxue.records.people import held_on
from gongxue.records.programmes import programme_of
from gongxue.records.sight import permitted
from gongxue.records.signatures import chain_of, held_for, turn
from gongxue.rules.programme import Step
from gongxue.rules.workflow import APPLICATION, SCHOOL_SUMMARY

MOST: Final = 200
"""A list of what waits for one person shows no more; one school has a tenth of it."""


class Link(msgspec.Struct, frozen=True):
    """One step of a chain: its label on the paper; who sealed it, when and how ("" until then); `holders` are who holds the post now,
    `stand_ins` who stands in for them.

    `is_next`: it waits, since `since`. `scan` is the file of a seal on paper, which `handed_in_by` handed in.
    """

    role: str
    label: str
    by: str = ""
    at: datetime.datetime | None = None
    stands_in: bool = False
    how: str = ""
    scan: int | None = None
    handed_in_by: str = ""
    is_next: bool = False
    since: datetime.datetime | None = None
    holders: tuple[str, ...] = ()
    stand_ins: tuple[str, ...] = ()


class Lost(msgspec.Struct, frozen=True):
    """A seal that no longer covers what stands: of which post, whose, over which version, when."""

    role: str
    label: str
    by: str
    version: int
    at: datetime.datetime


class Signer(msgspec.Struct, frozen=True):
    """One seal of an application in few words: of which post, whose, whether for somebody else, online or on paper."""

    role: str
    name: str
    stands_in: bool
    how: str


def chains_of(applications: Collection[Application]) -> dict[uuid.UUID, tuple[Link, ...]]:
    """The chain of each application, without who holds the posts. Two queries."""
    signed = signed_of([str(each.pk) for each in applications])
    since = _sent(applications)
    return {each.pk: _links(_chain(each), signed.get(str(each.pk), {}), _waits_since(each, signed, since), {}) for each in applications}


def chain_now(application: Application, day: datetime.date) -> tuple[Link, ...]:
    """The chain of one application, with who holds the posts on `day`. Three queries."""
    signed, since = signed_of([str(application.pk)]), _sent([application])
    chain = _chain(application)
    holders = _holders(chain, application.fiscal_school_id, day)
    return _links(chain, signed.get(str(application.pk), {}), _waits_since(application, signed, since), holders)


def summary_chain_now(summary: SchoolSummary, day: datetime.date) -> tuple[Link, ...]:
    """The chain of a school's 附件一, with who holds the posts on `day`. At most two queries; an open one has no seals."""
    chain = chain_of(programme_of(summary.programme, summary.programme_version), SCHOOL_SUMMARY)
    signed = signed_of([str(summary.pk)], SCHOOL_SUMMARY).get(str(summary.pk), {}) if summary.state != "open" else {}
    since = summary.changed_at if summary.state == "signing" else None
    return _links(chain, signed, since, _holders(chain, summary.school_id, day))


def chain_at(application: Application, digest: str, at: datetime.datetime) -> tuple[Link, ...]:
    """The seals that held over the content with this digest at the instant `at`, in the chain's order. One query."""
    rows = Signature.objects.filter(subject=APPLICATION, subject_id=str(application.pk), digest=digest, at__lte=at)
    held = rows.filter(Q(voided_at__isnull=True) | Q(voided_at__gt=at)).select_related("user")
    links = _links(_chain(application), {row.role: row for row in held}, None, {})
    return tuple(link for link in links if link.by)


def lost_seals(application: Application, digest: str, at: datetime.datetime) -> tuple[Lost, ...]:
    """The seals that no longer cover the content with this digest at the instant `at`, since it was completed and not signed again, in the
    chain's order. Two queries, one where no seal was ever lost."""
    rows = Signature.objects.filter(subject=APPLICATION, subject_id=str(application.pk), why="edit", voided_at__lte=at)
    last = {row.role: row for row in rows.select_related("user").order_by("at", "pk")}
    covered = {link.role for link in chain_at(application, digest, at)} if last else set()
    return tuple(
        Lost(row.role, step.label, row.signer_name, row.version, row.at)
        for step in _chain(application)
        for role in step.posts
        if (row := last.get(role)) is not None and role not in covered and row.digest != digest
    )


def signers_of_all() -> dict[str, list[Signer]]:
    """Who sealed each application that has seals, by its key, in the order of signing: for exports, which read everything. One query."""
    rows = Signature.objects.filter(subject=APPLICATION, voided_at__isnull=True).order_by("at", "pk")
    found: dict[str, list[Signer]] = {}
    for key, role, how, hand, user, stood in rows.values_list(
        "subject_id", "role", "how", "stamped_name", "user__name", "stands_in_for"
    ).iterator(chunk_size=2000):
        found.setdefault(key, []).append(Signer(role, (hand or "—") if how == "paper" else user, stood is not None, how))
    return found


def _holders(chain: tuple[Step, ...], school: int | None, day: datetime.date) -> dict[tuple[str, bool], list[str]]:
    """Who holds the posts of a chain, by role and whether it is for somebody else. One query."""
    found: dict[tuple[str, bool], list[str]] = {}
    posts = held_on(day).filter(school=school, role__in=_roles(chain))
    for post in posts.select_related("user").order_by("stands_in_for", "pk"):
        found.setdefault((post.role, post.stands_in_for_id is not None), []).append(post.user.name)
    return found


def turns_of(applications: Iterable[Application], actor: Actor) -> frozenset[uuid.UUID]:
    """Which of these applications wait for this very person's seal. One query, none where none is being signed."""
    signing = [each for each in applications if waits_for_seals(each)]
    if not signing or not actor.posts:
        return frozenset()
    signed = signed_of([str(each.pk) for each in signing])
    return frozenset(each.pk for each in signing if _is_turn(each, signed.get(str(each.pk), {}), actor))


def waiting_for(actor: Actor, text: str = "") -> tuple[Application, ...]:
    """What waits for this person's seal, what waits longest first; `text` narrows it as a search does. Two queries."""
    rows = permitted(actor, "sign").select_related("fiscal_school").defer("document").order_by("changed_at", "pk")
    for word in text[:200].split():
        rows = rows.filter(search__contains=searchable(word))
    found = list(rows)
    turns = turns_of(found, actor)
    return tuple(each for each in found if each.pk in turns)[:MOST]


def _is_turn(application: Application, signed: Mapping[str, Signature], actor: Actor) -> bool:
    step = turn(_chain(application), signed)
    if step is None or held_for(step, application.fiscal_school_id, actor) is None:
        return False
    return not any(row.is_by(actor.user, actor.name) for row in signed.values())


def _chain(application: Application) -> tuple[Step, ...]:
    return chain_of(programme_of(application.programme, application.programme_version), "application")


def _roles(chain: tuple[Step, ...]) -> list[str]:
    return [role for step in chain for role in step.posts]


def signed_of(keys: list[str], subject: str = APPLICATION) -> dict[str, dict[str, Signature]]:
    """The valid signatures of each paper, by role."""
    found: dict[str, dict[str, Signature]] = {}
    rows = Signature.objects.filter(subject=subject, subject_id__in=keys, voided_at__isnull=True).select_related("user")
    for row in rows:
        found.setdefault(row.subject_id, {})[row.role] = row
    return found


def _sent(applications: Collection[Application]) -> dict[str, datetime.datetime]:
    """When each was sent to its school last."""
    keys = [str(each.pk) for each in applications]
    rows = TrailEntry.objects.filter(subject=APPLICATION, subject_id__in=keys, verb="send_to_school").order_by("number")
    return dict(rows.values_list("subject_id", "at"))


def _waits_since(
    application: Application, signed: Mapping[str, Mapping[str, Signature]], sent: Mapping[str, datetime.datetime]
) -> datetime.datetime | None:
    """Since when it waits for its next seal; None where it is not being signed."""
    if not waits_for_seals(application):
        return None
    key = str(application.pk)
    begun = application.seals_asked_at or sent.get(key, application.changed_at)
    return max([begun, *(row.at for row in signed.get(key, {}).values())])


def _links(
    chain: tuple[Step, ...],
    signed: Mapping[str, Signature],
    since: datetime.datetime | None,
    holders: Mapping[tuple[str, bool], Collection[str]],
) -> tuple[Link, ...]:
    following = turn(chain, signed) if since is not None else None
    links = []
    for step in chain:
        row = next((signed[role] for role in step.posts if role in signed), None)
        link = Link(step.posts[0], step.label, is_next=True, since=since) if step is following else Link(step.posts[0], step.label)
        names, others = (
            tuple(dict.fromkeys(name for role in step.posts for name in holders.get((role, stood), ()))) for stood in (False, True)
        )
        links.append(msgspec.structs.replace(_sealed(row, step) if row is not None else link, holders=names, stand_ins=others))
    return tuple(links)


def _sealed(row: Signature, step: Step) -> Link:
    handed_in_by = row.user.name if row.how == "paper" else ""
    return Link(row.role, step.label, row.signer_name, row.at, row.stands_in_for_id is not None, row.how, row.scan_id, handed_in_by)


def holders_of(application: Application, role: str, day: datetime.date) -> list[Post]:
    """Who holds a post of the application's school on `day`, stand-ins not counted. One query."""
    posts = held_on(day).filter(school=application.fiscal_school_id, role=role, stands_in_for=None)
    return list(posts.select_related("user").order_by("pk"))
