"""A chain of sign-offs as a page of one paper draws it."""

import datetime
from collections.abc import Callable

import msgspec
from django.utils.translation import gettext as _

from gongxue.records.listings.signing import Link
from gongxue.rules.deadlines import TAIPEI
from gongxue.site.templatetags.pieces import SEAL_LETTERS


class Step(msgspec.Struct, frozen=True):
    """One step: its link, the letter in its seal, the days it has waited, and where the stamped scan is ("" for who may not fetch it)."""

    link: Link
    letter: str
    days: int
    scan: str = ""


def steps_of(chain: tuple[Link, ...], at: datetime.datetime, scan_at: Callable[[int], str] | None = None) -> list[Step]:
    """The steps at the instant `at`; `scan_at` gives the address of a scan by its key."""
    today = at.astimezone(TAIPEI).date()
    return [_step(link, today, scan_at) for link in chain]


def _step(link: Link, today: datetime.date, scan_at: Callable[[int], str] | None) -> Step:
    days = (today - link.since.astimezone(TAIPEI).date()).days if link.since is not None else 0
    scan = scan_at(link.scan) if scan_at is not None and link.scan is not None else ""
    return Step(link, SEAL_LETTERS.get(link.role, link.label[:1]), days, scan)


def sealed_by(post: str, name: str, *, stands_in: bool, how: str) -> str:
    """One seal in a few words: 會計 李淑芬（代理・紙本）."""
    told = [words for words, holds in ((_("代理"), stands_in), (_("紙本"), how == "paper")) if holds]
    return f"{post} {name}{_('（%(how)s）') % {'how': '・'.join(told)}}" if told else f"{post} {name}"
