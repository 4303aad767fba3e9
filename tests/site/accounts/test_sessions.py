"""Where somebody is logged in, and ending it."""

from types import SimpleNamespace

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongxue.records.models import Post, User
from tests.records.city import OWN, SINCE
from tests.site.accounts.entering import OTHER_PASSWORD, PASSWORD, is_in, log_in, with_password, words

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile Safari/604.1"
ODD = "<script>alert(1)</script>"


@pytest.fixture
def clerk(city: SimpleNamespace) -> User:
    return with_password("clerk")


def entered(agent: str = FIREFOX, email: str = "clerk@example.edu.tw", password: str = PASSWORD) -> Client:
    client = Client(raise_request_exception=False, headers={"user-agent": agent})
    log_in(client, email, password)
    return client


def devices(client: Client) -> str:
    return words(client.get("/accounts/")).partition("登入中的裝置 ")[2]


def end_others(client: Client, key: str = "k" * 24) -> int:
    return client.post("/accounts/sessions/", {"post_key": key}).status_code


def test_every_browser_is_told_by_its_name_and_this_one_is_marked(clerk: User) -> None:
    one, phone, odd = entered(), entered(PHONE), entered(ODD)
    with_password("director")
    entered(email="director@example.edu.tw")
    for client, name in ((one, "Firefox, Windows"), (phone, "Safari, iPhone"), (odd, "不明的瀏覽器")):
        told = devices(client)
        assert told.startswith(name)
        assert (told.count("登入"), told.count("這裡"), told.partition("這裡")[0].count("登入")) == (3, 1, 1)
    assert "<script>alert" not in one.get("/accounts/").content.decode()


def test_the_others_are_ended_and_this_one_goes_on(clerk: User) -> None:
    one, phone = entered(), entered(PHONE)
    with_password("director")
    director = entered(email="director@example.edu.tw")
    assert [end_others(one), end_others(one)] == [302, 302]
    assert (is_in(one), is_in(phone), is_in(director)) == (True, False, True)
    assert "登出其他裝置" not in devices(one)


def test_looking_ends_nothing(clerk: User) -> None:
    one, phone = entered(), entered(PHONE)
    assert one.get("/accounts/sessions/").status_code == 405
    assert is_in(phone)


def test_what_a_new_password_has_ended_is_not_listed(clerk: User) -> None:
    one, phone = entered(), entered(PHONE)
    one.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD})
    assert not is_in(phone)
    assert "iPhone" not in devices(one)


def test_no_address_is_kept_of_whoever_logs_in(clerk: User) -> None:
    client = Client(REMOTE_ADDR="203.0.113.77")
    log_in(client)
    assert ["203.0.113.77" in str(session.get_decoded()) for session in Session.objects.all()] == [False]


def test_pages_of_the_account_ask_as_often_with_one_row_as_with_three(
    clerk: User, city: SimpleNamespace, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = entered()
    client.get("/accounts/")
    for _ in range(2):
        with django_assert_num_queries(8):
            client.get("/accounts/")
        with django_assert_num_queries(7):
            client.get(f"/accounts/posts/{city.clerk.posts[0].post}/stand-in/")
        for agent in (PHONE, ODD):
            entered(agent)
        for role in ("accountant", "member"):
            post = Post.objects.create(user=clerk, role=role, school=city.schools[OWN], first=SINCE)
            Post.objects.create(
                user_id=city.member.user, role=role, school=city.schools[OWN], first=SINCE, last="2099-07-31", stands_in_for=post
            )
