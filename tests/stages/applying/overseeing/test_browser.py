"""The city's desk in a real browser: live, by its own numbers; nothing that a checker of accessibility finds; nothing sticks out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser
from pytest_django import Settings

from gongxue.records.models import User
from gongxue.site import clock
from tests.records.city import NOON, found_city, found_draft, put_into
from tests.site import browsing
from tests.site.browsing import DESK, PHONE, opened
from tests.site.test_browser import violations

pytestmark = [pytest.mark.needs("chromium")]


@pytest.fixture
def desk(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[tuple[str, dict[str, object], str]]:
    """The site with three applications, the officer's cookie, and the address of one application's page."""
    settings.DEMO, settings.VAR = True, tmp_path
    clock.start_over(NOON)
    city = found_city()
    drafts = [found_draft(city, base) for base in ("autonomous", "thematic", "curriculum")]
    put_into(drafts[1], "submitted")
    client = Client()
    client.force_login(User.objects.get(pk=city.officer.user), backend="django.contrib.auth.backends.ModelBackend")
    name = django_settings.SESSION_COOKIE_NAME
    with browsing.served() as address:
        cookie = {"name": name, "value": client.cookies[name].value, "url": address}
        yield address, {"storage_state": {"cookies": [_cookie(cookie)], "origins": []}}, f"/city/applications/{drafts[1].pk}/"


def _cookie(given: dict[str, str]) -> dict[str, object]:
    return {
        "name": given["name"], "value": given["value"], "domain": "127.0.0.1", "path": "/", "expires": -1, "httpOnly": True,
        "secure": False, "sameSite": "Lax",
    }  # fmt: skip


def test_the_list_narrows_as_one_types_and_the_numbers_come_by_themselves(
    chromium: Browser, desk: tuple[str, dict[str, object], str]
) -> None:
    site, officer, _ = desk
    page = opened(chromium, f"{site}/city/applications/", DESK, **officer)
    with page.expect_response(lambda answer: "q=" in answer.url):
        page.get_by_label("搜尋").press_sequentially("校訂課程")
    page.locator("#list .table--cards tbody tr").nth(1).wait_for(state="detached")
    assert page.locator("#list .table--cards tbody tr").count() == 1
    assert page.evaluate("document.activeElement.id + document.activeElement.value") == "filter_q校訂課程"
    page.locator("#school-hc11").focus()
    with page.expect_response(lambda answer: answer.url.endswith("/city/applications/")):
        page.evaluate("htmx.ajax('GET', '/city/applications/', {source: '#numbers', target: '#numbers', swap: 'outerHTML'})")
    page.wait_for_function("document.activeElement.id === 'school-hc11'")
    assert page.locator("#list .table--cards tbody tr").count() == 1
    page.context.close()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_checker_of_accessibility_finds_nothing_and_nothing_sticks_out(
    chromium: Browser, desk: tuple[str, dict[str, object], str], size: dict[str, int]
) -> None:
    site, officer, one = desk
    found = {}
    page = opened(chromium, f"{site}/home/", size, **officer)
    for address in ("/city/applications/", one, f"{one}completion/", "/city/schools/", "/city/openings/new/", "/city/reminders/new/"):
        page.goto(site + address)
        over = max(0, page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
        found[address] = (violations(page), over)
    page.context.close()
    assert found == dict.fromkeys(found, ([], 0))
