"""Turns what a door refuses into a page that says what to do, or into a fragment for a live page."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from gongxue.records.refusals import ChangeError, Clashed, NotAllowed, NotThere, Refused, RulesBroken, Stale, TooLate, Unkept
from gongxue.site import errors, log
from gongxue.site.going_on import way_on
from gongxue.site.limits import TooMany
from gongxue.site.once import KeyMissing
from gongxue.site.request import ours


class Unavailable(Refused):
    """Something that the site does for people cannot be done just now: a font is missing, a printer's child breaks down."""


STATUS: dict[type[Refused], int] = {
    NotAllowed: 403,
    RulesBroken: 422,
    ChangeError: 422,
    KeyMissing: 422,
    TooMany: 429,
    Unkept: 503,
    Unavailable: 503,
    Refused: 409,
}
"""The status of a refusal, by the nearest of its classes: what is not said is 409, things are not as they were thought to be."""


class Refusing:
    """Answers every refusal that a view raises."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer to a request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any) -> None:
        """A view that does not say who may enter lets nobody in: the check before the start finds it, this holds if nobody ran it."""
        if not hasattr(view, "declaration"):
            raise TypeError(f"{view} does not say who may enter")

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for a refusal; None for anything else, which is a fault."""
        if isinstance(error, NotThere):
            return errors.not_found(request)
        return answer(request, error) if isinstance(error, Refused) else None


def answer(request: HttpRequest, error: Refused) -> HttpResponse:
    """The page or fragment for a refusal."""
    status = status_of(error)
    if status == 503:
        ours(request).failure = log.failure(error)
    if isinstance(error, TooMany) and not ours(request).htmx:
        return errors.too_many(request, error.seconds)
    if ours(request).htmx:
        findings = error.findings if isinstance(error, RulesBroken) else ()
        return errors.notice(status, error.reason, errors.number_of(request), findings, way_on(request))
    if status == 403:
        return errors.forbidden(request, reason=error.reason)
    if status == 503:
        return errors.unavailable(request, error.reason)
    return errors.page(
        "refused",
        status,
        reason=error.reason,
        findings=error.findings if isinstance(error, RulesBroken) else (),
        clashes=error.clashes if isinstance(error, Clashed) else (),
        way=way_on(request),
        typed=errors.typed_in(request),
        is_late=isinstance(error, TooLate),
        is_stale=isinstance(error, Stale),
    )


def status_of(error: Refused) -> int:
    """The status of a refusal."""
    return next(STATUS[each] for each in type(error).__mro__ if each in STATUS)
