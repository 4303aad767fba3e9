"""What the city's desk shows: the numbers, the map of schools, the list."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from django.conf import settings
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongxue.records.bundles import newest_of
from gongxue.records.listings.applications import EVERYTHING, Row, applications, cells
from gongxue.records.listings.overview import MARKS, PROGRESS, Overview, Standing, may_oversee, overview, summed
from gongxue.records.listings.signing import Link, chains_of
from gongxue.records.models import Application
from gongxue.records.openings import deadline
from gongxue.records.reminders import may_remind
from gongxue.rules import deadlines
from gongxue.rules.programme import Programme
from gongxue.rules.text import Text
from gongxue.site.programme import current
from gongxue.site.request import Request
from gongxue.site.templatetags.gongxue import money
from gongxue.site.templatetags.pieces import Seal
from gongxue.stages.applying.overseeing.narrowing import Asked, asked, selects

A_PAGE: Final = 50
KINDS: Final = (("xlsx", "XLSX"), ("ods", "ODS"), ("csv", "CSV"), ("ndjson", "JSON"))
"""What a list can be taken away as: sheets, and the exchange format, an application a line."""


class Line(msgspec.Struct, frozen=True):
    """One row of the list as it is drawn."""

    row: Row
    tier: Text | str
    chain: tuple[Seal, ...]


class Tile(msgspec.Struct, frozen=True):
    """One number at the head of the desk; `link` leads to what it counts."""

    label: str
    value: str
    note: str
    tone: str = ""
    link: str = ""


def page_of(request: Request) -> dict[str, Any]:
    """The whole desk, in as many queries for one application as for fifty."""
    programme = current()
    seen = overview(request.actor, programme.id)
    what = asked(request.GET, programme, seen.schools)
    narrowed = what.filters != msgspec.structs.replace(EVERYTHING, programme=programme.id)
    found = cells(request.actor, what.filters) if narrowed else seen.cells
    page = applications(request.actor, what.filters, order=what.order, page=what.page, size=A_PAGE, counted=found)
    query = f"{what.query}&" if what.query else ""
    return {
        **numbers(request, programme, seen),
        "programme": programme,
        "what": what,
        "narrowed": narrowed,
        "selects": selects(what, programme, seen.schools),
        "exports": _exports(what),
        "lines": _lines(page.rows, programme),
        "asked": page.asked,
        "bundle": newest_of(request.actor, request.at),
        "page": Paginator(range(page.count), A_PAGE).page(page.number),
        "link": f"?{query}page=",
        "by_tier": [(_tier(programme, str(each.of)), each) for each in summed(found, "tier")],
        "by_school": _by_school(seen.schools, summed(found, "school")),
    }


def numbers(request: Request, programme: Programme | None = None, seen: Overview | None = None) -> dict[str, Any]:
    """What changes by itself: the tiles and the map. Four queries, three of them the overview's."""
    programme = programme or current()
    seen = seen or overview(request.actor, programme.id)
    before = deadline(programme, None)
    mark = mark_of(request, programme)
    return {
        "before": before,
        "tiles": _tiles(request, seen),
        "cells": school_cells(seen.schools),
        "mark": mark,
        "may_remind": may_remind(request.actor),
        "behind": sum(school.behind(mark) for school in seen.schools),
    }


def home_panel(request: Request) -> dict[str, Any] | None:
    """The numbers on the home page of whoever oversees the city."""
    return numbers(request) if may_oversee(request.actor) else None


def mark_of(request: Request, programme: Programme) -> int:
    """The mark that the time left has come to: 7 days or more, 3, 1."""
    before = deadline(programme, None)
    left = deadlines.days_left(request.at, before) if before is not None else max(MARKS)
    return next((mark for mark in sorted(MARKS) if left <= mark), max(MARKS))


def _tiles(request: Request, seen: Overview) -> list[Tile]:
    whole = ngettext("共 %(count)s 件申請，不含撤回", "共 %(count)s 件申請，不含撤回", seen.count) % {"count": money(seen.count)}
    available = (
        _("元・可用 %(money)s") % {"money": money(settings.AVAILABLE)} if settings.AVAILABLE else _("元・已送件的合計，不含不符資格")
    )
    days = max(-deadlines.days_left(request.at, seen.waits_since), 0) if seen.waits_since is not None else 0
    waits = ngettext("最久等候 %(days)s 天", "最久等候 %(days)s 天", days) % {"days": days} if seen.signing else _("沒有等候中的")
    schools = ngettext("共 %(count)s 校", "共 %(count)s 校", len(seen.schools)) % {"count": len(seen.schools)}
    here = reverse("overseeing:applications")
    return [
        Tile(_("已送件"), money(seen.sent), whole, link=f"{here}?state=sent"),
        Tile(_("申請金額"), money(seen.asked), available),
        Tile(_("核章中"), money(seen.signing), waits, tone="amber" if seen.signing else "", link=f"{here}?state=signing"),
        Tile(
            _("尚無申請的學校"),
            money(seen.without),
            schools,
            "seal" if seen.without else "green",
            reverse("overseeing:schools") + "?progress=none",
        ),
    ]


def school_cells(schools: tuple[Standing, ...]) -> list[dict[str, Any]]:
    """The heat map's cells; each leads to the school's applications."""
    here = reverse("overseeing:applications")
    names = cell_names([school.name for school in schools])
    return [
        {
            "id": f"school-{school.key}",
            "name": names[school.name],
            "full_name": school.full_name or school.name,
            "state": school.progress,
            "words": _told(school),
            "link": f"{here}?school={school.key}",
        }
        for school in schools
    ]


def cell_names(names: Sequence[str]) -> dict[str, str]:
    """Two characters for each school: the first two of its name, and for a later one that begins alike its first and the one in which
    they differ (三民國小 三民, 三民國中 三中)."""
    begins: dict[str, str] = {}
    known: dict[str, str] = {}
    for name in names:
        first = begins.setdefault(name[:2], name)
        told = next((its for its, other in zip(name, first, strict=False) if its != other), name[1:2])
        known[name] = name[:2] if first == name else name[:1] + told
    return known


def _told(school: Standing) -> Text:
    label = PROGRESS[school.progress]
    return (
        Text(f"{label.zh}（{school.sent}／{school.count} 件已送件）", f"{label.en} ({school.sent} of {school.count} submitted)")
        if school.count
        else label
    )


def _lines(rows: tuple[Row, ...], programme: Programme) -> list[Line]:
    # Whoever knows the chains asks for applications; these hold what it looks at.
    known = [
        Application(
            pk=row.id,
            programme=programme.id,
            programme_version=programme.version,
            state=row.state,
            changed_at=row.changed_at,
            fiscal_school_id=row.school_id,
        )
        for row in rows
    ]
    chains = chains_of(known)
    return [Line(row, _tier(programme, row.tier), seals_of(chains[row.id])) for row in rows]


def seals_of(links: tuple[Link, ...]) -> tuple[Seal, ...]:
    """A chain as its seals are drawn."""
    return tuple(Seal(link.role, link.label, link.by, link.at, link.stands_in, link.is_next) for link in links)


def _tier(programme: Programme, code: str) -> Text | str:
    known = programme.tier(code)
    return known.short if known is not None else Text("未填", "not given")


def _by_school(schools: tuple[Standing, ...], sums: Any) -> list[tuple[Any, Any]]:
    known = {school.id: school for school in schools}
    return [(known.get(each.of), each) for each in sums]


def _exports(what: Asked) -> list[dict[str, str]]:
    query = f"?{what.query}" if what.query else ""
    return [{"label": label, "link": reverse("overseeing:export", args=[kind]) + query} for kind, label in KINDS]
