"""The door of the site: a request gets its time and number here, and leaves one line in the log. What no database takes stays outside."""

import secrets
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponseBase

from gongxue.site import clock, errors
from gongxue.site.request import ours

_log = structlog.get_logger("gongxue.request")
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U: a number is read out on the telephone."""


def new_number() -> str:
    """A short number for people to quote: 7F3K-9Q2M."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


class Entry:
    """Sets `request.at` and `request.number`; logs number, route, status and milliseconds: never a path, a query or a person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer to a request."""
        started = clock.stopwatch()
        ours(request).at, ours(request).number = clock.now(), new_number()
        if request.encoding is not None:  # a page of ours is sent back in UTF-8; other letters could be halves of characters, or none
            request.encoding = "utf-8"
        response = errors.bad_request(request) if _holds_nul(request) else self.get_response(request)
        match = request.resolver_match
        told: dict[str, Any] = {
            "number": ours(request).number,
            "method": request.method if request.method in ("GET", "HEAD", "POST") else "other",
            "route": match.view_name if match else "",
            "status": response.status_code,
            "ms": round((clock.stopwatch() - started) * 1000, 1),
        }
        failure = getattr(request, "failure", None)
        if failure is not None:
            _log.error("request", **told, **failure)
        else:
            _log.info("request", **told)
        return response


def _holds_nul(request: HttpRequest) -> bool:
    """Whether the address holds the one character that PostgreSQL keeps in no text; forms and doors look at what a form brings."""
    query = request.META.get("QUERY_STRING", "")
    return "\x00" in request.path_info or "%00" in query or "\x00" in query
