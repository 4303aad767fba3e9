"""Looking back: versions, their differences, the trail, and a version brought back."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongxue.records.listings.history import document_at, history
from gongxue.records.models import Application
from gongxue.rules.access import may
from gongxue.rules.workflow import APPLICATION
from gongxue.site import guard
from gongxue.site.request import Request
from gongxue.site.sheets import KINDS
from gongxue.stages.applying.papers import actions, looking_back
from gongxue.stages.applying.papers.forms import Seen


@guard.on_application("view_history")
def history_page(request: Request, application: Application) -> HttpResponse:
    """Versions and the timeline."""
    context = looking_back.page_of(request, application)
    context["may_edit"] = may(APPLICATION, "edit", request.bonds, application.state).yes
    context["exports"] = [(kind.label, reverse("papers:timeline", args=[application.pk, name])) for name, kind in KINDS.items()]
    context |= looking_back.just_done(request, context["all_versions"])
    return render(request, "papers/history.html", context)


@guard.on_application("view_history")
def compare(request: Request, application: Application) -> HttpResponse:
    """What two versions differ in, word by word."""
    versions = history(application)
    before, after = looking_back.pair(request, versions)
    told = looking_back.differences(application, before, after)
    context = {"application": application, "versions": versions, "before": before, "after": after, "told": told}
    context["may_edit"] = may(APPLICATION, "edit", request.bonds, application.state).yes
    return render(request, "papers/compare.html", context)


@guard.on_application("view_history")
@require_safe
def timeline(request: Request, application: Application, kind: str) -> HttpResponseBase:
    """The trail as a sheet."""
    return looking_back.exported(request, application, kind)


@guard.on_application("edit")
def restore(request: Request, application: Application, version: int) -> HttpResponse:
    """Ask first; then the version's content is the present one, as an edit that can be undone by bringing back the one before."""
    document_at(application, version)
    form = Seen(request.POST or None)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        actions.bring_back(application=application.pk, version=version, actor=request.actor, at=request.at, seen=seen)
        return redirect(f"{reverse('papers:history', args=[application.pk])}?restored={version}&was={seen}")
    told = looking_back.differences(application, application.version, version) if version != application.version else []
    context = {"application": application, "version": version, "told": told, "form": None, "button": _("恢復這一版")}
    context["title"] = _("恢復第 %(version)s 版的內容？") % {"version": version}
    context["back"] = reverse("papers:history", args=[application.pk])
    return render(request, "papers/restore.html", context)
