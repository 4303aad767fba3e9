"""Submission of several applications in one transaction: each is submitted whole or not at all, and of each it is told which."""

import datetime
import uuid
from collections.abc import Mapping

import msgspec

from gongxue.records.actor import Actor
from gongxue.records.doors import move
from gongxue.records.models import Application, Receipt
from gongxue.records.refusals import Refused, Unkept
from gongxue.records.sight import visible_to
from gongxue.records.whole import whole


class Outcome(msgspec.Struct, frozen=True):
    """What became of one application: the number of its receipt and the instant on it, or why it was refused.

    `before`: it had been submitted already, so that nothing was done now.
    """

    application: uuid.UUID
    name: str
    number: str = ""
    at: datetime.datetime | None = None
    before: bool = False
    refused: Refused | None = None


@whole
def submit(seen: Mapping[uuid.UUID, int | None], *, actor: Actor, at: datetime.datetime) -> tuple[Outcome, ...]:
    """Submit each of these, as the version that the actor saw (None: as it stands). One that is refused does not hold up the others.

    `at` is when the request came in. Raises Unkept; an application that the actor may not see is refused as one that is not there.
    """
    found = _locked(seen, actor)
    return tuple(_submit(application, found.get(application), version, actor, at) for application, version in seen.items())


def _locked(seen: Mapping[uuid.UUID, int | None], actor: Actor) -> dict[uuid.UUID, Application]:
    """Lock them in one order before any receipt is numbered: two who submit the same ones cannot each wait for the other."""
    rows = visible_to(actor).select_for_update(of=("self",), no_key=True).filter(pk__in=seen).order_by("pk")
    return {application.pk: application for application in rows.only("pk", "name", "state")}


def _submit(key: uuid.UUID, known: Application | None, version: int | None, actor: Actor, at: datetime.datetime) -> Outcome:
    name = known.name if known is not None else ""
    if known is not None and known.state == "submitted":
        return _received(key, name, before=True)
    try:
        move(key, "submit", actor=actor, at=at, version=version)
    except Unkept:
        raise
    except Refused as refused:
        return Outcome(key, name, refused=refused)
    return _received(key, name)


def _received(key: uuid.UUID, name: str, *, before: bool = False) -> Outcome:
    """With the receipt that holds."""
    number, at = Receipt.objects.filter(application=key, voided_at__isnull=True).values_list("text", "at").first() or ("", None)
    return Outcome(key, name, number, at, before)
