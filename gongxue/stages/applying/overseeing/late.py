"""Late openings: which schools may still submit, opened and ended with a reason."""

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongxue.records.models import LateOpening, School
from gongxue.records.openings import deadline, may_open, openings_seen, state_of
from gongxue.records.refusals import NotAllowed, NotThere
from gongxue.rules.access import CITY_ROLES
from gongxue.rules.deadlines import is_late
from gongxue.site import guard
from gongxue.site.mail.posting import link
from gongxue.site.programme import current
from gongxue.site.request import Request
from gongxue.site.sheets import KINDS, Column, sheet
from gongxue.site.templatetags.gongxue import text
from gongxue.stages.applying.overseeing import actions
from gongxue.stages.applying.overseeing.forms import OpeningForm, ReasonForm

A_PAGE = 50


@guard.city(*CITY_ROLES)
@require_safe
def openings(request: Request) -> HttpResponse:
    """Every opening of the programme, newest first."""
    return render(request, "overseeing/openings.html", _page(request))


@guard.city("officer", "supervisor")
def open_late(request: Request) -> HttpResponse:
    """Open one school late."""
    form = OpeningForm(request.POST or None)
    if form.is_valid() and _opened(request, form):
        return redirect("overseeing:openings")
    programme = current()
    schools = School.objects.filter(participates=True)
    chosen = form.data.get("school", "") if form.is_bound else request.GET.get("school", "")
    context = {"form": form, "schools": schools, "chosen": chosen, "before": deadline(programme, None), "programme": programme}
    return render(request, "overseeing/open_late.html", context, status=422 if form.is_bound else 200)


@guard.city("officer", "supervisor")
def end_opening(request: Request, opening: int) -> HttpResponse:
    """End one early."""
    found = openings_seen(request.actor, current().id).filter(pk=opening, ended_at__isnull=True).first()
    if found is None:
        raise NotThere()
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        actions.close_school(opening=opening, reason=form.cleaned_data["reason"], actor=request.actor, at=request.at, url=_desk())
        return redirect("overseeing:openings")
    context = {"form": form, "opening": found, "back": reverse("overseeing:openings")}
    return render(request, "overseeing/end_opening.html", context, status=422 if form.is_bound else 200)


@guard.city(*CITY_ROLES)
@require_safe
def export_openings(request: Request, kind: str) -> HttpResponseBase:
    """The same as a sheet."""
    return _sheet(kind, request)


def _opened(request: Request, form: OpeningForm) -> bool:
    """Whether the school was opened; what the door says against it stands beside its field."""
    school = School.objects.filter(key=form.cleaned_data["school"], participates=True).first()
    if school is None:
        form.add_error("school", _("沒有這所學校。"))
        return False
    given = {"until": form.instant(), "reason": form.cleaned_data["reason"], "actor": request.actor, "at": request.at}
    try:
        actions.open_school(school=school.pk, programme=current(), url=_desk(), **given)
    except NotAllowed as refused:
        form.add_error("until", text(refused.reason))
        return False
    return True


def _desk() -> str:
    return link(reverse("home"))


def _found(request: Request) -> list[LateOpening]:
    """What the page is narrowed to: the words of a school's name, and whether it is open still."""
    rows = openings_seen(request.actor, current().id).select_related("school", "made_by", "ended_by")
    name, state = request.GET.get("q", "")[:50].strip(), request.GET.get("state", "")
    rows = rows.filter(school__name__icontains=name) if name else rows
    return [row for row in rows if state not in ("open", "ended") or is_open(row, request) == (state == "open")]


def is_open(opening: LateOpening, request: Request) -> bool:
    """Whether it lets anybody in at this moment."""
    return state_of(opening) == "open" and not is_late(request.at, opening.until)


def _page(request: Request) -> dict[str, Any]:
    page = Paginator(_found(request), A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    tail = f"?{query.urlencode()}" if query else ""
    options = [("", _("全部")), ("open", _("開放中")), ("ended", _("已結束"))]
    return {
        "page": page,
        "rows": [(row, is_open(row, request)) for row in page.object_list],
        "may_open": may_open(request.actor),
        "q": request.GET.get("q", "")[:50],
        "selects": [{"name": "state", "label": _("狀態"), "value": request.GET.get("state", ""), "options": options}],
        "exports": [
            {"label": KINDS[kind].label, "link": reverse("overseeing:export_openings", args=[kind]) + tail}
            for kind in ("xlsx", "ods", "csv")
        ],
        "link": f"{tail or '?'}{'&' if tail else ''}page=",
        "narrowed": bool(query),
        "before": deadline(current(), None),
    }


def _sheet(kind: str, request: Request) -> FileResponse:
    columns = (
        Column("school", _("學校"), width=16), Column("until", _("開放到"), "instant", 20), Column("reason", _("原因"), width=40),
        Column("by", _("開放的人"), width=12), Column("at", _("開放時間"), "instant", 20), Column("ended_by", _("結束的人"), width=12),
        Column("ended_at", _("結束時間"), "instant", 20),
    )  # fmt: skip
    rows = (
        (
            row.school.name, row.until, row.reason, row.made_by.name if row.made_by else "", row.made_at,
            row.ended_by.name if row.ended_by else "", row.ended_at,
        )
        for row in _found(request)
    )  # fmt: skip
    return sheet(kind, _("逾期開放"), columns, rows)
