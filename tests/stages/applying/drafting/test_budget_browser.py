"""The budget in a real browser: a line chosen, figures typed, everything reckoned beside, on a phone and at a desk."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as configured
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from gongxue.records.models import Application, User
from tests.records.city import found_city, found_draft
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
    """The city, and the convener's draft."""
    city = found_city()
    return city, found_draft(city)


def at_the_desk(
    chromium: Browser, site: str, written: tuple[SimpleNamespace, Application], size: dict[str, int], **options: object
) -> Page:
    """The convener's budget page."""
    city, draft = written
    client = Client()
    client.force_login(User.objects.get(pk=city.convener.user), backend="django.contrib.auth.backends.ModelBackend")
    page = opened(chromium, f"{site}/healthz", size, **options)
    page.context.add_cookies([{"name": "session", "value": client.cookies[configured.SESSION_COOKIE_NAME].value, "url": site}])
    page.goto(f"{site}/applications/{draft.pk}/sections/budget/")
    return page


def test_what_is_typed_is_reckoned_beside(chromium: Browser, site: str, written: tuple[SimpleNamespace, Application]) -> None:
    page = at_the_desk(chromium, site, written, DESK)
    printing = page.get_by_role("group", name="印刷費")
    expect(page.locator("output#budget")).to_have_text("4,382")
    printing.get_by_label("數量").fill("20")
    printing.get_by_label("單價").fill("120")
    printing.get_by_label("單價").blur()
    expect(printing.locator("output")).to_have_text("2,400")
    expect(page.locator("output#budget")).to_have_text("6,282")
    expect(printing.get_by_text("印刷費每份 120 元，超過上限 100 元")).to_be_visible()
    expect(page.locator("[id='part:money']")).to_contain_text("超過上限 1,282 元")
    expect(page.get_by_role("group", name="雜支")).to_contain_text("最多 304（業務費 6,082 × 5%）")
    found = [(each["id"], [node["html"] for node in each["nodes"]]) for each in Axe().run(page).response["violations"]]
    page.context.close()
    assert found == []


def test_a_line_is_added_and_an_item_feeds_its_line_on_a_phone(
    chromium: Browser, site: str, written: tuple[SimpleNamespace, Application]
) -> None:
    page = at_the_desk(chromium, site, written, PHONE)
    page.get_by_text("＋ 增加項目").click()
    page.get_by_role("button", name="內聘講座鐘點費").click()
    inner = page.get_by_role("group", name="內聘講座鐘點費")
    expect(inner.get_by_label("單價")).to_have_value("1,000")
    page.get_by_role("button", name="＋ 增加品項").click()
    item = page.get_by_role("group", name="品項 2")
    item.get_by_label("品名").fill("牌卡")
    item.get_by_label("數量").fill("2")
    item.get_by_label("單價").fill("150")
    item.get_by_label("單價").blur()
    expect(item.locator("output")).to_have_text("300")
    expect(page.get_by_role("group", name="教具教材費").locator("output")).to_have_text("1,200")
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    found = [(each["id"], [node["html"] for node in each["nodes"]]) for each in Axe().run(page).response["violations"]]
    page.context.close()
    assert (over, found) == (0, [])


def test_without_javascript_it_is_reckoned_on_saving(chromium: Browser, site: str, written: tuple[SimpleNamespace, Application]) -> None:
    page = at_the_desk(chromium, site, written, DESK, java_script_enabled=False)
    page.get_by_role("group", name="膳費").get_by_label("數量").fill("3")
    page.get_by_role("button", name="儲存", exact=True).last.click()
    assert page.get_by_role("group", name="膳費").locator("output").inner_text() == "240"
    assert page.locator("output#budget").inner_text() == "3,982"
    page.context.close()
