"""The list is narrowed to what may be a duplicate by what the background found last, and says so."""

import datetime
import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from gongxue.records.actor import Actor
from gongxue.records.models import Application, Chore
from gongxue.site import background, clock
from gongxue.stages.applying.overseeing.comparing import COMPARE, COMPARE_ALL, RECENT
from tests.records.city import NOON, found_draft

As = Callable[[Actor], Client]
pytestmark = pytest.mark.usefixtures("stopped_clock")
NARROWED = "/city/applications/?flag=alike"
TOLD = "每分鐘比對一次"
PROGRAMME = "hsinchu-111"


@pytest.fixture
def pair(city: SimpleNamespace) -> list[Application]:
    """Two of the same name and people."""
    return [found_draft(city, "autonomous", NOON) for _ in range(2)]


def listed(client: Client) -> int:
    return len(re.findall('role="rowheader"', client.get(NARROWED).content.decode()))


def test_the_background_finds_what_the_list_is_narrowed_to(city: SimpleNamespace, as_: As, pair: list[Application]) -> None:
    officer = as_(city.officer)
    assert listed(officer) == 0
    background.run(COMPARE)
    assert listed(officer) == len(pair)
    assert Chore.objects.get(name=COMPARE).told == {PROGRAMME: 2}


def test_the_list_says_how_often_it_is_compared(city: SimpleNamespace, as_: As, pair: list[Application]) -> None:
    officer = as_(city.officer)
    assert TOLD in officer.get(NARROWED).content.decode()
    assert TOLD not in officer.get("/city/applications/").content.decode()


def test_where_nothing_changed_of_late_nothing_is_compared_until_night(city: SimpleNamespace, pair: list[Application]) -> None:
    Application.objects.update(changed_at=clock.now() - RECENT - datetime.timedelta(seconds=1))
    background.run(COMPARE)
    assert (Chore.objects.get(name=COMPARE).told, Application.objects.filter(alike=True).count()) == ({}, 0)
    background.run(COMPARE_ALL)
    assert (Chore.objects.get(name=COMPARE_ALL).told, Application.objects.filter(alike=True).count()) == ({PROGRAMME: 2}, 2)
