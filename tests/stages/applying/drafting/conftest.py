"""The same small city as for the site, and how autosave speaks."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from gongxue.records.models import Application
from tests.site.conftest import as_, city, draft, stopped_clock

__all__ = ["as_", "city", "draft", "stopped_clock"]

Saving = Callable[..., Any]


@pytest.fixture
def saving() -> Saving:
    """Send changes as the page does."""

    def send(
        browser: Client, person: int | None, application: Application, section: str, *changes: dict[str, Any], version: int = 1
    ) -> Any:
        body = json.dumps({"person": person, "version": version, "changes": list(changes)})
        address = f"/applications/{application.pk}/sections/{section}/save/"
        return browser.post(address, body, content_type="application/json", headers={"HX-Request": "true"})

    return send
