"""Whether it is really this person who sits there, asked once more before something that binds: the password again; who has none must have
logged in within five minutes.

Asked before the transaction of the act: a wrong password is counted even though nothing else is kept.
"""

from typing import Any, Final

import msgspec
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.core import ratelimit
from django.conf import settings
from django.forms import ValidationError
from django.utils.translation import gettext as _

from gongxue.records.models import User
from gongxue.rules.text import Text
from gongxue.site import clock
from gongxue.site.limits import TooMany
from gongxue.site.refusing import Unavailable
from gongxue.site.request import Request

SECONDS: Final = 300
FIELD: Final = "password"
WAITED: Final = 0.9
"""Seconds; allauth gives up after one."""
BUSY: Final = Text(
    "系統正忙，密碼還沒有核對，什麼都沒有改變。請過半分鐘再試一次。",
    "The site is busy: the password was not looked at, and nothing was changed. Try again in half a minute.",
)


class Proof(msgspec.Struct, frozen=True):
    """Whether the person has proved who he or she is; `error` says what is missing, in the language of the page."""

    yes: bool
    error: str = ""


def asks_password(request: Request) -> bool:
    """Whether a page has to ask for the password: not of somebody who only ever logs in by the city's service."""
    return isinstance(request.user, User) and request.user.has_usable_password()


def prove(request: Request) -> Proof:
    """What the POST proves. Raises TooMany after ten tries in a minute, Unavailable where the tries cannot be counted just now."""
    if not asks_password(request):
        return Proof(True) if entered_lately(request) else Proof(False, _("請先重新登入一次，五分鐘內再核章。"))
    password = str(request.POST.get(FIELD, ""))[:1000]
    if not password:
        return Proof(False, _("請輸入密碼。"))
    began = clock.stopwatch()
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        # Too many is known at once. What takes longer has waited in vain for its turn to count: the database is held by others.
        raise TooMany(60) if clock.stopwatch() - began < WAITED else Unavailable(BUSY)
    try:
        known = get_adapter().reauthenticate(request.user, password)
    except ValidationError as told:
        return Proof(False, " ".join(told.messages))
    return Proof(True) if known else Proof(False, _("密碼不對，請再輸入一次。"))


def entered_lately(request: Request) -> bool:
    """Whether the person logged in, in this very session, within the last five minutes."""
    records: list[dict[str, Any]] = get_authentication_records(request, request.user)
    last = max((float(record.get("at", 0)) for record in records), default=0.0)
    return clock.real_now().timestamp() - last < SECONDS


def again_by() -> str:
    """The name of the city's own log-in service, "" where there is none."""
    return str(settings.OIDC_NAME or settings.OIDC_ISSUER) if settings.OIDC_ISSUER else ""
