"""What every page's template gets: who is there, the header's entries, the language."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.translation import get_language

from gongxue.records.actor import NOBODY, Actor
from gongxue.rules.access import ROLES
from gongxue.rules.text import Text
from gongxue.site import nav


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context of the layout."""
    actor = getattr(request, "actor", NOBODY)
    match = request.resolver_match
    entries, here = nav.entries_for(actor), match.view_name if match else ""
    return {
        "actor": actor,
        "at": getattr(request, "at", None),
        "nav": entries,
        "here": here,
        "here_in": nav.entry_of(here, entries),
        "is_demo": settings.DEMO,
        "language": get_language() or settings.LANGUAGE_CODE,
        "roles": _roles(actor),
        "login_url": resolve_url(settings.LOGIN_URL),
        "logout_url": resolve_url(settings.LOGOUT_URL),
        "account_url": resolve_url(settings.ACCOUNT_URL),
    }


def _roles(actor: Actor) -> list[Text]:
    return [ROLES[role] for role in dict.fromkeys(held.role for held in actor.posts)]
