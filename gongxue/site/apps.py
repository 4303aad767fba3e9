"""The site app."""

from typing import Any

from django.apps import AppConfig, apps
from django.core.management import call_command
from django.db.models.signals import post_migrate


def make_cache_table(**_: Any) -> None:
    """The cache's table, which Django leaves out of migrations; made once."""
    call_command("createcachetable", verbosity=0)


class SiteConfig(AppConfig):
    """The shell."""

    name = "gongxue.site"
    label = "site"

    def ready(self) -> None:
        """Checks that run before the app starts."""
        from gongxue.site import (
            checks,  # noqa: F401  # registers itself, once the apps are there
            nightly,
        )

        nightly.register()

        # Only an app with models is told that a migration is over.
        post_migrate.connect(make_cache_table, sender=apps.get_app_config("records"), dispatch_uid="gongxue.cache")
