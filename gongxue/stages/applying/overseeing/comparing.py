"""Keeps up to date which applications may be duplicates, for the city's list: every minute where something changed, all of it every night.

It may run twice, and at once.
"""

import datetime
from typing import Final

from gongxue.records import lookalikes
from gongxue.site import background
from gongxue.site.background import Regular

COMPARE: Final = "compare"
COMPARE_ALL: Final = "compare_all"
RECENT: Final = datetime.timedelta(hours=1)
"""A change is looked at for so long: longer than any transaction, or any rest of the background, keeps it from being seen."""


def register() -> None:
    """Name the jobs."""
    background.register(COMPARE, compare, regular=Regular(COMPARE, minutes=1))
    background.register(COMPARE_ALL, compare_all, regular=Regular(COMPARE_ALL, hour=datetime.time(3, 15)))


def compare(at: datetime.datetime) -> dict[str, int]:
    """Compare the applications of the programmes in which something changed of late; how many look like another."""
    return _told(lookalikes.programmes(since=at - RECENT))


def compare_all(at: datetime.datetime) -> dict[str, int]:
    """Compare those of every programme: also what was put right without being changed."""
    return _told(lookalikes.programmes())


def _told(programmes: list[str]) -> dict[str, int]:
    return {programme: lookalikes.bring_up_to_date(programme).alike for programme in programmes}
