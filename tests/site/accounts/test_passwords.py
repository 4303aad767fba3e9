"""Forgotten, changed and weak passwords."""

from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from gongxue.records.models import Message, User
from tests.site.accounts.entering import (
    NOBODYS,
    OTHER_PASSWORD,
    PASSWORD,
    beside,
    browser,
    is_in,
    link_of,
    log_in,
    summed_up,
    with_password,
    words,
)

OVER = "連結只能用一次，而且 24 小時內有效；也可能沒有完整複製。請再申請一次。"


@pytest.fixture
def clerk(city: SimpleNamespace) -> User:
    return with_password("clerk")


def ask(client: Client, email: str = "clerk@example.edu.tw") -> str:
    """Ask for a link; where one is led, and what the page there says."""
    answer = client.post("/accounts/password/reset/", {"email": email})
    return f"{answer.status_code} {answer['Location']} {words(client.get(answer['Location']))}"


def change(client: Client, old: str = PASSWORD, new: str = OTHER_PASSWORD, again: str = "") -> HttpResponse:
    return client.post("/accounts/password/change/", {"oldpassword": old, "password1": new, "password2": again or new})


def opened(client: Client) -> str:
    """Ask for a link and open it: the address of the page with the button."""
    ask(client)
    return str(client.get(link_of(Message.objects.latest("pk")))["Location"])


def test_a_link_is_mailed_to_who_has_an_account_and_a_stranger_sees_the_same(clerk: User) -> None:
    assert ask(browser(), NOBODYS) == ask(browser(), "Clerk@EXAMPLE.edu.tw")
    letter = Message.objects.get()
    assert (letter.to, letter.user, letter.title) == ("clerk@example.edu.tw", clerk, "重設共學的密碼")
    assert "連結 24 小時內有效，只能用一次。" in letter.body


def test_the_link_shows_and_a_button_acts(clerk: User) -> None:
    client = browser()
    address = opened(client)
    for _ in range(2):
        assert "設定新密碼" in words(client.get(address))
    assert User.objects.get(pk=clerk.pk).password == clerk.password
    done = client.post(address, {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD})
    assert "請用新密碼登入。" in words(client.get(done["Location"]))
    assert summed_up(log_in(browser())) != []
    assert log_in(browser(), password=OTHER_PASSWORD)["Location"] == "/home/"


def test_whoever_uses_the_link_has_proven_the_address(clerk: User) -> None:
    client = browser()
    address = opened(client)
    assert [each.verified for each in EmailAddress.objects.filter(user=clerk)] == [False]
    client.post(address, {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD})
    assert [(each.email, each.verified) for each in EmailAddress.objects.filter(user=clerk)] == [(clerk.email, True)]


def test_a_new_password_ends_every_login(clerk: User) -> None:
    elsewhere, client = browser(), browser()
    log_in(elsewhere)
    client.post(opened(client), {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD})
    assert not is_in(elsewhere)


def test_who_was_brought_in_sets_a_first_password_by_the_link(city: SimpleNamespace) -> None:
    newcomer = User.objects.get(name="director")
    newcomer.set_unusable_password()
    newcomer.save()
    client = browser()
    ask(client, newcomer.email)
    address = client.get(link_of(Message.objects.get()))["Location"]
    client.post(address, {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD})
    assert log_in(browser(), newcomer.email, OTHER_PASSWORD)["Location"] == "/home/"


def test_a_link_that_was_used_that_is_over_or_broken_says_what_to_do(clerk: User) -> None:
    client = browser()
    address = opened(client)
    used = link_of(Message.objects.get())
    client.post(address, {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD})
    for path in (used, used.replace("-", "-x", 1), "/accounts/password/reset/key/zz-abcdef-0123456789abcdef/", address):
        for each in (client, browser()):
            page = each.get(path, follow=True)
            assert OVER in words(page)
            assert 'href="/accounts/password/reset/">再寄一個連結</a>' in page.content.decode()


def test_a_link_is_over_after_a_day(clerk: User, settings: Settings) -> None:
    ask(browser())
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert OVER in words(browser().get(link_of(Message.objects.get())))


def test_a_link_is_over_once_somebody_has_logged_in_with_the_password(clerk: User) -> None:
    ask(browser())
    log_in(browser())
    assert OVER in words(browser().get(link_of(Message.objects.get())))


def test_a_closed_account_gets_no_link_and_the_page_is_the_same(clerk: User) -> None:
    told = ask(browser())
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    assert (ask(browser()), Message.objects.count()) == (told, 1)


def test_links_are_not_mailed_without_end(clerk: User) -> None:
    statuses = [browser().post("/accounts/password/reset/", {"email": clerk.email}).status_code for _ in range(4)]
    assert (statuses, Message.objects.count()) == ([302, 302, 302, 429], 3)
    assert browser().post("/accounts/password/reset/", {"email": NOBODYS}).status_code == 302


def test_an_address_that_is_none_is_told_and_kept(clerk: User) -> None:
    page = browser().post("/accounts/password/reset/", {"email": "clerk at school"})
    assert (page.status_code, beside(page, "email")) == (422, "電子郵件格式不對，應像 name@example.edu.tw。")
    assert 'value="clerk at school"' in page.content.decode()


def test_a_change_asks_for_the_present_password(clerk: User) -> None:
    client = browser()
    log_in(client)
    page = change(client, old="wrong password")
    assert beside(page, "oldpassword") == "目前的密碼不對，請再輸入一次。"
    assert beside(change(client, old=""), "oldpassword") == "請輸入目前的密碼。"
    assert User.objects.get(pk=clerk.pk).password == clerk.password


def test_a_change_ends_the_other_logins_says_so_and_goes_on_here(clerk: User) -> None:
    client, elsewhere = browser(), browser()
    log_in(client)
    log_in(elsewhere)
    done = change(client)
    assert "其他裝置上的登入已經結束，這裡可以繼續用。" in words(client.get(done["Location"]))
    assert (is_in(client), is_in(elsewhere)) == (True, False)
    assert log_in(browser(), password=OTHER_PASSWORD)["Location"] == "/home/"


WEAK = {
    "ab1!xyz": ("密碼太短，至少要 10 個字。", "The password is too short: at least 10 characters."),
    "1234567890": ("這個密碼太常見，很容易被猜到，請換一個。", "This password is too common and easily guessed: take another."),
    "clerk@example.edu": (
        "密碼和您的姓名、電子郵件或電話太像，請換一個。",
        "The password is too much like your name, e-mail address or telephone number: take another.",
    ),
}


@pytest.mark.parametrize("weak", WEAK)
def test_a_weak_password_is_refused_in_a_sentence_of_either_language(clerk: User, weak: str) -> None:
    client = browser()
    log_in(client)
    from_the_letter = browser()
    address = opened(from_the_letter)
    for language, told in zip(("zh-hant", "en"), WEAK[weak], strict=True):
        client.cookies["language"] = from_the_letter.cookies["language"] = language
        pages = [change(client, new=weak), from_the_letter.post(address, {"password1": weak, "password2": weak})]
        assert [(page.status_code, beside(page, "password1")) for page in pages] == [(422, told)] * 2
        assert [f'value="{weak}"' in page.content.decode() for page in pages] == [False, False]


def test_two_that_differ_are_told_beside_the_second(clerk: User) -> None:
    client = browser()
    log_in(client)
    assert beside(change(client, again="staple before staple"), "password2") == "兩次輸入的密碼不一樣。"


def test_who_came_without_a_password_sets_one(city: SimpleNamespace) -> None:
    user = User.objects.get(name="clerk")
    user.set_unusable_password()
    user.save()
    client = browser()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/accounts/password/change/")["Location"] == "/accounts/password/set/"
    assert beside(client.post("/accounts/password/set/", {"password1": "x", "password2": "x"}), "password1") == "密碼太短，至少要 10 個字。"
    client.post("/accounts/password/set/", {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD})
    assert (is_in(client), log_in(browser(), password=OTHER_PASSWORD)["Location"]) == (True, "/home/")
