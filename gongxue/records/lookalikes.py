"""Which applications look like another one, kept for those who see everything: comparing all with all takes too long for a page."""

import datetime
import uuid
from typing import Final

import msgspec

from gongxue.records.listings.likeness import looking_alike
from gongxue.records.models import Application
from gongxue.records.whole import whole

PORTION: Final = 500
"""So many rows are written in one transaction, so that nobody waits for all of them."""


class Compared(msgspec.Struct, frozen=True):
    """What a comparison found: how many applications look like another, how many of them newly, and how many do no more."""

    alike: int
    new: int
    gone: int


def bring_up_to_date(programme: str) -> Compared:
    """Compare all applications of a programme with each other, and keep which look like another. It may run twice at once.

    What somebody saves meanwhile may keep the old answer; it has just changed then, and is looked at again.
    """
    found = looking_alike(Application.objects.all(), programme)
    kept = set(Application.objects.filter(programme=programme, alike=True).order_by().values_list("pk", flat=True))
    new, gone = found - kept, kept - found
    for keys, alike in ((sorted(new), True), (sorted(gone), False)):
        for first in range(0, len(keys), PORTION):
            _mark(keys[first : first + PORTION], alike=alike)
    return Compared(len(found), len(new), len(gone))


@whole
def _mark(keys: list[uuid.UUID], *, alike: bool) -> None:
    Application.objects.filter(pk__in=keys).update(alike=alike)


def programmes(since: datetime.datetime | None = None) -> list[str]:
    """The programmes that have applications; with `since`, those in which one changed at that instant or later."""
    changed = Application.objects.order_by() if since is None else Application.objects.order_by().filter(changed_at__gte=since)
    return sorted(changed.values_list("programme", flat=True).distinct())
