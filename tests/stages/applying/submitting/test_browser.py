"""The school's desk in a real browser: what a checker of accessibility finds, what fits a phone, and submission without JavaScript."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django import Settings

from gongxue.records.actor import Actor
from gongxue.records.doors import move
from gongxue.records.models import Application, Receipt, SchoolSummary
from gongxue.records.summary_moves import move_summary, say_facts
from gongxue.rules.programme_file import load_programme
from gongxue.site import clock
from tests.records.city import NOON, OWN, found_draft, take_to_signed
from tests.records.test_summaries import FACTS
from tests.site import browsing
from tests.site.browsing import DESK, PHONE
from tests.site.uploads.ordinary import pdf

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.django_db(transaction=True)]
As = Callable[[Actor], Client]
PROGRAMME = load_programme("hsinchu-111")


@pytest.fixture
def site(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[str]:
    """The site, running as the demo, at noon of the 24th of March 2022."""
    settings.DEMO, settings.VAR = True, tmp_path
    clock.start_over(NOON)
    with browsing.served() as address:
        yield address


@pytest.fixture
def papers(site: str, city: SimpleNamespace) -> list[Application]:
    """One that can be submitted, one that waits for a partner, one submitted; 附件一 on its way through the chain."""
    found = [take_to_signed(city, found_draft(city, base)) for base in ("autonomous", "thematic", "autonomous")]
    move(found[2].pk, "submit", actor=city.clerk, at=NOON)
    say_facts(city.schools[OWN], PROGRAMME, FACTS, version=1, actor=city.clerk, at=NOON)
    move_summary(city.schools[OWN], PROGRAMME, "send_to_sign", version=2, actor=city.clerk, at=NOON)
    return found


def page_of(chromium: Browser, site: str, client: Client, settings: Settings, size: dict[str, int], **options: bool) -> Page:
    context = chromium.new_context(viewport=size, locale="zh-TW", **options)  # type: ignore[arg-type]  # a few of its options
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
    page = context.new_page()
    page.on("console", lambda line: pytest.fail(line.text) if "Content Security Policy" in line.text else None)
    return page


def found(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds, and what sticks out."""
    wide = [] if page.evaluate("document.documentElement.scrollWidth <= window.innerWidth") else [("sticks out", [page.url])]
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in Axe().run(page).response["violations"]] + wide


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_checker_of_accessibility_finds_nothing(
    chromium: Browser, site: str, city: SimpleNamespace, as_: As, settings: Settings, papers: list[Application], size: dict[str, int]
) -> None:
    school, submitted = f"/schools/{city.schools[OWN].key}", f"/applications/{papers[2].pk}"
    addresses = [f"{school}/", f"{school}/submit/", f"{school}/summary/", f"{school}/summary/facts/", f"{submitted}/receipt/"]
    addresses += [f"{school}/summary/scan/", f"{submitted}/submission/recall/", f"{submitted}/submission/withdraw/"]
    page = page_of(chromium, site, as_(city.clerk), settings, size)
    seen = {}
    for address in addresses:
        page.goto(site + address)
        seen[address] = found(page)
    page.context.close()
    assert seen == {address: [] for address in addresses}


def test_the_clerk_submits_by_keyboard_and_without_javascript(
    chromium: Browser, site: str, city: SimpleNamespace, as_: As, settings: Settings, papers: list[Application]
) -> None:
    page = page_of(chromium, site, as_(city.clerk), settings, PHONE, java_script_enabled=False)
    page.goto(f"{site}/schools/{city.schools[OWN].key}/")
    page.get_by_role("link", name="送件（1 件可送）").press("Enter")
    page.get_by_role("button", name="送件").press("Enter")
    assert page.get_by_text("111-0002").first.is_visible()
    page.get_by_role("link", name="看回執").press("Enter")
    assert page.get_by_role("heading", name="送件回執").is_visible()
    page.context.close()
    assert Receipt.objects.get(application=papers[0]).text == "111-0002"


def test_a_stamped_summary_is_handed_in_without_javascript(
    chromium: Browser, site: str, city: SimpleNamespace, as_: As, settings: Settings, papers: list[Application], tmp_path: Path
) -> None:
    scan = tmp_path / "附件一.pdf"
    scan.write_bytes(pdf())
    page = page_of(chromium, site, as_(city.clerk), settings, PHONE, java_script_enabled=False)
    page.goto(f"{site}/schools/{city.schools[OWN].key}/summary/")
    page.get_by_role("link", name="上傳核章掃描檔").press("Enter")
    for label in ("承辦人", "主任", "校長"):
        page.get_by_role("checkbox", name=label, exact=True).check()
    page.get_by_label("紙本頁尾的校驗碼").fill(SchoolSummary.objects.get().digest[:12])
    page.get_by_label("掃描檔或照片").set_input_files(scan)
    page.get_by_role("button", name="上傳").press("Enter")
    page.get_by_role("button", name="送出附件一").wait_for()
    assert (page.get_by_text("主任 director").is_visible(), page.get_by_role("link", name="下載掃描檔").count()) == (True, 3)
    page.context.close()
