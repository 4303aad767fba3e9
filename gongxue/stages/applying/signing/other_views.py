"""Beside the seals: stamped scans, stand-ins, and partner schools."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongxue.records.models import Application, StoredFile
from gongxue.records.refusals import NotThere
from gongxue.records.signatures import signable, valid
from gongxue.rules.deadlines import TAIPEI
from gongxue.rules.workflow import APPLICATION
from gongxue.site import guard
from gongxue.site.fields import attempt
from gongxue.site.request import Request
from gongxue.site.sheets import KINDS
from gongxue.site.uploads import serving
from gongxue.site.uploads.stamping import Received, ScanForm, asked_of, receive, scan_context
from gongxue.stages.applying.signing import actions, lists, pages
from gongxue.stages.applying.signing.forms import NamesForm, StandInForm

PARTNERS = ("clerk", "director")


@guard.on_application("sign_on_paper", before=receive)
def scan(request: Request, application: Application, prepared: Received | None = None) -> HttpResponse:
    """Hand in a stamped scan."""
    paper = signable(application)
    asked = asked_of(paper, valid(APPLICATION, paper.subject_id), request.at)
    form, clean = ScanForm(request.POST or None, paper=paper, asked=asked), prepared.scan if prepared is not None else None
    if form.is_valid() and clean is not None:
        given: dict[str, Any] = {"stamped": form.stamped(clean), "actor": request.actor, "at": request.at}
        if attempt(form, lambda: actions.take_scan(application=application.pk, **given)):
            return redirect("signing:signed", application.pk)
    context = {**pages.paper_page(request, application), **scan_context(form, prepared, asked)}
    return render(request, "signing/scan.html", context, status=422 if request.method == "POST" else 200)


@guard.on_application("view_history")
@require_safe
def scanned(request: Request, application: Application, file: int) -> HttpResponseBase:
    """A stamped scan, as a file."""
    stored = StoredFile.objects.filter(pk=file, subject=APPLICATION, subject_id=str(application.pk)).first()
    if stored is None:
        raise NotThere()
    return serving.attachment(stored, f"{application.name}-{_('核章掃描檔')}-{stored.at.astimezone(TAIPEI):%Y%m%d}")


@guard.on_application("name_stand_in")
def stand_in(request: Request, application: Application) -> HttpResponse:
    """Name who seals in whose place."""
    day = pages.day_of(request)
    roles, people = pages.stand_in_choices(application, request.actor, day)
    form = StandInForm(request.POST or None, roles=roles, people=people, initial={"last": day})

    def name() -> None:
        actions.name_stand_in(application=application.pk, **form.cleaned_data, actor=request.actor, at=request.at)

    if form.is_valid() and attempt(form, name):
        return redirect("signing:paper", application.pk)
    context = {"form": form, "application": application, "choices": roles, "people": people}
    return render(request, "signing/stand_in.html", context, status=422 if form.is_bound else 200)


@guard.post(*PARTNERS)
@require_safe
def partners(request: Request) -> HttpResponse:
    """What the reader's school has to confirm."""
    query = request.GET.get("q", "")
    exports = [{"label": kind.label, "link": reverse("signing:partners_as", args=[name])} for name, kind in KINDS.items()]
    context = {"rows": pages.partner_rows(request.actor, query), "query": query, "exports": exports}
    return render(request, "signing/partners.html", context)


@guard.post(*PARTNERS)
@require_safe
def partners_as(request: Request, kind: str) -> HttpResponseBase:
    """The same as a sheet."""
    return lists.partners_sheet(kind, pages.partner_rows(request.actor, request.GET.get("q", "")))


@guard.on_application("confirm_members")
def partner(request: Request, application: Application) -> HttpResponse:
    """Confirm the members of the reader's school, or take that back."""
    form = NamesForm(request.POST or None)
    if form.is_valid():
        actions.confirm(application=application.pk, **form.cleaned_data, actor=request.actor, at=request.at)
        return redirect("signing:partner", application.pk)
    mine = [each for each in pages.partners_of(application, request.actor) if each.mine]
    if not mine:
        raise NotThere()
    context = {"application": application, "mine": mine, "convener": (application.document.get("convener") or {})}
    return render(request, "signing/partner.html", context, status=422 if form.is_bound else 200)
