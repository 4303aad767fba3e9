"""One transaction, whole or not at all: how every door opens the database, and what it says when the database will not have it.

A wait for a lock is bounded by the backends (SQLite's busy timeout, PostgreSQL's lock_timeout). What can be tried again is, a few times,
from the start; what cannot is told in words (Unkept). Anything else that goes wrong is a fault of ours, and is raised as it is.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.transaction import TransactionManagementError

from gongxue.records.refusals import Unkept
from gongxue.rules.text import Text

Taken = ParamSpec("Taken")
Given = TypeVar("Given")

PAUSES: Final = (0.02, 0.1)
"""Seconds before the second and the third try."""

_HELD = Text("資料庫正忙", "the database is busy")
_FULL = Text("磁碟空間已滿", "the disk is full")
_UNWRITABLE = Text("資料庫目前不能寫入", "the database cannot be written to")
_GONE = Text("與資料庫的連線中斷", "the connection to the database was lost")

_SQLITE: Final = {5: _HELD, 6: _HELD, 8: _UNWRITABLE, 10: _UNWRITABLE, 13: _FULL, 14: _UNWRITABLE}
"""SQLite's primary result codes: BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN."""
_POSTGRESQL: Final = {
    "55P03": _HELD,  # lock_timeout
    "57014": _HELD,  # statement_timeout
    "40001": _HELD,  # serialization_failure
    "40P01": _HELD,  # deadlock_detected
    "53100": _FULL,
    "25006": _UNWRITABLE,  # a standby, or default_transaction_read_only
    "53300": _HELD,  # too_many_connections
    "57P01": _GONE,
    "57P02": _GONE,
    "57P03": _GONE,
}
_AGAIN: Final = frozenset({5, 6, "40001", "40P01"})
"""Nothing was done, and the next try may well succeed."""


def whole(act: Callable[Taken, Given]) -> Callable[Taken, Given]:
    """`act` in one transaction of its own, or as a part of the caller's: then it is the caller that may try again.

    Raises Unkept where the database could not take it.
    """

    @wraps(act)
    def door(*args: Taken.args, **kwargs: Taken.kwargs) -> Given:
        pauses = () if connection.in_atomic_block else PAUSES
        for pause in (*pauses, None):
            try:
                with transaction.atomic():
                    return act(*args, **kwargs)
            except (DatabaseError, InterfaceError) as error:
                code, why = _trouble(error)
                if why is None:
                    raise
                if why is _GONE and not connection.in_atomic_block:
                    connection.close()
                if code not in _AGAIN or pause is None:
                    raise Unkept(why, surely=why is not _GONE) from error
                time.sleep(pause)
        raise AssertionError("the last try returns or raises")

    return door


def in_transaction() -> None:
    """Raises TransactionManagementError outside a transaction: SQLite would pass over the lock in silence."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("a lock holds only inside a transaction")


def _trouble(error: DatabaseError | InterfaceError) -> tuple[int | str | None, Text | None]:
    """The code and words of a trouble that is the database's own; no words where the fault is ours."""
    cause = error.__cause__
    if connection.vendor == "postgresql":
        state: str | None = getattr(cause, "sqlstate", None)
        lost = connection.connection is None or connection.connection.closed
        return state, _POSTGRESQL.get(state or "", _GONE if lost or (state or "").startswith("08") else None)
    code = getattr(cause, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    return primary, _SQLITE.get(primary) if primary is not None else None
