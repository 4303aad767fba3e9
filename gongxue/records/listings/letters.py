"""The outbox for pages: every letter with what became of it; its words are for its reader alone."""

import datetime
from collections.abc import Iterator
from typing import Final

import msgspec
from django.db.models import Count, Q, QuerySet

from gongxue.records.actor import Actor
from gongxue.records.models import Message
from gongxue.records.outbox import may_act
from gongxue.records.refusals import NotThere
from gongxue.rules.workflow import MESSAGE, leaving, states

ATTENTION: Final = ("failed", "uncertain", "bounced")
"""The states that wait for a person."""


class Letter(msgspec.Struct, frozen=True):
    """One letter. `name` is its reader's, "" without an account; `may` are the transitions open to the asking person."""

    id: int
    to: str
    name: str
    title: str
    state: str
    urgent: bool
    made_at: datetime.datetime
    sent_at: datetime.datetime | None
    attempts: int
    error: str
    may: tuple[str, ...]


_FIELDS: Final = ("pk", "to", "user__name", "title", "state", "urgent", "made_at", "sent_at", "attempts", "error")


def letters(actor: Actor, *, state: str = "", query: str = "") -> QuerySet[Message]:
    """The letters that `actor` may see, newest first: those in `state` ("attention" for all that wait for a person), whose address or
    title holds `query`."""
    seen = [each.name for each in states(MESSAGE) if may_act("view", actor, each.name).yes]
    wanted = ATTENTION if state == "attention" else (state,) if state else seen
    found = Message.objects.filter(state__in=set(seen) & set(wanted)).order_by("-made_at", "-pk")
    words = "".join(query.split())[:100]
    return found.filter(Q(to__icontains=words) | Q(title__icontains=query.strip()[:100])) if words else found


def rows(found: QuerySet[Message], actor: Actor) -> Iterator[Letter]:
    """The letters of a queryset (which may be cut) for pages. One query."""
    open_to = {
        each.name: tuple(row.name for row in leaving(MESSAGE, each.name) if may_act(row.verb, actor, each.name).yes)
        for each in states(MESSAGE)
    }
    for row in found.values_list(*_FIELDS).iterator(chunk_size=500):
        told = dict(zip(_FIELDS, row, strict=True))
        pk, name = told.pop("pk"), told.pop("user__name") or ""
        yield Letter(id=pk, name=name, may=open_to[told["state"]], **told)


def letter(actor: Actor, message_id: int) -> Letter:
    """One letter; raises NotThere where `actor` may not see it."""
    for each in rows(letters(actor).filter(pk=message_id), actor):
        return each
    raise NotThere()


def counts() -> dict[str, int]:
    """How many letters are in each state. For pages of those who may see letters. One query."""
    found = dict(Message.objects.order_by().values_list("state").annotate(count=Count("pk")))
    return {each.name: found.get(each.name, 0) for each in states(MESSAGE)}


class OwnLetter(msgspec.Struct, frozen=True):
    """A letter to somebody, for that person's own page."""

    title: str
    state: str
    made_at: datetime.datetime


def own_letters(user: int, most: int = 5) -> tuple[OwnLetter, ...]:
    """The newest letters to a user. One query."""
    found = Message.objects.filter(user=user).order_by("-made_at", "-pk").values_list("title", "state", "made_at")
    return tuple(OwnLetter(*row) for row in found[:most])
