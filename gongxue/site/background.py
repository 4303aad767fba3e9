"""Work in the background: named jobs, on a queue that stands in our own database.

A job is enqueued in the transaction of what it belongs to: what is rolled back leaves no task. One whose worker was killed runs again, so
every job must do no harm when it runs twice. The queue holds names, never addresses of code; a name leads to a function here, and nowhere
else.
"""

import contextlib
import datetime
from collections.abc import Callable, Iterator
from typing import Any, Final

import msgspec
import structlog
from django.conf import settings
from django_q.brokers.orm import ORM
from django_q.models import OrmQ, Schedule
from django_q.signing import SignedPackage
from django_q.tasks import async_task

from gongxue.records.models import Chore
from gongxue.records.whole import whole
from gongxue.rules.deadlines import TAIPEI
from gongxue.site import clock, log

Job = Callable[..., Any]
"""Called with what was enqueued, and `at`, the instant at which it runs: jobs below the site read no clock."""
RUN: Final = "gongxue.site.background.run"
HEART: Final = "deliver"
"""The job that runs every minute: by it one knows that the background is there."""
SILENT: Final = datetime.timedelta(minutes=5)
"""After this it is not."""
STARTING: Final = datetime.timedelta(minutes=2)
"""So long it may take after a start until it first does something."""
_log = structlog.get_logger("gongxue.background")


class Regular(msgspec.Struct, frozen=True):
    """A job that runs by itself: every `minutes`, or, with none, every night at `hour` in Taipei."""

    name: str
    minutes: int = 0
    hour: datetime.time = datetime.time(3, 0)


class JobFailedError(Exception):
    """A job that failed. It says the kind of the fault and where, never its words, which may quote what somebody wrote."""


_jobs: dict[str, Job] = {}
_regular: dict[str, Regular] = {}


def register(name: str, job: Job, *, regular: Regular | None = None) -> None:
    """Give `job` a name; called by an app's `ready()`. With `regular` it also runs by itself, and is noted as a Chore."""
    known = _jobs.setdefault(name, job)
    if known is not job:
        raise ValueError(f"two jobs are called {name!r}")
    if regular is not None:
        _regular[name] = regular


def later(name: str, *args: str | int, at: datetime.datetime | None = None) -> str:
    """Enqueue the job `name`, as a part of the transaction that is open; its task's key. `at` is the first instant at which it may run.

    Raises KeyError for a name that no job has, TypeError for what is neither text nor a number.
    """
    if name not in _jobs:
        raise KeyError(name)
    kinds = {type(each) for each in args} - {str, int}
    if kinds:
        raise TypeError(f"a task holds words and numbers, not {kinds}")
    key: str = async_task(RUN, name, *args, task_name=name, broker=_NotBefore(at))
    return key


class _NotBefore(ORM):  # type: ignore[misc]  # django-q2 has no types
    """Puts tasks into the queue that may not run before an instant; the demo's clock may run ahead of the queue's."""

    def __init__(self, at: datetime.datetime | None) -> None:
        super().__init__()
        self.at = at

    def enqueue(self, task: str) -> int:
        """The key of the row."""
        wait = max(self.at - clock.now(), datetime.timedelta()) if self.at is not None else datetime.timedelta()
        row: int = OrmQ.objects.create(key=self.list_key, payload=task, lock=clock.real_now() + wait).pk
        return row


def run(name: str, *args: Any) -> None:
    """Run a job: what the background's workers call. Raises JobFailedError."""
    with _noted(name) as told:
        try:
            answer = _jobs[name](*args, at=clock.now())
        except Exception as error:
            failed = log.failure(error)
            _log.error("job", job=name, **failed)
            raise JobFailedError(f"{name}: {failed['error']} {'; '.join(failed['frames'])}") from None
        told.update(answer if isinstance(answer, dict) else {})


@contextlib.contextmanager
def _noted(name: str) -> Iterator[dict[str, Any]]:
    """Note when a regular job began, whether it ended well, and what it tells; of the others nothing."""
    if name not in _regular:
        yield {}
        return
    Chore.objects.update_or_create(name=name, defaults={"begun_at": clock.real_now()})
    told: dict[str, Any] = {}
    try:
        yield told
    except JobFailedError:
        Chore.objects.filter(name=name).update(ok=False)
        raise
    Chore.objects.filter(name=name).update(ok=True, done_at=clock.real_now(), told=told)


@whole
def prepare() -> None:
    """Put the regular jobs into the schedule, each once, and take out those that are no more. May be called at every start."""
    Schedule.objects.exclude(name__in=_regular).filter(func=RUN).delete()
    for name, job in _regular.items():
        kind = (
            {"schedule_type": Schedule.MINUTES, "minutes": job.minutes}
            if job.minutes
            else {"schedule_type": Schedule.DAILY, "minutes": None}
        )
        kept = Schedule.objects.filter(name=name).order_by("pk")
        Schedule.objects.filter(name=name).exclude(pk__in=kept.values("pk")[:1]).delete()
        told = {"func": RUN, "args": repr((name,)), "repeats": -1, "kwargs": repr({"task_name": name}), **kind}
        if not kept.filter(schedule_type=kind["schedule_type"], minutes=kind["minutes"]).update(**told):
            kept.delete()
            Schedule.objects.create(name=name, next_run=_first(job), **told)


def _first(job: Regular) -> datetime.datetime:
    """When a regular job runs first: at once, or in the coming night."""
    now = clock.real_now()
    if job.minutes:
        return now
    tonight = datetime.datetime.combine(now.astimezone(TAIPEI).date(), job.hour, TAIPEI)
    return tonight if tonight > now else tonight + datetime.timedelta(days=1)


def is_alive(heart: Chore | None) -> bool:
    """Whether the background has begun this chore, which it does every minute, not long ago."""
    return heart is not None and heart.begun_at >= clock.real_now() - SILENT


def is_starting(heart: Chore | None) -> bool:
    """Whether `gongxue serve` began so short a time ago that the background need not have done anything yet, and it has not."""
    began = datetime.datetime.fromtimestamp(settings.STARTED, datetime.UTC)
    return clock.real_now() - began < STARTING and (heart is None or heart.begun_at < began)


def alive() -> bool:
    """Whether the background is at work. One query."""
    return is_alive(Chore.objects.filter(name=HEART).first())


def run_waiting(most: int = 1000) -> list[str]:
    """Run in this process what waits in the queue and may run now, oldest first; the names of what was run.

    For tests, and for a machine without a background of its own. Raises JobFailedError, and leaves the task that failed in the queue.
    """
    names: list[str] = []
    while len(names) < most:
        row = OrmQ.objects.filter(lock__lte=clock.real_now()).order_by("pk").first()
        if row is None:
            break
        name, *args = SignedPackage.loads(row.payload)["args"]
        run(name, *args)
        row.delete()
        names.append(name)
    return names
