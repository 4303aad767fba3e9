"""The background as it really runs: processes of its own on the same database, one of which is killed in the middle of its work."""

import datetime
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django_q.models import OrmQ, Task

from gongxue.site import background, clock
from gongxue.site.keeping import facts
from gongxue.site.queue import ENDED
from tests.conftest import Rounds
from tests.site.sleepy.jobs import die, sleep

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 40.0
"""Seconds to wait for what happens within one or two: many tests may run at once."""
RETRIED = datetime.timedelta(seconds=1)
"""After so long a task is given out again here; five minutes in a city."""


@pytest.fixture
def _cluster(transactional_db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A background on the database of this test."""
    monkeypatch.setattr(background, "_jobs", {**background._jobs, "sleep": sleep, "die": die})
    database = connection.settings_dict
    address = f"sqlite:///{database['NAME']}" if connection.vendor == "sqlite" else os.environ.get("DATABASE_URL", "")
    if connection.vendor == "postgresql":
        address = f"{address.rpartition('/')[0]}/{database['NAME']}"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.site.sleepy.settings", "DATABASE_URL": address}
    command = [sys.executable, "-m", "django", "qcluster"]
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        yield
        process.terminate()
        process.wait(PATIENCE)


def wait_for(what: Callable[[], object], patience: float = PATIENCE) -> None:
    until = clock.stopwatch() + patience
    while not what():
        assert clock.stopwatch() < until
        time.sleep(0.02)


@pytest.mark.usefixtures("_cluster")
def test_a_job_whose_worker_was_killed_runs_again(tmp_path: Path) -> None:
    diary = tmp_path / "diary"
    background.later("sleep", str(diary), 60)
    wait_for(lambda: diary.exists() and diary.read_text().count("\n") == 1)
    os.kill(int(diary.read_text().split()[1]), signal.SIGKILL)
    assert OrmQ.objects.count() == 1
    OrmQ.objects.update(lock=clock.real_now())  # as if the minutes had passed after which a task is given out again
    wait_for(lambda: not OrmQ.objects.exists())
    assert [line.split()[0] for line in diary.read_text().splitlines()] == ["begun", "begun", "done"]
    wait_for(lambda: list(Task.objects.values_list("name", "success")) == [("sleep", True)])


@pytest.mark.usefixtures("_cluster")
def test_a_job_that_kills_its_worker_each_time_is_given_up_and_all_others_are_done(tmp_path: Path, rounds: Rounds) -> None:
    """Several of them, and between them such as do no harm: five workers are lost for each, then it stays to be seen as failed."""
    deadly = [tmp_path / f"deadly-{number}" for number in range(rounds(1, 10))]
    for number, diary in enumerate(deadly):
        background.later("die", str(diary))
        background.later("sleep", str(tmp_path / f"harmless-{number}"), 0)

    def over() -> bool:
        OrmQ.objects.filter(lock__gt=clock.real_now() + RETRIED).update(lock=clock.real_now() + RETRIED)
        return not OrmQ.objects.exists()

    wait_for(over, PATIENCE * len(deadly))
    begun = [diary.read_text().split()[1::2] for diary in deadly]
    assert [(len(each), len(set(each))) for each in begun] == [(5, 5)] * len(deadly)  # each time another process
    wait_for(lambda: Task.objects.filter(name="sleep", success=True).count() == len(deadly))
    told = [(each.name, each.attempts, each.words) for each in facts()["failed"]]
    assert told == [("die", 5, f"die: {ENDED}")] * len(deadly)
