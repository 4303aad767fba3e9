"""The room as Django knows it."""

from typing import Any

from django.apps import AppConfig

from gongxue.rules.text import Text
from gongxue.site import home, nav
from gongxue.site.request import Request


class Signing(AppConfig):
    """The school's chain of sign-offs, online or on paper, and partner schools that confirm their members."""

    name = "gongxue.stages.applying.signing"
    label = "signing"

    def ready(self) -> None:
        """Its words in the header, and its part of the home page."""
        nav.add(
            nav.Entry(30, Text("待核章", "To sign"), "signing:waiting", ("director", "accountant", "principal")),
            nav.Entry(35, Text("夥伴學校確認", "Partner schools"), "signing:partners", ("clerk", "director")),
        )
        home.add(home.Panel(30, "signing/panel.html", _panel))


def _panel(request: Request) -> dict[str, Any] | None:
    """What partner schools ask of this reader's school."""
    from gongxue.stages.applying.signing.pages import partner_rows

    if not request.actor.roles() & {"clerk", "director"}:
        return None
    rows = [row for row in partner_rows(request.actor) if row.partner.at is None]
    return {"rows": rows} if rows else None
