"""A served site as processes: all of them, and their end."""

import os
import signal
from pathlib import Path

from bench.afternoon.served import Site


def family(first: int) -> list[int]:
    """A process and everything under it, the eldest first: who could start a worker again dies before it."""
    found = [first]
    for process in found:
        for task in sorted(Path(f"/proc/{process}/task").glob("*/children")):
            found += map(int, task.read_text("ascii").split())
    return found


def kill(site: Site) -> None:
    """Kill -9: the server, its workers, and whatever they started."""
    if site.process is not None:
        for process in family(site.process.pid):
            os.kill(process, signal.SIGKILL)
        site.process.wait()
        site.process = None
