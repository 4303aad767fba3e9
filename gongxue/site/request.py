"""What a request carries once it has come through the door of the site."""

import datetime
from typing import Any, cast

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from gongxue.records.actor import Actor
from gongxue.rules.access import Tie


def ours(request: HttpRequest) -> "Request":
    """A request of Django's as what the doors of the site have made of it: for middleware, which Django calls with its own type."""
    return cast(Request, request)


class Request(HttpRequest):
    """A request with its time, its number and who acts; set by `entry` and `acting`, for views to annotate."""

    at: datetime.datetime
    """When it came in: aware, taken once. Deadlines are compared with this."""
    number: str
    """Leads to one line of the log."""
    actor: Actor
    """Who acts, in the posts valid on the day of `at`; nobody's has no user."""
    bonds: tuple[Tie, ...]
    """How the actor is bound to the application of the address, where there is one; read once, by the guard."""
    htmx: HtmxDetails
    failure: dict[str, Any]
    """What went wrong, for the one line of the log."""
