"""To the second, wherever the server stands: page, record, background, home and receipt agree at every instant around the deadline."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from gongxue.records.models import Application, Message, Receipt, User
from tests.records.city import OWN, found_city, found_draft, take_to_signed
from tests.stages.applying.submitting.elsewhere import COMMAND

ZONES = ("UTC", "Asia/Taipei", "America/Los_Angeles")
ROOT = Path(__file__).parents[4]
KEY = "k" * 24


@pytest.fixture
def city(transactional_db: None) -> SimpleNamespace:
    """The city, committed: other processes see it."""
    return found_city()


@pytest.fixture
def signed(city: SimpleNamespace) -> Application:
    """A draft with its whole chain."""
    return take_to_signed(city, found_draft(city))


def database() -> str:
    """The address of the database of this test."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    return f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


def started(zone: str, var: Path, *words: object) -> subprocess.Popen[str]:
    """A server in a time zone."""
    told = {
        "TZ": zone,
        "DATABASE_URL": database(),
        "GONGXUE_VAR": str(var),
        "PYTHONPATH": str(ROOT),
        "GONGXUE_DEMO": "",
        "DJANGO_SETTINGS_MODULE": "gongxue.settings",
    }
    command = [sys.executable, "-c", COMMAND, *map(str, words)]
    return subprocess.Popen(command, env=os.environ | told, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def told(process: subprocess.Popen[str]) -> Any:
    out, _ = process.communicate(timeout=240)
    assert process.returncode == 0
    return json.loads(out.splitlines()[-1])


def test_at_24_instants_in_three_time_zones_everything_agrees(
    city: SimpleNamespace, signed: Application, tmp_path: Path, rounds: Callable[[int, int], int]
) -> None:
    school, each_side = city.schools[OWN].key, rounds(3, 12)
    servers = [started(zone, tmp_path, "instants", signed.pk, city.clerk.user, school, each_side) for zone in ZONES]
    answers = [told(server) for server in servers]
    for zone, said in zip(ZONES, answers, strict=True):
        for name in ("page", "home", "record", "background", "post", "receipt"):
            assert (zone, name, [each[name] for each in said]) == (zone, name, [True] * each_side + [False] * each_side)
        assert [each["instant"] for each in said] == [True] * 2 * each_side


def test_sent_again_after_a_restart_it_has_one_effect(city: SimpleNamespace, signed: Application, tmp_path: Path) -> None:
    from gongxue.site import clock

    browser = Client()
    browser.force_login(User.objects.get(pk=city.clerk.user), backend="django.contrib.auth.backends.ModelBackend")
    pick, school = f"{signed.pk}.{signed.version}", city.schools[OWN].key
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(settings, "DEMO", True)
        patched.setattr(settings, "VAR", tmp_path)
        clock.start_over()
        first = browser.post(f"/schools/{school}/submit/", {"pick": pick, "post_key": KEY})
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    again = told(started("UTC", tmp_path, "replay", school, session, KEY, pick))
    assert (first.status_code, again) == (200, {"status": 200, "body": first.content.decode(), "receipts": 1})
    assert (Receipt.objects.count(), Message.objects.filter(letter="submitting/receipt").count()) == (1, 2)
