"""What those who write are told once applications have closed."""

import datetime
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from gongxue.records.actor import Actor
from gongxue.records.doors import edit, move
from gongxue.records.models import Application
from gongxue.site import clock
from tests.records.city import LATER, put

As = Callable[[Actor], Client]
CLOSES = datetime.datetime.fromisoformat("2022-03-31T00:00:00+08:00")
BEFORE, AFTER = CLOSES - datetime.timedelta(minutes=5), CLOSES


@pytest.fixture(autouse=True)
def _clock(stopped_clock: datetime.datetime) -> None:
    clock.start_over(AFTER)


def test_home_tells_that_it_was_not_submitted_and_whom_to_ask(city: SimpleNamespace, draft: Application, as_: As) -> None:
    page = as_(city.convener).get("/home/").content.decode()
    assert "申請已截止，1 份沒有送件" in page
    assert "等別人" not in page
    assert 'href="/call/"' in page


def test_home_says_nothing_of_it_before(city: SimpleNamespace, draft: Application, as_: As) -> None:
    clock.start_over(BEFORE)
    assert "沒有送件" not in as_(city.convener).get("/home/").content.decode()


def test_home_tells_nothing_of_what_was_withdrawn(city: SimpleNamespace, draft: Application, as_: As) -> None:
    move(draft.pk, "withdraw", actor=city.convener, at=LATER, reason="改到明年")
    page = as_(city.convener).get("/home/").content.decode()
    assert ("沒有送件" in page, "目前沒有等您辦的事。" in page) == (False, True)


@pytest.mark.parametrize("name", ["繪本說演共學社群", ""])
def test_the_check_says_that_the_school_cannot_submit_also_where_something_is_wrong(
    city: SimpleNamespace, draft: Application, as_: As, name: str
) -> None:
    edit(draft.pk, [put("name", draft.name, name)], actor=city.convener, at=LATER)
    page = as_(city.convener).get(f"/applications/{draft.pk}/check/").content.decode()
    assert "申請已截止：可以送學校核章，但學校已不能送件。" in page


def test_whoever_starts_is_told_before_and_after(city: SimpleNamespace, as_: As) -> None:
    words = "除非市府為貴校逾期開放，學校不能送件"
    browser = as_(city.convener)
    assert words in browser.get("/applications/start/").content.decode()
    clock.start_over(BEFORE)
    assert words not in browser.get("/applications/start/").content.decode()
