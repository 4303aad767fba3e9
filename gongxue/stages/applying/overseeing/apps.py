"""The room as Django knows it."""

from django.apps import AppConfig

from gongxue.rules.access import CITY_ROLES
from gongxue.rules.text import Text
from gongxue.site import home, nav


class Overseeing(AppConfig):
    """The city's desk: everything as it arrives."""

    name = "gongxue.stages.applying.overseeing"
    label = "overseeing"

    def ready(self) -> None:
        """Its word in the header, the city's panel on the home page, the packing and the comparing in the background."""
        from gongxue.stages.applying.overseeing import bundling, comparing, desk

        home.add(home.Panel(10, "overseeing/home_panel.html", desk.home_panel))
        bundling.register()
        comparing.register()
        nav.add(nav.Entry(20, Text("申請", "Applications"), "overseeing:applications", CITY_ROLES, ("overseeing:",)))
