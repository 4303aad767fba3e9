"""Who has which section of a draft open. Not through the doors: it says nothing about content, and is worth nothing half a minute later."""

import datetime
import uuid
from typing import Final

import msgspec
from django.db.models import Q

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


@whole
def touch(application_id: uuid.UUID, user_id: int, section: str, at: datetime.datetime) -> None:
    """Note that a user has a section open; whoever calls has checked that the user may see the draft."""
    mine = Presence.objects.filter(application=application_id, user=user_id)
    moved = ~Q(section=section[:40]) | Q(at__lt=at - SETTLED)
    if not mine.filter(moved).update(section=section[:40], at=at) and not mine.exists():
        row = Presence(application_id=application_id, user_id=user_id, section=section[:40], at=at)
        Presence.objects.bulk_create([row], ignore_conflicts=True)  # another tab may be as fast


def who_else(application_id: uuid.UUID, user_id: int, at: datetime.datetime) -> tuple[Present, ...]:
    """Who else was on the draft within the last 30 seconds, by name. One query."""
    rows = Presence.objects.filter(application=application_id, at__gt=at - SEEN_WITHIN).exclude(user=user_id)
    found = rows.order_by("user__name", "user").values_list("user", "user__name", "section")
    return tuple(Present(*row) for row in found)


@whole
def forget(before: datetime.datetime) -> int:
    """Delete what was seen before an instant; how many rows there were. For the background."""
    return Presence.objects.filter(at__lt=before).delete()[0]
