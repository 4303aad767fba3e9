"""The stage of the call."""

from django.apps import AppConfig

from gongxue.rules.text import Text
from gongxue.site import nav


class PreparingConfig(AppConfig):
    """Stage one."""

    name = "gongxue.stages.preparing"
    label = "preparing"

    def ready(self) -> None:
        """Its word in the header."""
        nav.add(nav.Entry(80, Text("計畫與規定", "Plan and rules"), "preparing:call", covers=("preparing:",)))
