"""All papers of the list in one archive: asked for, watched, cancelled, fetched."""

from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongxue.records import bundles
from gongxue.records.listings.applications import narrowed
from gongxue.records.listings.overview import overview
from gongxue.records.refusals import NotThere
from gongxue.rules.access import CITY_ROLES
from gongxue.rules.deadlines import is_late
from gongxue.rules.filenames import plan_file_name
from gongxue.site import background, guard, limits
from gongxue.site.programme import current
from gongxue.site.request import Request
from gongxue.stages.applying.overseeing import bundling
from gongxue.stages.applying.overseeing.narrowing import asked


@guard.city(*CITY_ROLES)
@require_POST
def pack(request: Request) -> HttpResponse:
    """Ask for a bundle of what is filtered."""
    limits.limit(request, "bundle", times=10, seconds=600)
    programme = current()
    filters = asked(request.GET, programme, overview(request.actor, programme.id).schools).filters
    found = narrowed(request.actor, filters).order_by("fiscal_school__key", "name", "pk").values_list("pk", flat=True)
    with transaction.atomic():
        bundle = bundles.ask_for(list(found[: bundles.MOST + 1]), actor=request.actor, at=request.at)
        background.later(bundling.JOB, bundle.pk)
    return redirect("overseeing:bundle", bundle.pk)


@guard.city(*CITY_ROLES)
@require_safe
def bundle(request: Request, bundle: int) -> HttpResponse:
    """How far it is; the page asks by itself, every second, until it is there."""
    found = bundles.bundle_of(bundle, request.actor)
    over = found.until is not None and is_late(request.at, found.until)
    template = "overseeing/bundle.html#progress" if request.htmx else "overseeing/bundle.html"
    return render(request, template, {"bundle": found, "over": over, "working": found.state == "working"})


@guard.city(*CITY_ROLES)
@require_POST
def cancel_bundle(request: Request, bundle: int) -> HttpResponse:
    """No more of it."""
    bundles.cancel(bundle, actor=request.actor, at=request.at)
    return redirect("overseeing:bundle", bundle)


@guard.city(*CITY_ROLES)
@require_safe
def fetch_bundle(request: Request, bundle: int) -> HttpResponseBase:
    """The archive, for whoever asked for it, as long as all that is in it may be seen, and its day is not over."""
    found = bundles.bundle_of(bundle, request.actor)
    file = bundling.file_of(found)
    if found.state != "ready" or found.until is None or is_late(request.at, found.until) or not file.is_file():
        raise NotThere()
    title = _("%(year)s學年度申請") % {"year": current().school_year}
    name = plan_file_name("{community}", "", f"{title}-{found.pk}", "", "zip")
    return FileResponse(file.open("rb"), as_attachment=True, filename=name, content_type="application/zip")
