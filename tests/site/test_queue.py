"""A task that kills whoever runs it is given out five times, and then kept as failed."""

import datetime
import time

import pytest
from django_q.conf import Conf
from django_q.models import OrmQ, Task
from django_q.signing import SignedPackage

from gongxue.site import background, clock
from gongxue.site.keeping import facts
from gongxue.site.queue import ENDED, Bounded

pytestmark = pytest.mark.django_db


def give_out() -> list[str]:
    """What is given out now; whoever got it before is dead, and the time to try again has come."""
    OrmQ.objects.update(lock=clock.real_now() - datetime.timedelta(seconds=1))
    return [SignedPackage.loads(payload)["name"] for _, payload in Bounded("gongxue").dequeue()]


def test_a_task_is_given_out_five_times_and_then_shown_as_failed() -> None:
    background.later(background.HEART)
    assert [give_out() for _ in range(7)] == [[background.HEART]] * 5 + [[]] * 2
    assert (OrmQ.objects.count(), Task.objects.count()) == (0, 1)
    (failed,) = facts()["failed"]
    assert (failed.attempts, failed.words) == (5, f"{background.HEART}: {ENDED}")


def test_what_is_given_out_is_not_given_out_again_before_its_time() -> None:
    background.later(background.HEART)
    assert (give_out(), Bounded("gongxue").dequeue(), OrmQ.objects.count()) == ([background.HEART], [], 1)


def test_whoever_finds_nothing_pauses_before_looking_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Conf, "POLL", 0.05)
    began = time.monotonic()
    assert (Bounded("gongxue").dequeue(), time.monotonic() - began >= 0.05) == ([], True)


def test_a_task_of_another_key_is_given_out_as_it_is() -> None:
    OrmQ.objects.create(key="gongxue", payload="not ours", lock=clock.real_now() - datetime.timedelta(seconds=1))
    assert [payload for _, payload in Bounded("gongxue").dequeue()] == ["not ours"]
