"""The pages of accounts in a real browser: what a checker of accessibility finds, what sticks out, what is too small to tap."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, Page

from gongxue.records.invitations import invite_to_draft, invite_to_post
from gongxue.records.models import Message, Post, User
from tests.records.city import NOON, OWN, TODAY, found_city, found_draft
from tests.site import browsing
from tests.site.accounts.entering import PASSWORD, codes, link_of, log_in, with_password
from tests.site.browsing import DESK, PHONE

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.usefixtures("stopped_clock")]
SMALL = """() => [...document.querySelectorAll(["main button, main input:not([type=hidden]), main select, main a.btn",
    ".own-post__links a", ".actions > a", ".card__head > a", ".facts--links a"].join())]
    .filter(each => each.checkVisibility() && !each.closest(".visually-hidden"))
    .map(each => [each, each.closest("label, .form-check") || each])
    .filter(([each, target]) => Math.max(each.getBoundingClientRect().height, target.getBoundingClientRect().height) < 43.5)
    .map(([each]) => each.outerHTML.slice(0, 120))"""


@pytest.fixture
def site(transactional_db: None) -> Iterator[SimpleNamespace]:
    """The site, with a clerk who is logged in three times and stood in for, and an invitation of every kind."""
    cache.clear()  # what was counted lies in no model's table, so that a test which commits leaves it behind
    city = found_city()
    draft, clerk = found_draft(city), with_password("clerk")
    User.objects.filter(pk=clerk.pk).update(title="教務主任", phone="03-5220000#12")
    stand_in = {
        "role": "clerk",
        "school": city.schools[OWN],
        "first": TODAY,
        "last": "2022-04-08",
        "stands_in_for_id": city.clerk.posts[0].post,
    }
    Post.objects.create(user_id=city.director.user, **stand_in)
    here = Client()
    for client in (Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Safari/604.1"}), Client(), here):
        log_in(client)
    Client().post("/accounts/password/reset/", {"email": clerk.email})
    anonymous, known = Client(), with_password("stranger")
    key = anonymous.get(link_of(Message.objects.latest("pk")))["Location"]
    links = {
        "new": invite_to_draft(draft.pk, "guest@example.edu.tw", "客人", actor=city.convener, at=NOON),
        "known": invite_to_post(known.email, "", "accountant", city.schools[OWN].pk, first=TODAY, actor=city.principal, at=NOON),
    }
    invitations = {name: f"/accounts/invitation/{each.token}/" for name, each in links.items()}
    with browsing.served() as address:
        yield SimpleNamespace(at=address, here=here, anonymous=anonymous, key=key, links=invitations, post=city.clerk.posts[0].post)
    cache.clear()


def entered(browser: Browser, site: SimpleNamespace, client: Client, size: dict[str, int], colours: str) -> Page:
    """A page of a browser that is where `client` is."""
    context = browser.new_context(viewport=size, locale="zh-TW", color_scheme=colours)
    cookies = [{"name": name, "value": kept.value, "url": site.at} for name, kept in client.cookies.items()]
    context.add_cookies(cookies)
    return context.new_page()


def looked_at(page: Page, site: SimpleNamespace, address: str, name: str) -> dict[str, object]:
    """What is wrong with a page; `name` tells its form to be sent as it is, where it ends in "!"."""
    page.goto(site.at + address)
    if name.endswith("!"):
        page.locator("main form").first.evaluate("form => { form.noValidate = true; form.requestSubmit(); }")
        page.locator(".error-summary").wait_for()
    over = max(0, page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
    small = page.evaluate(SMALL) if page.viewport_size == PHONE else []
    found = [(each["id"], [node["html"] for node in each["nodes"]]) for each in Axe().run(page).response["violations"]]
    return {f"{name} {address}": (found, over, small)} if found or over or small else {}


def prove_and_turn_on(client: Client) -> None:
    onward = "/accounts/two-step/on/"
    client.post(f"/accounts/reauthenticate/?next={onward}", {"password": PASSWORD})
    client.get(onward)
    client.post(onward, {"code": codes(client.session["mfa.totp.secret"])[1]})


LOOKS = pytest.mark.parametrize(("size", "colours"), [(PHONE, "light"), (DESK, "dark")], ids=["phone in light", "desk in dark"])


@LOOKS
def test_what_anybody_may_open_is_fit_for_everybody(chromium: Browser, site: SimpleNamespace, size: dict[str, int], colours: str) -> None:
    page, wrong = entered(chromium, site, site.anonymous, size, colours), dict[str, object]()
    pages = {
        "log in": "/accounts/login/",
        "log in!": "/accounts/login/",
        "reset": "/accounts/password/reset/",
        "reset done": "/accounts/password/reset/done/",
        "new password!": site.key,
        "link over": "/accounts/password/reset/key/zz-yy-xx/",
        "closed": "/accounts/inactive/",
        "invitation!": site.links["new"],
        "invitation, known": site.links["known"],
        "no invitation": "/accounts/invitation/no-such/",
    }
    for name, address in pages.items():
        wrong |= looked_at(page, site, address, name)
    page.context.close()
    assert wrong == {}


@LOOKS
def test_ones_own_pages_are_fit_for_everybody(chromium: Browser, site: SimpleNamespace, size: dict[str, int], colours: str) -> None:
    page, wrong = entered(chromium, site, site.here, size, colours), dict[str, object]()
    pages = {
        "account": "/accounts/",
        "details": "/accounts/details/",
        "stand-in!": f"/accounts/posts/{site.post}/stand-in/",
        "hand-over!": f"/accounts/posts/{site.post}/hand-over/",
        "password!": "/accounts/password/change/",
        "second step": "/accounts/two-step/",
        "password again!": "/accounts/reauthenticate/",
        "log out": "/accounts/logout/",
        "invitation of another": site.links["new"],
    }
    for name, address in pages.items():
        wrong |= looked_at(page, site, address, name)
    page.context.close()
    assert wrong == {}


@LOOKS
def test_the_second_step_is_fit_for_everybody(chromium: Browser, site: SimpleNamespace, size: dict[str, int], colours: str) -> None:
    asking = Client()
    site.here.post("/accounts/reauthenticate/?next=/accounts/", {"password": PASSWORD})
    page = entered(chromium, site, site.here, size, colours)
    wrong = looked_at(page, site, "/accounts/two-step/on/", "turn on!")
    prove_and_turn_on(site.here)
    log_in(asking)
    for name, address in {"on": "", "codes": "codes/", "new codes": "codes/new/", "turn off": "off/"}.items():
        wrong |= looked_at(page, site, f"/accounts/two-step/{address}", name)
    page.context.close()
    page = entered(chromium, site, asking, size, colours)
    wrong |= looked_at(page, site, "/accounts/two-step/code/", "code!")
    page.context.close()
    assert wrong == {}


def test_a_second_step_is_turned_on_and_passed_by_hand(chromium: Browser, site: SimpleNamespace) -> None:
    page = chromium.new_context(viewport=PHONE, locale="zh-TW").new_page()
    page.goto(f"{site.at}/accounts/login/?next=/accounts/two-step/")
    page.get_by_label("電子郵件").fill("clerk@example.edu.tw")
    page.get_by_label("密碼").fill(PASSWORD)
    page.get_by_role("button", name="登入", exact=True).click()
    page.get_by_role("link", name="開始使用").click()
    page.get_by_label("密碼").fill(PASSWORD)
    page.get_by_role("button", name="確認").click()
    key = page.locator("form .hash").inner_text().replace(" ", "")
    assert page.locator("img.qr").evaluate("image => image.naturalWidth > 0 && image.src.startsWith('data:image/svg+xml')")
    page.get_by_label("驗證碼").fill(codes(key)[1])
    page.get_by_role("button", name="開始使用").click()
    page.get_by_role("heading", name="救援碼").wait_for()
    page.goto(f"{site.at}/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="登出").click()
    page.goto(f"{site.at}/accounts/login/")
    page.get_by_label("電子郵件").fill("clerk@example.edu.tw")
    page.get_by_label("密碼").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("驗證碼").fill(codes(key)[2])
    page.keyboard.press("Enter")
    page.wait_for_url("**/home/")
    page.context.close()
