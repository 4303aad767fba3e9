"""What stands on the home page after logging in: stages put panels in, each for the people it concerns."""

from collections.abc import Callable
from typing import Any

import msgspec

from gongxue.site.request import Request


class Panel(msgspec.Struct, frozen=True):
    """One part of the home page. `context` answers what its template needs, or None where this person has nothing to do with it."""

    order: int
    template: str
    context: Callable[[Request], dict[str, Any] | None]


_panels: list[Panel] = []


def add(panel: Panel) -> None:
    """Put a panel in; called by an app's `ready()`."""
    if all(each.template != panel.template for each in _panels):
        _panels.append(panel)


def panels_for(request: Request) -> list[tuple[str, dict[str, Any]]]:
    """Template and context of every panel that concerns who asks, in order."""
    found = ((panel.template, panel.context(request)) for panel in sorted(_panels, key=lambda panel: panel.order))
    return [(template, context) for template, context in found if context is not None]
