"""Logging in by the city's own service: a real provider, the site as it is served, and everything that may come back from there."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium

from tests.commands.installation import OFFICER, Installation, Served
from tests.site.accounts.city_service import CALLBACK, Browser, Provider, back_from, told
from tests.site.accounts.entering import codes
from tests.site.browsing import DESK, PHONE, opened

KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PEOPLE = {
    "n-lin": {"email": "Lin@School.Example", "email_verified": True, "name": "在別處的名字"},
    "n-wang": {"email": "wang@school.example", "email_verified": True},
    "n-word": {"email": "chen@school.example", "email_verified": "true"},
    "n-false": {"email": "lin@school.example", "email_verified": False},
    "n-false-word": {"email": "lin@school.example", "email_verified": "false"},
    "n-silent": {"email": "lin@school.example"},
    "n-nothing": {},
    "n-stranger": {"email": "stranger@elsewhere.example", "email_verified": True},
    "n-closed": {"email": "closed@school.example", "email_verified": True},
    "n-second": {"email": "second@school.example", "email_verified": True},
}
FOUND = f"""
from allauth.mfa.totp.internal.auth import TOTP
from gongxue.records.models import User
from gongxue.site import clock
for name in ("lin", "wang", "chen", "closed", "second"):
    User.objects.create(email=f"{{name}}@school.example", name=name, date_joined=clock.now(), is_active=name != "closed")
TOTP.activate(User.objects.get(name="second"), "{KEY}")
"""
KEPT = """
import json
from allauth.socialaccount.models import SocialAccount, SocialToken
from gongxue.records.models import User
bound = {each.uid: [each.user.name, each.extra_data] for each in SocialAccount.objects.select_related("user")}
print(json.dumps({"people": sorted(User.objects.values_list("name", flat=True)), "bound": bound, "tokens": SocialToken.objects.count()}))
"""


class City(NamedTuple):
    installation: Installation
    provider: Provider
    served: Served

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.served.port}"


@contextmanager
def provided() -> Iterator[Provider]:
    provider = Provider(PEOPLE)
    try:
        provider.start()
        yield provider
    finally:
        provider.stop()


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A site whose settings name the provider, served; a few people are in it."""
    with provided() as provider:
        given = {"ISSUER": provider.issuer, "NAME": "市府單一登入", "CLIENT_ID": "gongxue", "CLIENT_SECRET": "the-secret-of-the-site"}
        settings = {f"GONGXUE_OIDC_{name}": value for name, value in given.items()}
        installation = Installation(Path(tmp_path_factory.mktemp("openid")), **settings)
        done = installation.run("init", "--officer", OFFICER)
        assert done.status == 0, done.err
        installation.python(FOUND)
        with installation.serving() as served:
            served.ready()
            yield City(installation, provider, served)


@pytest.fixture
def browser(city: City) -> Browser:
    return Browser(city.site)


@pytest.mark.parametrize(("number", "name"), [("n-lin", "lin"), ("n-wang", "wang"), ("n-word", "chen")])
def test_who_is_known_here_and_verified_there_gets_in_to_the_own_account_again_and_again(city: City, number: str, name: str) -> None:
    for onward in ("", "/accounts/details/"):
        browser = Browser(city.site)
        answer = browser.log_in(number, onward)
        assert (answer.status, answer.location, browser.name()) == (302, onward or "/home/", name)


@pytest.mark.parametrize("number", ["n-false", "n-false-word", "n-silent", "n-nothing"])
def test_an_address_that_the_service_has_not_verified_lets_nobody_in(browser: Browser, number: str) -> None:
    answer = browser.log_in(number)
    assert (told(answer), browser.name()) == ("403 這個帳號還不能進來", "")
    assert "登入服務沒有說您的信箱已經確認過" in answer.text


def test_who_is_not_known_here_is_told_whom_to_ask_and_gets_no_account(browser: Browser) -> None:
    answer = browser.log_in("n-stranger")
    assert (told(answer), browser.name()) == ("403 這個帳號還不能進來", "")
    assert "共學裡沒有這個信箱的人。請學校承辦人" in answer.text


def test_a_closed_account_is_told_that_it_is(browser: Browser) -> None:
    answer = browser.log_in("n-closed")
    assert (answer.location, told(browser.get(answer.location)), browser.name()) == ("/accounts/inactive/", "200 帳號已停用", "")


def test_the_second_step_is_asked_for_here_too(browser: Browser) -> None:
    assert (browser.log_in("n-second").location, browser.name()) == ("/accounts/two-step/code/", "")
    browser.get("/accounts/two-step/code/")
    assert browser.post("/accounts/two-step/code/", code=codes(KEY)[1]).location == "/home/"
    assert browser.name() == "second"


def test_what_is_asked_carries_a_state_a_nonce_and_a_proof_of_its_own_each_time(browser: Browser) -> None:
    asked = [parse_qs(urlsplit(browser.press().location).query) for _ in range(2)]
    assert [(each["redirect_uri"], each["code_challenge_method"], each["response_type"]) for each in asked] == [
        ([browser.site + CALLBACK], ["S256"], ["code"])
    ] * 2
    assert [asked[0][name] == asked[1][name] for name in ("state", "nonce", "code_challenge")] == [False] * 3


@pytest.mark.parametrize("state", ["state=another", ""])
def test_a_wrong_state_is_refused(browser: Browser, state: str) -> None:
    back = urlsplit(back_from(browser.press().location, "n-lin"))
    code = next(each for each in back.query.split("&") if each.startswith("code="))
    answer = browser.get(f"{CALLBACK}?{code}&{state}")
    assert (told(answer), browser.name()) == ("403 沒有登入成功", "")


def test_an_answer_counts_in_the_browser_that_asked_and_once(city: City, browser: Browser) -> None:
    back = back_from(browser.press().location, "n-lin")
    other = Browser(city.site)
    other.press()
    assert (told(other.get(back)), other.name()) == ("403 沒有登入成功", "")
    assert browser.get(back).location == "/home/"
    browser.cookies.clear()
    browser.press()
    assert (told(browser.get(back)), browser.name()) == ("403 沒有登入成功", "")


def test_a_code_of_another_browser_is_refused_by_its_nonce(city: City, browser: Browser) -> None:
    """Somebody else's fresh code, put into this browser's way back: the state is right, the nonce is not."""
    stolen = parse_qs(urlsplit(back_from(Browser(city.site).press().location, "n-wang")).query)["code"][0]
    state = parse_qs(urlsplit(browser.press().location).query)["state"][0]
    assert (told(browser.get(f"{CALLBACK}?code={stolen}&state={state}")), browser.name()) == ("403 沒有登入成功", "")


def test_a_word_with_another_nonce_is_refused(browser: Browser) -> None:
    back = back_from(browser.press().location, "n-lin", nonce="another-nonce")
    assert (told(browser.get(back)), browser.name()) == ("403 沒有登入成功", "")


def test_who_changes_the_mind_at_the_service_comes_back_to_a_page(browser: Browser) -> None:
    answer = browser.get(back_from(browser.press().location, ""))
    assert told(answer) == "403 沒有登入成功"
    assert 'href="/accounts/login/">回登入</a>' in answer.text


def test_a_service_that_does_not_answer_has_a_page_on_the_way_there_and_back(city: City, browser: Browser) -> None:
    back = back_from(browser.press().location, "n-lin")
    with city.provider.down():
        answers = [browser.press(), browser.get(back)]
    assert [told(answer) for answer in answers] == ["503 登入服務連不上"] * 2
    assert "可以用密碼登入" in answers[0].text
    assert browser.log_in("n-lin").location == "/home/"


@pytest.mark.parametrize(("nonsense", "status"), [("[]", 200), ("{}", 200), ("<html>", 200), ("null", 200), ("{}", 500)])
def test_a_service_that_talks_nonsense_has_the_same_page(city: City, browser: Browser, nonsense: str, status: int) -> None:
    back = back_from(browser.press().location, "n-lin")
    with city.provider.babbling(nonsense, status):
        answers = [browser.press(), browser.get(back)]
    assert [told(answer) for answer in answers] == ["503 登入服務連不上"] * 2


def test_a_link_to_the_button_leads_to_the_log_in_page_and_onward_stays_on_the_site(browser: Browser) -> None:
    assert browser.get("/accounts/oidc/city/login/?process=connect").location == "/accounts/login/"
    assert browser.get("/accounts/oidc/other/login/").location == "/accounts/login/"
    assert browser.log_in("n-lin", "//evil.example/").location == "/home/"
    assert told(browser.post("/accounts/oidc/other/login/")) == "404 找不到這一頁"
    assert told(browser.get("/accounts/oidc/other/login/callback/")) == "404 找不到這一頁"


def test_a_form_of_another_site_starts_nothing(browser: Browser) -> None:
    assert browser.post("/accounts/oidc/city/login/").status == 403


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_button_and_the_pages_of_what_went_wrong_are_fit_for_everybody(city: City, chromium: Chromium, size: dict[str, int]) -> None:
    page, found = opened(chromium, f"{city.site}/accounts/login/", size), dict[str, object]()
    for heading in ("登入", "這個帳號還不能進來", "沒有登入成功", "登入服務連不上"):
        with city.provider.down() if heading == "登入服務連不上" else nullcontext():
            if heading != "登入":
                page.goto(f"{city.site}/accounts/login/")
                page.get_by_role("button", name="用市府單一登入登入").click()
            if heading == "這個帳號還不能進來":
                page.get_by_role("button", name="n-stranger", exact=True).first.click()
            elif heading == "沒有登入成功":
                page.get_by_role("button", name="Deny").click()
            page.get_by_role("heading", name=heading, exact=True).wait_for()
        over = max(0, page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
        found[heading] = [each["id"] for each in Axe().run(page).response["violations"]], over
    page.context.close()
    assert set(map(str, found.values())) == {"([], 0)"}, found


@pytest.mark.needs("chromium")
def test_in_a_real_browser_the_button_leads_there_and_back(city: City, chromium: Chromium) -> None:
    page = opened(chromium, f"{city.site}/accounts/login/?next=/accounts/")
    page.get_by_role("button", name="用市府單一登入登入").click()
    page.get_by_role("button", name="n-lin", exact=True).first.click()
    page.wait_for_url(f"{city.site}/accounts/")
    assert page.locator(".lead").inner_text() == "lin・lin@school.example"
    page.context.close()


def test_nothing_is_kept_but_the_number_and_nothing_private_is_logged(city: City, browser: Browser) -> None:
    private = {"the-secret-of-the-site", "school.example", "在別處的名字", "n-lin"}
    page = browser.press().location
    back = back_from(page, "n-lin")
    private |= {
        value
        for address in (page, back)
        for name in ("state", "nonce", "code")
        for value in parse_qs(urlsplit(address).query).get(name, ())
    }
    browser.get(back)
    kept = json.loads(city.installation.python(KEPT))
    assert (kept["people"], kept["tokens"]) == (["chen", "closed", "lin", "second", "wang"], 0)
    assert kept["bound"]["n-lin"] == ["lin", {}]
    assert {"n-stranger", "n-false", "n-false-word", "n-silent", "n-closed"} & set(kept["bound"]) == set()
    log = city.served.log.read_text("utf-8")
    assert '"route": "openid_connect_callback"' in log
    assert [each for each in private if each in log] == []
