"""Closing an account and opening it again: both ask first."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gongxue.records import accounts
from gongxue.records.listings.accounts import account
from gongxue.site import guard
from gongxue.site.fields import attempt
from gongxue.site.people import actions
from gongxue.site.people.desk import CLOSERS, Asked
from gongxue.site.people.forms import CloseForm
from gongxue.site.request import Request

closers = guard.post(*CLOSERS)


@closers
def close(request: Request, person: int) -> HttpResponse:
    """Close an account, with a reason."""
    asked, form = Asked(request), CloseForm(request.POST or None)
    shown = account(person, asked.day)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: actions.close_account(person, reason=reason, actor=request.actor, at=request.at)):
            return redirect(asked.to_list("close"))
    context = {"shown": shown, "form": form, "stops": True, "title": _("這個帳號要停用嗎？"), "button": _("停用帳號")}
    return render(request, "people/close.html", {**context, "back": asked.to_list()}, status=422 if form.is_bound else 200)


@closers
def reopen(request: Request, person: int) -> HttpResponse:
    """Open a closed account again."""
    asked = Asked(request)
    shown = account(person, asked.day)
    if request.method == "POST":
        accounts.open_account(person, actor=request.actor, at=request.at)
        return redirect(asked.to_list("open"))
    context = {"shown": shown, "title": _("這個帳號要恢復嗎？"), "button": _("恢復帳號"), "back": asked.to_list()}
    return render(request, "people/open.html", context)
