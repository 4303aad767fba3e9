"""What can be copied, as a list: narrowed, and as a sheet."""

from typing import Any

import msgspec
from django.http import HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from gongxue.records.listings.copying import Copyable, copyable
from gongxue.rules.workflow import APPLICATION, state
from gongxue.site.programme import current
from gongxue.site.request import Request
from gongxue.site.sheets import KINDS, sheet
from gongxue.site.sheets.columns import Column
from gongxue.site.templatetags.gongxue import text


class Narrowed(msgspec.Struct, frozen=True):
    """What was asked for, what there is, and what is left of it."""

    query: str
    year: str
    whole: tuple[Copyable, ...]
    found: tuple[Copyable, ...]

    @property
    def years(self) -> list[int]:
        """The school years there are, the newest first."""
        return sorted({each.school_year for each in self.whole}, reverse=True)


def narrowed(request: Request) -> Narrowed:
    """What the reader can copy and asked to see: by a part of its name, by its school year. One query."""
    asked: QueryDict = request.GET
    query, year = asked.get("q", "").strip()[:100], asked.get("year", "")[:4]
    whole = copyable(request.actor, current())
    found = tuple(each for each in whole if query.casefold() in each.name.casefold() and year in ("", str(each.school_year)))
    return Narrowed(query, year, whole, found)


def listed(request: Request) -> dict[str, Any]:
    """The context of the page."""
    rows = narrowed(request)
    options = [("", _("全部")), *((str(year), _("%(year)s 學年度") % {"year": year}) for year in rows.years)]
    asked = request.GET.urlencode()
    return {
        "found": rows.found,
        "whole": len(rows.whole),
        "query": rows.query,
        "selects": [{"name": "year", "label": _("學年度"), "value": rows.year, "options": options}],
        "exports": [{"label": kind.label, "link": f"{reverse('papers:copy_as', args=[name])}?{asked}"} for name, kind in KINDS.items()],
        "programme": current(),
    }


def copy_sheet(kind: str, request: Request) -> HttpResponseBase:
    """The same as a sheet."""
    columns = (
        Column("name", _("社群"), width=40), Column("school_year", _("學年度"), "int"), Column("tier", _("類別"), width=20),
        Column("state", _("狀態"), width=14), Column("people", _("人數"), "int"), Column("sessions", _("場次"), "int"),
    )  # fmt: skip
    cells = [
        (each.name, each.school_year, text(each.tier), text(state(APPLICATION, each.state).label), each.people, each.sessions)
        for each in narrowed(request).found
    ]
    return sheet(kind, _("可以複製的申請書"), columns, cells)
