"""How far each school has come: the countdown to the deadline."""

from typing import Any, Final

import msgspec
from django.http import FileResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gongxue.records.listings.overview import MARKS, PROGRESS, Standing, overview
from gongxue.records.listings.summaries import SummaryRow, summaries_of_city
from gongxue.records.openings import deadline, deadline_among, late_openings
from gongxue.records.reminders import may_remind
from gongxue.rules.text import Text
from gongxue.rules.workflow import SCHOOL_SUMMARY, state
from gongxue.site.programme import current
from gongxue.site.request import Request
from gongxue.site.sheets import KINDS, Column, sheet
from gongxue.site.templatetags.gongxue import text
from gongxue.stages.applying.overseeing import desk

SHEETS: Final = tuple(kind for kind in KINDS if kind != "json")


class Asked(msgspec.Struct, frozen=True):
    """What the page is narrowed to: schools behind at a mark (0: all), at one stage of progress, whose name holds some words."""

    mark: int = 0
    progress: str = ""
    text: str = ""
    summary: str = ""
    """"missing": has submitted, and the city still waits for its 附件一."""


def asked(request: Request) -> Asked:
    """Read the address; what is unknown is left out."""
    mark, at = request.GET.get("mark", ""), request.GET.get("progress", "")
    return Asked(
        int(mark) if mark in {str(each) for each in MARKS} else 0,
        at if at in PROGRESS else "",
        request.GET.get("q", "")[:50].strip(),
        "missing" if request.GET.get("summary") == "missing" else "",
    )


def narrowed(schools: tuple[Standing, ...], what: Asked, sent: dict[int, SummaryRow]) -> list[Standing]:
    """The schools that are asked for; `sent` says where the 附件一 of each stands that has submitted."""
    name = what.text.replace("臺", "台")
    return [
        school
        for school in schools
        if (not what.mark or school.behind(what.mark))
        and what.progress in ("", school.progress)
        and (not what.summary or (school.id in sent and sent[school.id].missing))
        and name in f"{school.name} {school.full_name}".replace("臺", "台")
    ]


def page_of(request: Request) -> dict[str, Any]:
    """The page. Six queries."""
    programme, what = current(), asked(request)
    whole = overview(request.actor, programme.id).schools
    openings = late_openings(programme.id)
    sent = _summaries(request)
    found = narrowed(whole, what, sent)
    query = request.GET.urlencode()
    return {
        "programme": programme,
        "before": deadline(programme, None),
        "what": what,
        "marks": [(mark, words, sum(school.behind(mark) for school in whole)) for mark, words in MARKS.items()],
        "schools": [
            (school, PROGRESS[school.progress], deadline_among(programme, school.id, openings), _told(sent.get(school.id)))
            for school in found
        ],
        "unsent": sum(row.missing for row in sent.values()),
        "opened": openings,
        "may_remind": may_remind(request.actor),
        "selects": _selects(what),
        "exports": [
            {"label": KINDS[kind].label, "link": reverse("overseeing:export_schools", args=[kind]) + (f"?{query}" if query else "")}
            for kind in SHEETS
        ],
        "now": desk.mark_of(request, programme),
    }


def _summaries(request: Request) -> dict[int, SummaryRow]:
    return {row.school_id: row for row in summaries_of_city(request.actor, current().id)}


def _told(row: SummaryRow | None) -> Text:
    """Where a school's 附件一 stands; nothing is waited for before something is submitted."""
    if row is None:
        return Text("—", "—")
    return state(SCHOOL_SUMMARY, row.state).label if row.state else Text("未編製", "Not begun")


def _selects(what: Asked) -> list[dict[str, Any]]:
    days = [(str(mark), Text(f"截止前 {mark} 天落後的", f"Behind {mark} day{'s' * (mark > 1)} before")) for mark in MARKS]
    everything = ("", _("全部"))
    return [
        {"name": "mark", "label": _("倒數"), "value": str(what.mark or ""), "options": [everything, *days]},
        {"name": "progress", "label": _("進度"), "value": what.progress, "options": [everything, *PROGRESS.items()]},
        {"name": "summary", "label": _("附件一"), "value": what.summary, "options": [everything, ("missing", _("已送件、還沒送附件一"))]},
    ]


def export(kind: str, request: Request) -> FileResponse:
    """What is asked for as a sheet; raises NotThere for a kind that there is not."""
    columns = (
        Column("school", _("學校"), width=16), Column("full_name", _("全銜"), width=30), Column("progress", _("進度"), width=12),
        Column("writing", _("撰寫中"), "int", 8), Column("signing", _("核章中"), "int", 8), Column("signed", _("可送件"), "int", 8),
        Column("sent", _("已送件"), "int", 8), Column("asked", _("申請金額"), "int", 12), Column("summary", _("附件一"), width=10),
    )  # fmt: skip
    sent = _summaries(request)
    rows = (
        (
            each.name,
            each.full_name,
            text(PROGRESS[each.progress]),
            each.writing,
            each.signing,
            each.signed,
            each.sent,
            each.asked,
            text(_told(sent.get(each.id))),
        )
        for each in narrowed(overview(request.actor, current().id).schools, asked(request), sent)
    )
    return sheet(kind, _("各校進度"), columns, rows)
