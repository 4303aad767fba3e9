"""The room as Django knows it."""

from django.apps import AppConfig

from gongxue.site import home


class Drafting(AppConfig):
    """The convener's desk: a draft as a list of sections that save themselves."""

    name = "gongxue.stages.applying.drafting"
    label = "drafting"

    def ready(self) -> None:
        """Its part of the home page."""
        from gongxue.stages.applying.drafting.home import panel

        home.add(home.Panel(10, "drafting/home.html", panel))
