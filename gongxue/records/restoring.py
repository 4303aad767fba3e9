"""Brings a backup back: looked through whole before anything is touched, what stood there kept aside. The caller has the data alone."""

import datetime
import secrets
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec
from django.conf import settings
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader

from gongxue.records import archive, pg_programs
from gongxue.records.archive import ArchiveError, Manifest
from gongxue.records.backup import STAMP, postgresql_counts, sqlite_counts
from gongxue.rules.text import Text

BESIDE: Final = ("", "-wal", "-shm")
"""An SQLite database and what may lie beside it."""


class Restored(msgspec.Struct, frozen=True):
    """What was brought back, and where what stood before is kept: files and folders, or a schema of the database."""

    manifest: Manifest
    kept: tuple[str, ...]


def restore(path: Path, at: datetime.datetime) -> Restored:
    """Put database and files of a backup in place of those there are.

    Raises ArchiveError, and nothing was touched: damaged, newer, of another kind of database. Raises OSError or PgProgramError where it
    failed half way; then what stood before stands again.
    """
    manifest = archive.read(path)
    _must_fit(manifest)
    stamp = f"{at.astimezone(datetime.UTC).strftime(STAMP)}-{secrets.token_hex(2)}"
    swap = _Swap(stamp)
    try:
        files = swap.staging(Path(settings.FILES))
        files.mkdir(parents=True)
        for name, member in manifest.members.items():
            if name != archive.DATABASE:
                archive.extract(path, name, member, files / name.removeprefix(archive.FILES))
        if manifest.vendor == "postgresql":
            _postgresql(path, manifest, swap, files)
        else:
            _sqlite(path, manifest, swap, files)
    finally:
        swap.tidy()
    return Restored(manifest, tuple(swap.kept))


def _must_fit(manifest: Manifest) -> None:
    vendor = "postgresql" if settings.DATABASES["default"]["ENGINE"] == "gongxue.records.postgresql" else "sqlite"
    if manifest.vendor != vendor:
        told = Text(
            f"這份備份是 {manifest.vendor} 的，現在設定的資料庫是 {vendor}。資料沒有更動。",
            f"this backup is of {manifest.vendor}, and the database that is set is {vendor}. Nothing was touched.",
        )
        raise ArchiveError(told)
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or ()}
    if newer := sorted(set(manifest.migrations) - known):
        told = Text(
            f"這份備份比這個程式新（{newer[0]}），請改用較新的版本。資料沒有更動。",
            f"this backup is newer than this program ({newer[0]}): use a newer version. Nothing was touched.",
        )
        raise ArchiveError(told)


class _Swap:
    """Takes what stands there aside and puts the new in its place; back again where that fails."""

    def __init__(self, stamp: str) -> None:
        self.stamp = stamp
        self.done: list[tuple[Path, Path]] = []
        self.kept: list[str] = []
        self.stagings: list[Path] = []

    def staging(self, place: Path) -> Path:
        """A name beside `place`, on the same disk, for what will take its place."""
        path = place.parent / f".restore-{self.stamp}" / place.name
        self.stagings.append(path.parent)
        return path

    def aside(self, place: Path) -> None:
        """Take what stands at `place` to a folder beside it."""
        if place.exists():
            folder = place.parent / f"before-restore-{self.stamp}"
            folder.mkdir(exist_ok=True, mode=0o700)
            self._move(place, folder / place.name)
            if str(folder) not in self.kept:
                self.kept.append(str(folder))

    def put(self, new: Path, place: Path) -> None:
        """Put `new` at `place`."""
        self._move(new, place)

    def _move(self, one: Path, other: Path) -> None:
        one.rename(other)
        self.done.append((one, other))

    def back(self) -> None:
        """Undo everything, last first."""
        for one, other in reversed(self.done):
            other.rename(one)
        self.done, self.kept = [], []

    def tidy(self) -> None:
        """Take away what lies beside."""
        for folder in self.stagings:
            shutil.rmtree(folder, ignore_errors=True)


def _sqlite(path: Path, manifest: Manifest, swap: _Swap, files: Path) -> None:
    database = Path(settings.DATABASES["default"]["NAME"])
    new = swap.staging(database)
    archive.extract(path, archive.DATABASE, manifest.members[archive.DATABASE], new)
    _look_into(new, manifest)
    connections.close_all()
    try:
        for ending in BESIDE:
            swap.aside(database.with_name(database.name + ending))
        swap.aside(Path(settings.FILES))
        swap.put(files, Path(settings.FILES))
        swap.put(new, database)
    except OSError:
        swap.back()
        raise


def _look_into(new: Path, manifest: Manifest) -> None:
    """Raises ArchiveError where SQLite finds a fault in the database, or other rows than were counted."""
    import pysqlite3.dbapi2 as sqlite

    opened = sqlite.connect(str(new))
    try:
        sound = opened.execute("PRAGMA integrity_check").fetchone() == ("ok",) and sqlite_counts(opened) == manifest.counts
    except sqlite.DatabaseError:
        sound = False
    finally:
        opened.close()
    if not sound:
        raise archive.damaged(Text("資料庫的內容與清單不符", "its database does not hold what its manifest says"))


def _postgresql(path: Path, manifest: Manifest, swap: _Swap, files: Path) -> None:
    """What stands there is kept as a schema of its own; the backup comes into a new one, in one transaction, and is counted."""
    dump = swap.staging(Path(settings.FILES)).with_name("database")
    archive.extract(path, archive.DATABASE, manifest.members[archive.DATABASE], dump)
    kept = f"before_restore_{swap.stamp.replace('-', '_')}"
    _do("BEGIN", f"ALTER SCHEMA public RENAME TO {kept}", "COMMIT")
    try:
        pg_programs.run(
            "pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", "--dbname", _name(), str(dump)
        )
        connections.close_all()
        with connection.cursor() as cursor:
            if postgresql_counts(cursor) != manifest.counts:
                raise archive.damaged(Text("資料庫的內容與清單不符", "its database does not hold what its manifest says"))
        swap.aside(Path(settings.FILES))
        swap.put(files, Path(settings.FILES))
    except BaseException:
        with suppress(OSError):
            swap.back()
        _do("BEGIN", "DROP SCHEMA IF EXISTS public CASCADE", f"ALTER SCHEMA {kept} RENAME TO public", "COMMIT")
        raise
    swap.kept.append(f"schema {kept}")


def _do(*statements: str) -> None:
    connections.close_all()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def other_sessions() -> int:
    """How many others are connected to the database: on PostgreSQL, the site may be served from another machine."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )
        return int(cursor.fetchone()[0])
