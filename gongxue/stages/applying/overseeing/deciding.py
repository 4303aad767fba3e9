"""The city's look at one application, and the steps it takes there."""

from collections.abc import Callable

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongxue.records.models import Application
from gongxue.records.refusals import NotAllowed
from gongxue.records.sight import may_on
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION, transition
from gongxue.site import guard
from gongxue.site.request import Request
from gongxue.stages.applying.overseeing import actions, looking
from gongxue.stages.applying.overseeing.forms import CompletionForm, ReasonForm


@guard.on_application("oversee")
@require_safe
def application(request: Request, application: Application) -> HttpResponse:
    """One application: facts, findings, seals, timeline, and what can be done."""
    return render(request, "overseeing/application.html", looking.page_of(request, application))


def _step(name: str, *, stops: bool = False) -> Callable[..., HttpResponseBase]:
    """The page that asks for the reason of a transition, and makes it."""
    row = transition(APPLICATION, name)

    def view(request: Request, application: Application) -> HttpResponse:
        if not may_on(request.actor, "oversee", application).yes:  # a school withdraws, too, and not here
            raise NotAllowed(Text("這一頁供教育處使用。", "This page is the Education Department's."))
        form = (CompletionForm if name == "ask_completion" else ReasonForm)(request.POST or None)
        back = reverse("overseeing:application", args=[application.pk])
        if form.is_valid():
            seen = form.cleaned_data["version"] or application.version
            told = {"version": seen, "reason": form.cleaned_data["reason"], "seals_again": form.cleaned_data.get("seals_again") == "yes"}
            actions.step(name, application=application.pk, **told, actor=request.actor, at=request.at)
            return redirect(f"{back}?done={name}")
        context = {"form": form, "application": application, "row": row, "back": back, "stops": stops}
        return render(request, "overseeing/step.html", context, status=422 if form.is_bound else 200)

    return guard.on_application(row.verb)(view)


ask_completion = _step("ask_completion")
mark_ineligible = _step("mark_ineligible", stops=True)
reinstate = _step("reinstate")
withdraw = _step("withdraw", stops=True)
