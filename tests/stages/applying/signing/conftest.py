"""The small city, a draft in it, and a browser that may be anybody of it; files lie in a folder of the test's own."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from pytest_django import Settings

from gongxue.records.doors import move
from gongxue.records.models import Application, User
from tests.records.city import NOON, found_draft
from tests.site.conftest import as_, city, draft, stopped_clock

__all__ = ["as_", "city", "draft", "stopped_clock"]
PASSWORD = "correct horse battery"  # noqa: S105  # a test's


@pytest.fixture(autouse=True)
def _own_files(settings: Settings, tmp_path: Path) -> None:
    settings.FILES = tmp_path / "files"


@pytest.fixture
def passwords(city: SimpleNamespace) -> str:
    """Who signs, and the clerk, have a password: this one."""
    from django.contrib.auth.hashers import make_password

    users = [getattr(city, role).user for role in ("director", "accountant", "principal", "clerk")]
    User.objects.filter(pk__in=users).update(password=make_password(PASSWORD))
    return PASSWORD


@pytest.fixture
def sent(city: SimpleNamespace, draft: Application) -> Application:
    """The draft, sent to its school."""
    return move(draft.pk, "send_to_school", actor=city.convener, at=NOON)


@pytest.fixture
def across(city: SimpleNamespace) -> Application:
    """A draft across two schools."""
    return found_draft(city, "thematic")
