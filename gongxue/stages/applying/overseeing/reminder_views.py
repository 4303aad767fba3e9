"""Reminders: choose the schools, read and change each letter, send; and what was sent before."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongxue.records.listings.overview import MARKS
from gongxue.records.models import Reminder, User
from gongxue.records.openings import deadline
from gongxue.records.reminders import READERS, USUAL, may_remind, reminders
from gongxue.rules.access import CITY_ROLES, ROLES
from gongxue.rules.text import Text
from gongxue.site import guard
from gongxue.site.mail.posting import link
from gongxue.site.programme import current
from gongxue.site.request import Request
from gongxue.site.sheets import KINDS, Column, sheet
from gongxue.stages.applying.overseeing import actions, reminding

A_PAGE = 30
WRITES = ("officer", "centre_staff")


@guard.city(*WRITES)
def remind(request: Request) -> HttpResponse:
    """Which schools are behind, and which of them are to be written to; then each letter, to be read and changed."""
    mark = reminding.mark_asked(request)
    if request.method == "POST" and request.POST.getlist("school"):
        posted = request.POST
        letters = reminding.drafted(
            request, mark, posted.getlist("school"), posted.getlist("role"), posted.get("more", "").strip(), link(reverse("home"))
        )
        return render(request, "overseeing/read_letters.html", {"letters": letters, "mark": mark})
    nobody = request.method == "POST"
    roles = request.POST.getlist("role") if nobody else USUAL
    context = {
        "drafts": reminding.behind(request, mark),
        "mark": mark,
        "marks": MARKS.items(),
        "posts": [(role, ROLES[role], role in roles) for role in READERS],
        "before": deadline(current(), None),
        "more": request.POST.get("more", ""),
        "nobody": nobody,
        "errors": [("schools", _("請至少選一所學校。"))] if nobody else [],
    }
    return render(request, "overseeing/remind.html", context, status=422 if nobody else 200)


@guard.city(*WRITES)
@require_POST
def send_reminders(request: Request) -> HttpResponse:
    """Send the letters as they were read; what is wrong with one sends none."""
    mark = reminding.mark_asked(request)
    letters = reminding.typed(request, mark, request.POST)
    chosen = [each for each in letters if each.chosen]
    errors = [(f"letter-{each.school.key}", f"{each.school.name}：{words}") for each in chosen for words in each.errors]
    if not chosen:
        errors = [("letters", _("沒有勾選任何要寄出的信。"))]
    if errors:
        return render(request, "overseeing/read_letters.html", {"letters": letters, "mark": mark, "errors": errors}, status=422)
    count = actions.remind_schools(letters=chosen, mark=mark, actor=request.actor, at=request.at)
    return redirect(f"{reverse('overseeing:reminders')}?sent={count}")


@guard.city(*CITY_ROLES)
@require_safe
def sent_reminders(request: Request) -> HttpResponse:
    """What was sent, newest first."""
    page = Paginator(_found(request), A_PAGE).get_page(request.GET.get("page"))
    names = _names(list(page.object_list))
    query = request.GET.copy()
    for name in ("page", "sent"):
        query.pop(name, None)
    tail = f"?{query.urlencode()}" if query else ""
    sheets = [
        {"label": KINDS[kind].label, "link": reverse("overseeing:export_reminders", args=[kind]) + tail} for kind in ("xlsx", "ods", "csv")
    ]
    sent = request.GET.get("sent", "")
    context = {
        "page": page,
        "rows": [(row, "、".join(names[user] for user in row.to if user in names)) for row in page.object_list],
        "q": request.GET.get("q", "")[:50],
        "selects": _selects(request),
        "exports": sheets,
        "link": f"{tail or '?'}{'&' if tail else ''}page=",
        "narrowed": bool(query),
        "sent": int(sent) if sent.isdecimal() and len(sent) < 5 else 0,
        "may_remind": may_remind(request.actor),
    }
    return render(request, "overseeing/reminders.html", context)


@guard.city(*CITY_ROLES)
@require_safe
def export_reminders(request: Request, kind: str) -> HttpResponseBase:
    """The same as a sheet."""
    columns = (
        Column("at", _("時間"), "instant", 20), Column("school", _("學校"), width=16), Column("mark", _("截止前天數"), "int", 10),
        Column("title", _("主旨"), width=36), Column("body", _("內容"), width=60), Column("to", _("收件人"), width=24),
        Column("by", _("寄件人"), width=12),
    )  # fmt: skip
    rows = list(_found(request))
    names = _names(rows)
    written = (
        (
            row.made_at, row.school.name, row.mark, row.title, row.body, "、".join(names[user] for user in row.to if user in names),
            row.made_by.name if row.made_by else "",
        )
        for row in rows
    )  # fmt: skip
    return sheet(kind, _("提醒信"), columns, written)


def _found(request: Request) -> Any:
    rows = reminders(request.actor, current().id)
    name, mark = request.GET.get("q", "")[:50].strip(), request.GET.get("mark", "")
    rows = rows.filter(school__name__icontains=name) if name else rows
    return rows.filter(mark=int(mark)) if mark in {str(each) for each in MARKS} else rows


def _names(rows: list[Reminder]) -> dict[int, str]:
    users = {user for row in rows for user in row.to}
    return dict(User.objects.filter(pk__in=users).values_list("pk", "name"))


def _selects(request: Request) -> list[dict[str, Any]]:
    options = [
        ("", _("全部")),
        *((str(mark), Text(f"截止前 {mark} 天", f"{mark} day{'s' * (mark > 1)} before the deadline")) for mark in MARKS),
    ]
    return [{"name": "mark", "label": _("倒數"), "value": request.GET.get("mark", ""), "options": options}]
