"""The pages of this room in a real browser: what a checker of accessibility finds, what does not fit, and the way from file to draft."""

import json
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as configured
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from gongxue.records.doors import edit
from gongxue.records.models import Application, User
from tests.records.city import LATER, document, found_city, found_draft, put
from tests.site import browsing
from tests.site.browsing import DESK, PHONE, opened

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(transactional_db: None) -> Iterator[str]:
    """The site, as it is served."""
    with browsing.served() as address:
        yield address


@pytest.fixture
def written(transactional_db: None) -> tuple[SimpleNamespace, Application]:
    """The city, and the convener's draft in two versions."""
    city = found_city()
    draft = found_draft(city)
    edit(draft.pk, [put("name", draft.name, "繪本與說演共學社群")], actor=city.convener, at=LATER)
    return city, draft


def logged_in(chromium: Browser, site: str, city: SimpleNamespace, size: dict[str, int], **options: object) -> Page:
    """A browser in which the convener has logged in."""
    client = Client()
    client.force_login(User.objects.get(pk=city.convener.user), backend="django.contrib.auth.backends.ModelBackend")
    page = opened(chromium, f"{site}/healthz", size, **options)
    page.context.add_cookies([{"name": "session", "value": client.cookies[configured.SESSION_COOKIE_NAME].value, "url": site}])
    return page


def test_every_page_is_accessible_and_fits_a_phone(chromium: Browser, site: str, written: tuple[SimpleNamespace, Application]) -> None:
    city, draft = written
    page, own, found = logged_in(chromium, site, city, PHONE), f"/applications/{draft.pk}", {}
    for address in (f"{own}/preview/", f"{own}/history/", f"{own}/history/compare/", f"{own}/history/restore/1/", "/applications/copy/"):
        page.goto(site + address)
        found[address] = _wrong(page)
    page.goto(f"{site}{own}/read-in/")
    page.set_input_files("input[type=file]", files=[_file("x.docx", b"<html></html>")])
    page.get_by_role("button", name="讀讀看").click()
    page.get_by_text("是網頁（HTML）").first.wait_for()
    found["refused"] = _wrong(page)
    page.set_input_files("input[type=file]", files=[_file("x.json", json.dumps(document("thematic")).encode())])
    page.get_by_role("button", name="讀讀看").click()
    page.get_by_role("heading", name="讀出來的內容").wait_for()
    found["read"] = _wrong(page)
    page.context.close()
    assert {address: wrong for address, wrong in found.items() if wrong != ([], 0)} == {}


def test_in_the_dark_a_paper_stays_black_on_white(chromium: Browser, site: str, written: tuple[SimpleNamespace, Application]) -> None:
    city, draft = written
    page, found = logged_in(chromium, site, city, DESK, color_scheme="dark"), {}
    for address in ("preview/", "history/compare/"):
        page.goto(f"{site}/applications/{draft.pk}/{address}")
        found[address] = _wrong(page)
    page.context.close()
    assert found == {"preview/": ([], 0), "history/compare/": ([], 0)}


def _wrong(page: Page) -> tuple[list[tuple[str, list[str]]], int]:
    over = page.evaluate("Math.max(0, document.documentElement.scrollWidth - window.innerWidth)")
    return [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in Axe().run(page).response["violations"]], over


def _file(name: str, data: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def test_without_javascript_a_file_becomes_a_draft_and_a_version_comes_back(
    chromium: Browser, site: str, written: tuple[SimpleNamespace, Application]
) -> None:
    city, draft = written
    page = logged_in(chromium, site, city, PHONE, java_script_enabled=False)
    page.goto(f"{site}/applications/read-in/")
    page.set_input_files("input[type=file]", files=[_file("x.json", json.dumps(document("thematic")).encode())])
    page.get_by_role("button", name="讀讀看").click()
    page.get_by_role("button", name="用這份內容開草稿").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(document("thematic")["name"])
    page.goto(f"{site}/applications/{draft.pk}/history/")
    page.get_by_role("link", name="恢復這一版").first.click()
    page.get_by_role("button", name="恢復這一版").click()
    expect(page.get_by_role("status").first).to_contain_text("內容已經恢復成第 1 版")
    page.get_by_role("link", name="反悔").click()
    page.get_by_role("button", name="恢復這一版").click()
    page.context.close()
    draft.refresh_from_db()
    assert (draft.version, draft.name) == (4, "繪本與說演共學社群")
