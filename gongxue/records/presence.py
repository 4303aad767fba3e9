"""Who has which section of a draft open. Not through the doors: it says nothing about content, and is worth nothing half a minute later."""

import datetime
import uuid
from typing import Final

import msgspec
from django.db.models import QuerySet

from gongxue.records.models import Presence
from gongxue.records.whole import whole

SEEN_WITHIN: Final = datetime.timedelta(seconds=30)
SETTLED: Final = datetime.timedelta(seconds=5)
"""A touch in the same section is written at most so often: four hundred editors shall not queue behind each other for this."""


class Present(msgspec.Struct, frozen=True):
    """Somebody else on the draft: the name, and the section that was open last."""

    user: int
    name: str
    section: str


def touch(application_id: uuid.UUID, user_id: int, section: str, at: datetime.datetime) -> tuple[Present, ...]:
    """Note that a user has a section open, and tell who else is there; whoever calls has checked that the user may see the draft.

    One query, and a write only where there is something new to note: a page that is only looked at waits for no lock.
    """
    rows = list(_seen(application_id, at))
    if not any(user == user_id and was == section[:40] and then >= at - SETTLED for user, _, was, then in rows):
        _note(Presence(application_id=application_id, user_id=user_id, section=section[:40], at=at))
    return tuple(Present(user, name, was) for user, name, was, _ in rows if user != user_id)


@whole
def _note(row: Presence) -> None:
    # Another tab may be as fast: the row is there, and is brought up to date.
    Presence.objects.bulk_create([row], update_conflicts=True, unique_fields=["application", "user"], update_fields=["section", "at"])


def who_else(application_id: uuid.UUID, user_id: int, at: datetime.datetime) -> tuple[Present, ...]:
    """Who else was on the draft within the last 30 seconds, by name. One query."""
    return tuple(Present(user, name, was) for user, name, was, _ in _seen(application_id, at) if user != user_id)


def _seen(application_id: uuid.UUID, at: datetime.datetime) -> QuerySet[Presence, tuple[int, str, str, datetime.datetime]]:
    rows = Presence.objects.filter(application=application_id, at__gt=at - SEEN_WITHIN)
    return rows.order_by("user__name", "user").values_list("user", "user__name", "section", "at")


@whole
def forget(before: datetime.datetime) -> int:
    """Delete what was seen before an instant; how many rows there were. For the background."""
    return Presence.objects.filter(at__lt=before).delete()[0]
