"""Who guards the processes of the background, and gives all of them up where one cannot be replaced.

They hand each other tasks through pipes, each with a lock that whoever waits at it holds. One that is killed as it waits, by the kernel
when memory runs out, takes the lock along: whoever is made in its place waits for ever, the background looks alive and does nothing.
"""

import os
from typing import Any, Final

import structlog
from django_q import cluster

LOST: Final = 1
"""The exit status of a background that gave itself up."""
IDLE: Final = -1
"""What a worker's timer says while it waits for a task."""
_log = structlog.get_logger("gongxue.background")


class Sentinel(cluster.Sentinel):  # type: ignore[misc]  # django-q2 has no types
    """Replaces a worker that died at its work, took too long or was due; for any other death it ends, and with it all that it made."""

    def reincarnate(self, process: Any) -> None:
        """Put another in the place of one that ended, or end."""
        if process in (self.monitor, self.pusher) or process.timer.value == IDLE:
            _log.error("background", lost="a process was killed as it waited; all are made anew")
            os._exit(LOST)  # whatever it did in order, it would wait for those who wait for the lock
        super().reincarnate(process)


def run() -> int:
    """Work until SIGTERM, or until a process is lost that cannot be replaced; the status to exit with."""
    cluster.Sentinel = Sentinel  # Cluster asks for it by this name, and takes no other
    background = cluster.Cluster()
    background.start()
    background.sentinel.join()
    status: int = background.sentinel.exitcode
    return status
