"""People for pages: who can be picked as a member, who writes with a community, who holds which post at a school."""

import datetime
import uuid
from collections.abc import Collection
from typing import Final

import msgspec
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from gongxue.records.actor import Actor
from gongxue.records.models import Application, Message, Post
from gongxue.records.people import held_on, post_ties
from gongxue.records.sight import permitted
from gongxue.rules.access import GRANTS, POST, may

MOST = 50
"""A picker shows no more: who looks for somebody types on."""


class Colleague(msgspec.Struct, frozen=True):
    """Somebody who can be picked as a member. No e-mail address: that is for those who write with the same community."""

    user: int
    name: str
    subject: str
    school: str


def people_of_school(actor: Actor, school_id: int, query: str, day: datetime.date) -> tuple[Colleague, ...]:
    """People with a post at a school on `day` whose name holds `query`, by name; only for whoever can edit some draft. Two queries."""
    if not permitted(actor, "edit").exists():
        return ()
    posts = held_on(day).filter(school=school_id, stands_in_for=None, user__name__icontains="".join(query.split())[:50])
    rows = posts.order_by("user__name", "user").values_list("user", "user__name", "user__subject", "school__name").distinct()
    return tuple(Colleague(*row) for row in rows[:MOST])


def colleagues(actor: Actor, school_id: int, users: Collection[int], day: datetime.date) -> tuple[Colleague, ...]:
    """Those of `users` who have a post at a school on `day`, by name; only for whoever can edit some draft. Two queries."""
    if not permitted(actor, "edit").exists():
        return ()
    posts = held_on(day).filter(school=school_id, stands_in_for=None, user__in=users)
    rows = posts.order_by("user__name", "user").values_list("user", "user__name", "user__subject", "school__name").distinct()
    return tuple(Colleague(*row) for row in rows)


class Person(msgspec.Struct, frozen=True):
    """Somebody who writes with a community."""

    user: int
    name: str
    email: str
    role: str


def persons_of(application: Application) -> tuple[Person, ...]:
    """Who writes with a community, the convener first. For pages of that community. One query."""
    rows = application.persons.order_by("role", "user__name", "user").values_list("user", "user__name", "user__email", "role")
    return tuple(Person(*row) for row in rows)


class OpenInvitation(msgspec.Struct, frozen=True):
    """An invitation that can still be taken. `mail` is the state of its letter, "" where none was written."""

    id: int
    email: str
    name: str
    until: datetime.datetime
    mail: str = ""


def open_invitations(application_id: uuid.UUID, at: datetime.datetime) -> tuple[OpenInvitation, ...]:
    """The open invitations of a community, oldest first. For pages of that community. One query."""
    rows = Application(pk=application_id).invitations.filter(void=False, taken_at__isnull=True, until__gt=at)
    letter = Message.objects.filter(invitation=OuterRef("pk")).order_by("-pk").values("state")[:1]
    rows = rows.annotate(mail=Coalesce(Subquery(letter), Value("")))
    return tuple(OpenInvitation(*row) for row in rows.order_by("made_at", "pk").values_list("pk", "email", "name", "until", "mail"))


class Holder(msgspec.Struct, frozen=True):
    """A post and who holds it; `stands_in_for` is the post stood in for. `may` are the verbs that the asking person may do to it."""

    post: int
    user: int
    name: str
    email: str
    role: str
    school: int | None
    first: datetime.date
    last: datetime.date | None
    stands_in_for: int | None
    may: tuple[str, ...]


_VERBS: Final = tuple(dict.fromkeys(grant.verb for grant in GRANTS if grant.subject == POST))


def posts_of(actor: Actor, school_id: int | None, day: datetime.date) -> tuple[Holder, ...]:
    """The posts held on `day`, or to be held later, at a school (None: in the city) as far as `actor` may view them. One query."""
    rows = Post.objects.filter(Q(last__isnull=True) | Q(last__gte=day), school=school_id, user__is_active=True)
    found = []
    for post in rows.select_related("user").order_by("role", "first", "pk"):
        bonds = post_ties(actor, post.user_id, post.role, school_id)
        verbs = tuple(verb for verb in _VERBS if may(POST, verb, bonds, post.role).yes)
        if "view" in verbs:
            told = (post.user.name, post.user.email, post.role, school_id, post.first, post.last, post.stands_in_for_id)
            found.append(Holder(post.pk, post.user_id, *told, verbs))
    return tuple(found)
