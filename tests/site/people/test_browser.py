"""People and posts in a real browser: a checker of accessibility finds nothing, nothing sticks out, and the way without JavaScript."""

import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django import Settings

from gongxue.records.accounts import close_account
from gongxue.records.actor import SYSTEM
from gongxue.records.invitations import invite_to_post
from gongxue.records.models import Invitation, Message, Post, User
from gongxue.records.people import give_post, name_stand_in
from gongxue.site import clock
from tests.records.city import NOON, OTHER, OWN, TODAY, found_city
from tests.site import browsing
from tests.site.browsing import DESK, PHONE

pytestmark = [pytest.mark.needs("chromium")]
LONG = "Wilhelmina Featherstonehaugh-Cholmondeley 歐陽司馬諸葛"
ADDRESS = "a-rather-long-name-of-somebody-who-teaches.english-and-more@department.of.something.example.edu.tw"


@pytest.fixture
def keys(transactional_db: None, settings: Settings, tmp_path: object) -> dict[str, str]:
    """The principal's and the officer's sessions, among long names, a stand-in and an invitation; and what stands in addresses."""
    settings.DEMO, settings.VAR = True, tmp_path
    clock.start_over(NOON)
    city = found_city()
    school, week = city.schools[OWN].pk, datetime.timedelta(days=7)
    long = User.objects.create(email=ADDRESS, name=LONG, date_joined=NOON).pk
    give_post(long, "member", school, first=TODAY, actor=SYSTEM, at=NOON)
    name_stand_in(city.director.posts[0].post, long, first=TODAY + week, last=TODAY + 2 * week, actor=city.principal, at=NOON)
    invited = invite_to_post("invited-" + ADDRESS, LONG, "member", school, first=TODAY, actor=city.principal, at=NOON)
    close_account(city.member.user, reason="已離職，帳號停用" * 5, actor=city.officer, at=NOON)
    closing = {"member": str(city.convener.user), "gone": str(city.member.user)}
    kept = closing | {"post": str(city.clerk.posts[0].post), "invitation": str(invited.invitation.pk), "other": city.schools[OTHER].key}
    for who in ("principal", "officer"):
        client = Client()
        client.force_login(User.objects.get(pk=getattr(city, who).user), backend="django.contrib.auth.backends.ModelBackend")
        kept[who] = client.cookies["session"].value
    return kept


def entered(chromium: Browser, site: str, session: str, size: dict[str, int], *, script: bool = True) -> Page:
    """A page of somebody who has logged in."""
    context = chromium.new_context(viewport=size, locale="zh-TW", java_script_enabled=script)
    context.add_cookies([{"name": "session", "value": session, "url": site}])
    return context.new_page()


def judged(page: Page) -> tuple[list[str], int]:
    """What the checker finds, and how far the page sticks out."""
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [each["id"] for each in Axe().run(page).response["violations"]], max(0, over)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_pages_are_fit_for_everybody(chromium: Browser, keys: dict[str, str], size: dict[str, int]) -> None:
    post, invitation = f"/people/posts/{keys['post']}", f"/people/invitations/{keys['invitation']}"
    addresses = {
        "principal": [
            *("/people/", "/people/?q=nobody", "/people/give/", "/people/invite/", "/people/invitations/", "/people/invitations/?q=nobody"),
            *(f"{post}/end/", f"{post}/stand-in/", f"{post}/hand-over/", f"{invitation}/again/", f"{invitation}/withdraw/"),
        ],
        "officer": [
            *("/people/", "/people/give/", f"/people/give/?place={keys['other']}&q=Wil", "/people/give/?place=city&q=nobody"),
            *("/people/invite/?place=city", "/people/?when=closed", f"/people/accounts/{keys['member']}/close/"),
            f"/people/accounts/{keys['gone']}/open/",
        ],
    }
    found: dict[str, object] = {}
    with browsing.served() as site:
        for who, each in addresses.items():
            page = entered(chromium, site, keys[who], size)
            for address in each:
                page.goto(site + address)
                found[who + address] = judged(page)
            page.context.close()
        page = entered(chromium, site, keys["principal"], size)
        for address, button in ((f"{post}/stand-in/", "請這個人代理"), ("/people/give/", "給這個職務"), ("/people/invite/", "寄出邀請")):
            page.goto(site + address)
            page.get_by_role("button", name=button).click()
            page.get_by_text("請先改正這些地方").wait_for()
            found["wrong " + address] = judged(page)
        page.context.close()
    assert set(map(str, found.values())) == {"([], 0)"}, found


def test_what_goes_with_the_list_follows_what_is_asked_for(chromium: Browser, keys: dict[str, str]) -> None:
    with browsing.served() as site:
        page = entered(chromium, site, keys["officer"], DESK)
        page.goto(f"{site}/people/")
        page.get_by_label("搜尋").type("clerk")
        page.wait_for_url("**/people/?q=clerk&**")
        page.get_by_label("學校或市府").select_option(label=OTHER)
        page.wait_for_url(f"**/people/?q=clerk&place={keys['other']}&role=&when=")
        page.locator("#posts tbody tr").nth(0).get_by_text("other_clerk").first.wait_for()
        assert f"q=clerk&place={keys['other']}" in (page.get_by_role("link", name="CSV", include_hidden=True).get_attribute("href") or "")
        assert page.get_by_role("link", name="給職務").get_attribute("href") == f"/people/give/?place={keys['other']}"
        assert page.locator("#posts tbody tr").count() == 1
        page.context.close()


def test_the_whole_way_without_javascript(chromium: Browser, keys: dict[str, str]) -> None:
    with browsing.served() as site:
        page = entered(chromium, site, keys["principal"], PHONE, script=False)
        page.goto(f"{site}/people/?role=member")
        page.get_by_role("link", name="給職務").click()
        page.get_by_label(LONG).check()
        page.get_by_label("職務", exact=True).select_option(label="會計")
        page.get_by_role("button", name="給這個職務").click()
        page.get_by_text("職務已經給了").wait_for()
        page.locator("a", has_text=f"結束：{LONG} 會計").click()
        page.get_by_label("最後一天").fill("111/3/30")
        page.get_by_role("button", name="結束這個職務").click()
        page.get_by_text("這個職務會在最後一天之後結束").wait_for()
        page.get_by_role("link", name="用電子郵件邀請").click()
        page.get_by_label("電子郵件").fill("guest@example.edu.tw")
        page.get_by_label("職務", exact=True).select_option(label="成員")
        page.get_by_role("button", name="寄出邀請").click()
        page.get_by_text("邀請排入待寄").wait_for()
        page.locator("a", has_text="取消邀請：guest@example.edu.tw").click()
        page.get_by_role("button", name="取消邀請").click()
        page.get_by_text("邀請已經取消").wait_for()
        page.context.close()
    assert Post.objects.get(role="accountant", user__name=LONG).last == datetime.date(2022, 3, 30)
    assert Invitation.objects.get(email="guest@example.edu.tw").void
    assert list(Message.objects.filter(to=ADDRESS).order_by("pk").values_list("letter", flat=True)) == [
        "people/stands_in", "people/given", "people/ended",
    ]  # fmt: skip
