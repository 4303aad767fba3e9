"""The school's desk, submission, receipts, and what the school does with one application."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongxue.records.listings.school_desk import school_desk
from gongxue.records.models import Application, School
from gongxue.rules.access import CITY_ROLES, SCHOOL_ROLES
from gongxue.site import guard, limits, printing, sheets
from gongxue.site.programme import current
from gongxue.site.request import Request
from gongxue.stages.applying.submitting import actions, desk, receipts, steps
from gongxue.stages.applying.submitting.forms import PickForm, ReasonForm, SeenForm


@guard.post(*SCHOOL_ROLES)
@require_safe
def schools(request: Request) -> HttpResponse:
    """To the desk of one's school; who has posts at several chooses."""
    keys = {held.school for held in request.actor.posts if held.role in SCHOOL_ROLES and held.school is not None}
    found = list(School.objects.filter(pk__in=keys))
    return (
        redirect("submitting:school", found[0].key) if len(found) == 1 else render(request, "submitting/schools.html", {"schools": found})
    )


@guard.on_school(*SCHOOL_ROLES, *CITY_ROLES)
@require_safe
def school(request: Request, school: School) -> HttpResponse:
    """All communities of a school."""
    return render(request, "submitting/school.html", desk.context(request.actor, school, current(), request.GET))


@guard.on_school(*SCHOOL_ROLES, *CITY_ROLES)
@require_safe
def export(request: Request, school: School, kind: str) -> HttpResponseBase:
    """The same list as a sheet, narrowed as the page is."""
    limits.limit(request, "export", times=30, seconds=60)
    filters, mine = desk.filters_of(request.GET, current())
    rows = desk.lines(school_desk(request.actor, school.pk, filters, mine), current())
    return sheets.sheet(kind, f"{school.name}-{current().school_year}", desk.columns(), rows)


@guard.on_school("clerk")
def submit(request: Request, school: School) -> HttpResponse:
    """Choose what is submitted, then submit it."""
    form = PickForm({"pick": request.POST.getlist("pick")}) if request.method == "POST" else None
    if form is None or not form.is_valid():
        context = steps.to_submit(request.actor, school, current(), request.GET, request.at)
        return render(request, "submitting/submit.html", context | {"form": form}, status=422 if form else 200)
    outcomes = actions.submit(seen=form.cleaned_data["pick"], actor=request.actor, at=request.at)
    done = [each for each in outcomes if each.number]
    context = {"school": school, "outcomes": outcomes, "done": done, "new": [each for each in done if not each.before]}
    return render(request, "submitting/submitted.html", context, status=200 if done else 409)


@guard.on_application("submit")
@require_safe
def submit_one(request: Request, application: Application) -> HttpResponse:
    """To the school's page of submission, with this one ticked: for links that know an application, not its school."""
    if application.fiscal_school is None:
        return redirect("submitting:schools")
    return redirect(f"{reverse('submitting:submit', args=[application.fiscal_school.key])}?of={application.pk}")


@guard.on_application("view")
@require_safe
def receipt(request: Request, application: Application) -> HttpResponse:
    """The receipt that holds, and those before it."""
    return render(request, "submitting/receipt.html", steps.receipt_page(request.actor, application, request.at))


@guard.on_application("view")
@require_safe
def receipt_file(request: Request, application: Application, number: str) -> HttpResponse:
    """One receipt as a PDF."""
    limits.limit(request, "print", times=120, seconds=60)
    return printing.download(receipts.file_of(application, number))


@guard.on_application("recall_submission")
def recall_submission(request: Request, application: Application) -> HttpResponse:
    """Ask first, then take the submission back."""
    form = SeenForm(request.POST or None)
    if not form.is_valid():
        return render(request, "submitting/recall.html", steps.to_recall(application, form, request.at), status=steps.status(form))
    actions.recall_submission(application=application.pk, actor=request.actor, at=request.at, **form.cleaned_data)
    return redirect(steps.after(application, request.actor, "recalled"))


@guard.on_application("complete")
def complete(request: Request, application: Application) -> HttpResponse:
    """What the city asked for, what still stands in the way, then send it."""
    form = SeenForm(request.POST or None)
    if not form.is_valid():
        return render(request, "submitting/complete.html", steps.to_complete(application, form), status=steps.status(form))
    actions.complete(application=application.pk, actor=request.actor, at=request.at, **form.cleaned_data)
    return redirect("submitting:receipt", application.pk)


@guard.on_application("withdraw")
def withdraw(request: Request, application: Application) -> HttpResponse:
    """Ask why, then withdraw."""
    form = ReasonForm(request.POST or None)
    if not form.is_valid():
        return render(request, "submitting/withdraw.html", steps.asked(application, "withdraw", form), status=steps.status(form))
    actions.withdraw(application=application.pk, actor=request.actor, at=request.at, **form.cleaned_data)
    return redirect(steps.after(application, request.actor, "withdrawn"))
