"""Who uses the data: the site shares it while it is served; a restore or an upgrade wants it alone.

A lock on a small file beside the database says so. It goes with the processes that hold it, however they end. It speaks for this machine
only: several machines on one PostgreSQL are told apart by the database's own sessions.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings

NAME: Final = "in-use.lock"


@contextmanager
def occupied() -> Iterator[bool]:
    """Share the data until the end of the block, and with every process made meanwhile; False where somebody wants it alone."""
    with _lock(fcntl.LOCK_SH) as got:
        yield got


@contextmanager
def alone() -> Iterator[bool]:
    """Have the data alone until the end of the block; False where the site is being served."""
    with _lock(fcntl.LOCK_EX) as got:
        yield got


@contextmanager
def _lock(kind: int) -> Iterator[bool]:
    with (Path(settings.VAR) / NAME).open("a") as file:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
