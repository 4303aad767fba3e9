"""A small city, and a draft in it."""

from types import SimpleNamespace

import pytest

from gongxue.records.models import Application
from tests.records.city import found_city, found_draft


@pytest.fixture
def city(db: None) -> SimpleNamespace:
    """The cast, each as an Actor, and `schools` by name."""
    return found_city()


@pytest.fixture
def draft(city: SimpleNamespace) -> Application:
    """The convener's good draft of one school, with a member."""
    return found_draft(city)
