"""What is kept refuses to be changed, by any road; and an application changes only with its version."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Model

from gongxue.records import trail, triggers
from gongxue.records.models import Application, Snapshot, TrailEntry, TrailSeal
from gongxue.records.snapshots import freeze
from tests.records.city import NOON, found_draft

KEPT: tuple[type[Model], ...] = (TrailEntry, TrailSeal, Snapshot)
ENTRIES = TrailEntry._meta.db_table
APPLICATIONS = Application._meta.db_table


@pytest.fixture
def kept(draft: Application) -> Application:
    freeze(draft, "test")
    trail.seal(NOON)
    return draft


def run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def refuses(change: Callable[[], object]) -> str:
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        change()
    return str(refused.value)


def drop(name: str, table: str) -> None:
    run(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))  # a table of ours


def test_every_trigger_is_there_and_a_missing_one_is_named(db: None) -> None:
    assert triggers.missing() == []
    for trigger in triggers.wanted(connection.vendor):
        drop(trigger.name, trigger.table)
        assert triggers.missing() == [trigger.name]
        triggers.make()
        assert triggers.missing() == []


def test_a_trigger_that_does_nothing_is_missing(db: None) -> None:
    name = f"{ENTRIES}_no_delete"
    if connection.vendor == "postgresql":
        run(f"ALTER TABLE {ENTRIES} DISABLE TRIGGER {name}")  # a table of ours
    else:
        drop(name, ENTRIES)
        run(f"CREATE TRIGGER {name} BEFORE DELETE ON {ENTRIES} WHEN 0 BEGIN SELECT 1; END")  # a table of ours
    assert triggers.missing() == [name]


def test_a_migration_makes_them_again_and_a_check_names_what_is_missing(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    triggers.drop()
    call_command("check", database=["default"], verbosity=0)
    assert f"trigger {ENTRIES}_no_delete is missing" in capsys.readouterr().err
    call_command("migrate", verbosity=0, interactive=False)
    assert triggers.missing() == []


@pytest.mark.parametrize("model", KEPT)
def test_rows_refuse_update_and_delete(kept: Application, model: type[Model]) -> None:
    table = model._meta.db_table
    refuses(lambda: model.objects.update(digest="0" * 64))  # type: ignore[attr-defined]
    refuses(lambda: model.objects.all().delete())  # type: ignore[attr-defined]
    refuses(lambda: run(f"DELETE FROM {table}"))  # noqa: S608  # a table of ours
    refuses(lambda: run(f"UPDATE {table} SET id = id + 1000"))  # noqa: S608  # a table of ours
    assert model.objects.exclude(digest="0" * 64).count() == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("table", [*(model._meta.db_table for model in KEPT), APPLICATIONS])
def test_nothing_empties_the_tables_at_once(kept: Application, table: str) -> None:
    if connection.vendor == "postgresql":
        refuses(lambda: run(f"TRUNCATE {table} CASCADE"))  # a table of ours
    else:
        columns = ", ".join(column.name for column in connection.introspection.get_table_description(connection.cursor(), table))
        refuses(lambda: run(f"REPLACE INTO {table} SELECT {columns} FROM {table}"))  # noqa: S608  # a table of ours


def test_words_may_be_blanked_and_only_to_nothing(kept: Application) -> None:
    refuses(lambda: TrailEntry.objects.update(words={"name": "別的"}))
    refuses(lambda: TrailEntry.objects.update(words={}))
    refuses(lambda: TrailEntry.objects.update(words={}, salt="x"))
    refuses(lambda: TrailEntry.objects.update(words={}, salt="", verb="other"))
    TrailEntry.objects.update(words={}, salt="")
    assert trail.verify() == []


def test_an_application_is_never_deleted(kept: Application) -> None:
    kept.persons.all().delete()
    refuses(lambda: run(f"DELETE FROM {APPLICATIONS}"))  # noqa: S608  # a table of ours


def test_whoever_goes_round_the_lock_cannot_write_over_what_another_wrote(city: SimpleNamespace) -> None:
    draft = found_draft(city)
    mine, yours = Application.objects.get(), Application.objects.get()
    for copy, name in ((mine, "我的"), (yours, "你的")):
        copy.document = {**copy.document, "name": name}
        copy.version += 1
    mine.save()
    assert "changes only with its version" in refuses(yours.save)
    for change in ({"state": "signing"}, {"document": {}}, {"version": 9}, {"programme": "x"}, {"version": 1}):
        refuses(lambda change=change: Application.objects.filter(pk=draft.pk).update(**change))
    Application.objects.filter(pk=draft.pk).update(errors=3, name="欄位可以更正")
    Application.objects.filter(pk=draft.pk).update(state="signing", version=F("version") + 1)
    assert Application.objects.get().version == 3
