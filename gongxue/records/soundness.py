"""Whether the database is fit to be served: asked at start, and more thoroughly by `gongxue doctor`. Nothing here changes anything."""

from typing import Final

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from gongxue.records import columns, files, trail, triggers
from gongxue.rules.text import Text

_PRAGMAS: Final = {"journal_mode": "wal", "synchronous": 2, "mmap_size": 0, "foreign_keys": 1, "recursive_triggers": 1}
"""On SQLite: what must be in force on every connection; synchronous 2 is FULL."""


def at_start() -> list[Text]:
    """Why this database must not be served, or nothing: not migrated, newer than this program, triggers gone, SQLite not as safe as it
    must be."""
    return migrations() or [*missing_triggers(), *unsafe_settings()]


def thorough() -> list[Text]:
    """Everything `at_start` looks at, and that the whole trail, every column and every file hold."""
    found = at_start()
    if found:
        return found
    found += [
        Text(
            f"軌跡在 {fault.subject} {fault.subject_id} 第 {fault.number} 筆斷裂",
            f"the trail of {fault.subject} {fault.subject_id} breaks at {fault.number}",
        )
        for fault in trail.verify()
    ]
    found += [
        Text(
            f"申請書 {each.application} 的欄位 {each.column} 與內容不符",
            f"column {each.column} of application {each.application} does not say what its content says",
        )
        for each in columns.recompute()
    ]
    found += [
        Text(f"檔案 {digest[:12]} 遺失或損壞", f"the file {digest[:12]} is missing or damaged: bring it back from a backup")
        for digest in files.missing(thorough=True)
    ]
    return found


def exists() -> bool:
    """Whether there is a database of ours at all."""
    return bool(MigrationExecutor(connection).loader.applied_migrations)


def newer_migrations() -> list[str]:
    """Migrations that were applied here and that this program does not know: a newer one has been at work."""
    loader = MigrationExecutor(connection).loader
    wanted, applied = set(loader.disk_migrations or ()), set(loader.applied_migrations or ())
    apps = {app for app, _ in wanted}
    return sorted(f"{app}.{name}" for app, name in applied - wanted if app in apps)


def migrations() -> list[Text]:
    """Whether the database is older or newer than this program."""
    if newer := newer_migrations():
        zh = f"資料庫比這個程式新（{'、'.join(newer)}）：請改用較新的版本"
        return [Text(zh, f"the database is newer than this program ({', '.join(newer)}): use a newer version")]
    executor = MigrationExecutor(connection)
    if not executor.loader.applied_migrations:
        return [Text("資料庫還沒有建立：請執行 gongxue init", "there is no database yet: run gongxue init")]
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return [Text("資料庫尚未更新：請執行 gongxue upgrade", "the database is not migrated: run gongxue upgrade")]
    return []


def missing_triggers() -> list[Text]:
    """The triggers that are not there."""
    return [
        Text(f"資料庫少了保護（{name}）：請執行 gongxue upgrade", f"trigger {name} is missing: run gongxue upgrade")
        for name in triggers.missing()
    ]


def unsafe_settings() -> list[Text]:
    """Settings of the live connection under which a confirmed save could be lost."""
    if connection.vendor == "postgresql":
        return _unsafe_postgresql()
    found = []
    with connection.cursor() as cursor:
        for pragma, wanted in _PRAGMAS.items():
            seen = cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
            if seen != wanted:
                found.append(Text(f"SQLite 的 {pragma} 是 {seen}，應為 {wanted}", f"SQLite's {pragma} is {seen}; it must be {wanted}"))
    return found


def _unsafe_postgresql() -> list[Text]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('synchronous_commit'), current_setting('server_encoding')")
        commits, encoding = cursor.fetchone()
    found = []
    if commits == "off":
        found.append(
            Text(
                "PostgreSQL 的 synchronous_commit 是 off，確認過的內容可能遺失", "synchronous_commit is off: a confirmed save could be lost"
            )
        )
    if encoding != "UTF8":
        found.append(Text(f"資料庫的編碼是 {encoding}，應為 UTF8", f"the database's encoding is {encoding}; it must be UTF8"))
    return found
