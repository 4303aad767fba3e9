"""Starting from what there is: a filled form or a JSON file, last year's application; or replacing a draft's content by a file."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongxue.records.listings.copying import copyable
from gongxue.records.models import Application
from gongxue.records.programmes import programme_of
from gongxue.rules.access import SCHOOL_POSTS
from gongxue.site import guard, limits
from gongxue.site.programme import current
from gongxue.site.request import Request
from gongxue.stages.applying.papers import actions, copy_list, previewing
from gongxue.stages.applying.papers.forms import Carried, Upload
from gongxue.stages.applying.papers.reading import Reading


# Reading a file writes nothing, so that it may be repeated; and a transaction, which a key would open, must not wait for the reader.
@guard.post(*SCHOOL_POSTS, repeatable=True)
def read_in(request: Request) -> HttpResponse:
    """A file for a new draft: asked for, then shown as it was read."""
    return _upload(request, Upload(current(), *_sent(request)))


@guard.post(*SCHOOL_POSTS)
@require_POST
def start(request: Request) -> HttpResponse:
    """A new draft of what was shown."""
    form = Carried(current(), request.POST)
    if not form.is_valid():
        return render(request, "papers/read_in.html", {"form": form}, status=422)
    made = actions.start_from(document=form.reading.document, actor=request.actor, at=request.at)
    return redirect("drafting:draft", made.pk)


@guard.on_application("edit", repeatable=True)
def read_over(request: Request, application: Application) -> HttpResponse:
    """A file for a draft that there is: asked for, then shown as it was read, before it replaces anything."""
    programme = programme_of(application.programme, application.programme_version)
    return _upload(request, Upload(programme, *_sent(request)), application=application)


@guard.on_application("edit")
@require_POST
def replace(request: Request, application: Application) -> HttpResponse:
    """What was shown takes the place of the content."""
    form = Carried(programme_of(application.programme, application.programme_version), request.POST)
    if not form.is_valid():
        return render(request, "papers/read_in.html", {"form": form, "application": application}, status=422)
    seen = form.cleaned_data["seen"] or 0
    actions.replace_with(application=application.pk, document=form.reading.document, actor=request.actor, at=request.at, seen=seen)
    return redirect(f"{reverse('papers:history', args=[application.pk])}?replaced=1&was={seen}")


@guard.post(*SCHOOL_POSTS)
def copy(request: Request) -> HttpResponse:
    """What can be copied, with what moves; and the copy. Of a copy that the page did not know yet it is told first."""
    chosen = None
    if request.method == "POST":
        found = copyable(request.actor, current())
        chosen = next((each for each in found if str(each.id) == request.POST.get("application")), None)
        if chosen is not None and (chosen.copy is None or request.POST.get("copy") == str(chosen.copy)):
            made = actions.copy(application=chosen.id, programme=current(), actor=request.actor, at=request.at)
            return redirect("drafting:draft", made.pk)
    return render(request, "papers/copy.html", {**copy_list.listed(request), "twice": chosen}, status=409 if chosen is not None else 200)


@guard.post(*SCHOOL_POSTS)
@require_safe
def copy_as(request: Request, kind: str) -> HttpResponseBase:
    """What can be copied as a sheet."""
    return copy_list.copy_sheet(kind, request)


def _sent(request: Request) -> tuple[Any, ...]:
    if request.method != "POST":
        return ()
    limits.limit(request, "read_in", times=30, seconds=60)
    return request.POST, request.FILES


def _upload(request: Request, form: Upload, application: Application | None = None) -> HttpResponse:
    """The page that asks for a file, or the one that shows what it holds."""
    if not form.is_bound or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "papers/read_in.html", {"form": form, "application": application}, status=status)
    return render(request, "papers/read.html", _shown(form.reading, form.programme.id, form.programme.version, application))


def _shown(reading: Reading, programme: str, version: int, application: Application | None) -> dict[str, Any]:
    paper = previewing.drawn(reading.document, programme, version)
    found = reading.verdict.findings
    return {
        "reading": reading, "application": application, "paper": paper, "totals": reading.verdict.totals,
        "errors": [each for each in found if each.severity == "error"], "others": [each for each in found if each.severity != "error"],
    }  # fmt: skip
