"""附件一: the page, what the school says of itself, and the steps from open to sent."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongxue.records.models import School
from gongxue.rules.access import CITY_ROLES, SCHOOL_ROLES
from gongxue.site import guard, limits, printing
from gongxue.site.accounts import proving
from gongxue.site.fields import attempt
from gongxue.site.programme import current
from gongxue.site.request import Request
from gongxue.site.uploads.stamping import Received, ScanForm, receive, scan_context
from gongxue.stages.applying.submitting import actions, sheet
from gongxue.stages.applying.submitting.forms import FactsForm, ReturnForm, SeenForm


@guard.on_school(*SCHOOL_ROLES, *CITY_ROLES)
@require_safe
def summary(request: Request, school: School) -> HttpResponse:
    """附件一 of the school."""
    return render(request, "submitting/summary.html", sheet.page(request, school, current()))


@guard.on_school(*SCHOOL_ROLES, *CITY_ROLES)
@require_safe
def summary_file(request: Request, school: School, kind: str) -> HttpResponse:
    """The same as a file."""
    limits.limit(request, "print", times=120, seconds=60)
    return printing.download(sheet.file_of(request.actor, school, current(), kind, request.at))


@guard.on_school("clerk")
def summary_facts(request: Request, school: School) -> HttpResponse:
    """What the school says of itself."""
    context = sheet.facts_page(request.actor, school, current(), request.at)
    form = FactsForm(request.POST if request.method == "POST" else None, initial=context["initial"])
    if not form.is_valid():
        return render(request, "submitting/summary_facts.html", context | {"form": form}, status=422 if form.is_bound else 200)
    told = {"facts": form.facts(), "version": form.cleaned_data["seen"], "actor": request.actor, "at": request.at}
    actions.say_facts(school=school, programme=current(), **told)
    return redirect("submitting:summary", school.key)


def _step(request: Request, school: School, name: str, reason: str = "") -> HttpResponse:
    """Make one step with what was seen; a form without it leads back to the page."""
    form = SeenForm(request.POST)
    if form.is_valid():
        told = {"name": name, "version": form.cleaned_data["seen"], "reason": reason, "actor": request.actor, "at": request.at}
        actions.move_summary(school=school, programme=current(), **told)
    return redirect("submitting:summary", school.key)


@guard.on_school("clerk")
@require_POST
def summary_send_to_sign(request: Request, school: School) -> HttpResponse:
    """Freeze it, and hand it to its chain."""
    return _step(request, school, "send_to_sign")


@guard.on_school("clerk", "director", "principal", before=proving.prove)
@require_POST
def summary_sign(request: Request, school: School, prepared: proving.Proof | None = None) -> HttpResponse:
    """Seal it, with the password."""
    if prepared is not None and not prepared.yes:
        context = sheet.page(request, school, current(), prepared.error)
        stale = request.POST.get("seen") != str(context["summary"].version)
        return render(request, "submitting/summary.html", context | {"stale": stale}, status=422)
    return _step(request, school, "sign")


@guard.on_school("clerk", "director", "principal", before=receive)
def summary_scan(request: Request, school: School, prepared: Received | None = None) -> HttpResponse:
    """Hand in a stamped scan; where nothing is to be stamped, the page of 附件一 says how it stands."""
    context = sheet.scan_page(request, school, current())
    if context is None:
        return redirect("submitting:summary", school.key)
    form, clean = ScanForm(request.POST or None, paper=context["paper"], asked=context["asked"]), prepared.scan if prepared else None
    if form.is_valid() and clean is not None:
        given: dict[str, Any] = {"programme": current(), "stamped": form.stamped(clean), "actor": request.actor, "at": request.at}
        if attempt(form, lambda: actions.take_scan(school=school, **given)):
            return redirect("submitting:summary", school.key)
    context |= scan_context(form, prepared, context["asked"])
    return render(request, "submitting/summary_scan.html", context, status=422 if request.method == "POST" else 200)


@guard.on_school(*SCHOOL_ROLES, *CITY_ROLES)
@require_safe
def summary_scanned(request: Request, school: School, file: int) -> HttpResponse:
    """A stamped scan, as a file."""
    return sheet.scan_of(request.actor, school, current(), file, request.at)


@guard.on_school("clerk")
@require_POST
def summary_send(request: Request, school: School) -> HttpResponse:
    """Send it to the city."""
    return _step(request, school, "send")


@guard.on_school("clerk")
def summary_recall(request: Request, school: School) -> HttpResponse:
    """Ask first, then open it again."""
    if request.method == "POST":
        return _step(request, school, "recall")
    told = {"title": _("收回附件一"), "button": _("收回修改"), "back": reverse("submitting:summary", args=[school.key]), "form": None}
    return render(request, "submitting/summary_recall.html", sheet.page(request, school, current()) | told)


@guard.on_school("director", "principal")
def summary_return(request: Request, school: School) -> HttpResponse:
    """Ask why, then give it back to the clerk."""
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _step(request, school, "return", form.cleaned_data["reason"])
    told = {
        "title": _("退回附件一"),
        "button": _("退回"),
        "back": reverse("submitting:summary", args=[school.key]),
        "form": form,
        "stops": True,
    }
    context = sheet.page(request, school, current()) | told
    return render(request, "submitting/summary_return.html", context, status=422 if form.is_bound else 200)
