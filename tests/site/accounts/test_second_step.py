"""The second step: turned on and off, asked for at log-in, codes of the phone and of paper."""

import base64
import re
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from gongxue.records.models import User
from tests.site.accounts.entering import PASSWORD, beside, browser, codes, is_in, log_in, summed_up, with_password, words

WRONG = "驗證碼不對，或已經用過。請輸入手機現在顯示的六位數字。"


@pytest.fixture
def clerk(city: SimpleNamespace) -> User:
    return with_password("clerk")


@pytest.fixture
def here(clerk: User) -> Client:
    """A browser in which the clerk has just logged in."""
    client = browser()
    log_in(client)
    return client


def prove(client: Client, onward: str = "/accounts/two-step/on/") -> HttpResponse:
    """Give the password once more, as the page asks, and go on."""
    asked = client.get(onward)
    assert asked["Location"].startswith("/accounts/reauthenticate/?next=")
    assert client.post(asked["Location"], {"password": PASSWORD})["Location"] == onward
    return client.get(onward)


def key_of(page: HttpResponse) -> str:
    (key,) = re.findall(r'<span class="hash">([A-Z2-7 ]+)</span>', page.content.decode())
    return str(key).replace(" ", "")


def turn_on(client: Client) -> str:
    """The key in the phone from now on; the present code turns it on, the next one is left for logging in."""
    key = key_of(prove(client))
    answer = client.post("/accounts/two-step/on/", {"code": codes(key)[1]})
    assert answer["Location"] == "/accounts/two-step/codes/"
    return key


def paper_codes(client: Client) -> list[str]:
    return re.findall(r'<li class="hash">(\S+)</li>', client.get("/accounts/two-step/codes/").content.decode())


def second(client: Client, code: str) -> HttpResponse:
    return client.post("/accounts/two-step/code/", {"code": code})


def test_turning_it_on_asks_for_the_password_and_draws_the_key_itself(here: Client) -> None:
    page = prove(here)
    drawn = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', page.content.decode())
    assert base64.b64decode(drawn[0])[:5] == b"<?xml"
    assert not re.search(r'src="https?:', page.content.decode())
    assert beside(here.post("/accounts/two-step/on/", {"code": "000000"}), "code") == WRONG
    assert beside(here.post("/accounts/two-step/on/", {"code": ""}), "code") == "請輸入驗證碼。"
    assert here.post("/accounts/two-step/on/", {"code": codes(key_of(page))[1]})["Location"] == "/accounts/two-step/codes/"
    assert "使用中" in words(here.get("/accounts/"))
    assert len(paper_codes(here)) == 10


def test_who_was_brought_in_and_set_the_password_by_a_link_may_turn_it_on(clerk: User) -> None:
    """Asking for a link notes the address as one that nobody has proven yet; using the link proves it."""
    browser().post("/accounts/password/reset/", {"email": clerk.email})
    assert [each.verified for each in EmailAddress.objects.filter(user=clerk)] == [False]
    client = browser()
    log_in(client)
    assert turn_on(client) != ""


def test_a_wrong_password_does_not_open_it(here: Client) -> None:
    page = here.post("/accounts/reauthenticate/?next=/accounts/two-step/on/", {"password": "wrong"})
    assert (page.status_code, beside(page, "password")) == (422, "密碼不對，請再輸入一次。")
    assert here.get("/accounts/two-step/on/")["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2Ftwo-step%2Fon%2F"


def test_the_key_and_the_paper_codes_are_not_kept_in_the_clear(here: Client, clerk: User) -> None:
    key = turn_on(here)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT data FROM {Authenticator._meta.db_table}")  # noqa: S608  # a table of allauth's
        kept = str(cursor.fetchall())
    assert [each in kept for each in (key, *paper_codes(here))] == [False] * 11


def test_the_log_in_asks_for_the_code_and_nobody_is_in_before(here: Client) -> None:
    key = turn_on(here)
    client = browser()
    assert log_in(client, onward="?next=/accounts/details/")["Location"] == "/accounts/two-step/code/"
    assert not is_in(client)
    page = second(client, "000000")
    assert (page.status_code, beside(page, "code")) == (422, WRONG)
    assert not is_in(client)
    assert second(client, f" {codes(key)[2][:3]} {codes(key)[2][3:]}")["Location"] == "/accounts/details/"
    assert is_in(client)


def test_without_the_password_there_is_no_second_step(here: Client) -> None:
    turn_on(here)
    assert browser().get("/accounts/two-step/code/")["Location"] == "/accounts/login/"
    client = browser()
    log_in(client, password="wrong")  # noqa: S106  # a test's
    assert second(client, "000000")["Location"] == "/accounts/login/"


def test_who_took_the_wrong_account_gets_back_from_the_second_step(here: Client) -> None:
    turn_on(here)
    client = browser()
    log_in(client)
    assert client.get("/accounts/login/")["Location"] == "/accounts/two-step/code/"
    page = client.get("/accounts/two-step/code/").content.decode()
    assert 'action="/accounts/logout/"' in page
    assert client.post("/accounts/logout/", {"next": "/accounts/login/"})["Location"] == "/accounts/login/"
    assert client.get("/accounts/login/").status_code == 200


def test_a_code_counts_once_as_long_as_it_is_good(here: Client, clerk: User) -> None:
    key = turn_on(here)
    first, second_one = browser(), browser()
    for client in (first, second_one):
        log_in(client)
    code = codes(key)[2]
    assert second(first, code)["Location"] == "/home/"
    cache.delete(f"allauth.mfa.totp.used?user={clerk.pk}&code={code}")  # what allauth itself remembers, for half a minute only
    page = second(second_one, code)
    assert (page.status_code, beside(page, "code"), is_in(second_one)) == (422, WRONG, False)


def test_the_code_that_turned_it_on_does_not_log_in(here: Client) -> None:
    key = key_of(prove(here))
    code = codes(key)[1]
    here.post("/accounts/two-step/on/", {"code": code})
    client = browser()
    log_in(client)
    assert beside(second(client, code), "code") == WRONG


def test_after_five_wrong_codes_even_the_right_one_waits(here: Client) -> None:
    key = turn_on(here)
    client = browser()
    log_in(client)
    assert [beside(second(client, f"00000{n}"), "code") for n in range(5)] == [WRONG] * 5
    page = second(client, codes(key)[2])
    assert (page.status_code, beside(page, "code")) == (422, "試了太多次。請等五分鐘再試，或重設密碼。")
    assert not is_in(client)


def test_a_paper_code_lets_in_once(here: Client) -> None:
    turn_on(here)
    code = paper_codes(here)[0]
    first, again = browser(), browser()
    for client in (first, again):
        log_in(client)
    assert second(first, code)["Location"] == "/home/"
    assert beside(second(again, code), "code") == WRONG
    assert len(paper_codes(here)) == 9
    assert "還有 9 個可用，共 10 個" in words(here.get("/accounts/two-step/codes/"))


def test_paper_codes_are_fetched_as_a_file_and_made_anew(here: Client) -> None:
    turn_on(here)
    before = paper_codes(here)
    file = here.get("/accounts/two-step/codes/download/")
    assert (file.content.decode().split(), file["Content-Type"]) == (before, "text/plain")
    assert "no-store" in file["Cache-Control"]
    assert "還有 10 個沒用" in words(here.get("/accounts/two-step/codes/new/"))
    assert here.post("/accounts/two-step/codes/new/")["Location"] == "/accounts/two-step/codes/"
    assert set(paper_codes(here)) & set(before) == set()


@pytest.mark.parametrize("address", ["codes/", "codes/new/", "codes/download/", "off/"])
def test_what_bears_on_it_asks_for_the_password(here: Client, address: str) -> None:
    turn_on(here)
    client = browser()
    log_in(client)
    second(client, paper_codes(here)[0])
    assert client.get(f"/accounts/two-step/{address}")["Location"].startswith("/accounts/reauthenticate/?next=")


def test_turning_it_off_asks_for_the_password_then_logs_in_by_password_alone(here: Client, clerk: User) -> None:
    key = turn_on(here)
    client = browser()
    log_in(client)
    second(client, codes(key)[2])
    assert client.post("/accounts/two-step/off/")["Location"].startswith("/accounts/reauthenticate/?next=")
    assert Authenticator.objects.filter(user=clerk).count() == 2
    assert "停用兩步驟驗證？" in words(prove(client, "/accounts/two-step/off/"))
    assert client.post("/accounts/two-step/off/")["Location"] == "/accounts/two-step/"
    assert Authenticator.objects.filter(user=clerk).count() == 0
    assert log_in(browser())["Location"] == "/home/"


def test_a_button_pressed_too_late_acts_once_the_password_is_given(here: Client, clerk: User) -> None:
    turn_on(here)
    client = browser()
    log_in(client)
    second(client, paper_codes(here)[0])
    asked = client.post("/accounts/two-step/off/")["Location"]
    assert client.post(asked, {"password": PASSWORD})["Location"] == "/accounts/two-step/"
    assert Authenticator.objects.filter(user=clerk).count() == 0


def test_a_reset_by_mail_leaves_the_second_step_in_its_place(here: Client, clerk: User) -> None:
    turn_on(here)
    client = browser()
    assert summed_up(log_in(client, password="wrong")) != []  # noqa: S106  # a test's
    with_password("clerk")
    assert log_in(client)["Location"] == "/accounts/two-step/code/"
