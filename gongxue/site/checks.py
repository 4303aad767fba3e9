"""What must hold before the app starts: each fault tells its remedy."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from gongxue.site.guard import routes


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


def refuse_to_start() -> None:
    """Raise ImproperlyConfigured with every fault: servers ask this before their first request; Django itself checks only commands."""
    faults = [*every_route_is_declared(), *assets_are_built()]
    if faults:
        raise ImproperlyConfigured("; ".join(f"{fault.msg} ({fault.hint})" for fault in faults))
