"""The records app."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class RecordsConfig(AppConfig):
    """All tables of the project stand in this one app; its triggers are made again after every migration."""

    name = "gongxue.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tie the triggers to migrations, and to Django's checks of a database; let the modules that the doors ask put themselves in."""
        from gongxue.records import completion, notices, partners, receipts, signatures, summaries

        signatures.tie()
        completion.tie()
        partners.tie()
        receipts.tie()
        summaries.tie()
        notices.tie()  # after the signatures, whose voiding it tells
        post_migrate.connect(_make_triggers, sender=self)
        checks.register(_check_triggers, checks.Tags.database)


def _make_triggers(using: str, **_: Any) -> None:
    from django.db import connections

    from gongxue.records import triggers

    triggers.make(connections[using])


def _check_triggers(*, databases: Sequence[str] | None = None, **_: Any) -> Sequence[checks.CheckMessage]:
    """A warning, not an error: an error would keep `migrate` from making them again. The server itself refuses to start without them."""
    from django.db import connections

    from gongxue.records import triggers
    from gongxue.records.models import Application

    found: list[checks.CheckMessage] = []
    for alias in databases or ():
        if Application._meta.db_table in connections[alias].introspection.table_names():
            hint = "run migrate, which makes them again"
            found += [
                checks.Warning(f"trigger {name} is missing", hint=hint, id="records.W001") for name in triggers.missing(connections[alias])
            ]
    return found
