"""The call."""

from django.http import HttpResponse
from django.shortcuts import render

from gongxue.site import guard, limits, printing
from gongxue.site.programme import current
from gongxue.site.request import Request
from gongxue.stages.preparing import clauses as plan
from gongxue.stages.preparing import offer, papers


@guard.public
def call(request: Request) -> HttpResponse:
    """Dates, tiers and budget rules of the open programme, and the forms to download."""
    programme = current()
    context = {
        "programme": programme,
        "is_open": offer.is_open(programme, request.at),
        "dates": offer.calendar(programme, request.at),
        "offers": offer.offers(programme),
        "prices": offer.prices(programme),
        "forms": papers.forms(programme),
        "kinds": papers.EDITABLE_FIRST,
    }
    return render(request, "preparing/call.html", context)


@guard.public
def clauses(request: Request) -> HttpResponse:
    """The plan clause by clause: what each means to us, and what keeps it."""
    programme = current()
    return render(request, "preparing/clauses.html", {"programme": programme, "page": plan.page_of(programme)})


@guard.public
def form(request: Request, code: str, kind: str) -> HttpResponse:
    """A blank form as a file."""
    limits.limit(request, "forms", times=30, seconds=60)
    return printing.download(papers.blank(current(), code, kind))
