"""Logging in and out: what is told, what is not, and where it leads."""

from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from allauth.core.internal import ratelimit
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import cache
from django.test import Client

from gongxue.records.models import User
from tests.site.accounts.entering import NOBODYS, PASSWORD, beside, browser, is_in, log_in, summed_up, with_password, words

WRONG_ONE = "wrong password"
WRONG = "電子郵件或密碼不對。請確認大小寫；忘記密碼可以重設。"


@pytest.fixture
def clerk(city: SimpleNamespace) -> User:
    return with_password("clerk")


def test_the_right_password_leads_home_however_the_address_is_written(clerk: User) -> None:
    for email in ("clerk@example.edu.tw", " Clerk@EXAMPLE.edu.tw "):
        client = browser()
        assert log_in(client, email)["Location"] == "/home/"
        assert is_in(client)
        assert client.get("/accounts/login/")["Location"] == "/home/"


def test_a_wrong_password_is_told_and_keeps_the_address_alone(clerk: User) -> None:
    page = log_in(browser(), password=WRONG_ONE)
    assert (page.status_code, summed_up(page)) == (422, [WRONG])
    told = page.content.decode()
    assert 'value="clerk@example.edu.tw"' in told
    assert "wrong password" not in told
    assert not is_in(browser())


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_an_address_that_nobody_has_is_answered_like_a_wrong_password(clerk: User, language: str) -> None:
    client = browser()
    client.cookies["language"] = language
    pages = [log_in(client, email, "wrong password") for email in ("clerk@example.edu.tw", NOBODYS)]
    assert [page.status_code for page in pages] == [422, 422]
    assert words(pages[0]) == words(pages[1])
    assert summed_up(pages[0]) == [
        WRONG if language == "zh-hant" else "The e-mail address or the password is wrong. Mind capitals; a forgotten password can be reset."
    ]


def test_what_is_missing_is_named_beside_its_field(clerk: User) -> None:
    page = log_in(browser(), "", "")
    assert (page.status_code, beside(page, "login"), beside(page, "password")) == (422, "請輸入電子郵件。", "請輸入密碼。")
    assert beside(log_in(browser(), "clerk"), "login") == "電子郵件格式不對，應像 name@example.edu.tw。"


def test_who_has_no_password_yet_is_answered_like_everybody(city: SimpleNamespace) -> None:
    director = User.objects.get(name="director")
    director.set_unusable_password()
    director.save()
    assert summed_up(log_in(browser(), director.email)) == [WRONG]


def test_argon2_is_what_is_kept_and_an_older_hash_is_made_anew_at_the_next_log_in(clerk: User) -> None:
    assert clerk.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    older = PBKDF2PasswordHasher().encode(PASSWORD, "salt-of-an-older-hash", iterations=1)
    User.objects.filter(pk=clerk.pk).update(password=older)
    log_in(browser(), password=WRONG_ONE)
    assert User.objects.get(pk=clerk.pk).password == older
    assert log_in(browser())["Location"] == "/home/"
    assert User.objects.get(pk=clerk.pk).password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_after_five_wrong_passwords_even_the_right_one_waits_and_so_does_a_stranger(clerk: User) -> None:
    for email in ("clerk@example.edu.tw", NOBODYS):
        told = [summed_up(log_in(browser(), email, "wrong password")) for _ in range(5)]
        page = log_in(browser(), email)
        assert (told, page.status_code) == ([[WRONG]] * 5, 422)
        assert summed_up(page) == ["試了太多次。請等五分鐘再試，或重設密碼。"]
    assert log_in(browser(), "director@example.edu.tw", "wrong password").status_code == 422


def test_who_tries_ever_so_often_gets_our_own_page(clerk: User) -> None:
    client = browser()
    statuses = {client.post("/accounts/login/", {"login": "", "password": ""}).status_code for _ in range(120)}
    page = log_in(client)
    assert (statuses, page.status_code, page["Retry-After"]) == ({422}, 429, "300")
    assert "試得太快了" in page.content.decode()
    assert client.get("/accounts/login/").status_code == 200


def test_who_cannot_be_counted_just_now_is_not_told_to_have_tried_too_often(clerk: User) -> None:
    (rate,) = ratelimit.get_rates(app="allauth.account", action="login")
    cache.add(f"allauth:rl:allauth.account:login:{rate}:ip:127.0.0.1:lock", True, timeout=10)
    page = log_in(browser())
    assert (page.status_code, page["Retry-After"]) == (503, "30")
    assert ("系統正忙" in page.content.decode(), "太快" in page.content.decode()) == (True, False)


@pytest.mark.parametrize(
    "onward", ["//evil.example/", "https://evil.example/", "https:evil.example", "\\\\evil.example", "javascript:alert(1)", "http://[evil"]
)
def test_onward_never_leads_off_the_site(clerk: User, onward: str) -> None:
    client = browser()
    assert client.post("/accounts/login/", {"login": clerk.email, "password": PASSWORD, "next": onward})["Location"] == "/home/"
    assert client.get(f"/accounts/login/?{urlencode({'next': onward})}")["Location"] == "/home/"
    assert client.post("/accounts/logout/", {"next": onward})["Location"] == "/"


def test_onward_leads_where_one_was_going(clerk: User) -> None:
    client = browser()
    asked = client.get("/accounts/details/")
    assert asked["Location"] == "/accounts/login/?next=/accounts/details/"
    page = client.get(asked["Location"]).content.decode()
    assert '<input type="hidden" name="next" value="/accounts/details/">' in page
    answer = client.post("/accounts/login/", {"login": clerk.email, "password": PASSWORD, "next": "/accounts/details/"})
    assert answer["Location"] == "/accounts/details/"


def test_a_closed_account_is_told_so_but_only_by_its_own_password(clerk: User) -> None:
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    client = browser()
    assert summed_up(log_in(client, password=WRONG_ONE)) == [WRONG]
    answer = log_in(client)
    assert answer["Location"] == "/accounts/inactive/"
    assert "這個帳號目前不能使用" in words(client.get(answer["Location"]))
    assert not is_in(client)


def test_an_account_that_is_closed_ends_its_sessions(clerk: User) -> None:
    client = browser()
    log_in(client)
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    assert client.get("/accounts/")["Location"] == "/accounts/login/?next=/accounts/"


def test_logging_out_asks_first_and_acts_on_the_button(clerk: User) -> None:
    client = browser()
    log_in(client)
    assert "要登出嗎？" in words(client.get("/accounts/logout/"))
    assert is_in(client)
    assert client.post("/accounts/logout/")["Location"] == "/"
    assert not is_in(client)


def test_a_form_of_another_site_logs_nobody_in_or_out(clerk: User) -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    assert log_in(client).status_code == 403
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/accounts/logout/").status_code == 403
    assert is_in(client)


def test_logging_in_speaks_the_persons_own_language_from_then_on(clerk: User) -> None:
    User.objects.filter(pk=clerk.pk).update(language="en")
    client = browser()
    assert log_in(client).cookies["language"].value == "en"
    assert "My account" in words(client.get("/accounts/"))
    assert "Unknown browser, since" in words(client.get("/accounts/"))
