"""Signing: a paper's page, the seal, the way back, and what waits."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongxue.records.models import Application
from gongxue.records.refusals import Stale
from gongxue.records.sight import visible_to
from gongxue.site import guard
from gongxue.site.accounts import proving
from gongxue.site.request import Request
from gongxue.site.sheets import KINDS
from gongxue.stages.applying.signing import actions, lists, pages
from gongxue.stages.applying.signing.forms import ReasonForm, Shown

SIGNERS = ("director", "accountant", "principal")


@guard.post(*SIGNERS)
@require_safe
def waiting(request: Request) -> HttpResponse:
    """What waits for the reader's seal."""
    query = request.GET.get("q", "")
    rows = pages.waiting_rows(request.actor, query)
    exports = [{"label": kind.label, "link": reverse("signing:waiting_as", args=[name])} for name, kind in KINDS.items()]
    return render(request, "signing/waiting.html", {"rows": rows, "query": query, "exports": exports})


@guard.post(*SIGNERS)
@require_safe
def waiting_as(request: Request, kind: str) -> HttpResponseBase:
    """The same as a sheet."""
    return lists.waiting_sheet(kind, pages.waiting_rows(request.actor, request.GET.get("q", "")))


@guard.on_application("view")
@require_safe
def paper(request: Request, application: Application) -> HttpResponse:
    """One paper: who has signed, whom it waits for, what can be done."""
    return render(request, "signing/paper.html", pages.paper_page(request, application))


@guard.on_application("sign", before=proving.prove)
def sign(request: Request, application: Application, prepared: proving.Proof | None = None) -> HttpResponse:
    """Seal what was shown, with the password; what is no longer the same is shown anew."""
    form = Shown(request.POST or None)
    if prepared is None or not form.is_valid():
        return redirect("signing:paper", application.pk)
    if not prepared.yes:
        changed = form.cleaned_data["version"] != application.version
        return render(request, "signing/paper.html", pages.paper_page(request, application, prepared.error, changed), status=422)
    try:
        actions.sign(application=application.pk, **form.cleaned_data, actor=request.actor, at=request.at)
    except Stale:
        now = visible_to(request.actor).get(pk=application.pk)
        return render(request, "signing/paper.html", pages.paper_page(request, now, stale=True), status=409)
    return redirect("signing:signed", application.pk)


@guard.on_application("view")
@require_safe
def signed(request: Request, application: Application) -> HttpResponse:
    """What was done, what comes next, and the next paper that waits."""
    done = pages.last_act(request, application)
    if done["act"] is None:
        return redirect("signing:paper", application.pk)
    context = {**pages.paper_page(request, application), **done}
    return render(request, "signing/signed.html", {**context, "others": pages.waiting_rows(request.actor)})


@guard.on_application("return")
def send_back(request: Request, application: Application) -> HttpResponse:
    """Return it with a reason."""
    form, shown = ReasonForm(request.POST or None), Shown(request.POST or None)
    if form.is_valid() and shown.is_valid():
        told = {"reason": form.cleaned_data["reason"], "version": shown.cleaned_data["version"]}
        told["of_completion"] = application.state == "completing"
        actions.send_back(application=application.pk, **told, actor=request.actor, at=request.at)
        return redirect("signing:signed", application.pk)
    context = {**pages.paper_page(request, application), "form": form, "title": _("退回給召集人修改"), "button": _("退回"), "stops": True}
    context["back"] = reverse("signing:paper", args=[application.pk])
    return render(request, "signing/send_back.html", context, status=422 if request.method == "POST" else 200)


@guard.on_application("recall")
def recall(request: Request, application: Application) -> HttpResponse:
    """Take it back to change it."""
    shown = Shown(request.POST or None)
    if shown.is_valid():
        version = shown.cleaned_data["version"]
        actions.recall(application=application.pk, version=version, actor=request.actor, at=request.at)
        return redirect("signing:signed", application.pk)
    context = {**pages.paper_page(request, application), "form": None, "title": _("收回來修改？"), "button": _("收回修改")}
    context["back"] = reverse("signing:paper", args=[application.pk])
    return render(request, "signing/recall.html", context, status=422 if request.method == "POST" else 200)
