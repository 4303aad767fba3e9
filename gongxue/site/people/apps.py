"""The room as Django knows it."""

from django.apps import AppConfig

from gongxue.rules.text import Text
from gongxue.site import nav


class People(AppConfig):
    """People and posts, for those who give posts."""

    name = "gongxue.site.people"
    label = "people"

    def ready(self) -> None:
        """Its word in the header; letters to those whose posts are given or ended."""
        from gongxue.records.people import AFTER_POST
        from gongxue.site.people.desk import GIVERS
        from gongxue.site.people.letters import follow

        nav.add(nav.Entry(60, Text("人員與職務", "People and posts"), "people:posts", GIVERS, ("people:",)))
        AFTER_POST.append(follow)
