"""The one place that reads the clock. Everything else is given its time.

In the demo the clock is the real one moved by an offset that its visitor sets. The offset stands in a small file beside the database: every
worker and the background see it at once, and reading it costs no query.
"""

import datetime
import time
from pathlib import Path

from django.conf import settings

FIRST = datetime.datetime(2022, 3, 20, 9, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
"""Where the demo's year begins."""


class ClockError(Exception):
    """The clock cannot be set so: outside the demo, or backwards."""


def now() -> datetime.datetime:
    """The present instant, aware, in UTC; in the demo moved by its offset."""
    real = datetime.datetime.now(datetime.UTC)
    return real + _offset() if settings.DEMO else real


def real_now() -> datetime.datetime:
    """The present instant without the demo's offset: for logs and backups, which tell what really happened when."""
    return datetime.datetime.now(datetime.UTC)


def stopwatch() -> float:
    """Seconds that only run forward, to measure how long something took."""
    return time.perf_counter()


def move_to(instant: datetime.datetime) -> None:
    """Set the demo's clock forward to `instant`; ClockError for an earlier one: what was done cannot come after its own future."""
    if instant < now():
        raise ClockError("the demo's clock only moves forward; start over to go back")
    _set(instant)


def start_over(instant: datetime.datetime = FIRST) -> None:
    """Set the demo's clock anew, to any instant. Its data must be made anew with it."""
    _set(instant)


def _set(instant: datetime.datetime) -> None:
    if not settings.DEMO:
        raise ClockError("only the demo's clock can be set")
    seconds = (instant - real_now()).total_seconds()
    temporary = _file().with_suffix(".new")
    temporary.write_text(repr(seconds), "ascii")
    temporary.replace(_file())


def _file() -> Path:
    return Path(settings.VAR) / "demo-clock"


def _offset() -> datetime.timedelta:
    try:
        return datetime.timedelta(seconds=float(_file().read_text("ascii")))
    except FileNotFoundError:
        return datetime.timedelta()
