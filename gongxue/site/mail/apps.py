"""The mail app."""

from django.apps import AppConfig

from gongxue.rules.text import Text
from gongxue.site import nav


class MailConfig(AppConfig):
    """The outbox's letters, and their delivery."""

    name = "gongxue.site.mail"
    label = "mail"

    def ready(self) -> None:
        """Name the jobs, and show the keepers where to look."""
        from gongxue.site.mail import jobs

        jobs.register()
        nav.add(nav.Entry(90, Text("系統狀況", "Upkeep"), "upkeep", ("officer", "supervisor", "centre_staff"), ("mail:",)))
