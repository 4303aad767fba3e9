"""Django's SQLite backend over pysqlite3.

Debian's SQLite 3.40 has a WAL corruption bug that 3.51.3 fixed. pysqlite3 bundles a newer one; Django takes whatever is called `sqlite3`
when its backend is imported, so it is imported here, once, under that name, and nowhere else. The standard module must not open the same
file in the same process: closing it would drop the locks.
"""

import sys
from typing import Any

import pysqlite3
import pysqlite3.dbapi2
from django.core.exceptions import ImproperlyConfigured

FIXED = (3, 51, 3)
"""The first SQLite whose WAL is sound."""

_BACKEND = "django.db.backends.sqlite3.base"
if _BACKEND in sys.modules and sys.modules[_BACKEND].Database is not pysqlite3.dbapi2:
    raise ImproperlyConfigured("django.db.backends.sqlite3 was imported before gongxue.records.sqlite: only ours may open the database")
_standard = {name: sys.modules.get(name) for name in ("sqlite3", "sqlite3.dbapi2")}
sys.modules["sqlite3"], sys.modules["sqlite3.dbapi2"] = pysqlite3, pysqlite3.dbapi2
try:
    from django.db.backends.sqlite3 import base as django_base
finally:
    for _name, _module in _standard.items():
        if _module is None:
            del sys.modules[_name]
        else:
            sys.modules[_name] = _module

PRAGMAS = "; ".join(
    f"PRAGMA {pragma}"
    for pragma in (
        "busy_timeout=4000",  # first: what follows may have to wait already
        "journal_mode=WAL",
        "synchronous=FULL",  # what was confirmed outlives a power cut
        "mmap_size=0",
        "foreign_keys=ON",
        "recursive_triggers=ON",  # else INSERT OR REPLACE deletes rows behind the back of their triggers
    )
)


class DatabaseWrapper(django_base.DatabaseWrapper):
    """Refuses an SQLite whose WAL is not sound; every transaction takes the write lock at once."""

    def get_connection_params(self) -> dict[str, Any]:
        """Django's, with IMMEDIATE transactions and our pragmas."""
        if pysqlite3.dbapi2.sqlite_version_info < FIXED:
            found = pysqlite3.dbapi2.sqlite_version
            raise ImproperlyConfigured(f"SQLite {found} may corrupt its write-ahead log: install pysqlite3 0.6.1 or later")
        options = self.settings_dict.setdefault("OPTIONS", {})
        options.setdefault("transaction_mode", "IMMEDIATE")
        options.setdefault("init_command", PRAGMAS)
        return super().get_connection_params()
