"""Pages for what goes wrong. They need no database, no session and no context processor; the 404 page says the same of everything."""

import functools
import sys
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from gongxue.rules.text import Text
from gongxue.site import log
from gongxue.site.going_on import Way, way_on
from gongxue.site.request import ours

LONGEST_TYPED = 2000
"""Of what was typed, so much is shown again: as much as a reason may have."""


def page(name: str, status: int, **context: Any) -> HttpResponse:
    """An error page by name; no request goes in, so that nothing is looked up for it."""
    response = HttpResponse(get_template(f"site/errors/{name}.html").render(context), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


@functools.cache
def _not_found() -> bytes:
    return bytes(get_template("site/errors/404.html").render({}), "utf-8")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, byte for byte the same for what is not there and for what may not be seen: no form, token, path or number."""
    response = HttpResponse(_not_found(), status=404)
    response.headers["Cache-Control"] = "no-store"
    return response


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: Text | None = None) -> HttpResponse:
    """403 with the reason, a number, and the way on where the address names a paper that may be seen."""
    return page("403", 403, reason=reason, number=number_of(request), way=way_on(request), typed=typed_in(request))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form from a page that is too old, or not ours. Django's own reason is for programmers."""
    text = Text(
        "這個頁面放太久了，或是您已在別處登出。請回上一頁重新載入，再送出一次。",
        "This page is too old, or you have logged out elsewhere. Go back, reload, and send it again.",
    )
    if request.headers.get("HX-Request"):
        return notice(403, text, number_of(request))
    return forbidden(request, reason=text)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; or 413 for a request that is too big."""
    if isinstance(exception, RequestDataTooBig):
        return page("413", 413, number=number_of(request), way=way_on(request))
    return page("400", 400, number=number_of(request))


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """429 with the seconds to wait and a number."""
    response = page("429", 429, minutes=-(-seconds // 60), number=number_of(request))
    response.headers["Retry-After"] = str(seconds)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500 with a number; or 503 where it is the database that does not answer: full, locked, gone, so trying again may help."""
    error = sys.exc_info()[1]
    if error is not None:
        ours(request).failure = log.failure(error)
    if isinstance(error, DatabaseError):
        return unavailable(request)
    return page("500", 500, number=number_of(request))


def unavailable(request: HttpRequest, reason: Text | None = None) -> HttpResponse:
    """503: try again in a little while."""
    response = page("503", 503, number=number_of(request), reason=reason)
    response.headers["Retry-After"] = "30"
    return response


def log_in_again(request: HttpRequest) -> HttpResponse:
    """401 for a live page whose session has ended: what was typed stays on the page."""
    zh = "您已登出，或登入已逾時。畫面上的內容還在，請在新分頁登入後再繼續。"
    return notice(401, Text(zh, "You are logged out. What you typed is still on this page: log in in another tab, then go on."))


def notice(status: int, reason: Text, number: str = "", findings: Any = (), way: Way | None = None) -> HttpResponse:
    """A refusal as a fragment for a live page: it goes to the page's notice, never over what was typed."""
    context = {"reason": reason, "number": number, "findings": findings, "status": status, "way": way}
    response = HttpResponse(get_template("site/errors/notice.html").render(context), status=status)
    for name, value in (("HX-Retarget", "#notice"), ("HX-Reswap", "innerHTML"), ("Cache-Control", "no-store")):
        response.headers[name] = value
    return response


def typed_in(request: HttpRequest) -> str:
    """The reason that somebody wrote into a form that was refused: a paper that has moved on does not take what was typed along."""
    return request.POST.get("reason", "").strip()[:LONGEST_TYPED] if request.method == "POST" else ""


def number_of(request: HttpRequest) -> str:
    """The request's number, "" where it never came through the door."""
    return str(getattr(request, "number", ""))
