"""The app."""

from django.apps import AppConfig


class SleepyConfig(AppConfig):
    """A job that says in a file that it began, and ended; and one that kills whoever runs it."""

    name = "tests.site.sleepy"
    label = "sleepy"

    def ready(self) -> None:
        """Name the job."""
        from gongxue.site import background
        from tests.site.sleepy.jobs import die, sleep

        background.register("sleep", sleep)
        background.register("die", die)
