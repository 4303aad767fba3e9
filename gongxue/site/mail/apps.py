"""The mail app."""

from django.apps import AppConfig

from gongxue.rules.text import Text
from gongxue.site import home, nav


class MailConfig(AppConfig):
    """The outbox's letters, and their delivery."""

    name = "gongxue.site.mail"
    label = "mail"

    def ready(self) -> None:
        """Name the jobs, show the keepers where to look, and tell them what did not arrive."""
        from gongxue.site.mail import jobs
        from gongxue.site.mail.home import panel

        jobs.register()
        home.add(home.Panel(20, "mail/home.html", panel))
        nav.add(nav.Entry(90, Text("系統狀況", "Upkeep"), "upkeep", ("officer", "supervisor", "centre_staff"), ("mail:",)))
