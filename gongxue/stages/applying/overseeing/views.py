"""The city's desk: the list, how far each school has come, what is taken away."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from gongxue.records.listings.overview import overview
from gongxue.rules.access import CITY_ROLES
from gongxue.site import guard, limits
from gongxue.site.programme import current
from gongxue.site.request import Request
from gongxue.stages.applying.overseeing import desk, exporting, progress
from gongxue.stages.applying.overseeing.narrowing import asked


@guard.city(*CITY_ROLES)
@require_safe
def applications(request: Request) -> HttpResponse:
    """Every application; every half minute the page asks for its numbers alone."""
    if request.htmx and request.htmx.target == "numbers":
        parts = (render_to_string(f"overseeing/applications.html#{part}", desk.numbers(request), request) for part in ("numbers", "map"))
        return HttpResponse("".join(parts))
    return render(request, "overseeing/applications.html", desk.page_of(request))


@guard.city(*CITY_ROLES)
@require_safe
def export(request: Request, kind: str) -> HttpResponseBase:
    """What is filtered, as a file."""
    limits.limit(request, "export", times=30, seconds=60)
    programme = current()
    filters = asked(request.GET, programme, overview(request.actor, programme.id).schools).filters
    return exporting.export(kind, request.actor, filters, programme)


@guard.city(*CITY_ROLES)
@require_safe
def schools(request: Request) -> HttpResponse:
    """How far each school has come, and who is behind 7, 3 and 1 days before the deadline."""
    return render(request, "overseeing/schools.html", progress.page_of(request))


@guard.city(*CITY_ROLES)
@require_safe
def export_schools(request: Request, kind: str) -> HttpResponseBase:
    """The same as a sheet."""
    limits.limit(request, "export", times=30, seconds=60)
    return progress.export(kind, request)
