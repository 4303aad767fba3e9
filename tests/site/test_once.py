"""A POST has one effect, however often it is sent."""

import threading
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from gongxue.records.actor import Actor
from gongxue.records.models import Application, Message, PostKey
from gongxue.site.once import FIELD

As = Callable[[Actor], Client]
KEY, OTHER_KEY = "k" * 24, "o" * 24


@pytest.fixture(autouse=True)
def _guarded(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.site.guarded_urls"


def test_the_same_form_twice_has_one_effect_and_one_answer(city: SimpleNamespace, as_: As) -> None:
    browser = as_(city.convener)
    first, second = (browser.post("/write/", {FIELD: KEY}) for _ in range(2))
    assert Message.objects.count() == 1
    assert (first.status_code, first.headers["Location"]) == (302, f"/done/{Message.objects.get().pk}/")
    assert (second.status_code, second.headers["Location"], second.content) == (302, first.headers["Location"], first.content)


def test_it_holds_after_logging_in_again(city: SimpleNamespace, as_: As) -> None:
    answers = [as_(city.convener).post("/write/", {FIELD: KEY}).headers["Location"] for _ in range(2)]
    assert (Message.objects.count(), answers[0]) == (1, answers[1])


def test_another_form_has_its_own_effect(city: SimpleNamespace, as_: As) -> None:
    browser = as_(city.convener)
    browser.post("/write/", {FIELD: KEY})
    browser.post("/write/", {FIELD: OTHER_KEY})
    assert Message.objects.count() == 2


def test_a_live_page_may_carry_the_key_in_a_header(city: SimpleNamespace, as_: As) -> None:
    browser = as_(city.convener)
    for _ in range(2):
        browser.post("/write/", headers={"X-Post-Key": KEY})
    assert Message.objects.count() == 1


@pytest.mark.parametrize("key", ["", "short", "x" * 65])
def test_a_post_without_a_fitting_key_has_no_effect(city: SimpleNamespace, as_: As, key: str) -> None:
    assert as_(city.convener).post("/write/", {FIELD: key}).status_code == 422
    assert Message.objects.count() == 0


def test_a_key_belongs_to_one_form(city: SimpleNamespace, as_: As) -> None:
    browser = as_(city.convener)
    browser.post("/write/", {FIELD: KEY})
    assert browser.post("/write/too/", {FIELD: KEY}).status_code == 403
    assert Message.objects.count() == 1


def test_a_key_belongs_to_one_person(city: SimpleNamespace, as_: As) -> None:
    for person in (city.convener, city.clerk):
        as_(person).post("/write/", {FIELD: KEY})
    assert Message.objects.count() == 2


@pytest.mark.parametrize(("how", "status"), [("wrong", 422), ("broken", 500)])
def test_what_was_refused_or_broke_has_no_effect_and_leaves_the_key_free(city: SimpleNamespace, as_: As, how: str, status: int) -> None:
    browser = as_(city.convener)
    assert browser.post("/write/", {FIELD: KEY, how: "1"}).status_code == status
    assert (Message.objects.count(), PostKey.objects.count()) == (0, 0)
    assert browser.post("/write/", {FIELD: KEY}).status_code == 302
    assert Message.objects.count() == 1


def test_what_may_be_repeated_needs_no_key(city: SimpleNamespace, as_: As) -> None:
    assert as_(city.convener).post("/save/").content == b"saved"
    assert PostKey.objects.count() == 0


def test_a_stranger_cannot_use_up_anybodys_key(client: Client, city: SimpleNamespace, as_: As) -> None:
    client.post("/write/", {FIELD: KEY})
    assert as_(city.convener).post("/write/", {FIELD: KEY}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_the_same_form_from_eight_sides_at_once_has_one_effect(city: SimpleNamespace, as_: As) -> None:
    browsers = [as_(city.convener) for _ in range(8)]
    gate, answers = threading.Barrier(len(browsers)), []

    def send(browser: Client) -> None:
        try:
            gate.wait()
            answers.append(browser.post("/write/", {FIELD: KEY, "slow": "1"}).headers["Location"])
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(browser,)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [f"/done/{Message.objects.get().pk}/"] * len(browsers)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["school/hc11", "application/{draft}"])
def test_what_another_transaction_was_in_the_way_of_is_done_at_the_second_try(
    city: SimpleNamespace, as_: As, draft: Application, address: str
) -> None:
    """From the start: what the address names is looked up anew."""
    answer = as_(city.clerk).post(f"/again/{address.format(draft=draft.pk)}/", {FIELD: KEY})
    assert (answer.status_code, answer.content.decode()) == (200, "東園國小" if "school" in address else draft.name)
