"""The outbox for those who keep the site: what became of every letter, and what a person does about one that did not arrive."""

from typing import Final, cast

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongxue.records import outbox
from gongxue.records.listings.letters import letter, letters, rows
from gongxue.records.models import Message
from gongxue.records.refusals import NotThere
from gongxue.rules.text import Text
from gongxue.rules.workflow import MESSAGE, states, transition
from gongxue.site import guard
from gongxue.site.mail.reasons import told
from gongxue.site.request import Request
from gongxue.site.sheets import KINDS, Cell, Column, sheet
from gongxue.site.templatetags.gongxue import text

A_PAGE: Final = 30
keepers = guard.city("officer", "supervisor", "centre_staff")


@keepers
@require_safe
def outbox_page(request: Request) -> HttpResponse:
    """Every letter, narrowed by state and words."""
    state, query = request.GET.get("state", ""), request.GET.get("q", "")
    page = Paginator(letters(request.actor, state=state, query=query), A_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    options = [("", _("全部")), ("attention", _("等人處理")), *((each.name, each.label) for each in states(MESSAGE))]
    context = {
        "page": page,
        "letters": list(rows(cast(QuerySet[Message], page.object_list), request.actor)),
        "query": query,
        "selects": [{"name": "state", "label": _("狀態"), "value": state, "options": options}],
        "exports": [
            {"label": kind.label, "link": f"{reverse('mail:sheet', args=[name])}?{asked.urlencode()}"} for name, kind in KINDS.items()
        ],
        "link": f"?{asked.urlencode()}&page=" if asked else "?page=",
    }
    return render(request, "mail/outbox.html", context)


@keepers
@require_safe
def outbox_sheet(request: Request, kind: str) -> FileResponse:
    """The same as a sheet."""
    columns = (
        Column("made_at", _("時間"), "instant", 20), Column("to", _("收件人"), width=30), Column("title", _("主旨"), width=50),
        Column("state", _("狀態"), width=10), Column("sent_at", _("寄出時間"), "instant", 20), Column("attempts", _("次數"), "int", 6),
        Column("error", _("原因"), width=50),
    )  # fmt: skip
    found = letters(request.actor, state=request.GET.get("state", ""), query=request.GET.get("q", ""))
    labels = {each.name: text(each.label) for each in states(MESSAGE)}
    lines: list[list[Cell]] = [
        [each.made_at, each.to, each.title, labels[each.state], each.sent_at, each.attempts, text(told(each.error))]
        for each in rows(found, request.actor)
    ]
    return sheet(kind, _("寄件紀錄"), columns, lines)


_ASKS: Final = {
    "send_again": Text("這封信要再寄一次嗎？", "Send this letter again?"),
    "give_up": Text("這封信不再寄了嗎？", "Give this letter up?"),
}


@keepers
def act(request: Request, message: int, name: str) -> HttpResponse:
    """Ask first; then send a letter again, or give it up."""
    if name not in _ASKS:
        raise NotThere()
    shown = letter(request.actor, message)
    if request.method == "POST":
        outbox.act_on(message, name, actor=request.actor, at=request.at, seen=request.POST.get("seen", ""))
        return redirect(f"{reverse('mail:outbox')}?done={name}")
    label = transition(MESSAGE, name).label
    context = {"letter": shown, "title": text(_ASKS[name]), "button": text(label), "back": reverse("mail:outbox"), "name": name}
    return render(request, "mail/act.html", {**context, "stops": name == "give_up"})
