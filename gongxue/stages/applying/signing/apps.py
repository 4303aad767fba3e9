"""The room as Django knows it."""

from django.apps import AppConfig

from gongxue.rules.text import Text
from gongxue.site import nav


class Signing(AppConfig):
    """The school's chain of sign-offs, online or on paper, and partner schools that confirm their members."""

    name = "gongxue.stages.applying.signing"
    label = "signing"

    def ready(self) -> None:
        """Its words in the header."""
        nav.add(
            nav.Entry(30, Text("待核章", "To sign"), "signing:waiting", ("director", "accountant", "principal"), ("signing:",)),
            nav.Entry(35, Text("夥伴學校確認", "Partner schools"), "signing:partners", ("clerk", "director"), ("signing:partner",)),
        )
