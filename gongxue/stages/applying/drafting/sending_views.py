"""The pages on which an application leaves its writers, and comes back to them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongxue.records.doors import move
from gongxue.records.models import Application
from gongxue.site import guard
from gongxue.site.request import Request
from gongxue.stages.applying.drafting import actions, checking
from gongxue.stages.applying.drafting.forms import ReasonForm, SendForm


@guard.on_application("view")
@require_safe
def check(request: Request, application: Application) -> HttpResponse:
    """What it says, what stands in the way, and what can be done with it now."""
    return render(request, "drafting/check.html", checking.check_page(request, application))


@guard.on_application("send_to_school")
@require_POST
def send(request: Request, application: Application) -> HttpResponse:
    """Send it to the school to be signed off."""
    return _hand_on(request, application, "send_to_school")


@guard.on_application("complete")
@require_POST
def complete(request: Request, application: Application) -> HttpResponse:
    """Send the completion that the city asked for."""
    return _hand_on(request, application, "complete")


@guard.on_application("complete")
@require_POST
def ask_seals(request: Request, application: Application) -> HttpResponse:
    """Have the completion signed again, where the city asked for that."""
    return _hand_on(request, application, "ask_seals")


def _hand_on(request: Request, application: Application, name: str) -> HttpResponse:
    """What was seen is what is sent, or nothing."""
    form = SendForm(request.POST)
    if not form.is_valid():
        context = checking.check_page(request, application) | {"form": form}
        return render(request, "drafting/check.html", context, status=422)
    actions.hand_on(name, application=application.pk, version=form.cleaned_data["version"], actor=request.actor, at=request.at)
    return redirect("drafting:sent", application.pk)


@guard.on_application("view")
@require_safe
def sent(request: Request, application: Application) -> HttpResponse:
    """That it is on its way, and what happens next."""
    if application.state in ("draft", "returned", "withdrawn"):
        return redirect("drafting:check", application.pk)
    return render(request, "drafting/sent.html", {"application": application, "sent": checking.sent_page(application)})


@guard.on_application("recall")
@require_POST
def recall(request: Request, application: Application) -> HttpResponse:
    """Take it back from the school, to change it: one click, and it can be sent again."""
    move(application.pk, "recall", actor=request.actor, at=request.at)
    return redirect("drafting:draft", application.pk)


@guard.on_application("withdraw")
def withdraw(request: Request, application: Application) -> HttpResponse:
    """Give the application up, with a reason; its convener can bring the draft back."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        move(application.pk, "withdraw", actor=request.actor, at=request.at, reason=form.cleaned_data["reason"])
        return redirect("drafting:check", application.pk)
    return _confirm(request, application, "drafting/withdraw.html", form=form)


@guard.on_application("restore")
def restore(request: Request, application: Application) -> HttpResponse:
    """Bring a withdrawn application back as a draft."""
    if request.method == "POST":
        move(application.pk, "restore", actor=request.actor, at=request.at)
        return redirect("drafting:draft", application.pk)
    return _confirm(request, application, "drafting/restore.html")


def _confirm(request: Request, application: Application, template: str, **more: Any) -> HttpResponse:
    form = more.get("form")
    status = 422 if form is not None and form.is_bound else 200
    return render(request, template, {"application": application, **more}, status=status)
