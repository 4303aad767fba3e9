"""The shell in a real browser: what a checker of accessibility finds, what the keyboard reaches, what does not fit."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django import Settings

from tests.site import browsing
from tests.site.browsing import DESK, PHONE, opened

pytestmark = [pytest.mark.needs("chromium")]

PAGES = [
    "/",
    "/call/",
    "/call/clauses/",
    "/verify/",
    "/verify/?digest=0123456789ab",
    "/verify/?digest=x",
    "/accessibility/",
    "/privacy/",
    "/no/such/page/",
    "/style/",
]


@pytest.fixture
def site(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[str]:
    """The site, running as the demo."""
    settings.DEMO, settings.VAR = True, tmp_path
    with browsing.served() as address:
        yield address


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds: the rule and the places."""
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in Axe().run(page).response["violations"]]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(("size", "colours"), [(PHONE, "light"), (DESK, "dark")], ids=["phone in light", "desk in dark"])
def test_a_checker_of_accessibility_finds_nothing(chromium: Browser, site: str, address: str, size: dict[str, int], colours: str) -> None:
    page = opened(chromium, site + address, size, color_scheme=colours)
    found = violations(page)
    page.context.close()
    assert found == []


@pytest.mark.parametrize("address", PAGES)
def test_nothing_sticks_out_on_a_narrow_screen(chromium: Browser, site: str, address: str) -> None:
    """640 wide is a desk of 1280 at 200 % zoom."""
    page, over = opened(chromium, site + address), {}
    for width in (640, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        over[width] = max(0, page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
    page.context.close()
    assert over == {640: 0, 390: 0, 320: 0}


@pytest.mark.parametrize("address", PAGES)
def test_what_one_taps_on_a_phone_is_44_pixels_high(chromium: Browser, site: str, address: str) -> None:
    """Links within a sentence are as high as their line, which WCAG allows."""
    page = opened(chromium, site + address, PHONE, has_touch=True, is_mobile=True)
    small = page.evaluate("""() => [...document.querySelectorAll(
            "button, summary, input:not([type=hidden]), select, textarea, a.btn, nav a, .site-name, .tasks a, .heat a")]
        .filter(each => each.checkVisibility() && !each.closest(".visually-hidden"))
        .map(each => [each, each.closest("label, .form-check") || each])
        .filter(([each, target]) => Math.max(each.getBoundingClientRect().height, target.getBoundingClientRect().height) < 43.5)
        .map(([each]) => each.outerHTML.slice(0, 120))""")
    page.context.close()
    assert small == []


def test_the_keyboard_skips_the_menu_and_opens_it(chromium: Browser, site: str) -> None:
    page = opened(chromium, site + "/", PHONE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id || location.hash") in ("main", "#main")
    page.goto(site + "/verify/")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".site-menu__body a").first.is_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert not page.locator(".site-menu__body a").first.is_visible()
    page.context.close()


def test_a_form_that_comes_back_takes_the_reader_to_what_was_said(chromium: Browser, site: str) -> None:
    page = opened(chromium, site + "/verify/")
    page.get_by_label("校驗碼").fill("xyz")
    page.get_by_role("main").get_by_role("button", name="驗證").click()
    assert "error-summary" in page.evaluate("document.activeElement.className")
    page.locator(".error-summary a").click()
    assert page.evaluate("document.activeElement.id") == "id_digest"
    assert page.get_by_label("校驗碼").input_value() == "xyz"
    page.context.close()


def test_a_typed_date_shows_its_weekday(chromium: Browser, site: str) -> None:
    page = opened(chromium, site + "/style/")
    page.get_by_label("結束日期").fill("111/8/1")
    page.get_by_label("結束日期").blur()
    page.get_by_text("111年8月1日（一）", exact=True).wait_for()
    page.context.close()


def test_a_step_that_the_network_swallowed_is_told_and_nothing_typed_is_lost(chromium: Browser, site: str) -> None:
    page = opened(chromium, site + "/style/")
    page.context.set_offline(True)
    page.get_by_label("結束日期").fill("111/8/1")
    page.get_by_label("結束日期").blur()
    page.get_by_text("連不上伺服器").wait_for()
    assert page.evaluate("document.activeElement.className") == "notice"
    assert page.get_by_label("結束日期").input_value() == "111/8/1"
    page.context.close()


def test_without_javascript_everything_can_be_read_and_sent(chromium: Browser, site: str) -> None:
    page = opened(chromium, site + "/verify/", PHONE, java_script_enabled=False)
    page.get_by_label("校驗碼").fill("0123456789ab")
    page.get_by_role("main").get_by_role("button", name="驗證").click()
    assert page.get_by_text("這裡沒有這個校驗碼。").is_visible()
    page.locator(".site-menu summary").click()
    page.locator(".site-menu").get_by_role("button", name="English").click()
    assert page.get_by_role("heading", name="Verify a paper").is_visible()
    page.context.close()
