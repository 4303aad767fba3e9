"""The same small city as for the records, and a browser that may be anybody of it."""

import datetime
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from pytest_django import Settings

from gongxue.records.actor import Actor
from gongxue.records.models import Application, User
from gongxue.site import clock
from tests.records.city import NOON, found_city, found_draft


@pytest.fixture
def city(db: None) -> SimpleNamespace:
    """The cast, each as an Actor, and `schools` by name."""
    return found_city()


@pytest.fixture
def draft(city: SimpleNamespace) -> Application:
    """The convener's good draft of one school, with a member."""
    return found_draft(city)


@pytest.fixture
def stopped_clock(settings: Settings, tmp_path: Path) -> datetime.datetime:
    """Noon of the 24th of March 2022: the demo's clock, set. It goes on from there, by the seconds that a test takes."""
    settings.DEMO, settings.VAR = True, tmp_path
    clock.start_over(NOON)
    return NOON


@pytest.fixture
def as_(db: None) -> Callable[[Actor], Client]:
    """A browser in which this person has logged in."""

    def browser(actor: Actor) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(User.objects.get(pk=actor.user), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return browser
