"""The demo's city on a real server, and people who walk through it in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest_django import Settings

from gongxue.site import clock
from gongxue.site.demo.fill import fill
from tests.journeys.walking import Town
from tests.site import browsing


@pytest.fixture
def town(transactional_db: None, settings: Settings, tmp_path: Path, chromium: Browser) -> Iterator[Town]:
    """The demo's city on the 20th of March 2022, served."""
    settings.DEMO, settings.VAR = True, tmp_path
    clock.start_over()
    fill(clock.FIRST)
    with browsing.served() as address:
        walkers = Town(chromium, address)
        yield walkers
        walkers.close()
