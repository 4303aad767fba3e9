"""Fifty who press at once: one submission, one receipt, one letter each."""

import threading
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client

from gongxue.records import trail
from gongxue.records.actor import Actor
from gongxue.records.models import Application, Message, Receipt, TrailEntry
from tests.records.city import OWN, found_draft, take_to_signed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("stopped_clock")]
As = Callable[[Actor], Client]
CROWD = 50


def press_at_once(browsers: list[Client], send: Callable[[Client, int], tuple[int, bytes]]) -> list[tuple[int, bytes]]:
    """What each was answered; all start together."""
    gate, answers = threading.Barrier(len(browsers)), []

    def press(number: int, browser: Client) -> None:
        try:
            gate.wait()
            answers.append(send(browser, number))
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=each) for each in enumerate(browsers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def done(answers: list[tuple[int, bytes]]) -> list[bytes]:
    """What those were answered who got through. Whoever waited longer than the database lets wait is told to send it again (503)."""
    assert {status for status, _ in answers} - {200, 503} == set()
    return [body for status, body in answers if status == 200]


def told(application: Application) -> tuple[str, int, int, int]:
    """Its state, its receipts, the letters about it and its submissions in the trail."""
    application.refresh_from_db()
    letters = Message.objects.filter(letter="submitting/receipt", application=application).count()
    moves = TrailEntry.objects.filter(subject_id=str(application.pk), verb="submit").count()
    return application.state, Receipt.objects.filter(application=application).count(), letters, moves


def test_the_same_form_fifty_times_at_once_has_one_effect(city: SimpleNamespace, as_: As, rounds: Callable[[int, int], int]) -> None:
    browsers, address = [as_(city.clerk) for _ in range(CROWD)], f"/schools/{city.schools[OWN].key}/submit/"
    for number in range(rounds(2, 200)):
        application = take_to_signed(city, found_draft(city))
        form = {"pick": f"{application.pk}.{application.version}", "post_key": f"{number:024}"}

        def send(browser: Client, _number: int, form: dict[str, str] = form) -> tuple[int, bytes]:
            answer = browser.post(address, form)
            return answer.status_code, answer.content

        answers = press_at_once(browsers, send)
        assert len(set(done(answers))) == 1
        assert told(application) == ("submitted", 1, 2, 1)
    numbers = list(Receipt.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert trail.verify() == []


def test_fifty_pages_of_two_clerks_at_once_have_one_effect(city: SimpleNamespace, as_: As, rounds: Callable[[int, int], int]) -> None:
    browsers, address = [as_(city.clerk) for _ in range(CROWD)], f"/schools/{city.schools[OWN].key}/submit/"
    for number in range(rounds(1, 50)):
        many = [take_to_signed(city, found_draft(city)) for _ in range(2)]
        picks = [f"{each.pk}.{each.version}" for each in many]

        def send(browser: Client, mine: int, number: int = number, picks: list[str] = picks) -> tuple[int, bytes]:
            ordered = picks if mine % 2 else picks[::-1]
            answer = browser.post(address, {"pick": ordered, "post_key": f"{number:012}{mine:012}"})
            return answer.status_code, answer.content

        answers = press_at_once(browsers, send)
        assert done(answers) != []
        assert [told(each) for each in many] == [("submitted", 1, 2, 1)] * 2
