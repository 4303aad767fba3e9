"""Brings many people in at once, with their posts: all or nothing, each row with its effect or its error."""

import datetime
from collections.abc import Sequence

import msgspec
from django.db import transaction
from django.db.models import Q

from gongxue.records import trail
from gongxue.records.actor import Actor, Capacity, capacity
from gongxue.records.document import tidy
from gongxue.records.invitations import address
from gongxue.records.models import Post, User
from gongxue.records.people import give_post
from gongxue.records.refusals import NotAllowed, Refused
from gongxue.records.whole import whole
from gongxue.rules.access import ROLES, USER, Tie, may
from gongxue.rules.register import normal
from gongxue.rules.text import Text

LONGEST = 100


class Given(msgspec.Struct, frozen=True):
    """A post to be given: `school` is a primary key, None in the city; no `last` is open."""

    role: str
    school: int | None
    first: datetime.date
    last: datetime.date | None = None


class Arrival(msgspec.Struct, frozen=True):
    """A row: somebody who is to be here, with these posts. `line` is the row's number in its sheet."""

    line: int
    email: str
    name: str
    subject: str = ""
    title: str = ""
    posts: tuple[Given, ...] = ()


class Arrived(msgspec.Struct, frozen=True):
    """What a row did, or why it does not go. `unused` is its account where nobody has logged in with it yet, new or not."""

    line: int
    effects: tuple[Text, ...] = ()
    error: Text | None = None
    unused: User | None = None


@whole
def bring_in(arrivals: Sequence[Arrival], *, actor: Actor, at: datetime.datetime, keep: bool) -> list[Arrived]:
    """Make the accounts that are not there, and give the posts that are not held; what is there already is left as is.

    Nothing stays where one row has an error, or without `keep`. Raises NotAllowed, Unkept.
    """
    answer = may(USER, "bring_in", [Tie(held.role, "any") for held in actor.posts], "")
    if not answer.yes:
        raise NotAllowed(answer.reason)
    by = capacity(actor, answer.by)
    done = [_tried(arrival, actor, by, at) for arrival in arrivals]
    if not keep or any(each.error is not None for each in done):
        transaction.set_rollback(True)
    return done


def _tried(arrival: Arrival, actor: Actor, by: Capacity, at: datetime.datetime) -> Arrived:
    try:
        with transaction.atomic():
            return _arrive(arrival, actor, by, at)
    except Refused as refused:
        return Arrived(arrival.line, error=refused.reason)


def _arrive(arrival: Arrival, actor: Actor, by: Capacity, at: datetime.datetime) -> Arrived:
    email, name = address(arrival.email), _text(arrival.name, "name")
    if not name:
        raise NotAllowed(Text("沒有姓名。", "The name is missing."))
    user = User.objects.filter(email__iexact=email).first()
    effects = []
    if user is None:
        user = User(email=email, name=name, subject=_text(arrival.subject, "subject"), title=_text(arrival.title, "title"), date_joined=at)
        user.set_unusable_password()
        user.save()
        trail.write(USER, user.pk, "bring_in", {"name": name, "email": email}, by=by, at=at)
        effects.append(Text("新帳號", "new account"))
    elif normal(user.name) != normal(name):
        told = Text(f"這個電子郵件是「{user.name}」的，不是「{name}」。", f"This address is {user.name}'s, not {name}'s.")
        raise NotAllowed(told)
    effects += [_give(user, given, actor, at) for given in arrival.posts]
    is_unused = user.is_active and user.last_login is None and not user.has_usable_password()
    return Arrived(arrival.line, tuple(effects) or (Text("照舊", "as it was"),), unused=user if is_unused else None)


def _give(user: User, given: Given, actor: Actor, at: datetime.datetime) -> Text:
    label = ROLES[given.role]
    held = Post.objects.filter(user=user, role=given.role, school=given.school, stands_in_for=None)
    if held.filter(Q(last__isnull=True) | Q(last__gte=given.last or given.first), first__lte=given.first).exists():
        return Text(f"已是{label.zh}", f"is {label.en} already")
    give_post(user.pk, given.role, given.school, first=given.first, last=given.last, actor=actor, at=at)
    return Text(f"任{label.zh}", f"becomes {label.en}")


def _text(text: str, path: str) -> str:
    kept: str = tidy(text.strip(), path)
    return kept[:LONGEST]
