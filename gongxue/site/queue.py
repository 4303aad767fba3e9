"""The queue of the background, which gives a task up that kills whoever runs it.

django-q2 counts the attempts of a task that fails; one whose process is killed, or that takes too long, never gets so far, and would be
given out again for ever. Here each giving out is counted in the task's own row before it goes out.
"""

import datetime
import time
from typing import Any, Final

from django.core.signing import BadSignature
from django.db import transaction
from django_q.brokers.orm import ORM
from django_q.conf import Conf
from django_q.models import OrmQ, Task
from django_q.signing import SignedPackage

from gongxue.site import clock

GIVEN: Final = "given_out"
"""In a task: how often it was given out."""
ENDED: Final = "the process that ran it was ended each time"
"""What a failed task says that was given up."""


class Bounded(ORM):  # type: ignore[misc]  # django-q2 has no types
    """Gives a task out at most as often as one that fails is tried."""

    def dequeue(self) -> list[tuple[int, str]]:
        """The rows that are given out, as pairs of key and task; none where nothing waits, after a pause that spares the processor."""
        now = clock.real_now()
        # The broker's way to the table also closes a connection that the database has dropped.
        waiting = list(self.get_connection().filter(key=self.list_key, lock__lt=now).order_by("pk")[: Conf.BULK])
        if not waiting:
            time.sleep(Conf.POLL)
        taken = [self._take(row, now) for row in waiting]
        return [pair for pair in taken if pair is not None]

    def _take(self, row: OrmQ, now: datetime.datetime) -> tuple[int, str] | None:
        """Lock a row until it may be tried again; None where another was faster, or where it is given up."""
        mine = OrmQ.objects.filter(pk=row.pk, lock=row.lock)
        try:
            task: dict[str, Any] = SignedPackage.loads(row.payload)
        except (TypeError, BadSignature):  # of another key: whoever gets it throws it away
            return (row.pk, row.payload) if mine.update(lock=self.timeout(row)) else None
        task[GIVEN] = task.get(GIVEN, 0) + 1
        if task[GIVEN] > Conf.MAX_ATTEMPTS:
            _give_up(mine, task, now)
            return None
        payload = SignedPackage.dumps(task)
        return (row.pk, payload) if mine.update(lock=self.timeout(row), payload=payload) else None


def _give_up(row: Any, task: dict[str, Any], now: datetime.datetime) -> None:
    """Take it out of the queue, and keep that it failed, for the page of upkeep."""
    with transaction.atomic():
        if not row.delete()[0]:
            return
        told = {"result": f"{task['name']}: {ENDED}", "success": False, "stopped": now, "attempt_count": task[GIVEN] - 1}
        made = {"name": task["name"], "func": str(task["func"]), "args": task["args"], "kwargs": task["kwargs"], "started": now}
        Task.objects.update_or_create(id=task["id"], defaults=told, create_defaults={**made, **told})
