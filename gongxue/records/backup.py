"""Makes a backup of everything: the database at one instant, and the files that people handed in. The site goes on meanwhile.

The database comes first. A file is on the disk before its row is, so every row of the copy finds its file; what is handed in later may lie
there without a row, and the sweep takes it away after a restore as it does at any time.
"""

import datetime
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

import gongxue
from gongxue.records import archive, pg_programs
from gongxue.records.archive import Manifest

STAMP: Final = "%Y%m%d-%H%M%S"
NAME: Final = "gongxue-*.zip"


class Made(msgspec.Struct, frozen=True):
    """A backup that was written, and read back."""

    path: Path
    manifest: Manifest


def back_up(target: Path, at: datetime.datetime) -> Made:
    """Write a backup to the file `target`, or into the folder `target` under a name with its time, and read it back.

    Raises ArchiveError where it does not read back, OSError, DatabaseError, PgProgramError.
    """
    path = target / f"gongxue-{at.astimezone(datetime.UTC).strftime(STAMP)}.zip" if target.is_dir() or not target.suffix else target
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=path.parent) as folder:
        copy = Path(folder) / "database"
        counts = _copy_postgresql(copy) if connection.vendor == "postgresql" else _copy_sqlite(copy)
        manifest = Manifest(
            format=archive.FORMAT,
            program=gongxue.__version__,
            made_at=at.isoformat(),
            vendor=connection.vendor,
            migrations=tuple(sorted(f"{app}.{name}" for app, name in MigrationLoader(connection).applied_migrations)),
            counts=counts,
            members={},
        )
        archive.write(path, copy, files(Path(settings.FILES)), manifest)
    return Made(path, archive.read(path))


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file below `folder`: its name there, and where it lies."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(folder).as_posix(), path


def _copy_sqlite(copy: Path) -> dict[str, int]:
    """Copy the database by SQLite's own means, at one instant; its rows by table."""
    import pysqlite3.dbapi2 as sqlite

    connection.ensure_connection()
    target = sqlite.connect(str(copy))
    try:
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        return sqlite_counts(target)
    finally:
        target.close()


def sqlite_counts(database: Any) -> dict[str, int]:
    """The rows of each table of an open SQLite database."""
    names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name")
    quoted = [(name, name.replace('"', '""')) for (name,) in names.fetchall()]
    return {name: database.execute(f'SELECT count(*) FROM "{safe}"').fetchone()[0] for name, safe in quoted}  # noqa: S608  # quoted names


def _copy_postgresql(copy: Path) -> dict[str, int]:
    """Dump the database and count its rows in one and the same snapshot of it."""
    from django.db import transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        [snapshot] = cursor.fetchone()
        pg_programs.run(
            "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", "--schema=public", f"--file={copy}"
        )
        return postgresql_counts(cursor)


def postgresql_counts(cursor: Any) -> dict[str, int]:
    """The rows of each table."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    counts: dict[str, int] = {}
    for (name,) in cursor.fetchall():
        cursor.execute(f"SELECT count(*) FROM public.{connection.ops.quote_name(name)}")  # noqa: S608  # a quoted name
        counts[name] = cursor.fetchone()[0]
    return counts
