"""A deliverer that is killed, wakes up late, or works beside others: no letter is lost, none goes twice unseen."""

import datetime
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from pytest_django import Settings

from gongxue.records.models import Message
from gongxue.site import clock
from gongxue.site.mail import delivering
from gongxue.site.mail.delivering import STALE, deliver, take_back
from tests.site.mail.outbox import at, state, write
from tests.site.mail.post_office import Office, post_office

HOUR = datetime.timedelta(hours=1)
STEPS = {  # where the deliverer is killed: what becomes of the letter, and how often the server took it
    "mail": ("sent", 1),
    "rcpt": ("sent", 1),
    "data": ("sent", 1),
    "dot": ("uncertain", 1),
    "answered": ("uncertain", 1),
}


@pytest.fixture
def killed(transactional_db: None, settings: Settings) -> Iterator[Callable[[Office], None]]:
    """Runs a deliverer in a process of its own, and kills it when the server has reached the step."""

    def deliver_and_be_killed(office: Office) -> None:
        at(office, settings)
        connection.close()
        deliverer = multiprocessing.get_context("fork").Process(target=deliver)
        deliverer.start()
        assert office.reached.wait(10)
        os.kill(deliverer.pid or 0, signal.SIGKILL)
        deliverer.join()
        office.step = ""
        office.go_on.set()

    yield deliver_and_be_killed
    connection.close()


@pytest.mark.parametrize("step", STEPS)
def test_a_deliverer_that_is_killed_loses_nothing_and_sends_nothing_twice(
    killed: Callable[[Office], None], settings: Settings, step: str, rounds: Callable[[int, int], int]
) -> None:
    settings.MAIL_PATIENCE = 10
    for _ in range(rounds(1, 20)):
        Message.objects.all().delete()
        write()
        with post_office() as office:
            office.step = step
            killed(office)
            assert (state()[0], deliver()) == ("sending", {})  # nobody takes it from a deliverer that may still live
            take_back(clock.now() + STALE + HOUR)
            deliver()
        assert (state()[0], len(office.taken)) == STEPS[step]


def test_a_deliverer_that_wakes_up_late_does_not_send_what_another_took_meanwhile(db: None, settings: Settings) -> None:
    write()
    row = Message.objects.get()
    assert delivering._take(row, clock.now())
    take_back(clock.now() + STALE + HOUR)
    with post_office() as office:
        at(office, settings)
        deliver()
        assert not delivering._hand_over(row, clock.now())
        delivering._mark(row, delivering.Outcome("failed", "broken"), clock.now())
    assert (state()[0], len(office.taken)) == ("sent", 1)


def test_two_deliverers_at_once_send_a_letter_once(transactional_db: None, settings: Settings, rounds: Callable[[int, int], int]) -> None:
    settings.MAIL_PATIENCE = 10
    write(rounds(12, 200))
    with post_office() as office:
        at(office, settings)
        connection.close()
        fork = multiprocessing.get_context("fork")
        deliverers = [fork.Process(target=deliver) for _ in range(3)]
        for each in deliverers:
            each.start()
        for each in deliverers:
            each.join()
    assert sorted(office.numbers) == sorted(Message.objects.filter(state="sent").values_list("message_id", flat=True))
    assert len(office.numbers) == rounds(12, 200)
