"""The jobs."""

import datetime
import os
import signal
import time
from pathlib import Path


def sleep(diary: str, seconds: int, at: datetime.datetime) -> None:
    """Write down who begins, sleep the first time, write down the end."""
    path = Path(diary)
    first = not path.exists()
    with path.open("a") as lines:
        lines.write(f"begun {os.getpid()}\n")
    if first:
        time.sleep(seconds)
    with path.open("a") as lines:
        lines.write("done\n")


def die(diary: str, at: datetime.datetime) -> None:
    """Write down who begins, and kill whoever runs it: this very process."""
    with Path(diary).open("a") as lines:
        lines.write(f"begun {os.getpid()}\n")
    os.kill(os.getpid(), signal.SIGKILL)
