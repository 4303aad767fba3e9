"""What must hold before the app starts: each fault tells its remedy."""

import re
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from gongxue.site.guard import routes
from gongxue.site.mail.line import server_at


@register
def every_route_is_declared(**_: Any) -> list[CheckMessage]:
    """A view without a declaration would be open to everybody: the app does not start."""
    return [
        Error(
            f"the route {route.name or route.path!r} does not say who may enter",
            hint="declare its view: see gongxue/site/guard.py",
            id="gongxue.E001",
        )
        for route in routes()
        if route.declaration is None
    ]


@register
def assets_are_built(**_: Any) -> list[CheckMessage]:
    """Without its stylesheet and scripts the site cannot be read."""
    if (settings.STATIC_ROOT / "staticfiles.json").is_file():
        return []
    return [Error("the stylesheet and scripts are not built", hint="run `make run`, or scripts/build_assets.py", id="gongxue.E002")]


@register
def mail_can_be_written(**_: Any) -> list[CheckMessage]:
    """A mail server's address that is none, or a sender that is none, would be found out by the first letter."""
    found: list[CheckMessage] = []
    if settings.MAIL_URL:
        try:
            server_at(settings.MAIL_URL, patience=1, name="")
        except ValueError:
            hint = "smtp://HOST:PORT, smtp+tls://USER:PASSWORD@HOST:PORT or smtps://…"
            found.append(Error("GONGXUE_MAIL_URL is no address of a mail server", hint=hint, id="gongxue.E003"))
    for name in ("MAIL_FROM", "MAIL_BOUNCES"):
        address = parseaddr(getattr(settings, name))[1]
        if getattr(settings, name) and not re.fullmatch(r"[!-?A-~]+@[!-?A-~]+", address):
            found.append(Error(f"GONGXUE_{name} is no e-mail address", hint="gongxue@example.gov.tw", id="gongxue.E004"))
    return found


def refuse_to_start() -> None:
    """Raise ImproperlyConfigured with every fault: servers ask this before their first request; Django itself checks only commands."""
    faults = [*every_route_is_declared(), *assets_are_built(), *mail_can_be_written()]
    if faults:
        raise ImproperlyConfigured("; ".join(f"{fault.msg} ({fault.hint})" for fault in faults))
