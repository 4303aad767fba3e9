"""36 ways to be cut off while typing: twelve on each of three forms. At most five seconds of typing are lost, and never silently."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from bench.afternoon.served import Site
from tests.conftest import SOAK
from tests.journeys.cutting import WAYS
from tests.journeys.desk import Desk
from tests.trials.family import kill
from tests.trials.visitor import Visitor, editors

FORMS = ("basics", "schedule", "budget")
ALL = [(way, form) for way in WAYS for form in FORMS]
FEW = [
    ("tab_killed", "basics"),
    ("ten_minutes_offline", "schedule"),
    ("session_expired", "budget"),
    ("server_restarted", "schedule"),
    ("disk_full", "basics"),
    ("two_tabs", "budget"),
]
"""The trials of a usual run; a soak runs them all."""
TRIALS = ALL if SOAK else FEW

pytestmark = pytest.mark.needs("chromium")


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, list[Visitor]]]:
    """A served site, and a person with a full draft for each trial."""
    folder = tmp_path_factory.mktemp("site")
    site = Site(f"sqlite:///{folder / 'trial.sqlite3'}", folder, background=False)
    visitors = editors(site, len(TRIALS))
    site.start()
    yield site, visitors
    kill(site)


@pytest.mark.parametrize(("way", "form"), TRIALS)
def test_nothing_typed_is_lost_in_silence(people: tuple[Site, list[Visitor]], chromium: Browser, way: str, form: str) -> None:
    site, visitors = people
    desk = Desk(site, chromium, visitors[TRIALS.index((way, form))], form)
    try:
        text: Any = WAYS[way](desk)
        page = desk.open(desk.device())
        expect(page.locator(f'[name="{desk.path}"]').first).to_have_value(text)
    finally:
        desk.close()


def test_there_are_thirty_six() -> None:
    assert (len(ALL), set(FEW) <= set(ALL)) == (36, True)
