"""Triggers that hold what must survive a bug of ours.

- The trail, its seals and frozen versions refuse UPDATE and DELETE. Of a trail entry, `words` and `salt` may be blanked, and only to
  nothing.
- An application and a school's summary refuse DELETE, and every UPDATE of their content or state that does not raise their version by
  exactly one: whoever goes round the doors' lock, and writes over what another wrote in between, is refused. Columns that only repeat the
  document may be put right.
- A signature and a receipt refuse DELETE, and every UPDATE but the one that voids them; a handed-in file's row refuses UPDATE.
- On PostgreSQL all that are never deleted refuse TRUNCATE.

SQLite silently drops a table's triggers when a migration alters it, so they are made again after every migration, and checked at start.
"""

import re
from typing import Final

import msgspec
from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper

from gongxue.records.models import (
    Application,
    Receipt,
    SchoolSummary,
    Signature,
    Snapshot,
    StoredFile,
    SummarySnapshot,
    TrailEntry,
    TrailSeal,
)

APPEND_ONLY: Final[tuple[type[models.Model], ...]] = (TrailEntry, TrailSeal, Snapshot, SummarySnapshot)
VOIDABLE: Final[dict[type[models.Model], tuple[str, ...]]] = {
    Signature: ("voided_at", "voided_by_id", "why"),
    Receipt: ("voided_at", "voided_by_id", "void_why"),
}
"""What can be voided, and no more: the columns that say so."""
_BLANKABLE: Final = ("words", "salt")
VERSIONED: Final[dict[type[models.Model], tuple[str, ...]]] = {
    Application: ("programme", "programme_version", "state", "version", "document"),
    SchoolSummary: ("programme", "programme_version", "state", "version", "facts", "digest"),
}
"""What changes only with its version: the columns that are content or state."""


class Trigger(msgspec.Struct, frozen=True):
    """One trigger: `event` on `table`, refused with `told` when `when` holds (SQL over OLD and NEW; "" is always)."""

    table: str
    name: str
    event: str
    told: str
    when: str = ""

    def sqlite(self) -> str:
        """The statement that makes it."""
        when = f" WHEN {self.when}" if self.when else ""
        return f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table}{when} BEGIN SELECT RAISE(ABORT, '{self.told}'); END"

    def postgresql(self) -> str:
        """The statement that makes it."""
        each = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        when = f" WHEN ({self.when})" if self.when else ""
        does = f"EXECUTE FUNCTION gongxue_refuse('{self.told}')"
        return f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH {each}{when} {does}"


_REFUSE: Final = (
    "CREATE OR REPLACE FUNCTION gongxue_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$"
)


def _same(columns: list[str], vendor: str) -> str:
    equal = "IS NOT DISTINCT FROM" if vendor == "postgresql" else "IS"
    return " AND ".join(f"NEW.{column} {equal} OLD.{column}" for column in columns)


def _columns(model: type[models.Model]) -> list[str]:
    return [str(field.column) for field in model._meta.local_fields]


def wanted(vendor: str) -> list[Trigger]:
    """Every trigger that should be there."""
    found = []
    models_held: tuple[type[models.Model], ...] = (*APPEND_ONLY, *VOIDABLE, *VERSIONED)
    for model in models_held:
        table = model._meta.db_table
        told = f"{table} is append-only" if model in APPEND_ONLY else f"{table} is never deleted"
        if model in APPEND_ONLY:
            found.append(Trigger(table, f"{table}_no_update", "UPDATE", told, _blanking(vendor) if model is TrailEntry else ""))
        found.append(Trigger(table, f"{table}_no_delete", "DELETE", told))
        if vendor == "postgresql":
            found.append(Trigger(table, f"{table}_no_truncate", "TRUNCATE", told))
    for model in VOIDABLE:
        table = model._meta.db_table
        found.append(Trigger(table, f"{table}_only_voided", "UPDATE", f"{table} is voided, or stays", _voiding(model, vendor)))
    found.append(Trigger(StoredFile._meta.db_table, f"{StoredFile._meta.db_table}_no_update", "UPDATE", "a file that was handed in stays"))
    for model, content in VERSIONED.items():
        table = model._meta.db_table
        steps = f"NEW.id = OLD.id AND (NEW.version = OLD.version + 1 OR {_same(list(content), vendor)})"
        found.append(Trigger(table, f"{table}_versioned", "UPDATE", f"{table} changes only with its version", f"NOT ({steps})"))
    return found


def _blanking(vendor: str) -> str:
    """When an update of a trail entry is more than the blanking of its words."""
    nothing = "'{}'::jsonb" if vendor == "postgresql" else "'{}'"
    kept = [column for column in _columns(TrailEntry) if column not in _BLANKABLE]
    return f"NOT (NEW.words = {nothing} AND NEW.salt = '' AND {_same(kept, vendor)})"


def _voiding(model: type[models.Model], vendor: str) -> str:
    """When an update of what can be voided is more than its voiding."""
    kept = [column for column in _columns(model) if column not in VOIDABLE[model]]
    return f"NOT (OLD.voided_at IS NULL AND NEW.voided_at IS NOT NULL AND {_same(kept, vendor)})"


def make(database: BaseDatabaseWrapper = connection) -> None:
    """Make every trigger anew."""
    drop(database)
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute(_REFUSE)
        for trigger in wanted(database.vendor):
            cursor.execute(trigger.postgresql() if database.vendor == "postgresql" else trigger.sqlite())


def drop(database: BaseDatabaseWrapper = connection) -> None:
    """Take every trigger away: for a migration that must, and between tests, which empty the tables."""
    with database.cursor() as cursor:
        for trigger in wanted(database.vendor):
            on = f" ON {trigger.table}" if database.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}{on}")


def missing(database: BaseDatabaseWrapper = connection) -> list[str]:
    """The names of the triggers that should be there and are not, are switched off, or (on SQLite, which keeps the words) say something
    else."""
    there = _there(database)
    if database.vendor == "postgresql":
        return sorted(trigger.name for trigger in wanted(database.vendor) if trigger.name not in there)
    return sorted(trigger.name for trigger in wanted(database.vendor) if _plain(there.get(trigger.name, "")) != _plain(trigger.sqlite()))


def _there(database: BaseDatabaseWrapper) -> dict[str, str]:
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    if database.vendor == "postgresql":
        query = (
            "SELECT tgname, pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND pg_table_is_visible(pg_class.oid)"
        )
    with database.cursor() as cursor:
        cursor.execute(query)
        return {str(name): str(words) for name, words in cursor.fetchall()}


def _plain(statement: str) -> str:
    return re.sub(r"\s+", " ", statement).strip()
