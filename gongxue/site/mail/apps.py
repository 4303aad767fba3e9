"""The mail app."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """The outbox's letters, and their delivery."""

    name = "gongxue.site.mail"
    label = "mail"

    def ready(self) -> None:
        """Name the jobs."""
        from gongxue.site.mail import jobs

        jobs.register()
