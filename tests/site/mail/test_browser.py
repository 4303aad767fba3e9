"""The keepers' pages in a real browser: what a checker of accessibility finds, and that nothing sticks out."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser

from gongxue.records.models import Chore, Message, User
from gongxue.site import clock
from tests.records.city import NOON, found_city
from tests.site import browsing
from tests.site.browsing import DESK, PHONE

pytestmark = [pytest.mark.needs("chromium")]
ERRORS = {"failed": "address|550 " + "x" * 80, "uncertain": "unanswered|SMTPServerDisconnected", "bounced": "bounced|550 mailbox full"}


@pytest.fixture
def officer(transactional_db: None) -> str:
    """The city's officer's session, among letters that did not arrive."""
    city = found_city()
    for number, (state, error) in enumerate(ERRORS.items()):
        told = {
            "to": f"a-rather-long-name-{number}@example.edu.tw",
            "title": "林怡君邀請您加入共學",
            "body": "b",
            "message_id": f"<{number}>",
        }
        Message.objects.create(**told, state=state, error=error, made_at=NOON)
    now = clock.real_now()
    Chore.objects.create(name="seal", begun_at=now, done_at=now, ok=True, told={"faults": 1, "first": ["application x #1"]})
    client = Client()
    client.force_login(User.objects.get(pk=city.officer.user), backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["session"].value


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_keepers_pages_are_fit_for_everybody(chromium: Browser, officer: str, size: dict[str, int]) -> None:
    found: dict[str, object] = {}
    with browsing.served() as site:
        context = chromium.new_context(viewport=size, locale="zh-TW")
        context.add_cookies([{"name": "session", "value": officer, "url": site}])
        page = context.new_page()
        again = f"/upkeep/letters/{Message.objects.get(state='uncertain').pk}/send_again/"
        for address in ("/upkeep/", "/upkeep/letters/", again, "/accounts/"):
            page.goto(site + address)
            over = max(0, page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
            found[address] = ([each["id"] for each in Axe().run(page).response["violations"]], over)
        page.goto(site + again)
        page.get_by_role("button", name="再寄一次").click()
        page.get_by_text("這封信排入待寄").wait_for()
        context.close()
    assert set(map(str, found.values())) == {"([], 0)"}, found
    assert Message.objects.filter(state="waiting").count() == 1
