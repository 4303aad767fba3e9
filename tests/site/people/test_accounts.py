"""Closing an account on the page of people: it asks first, logs out at once, keeps the reason, and can be undone."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongxue.records.accounts import close_account
from gongxue.records.actor import Actor
from gongxue.records.models import TrailEntry, User
from gongxue.records.people import give_post
from tests.records.city import NOON, OWN, TODAY

As = Callable[[Actor], Client]
KEY = "k" * 24
pytestmark = [pytest.mark.usefixtures("stopped_clock")]


def address(who: Actor, act: str = "close") -> str:
    return f"/people/accounts/{who.user}/{act}/"


def test_it_asks_first_logs_out_on_every_device_and_can_be_undone(city: SimpleNamespace, as_: As) -> None:
    browser, devices, other = as_(city.officer), [as_(city.convener), as_(city.convener)], as_(city.member)
    assert address(city.convener) in browser.get("/people/?q=convener").content.decode()
    asked = browser.get(address(city.convener)).content.decode()
    assert ("這個人立刻登出，不能再登入" in asked, User.objects.get(pk=city.convener.user).is_active) == (True, True)
    answers = [browser.post(address(city.convener) + "?q=conv", {"reason": "已離職", "post_key": KEY}) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == ["/people/?q=conv&done=close"] * 2
    assert [each.get("/home/").status_code for each in (*devices, other)] == [302, 302, 200]
    assert TrailEntry.objects.filter(verb="close_account").count() == 1
    assert address(city.convener, "open") not in browser.get("/people/?q=convener").content.decode()
    assert address(city.convener, "open") in browser.get("/people/?q=convener&when=closed").content.decode()
    asked = browser.get(address(city.convener, "open")).content.decode()
    assert ("已離職" in asked, "111年3月24日（四） 12:0" in asked, "原來的密碼" in asked) == (True, True, True)
    assert browser.post(address(city.convener, "open"), {"post_key": KEY + "2"}).headers["Location"] == "/people/?done=open"
    assert [each.get("/home/").status_code for each in devices] == [302, 302]  # an old session does not come back with it
    assert as_(city.convener).get("/home/").status_code == 200


def test_what_is_refused_is_told_and_what_was_typed_stays(city: SimpleNamespace, as_: As) -> None:
    browser = as_(city.supervisor)
    nothing = browser.post(address(city.member), {"reason": " ", "post_key": KEY})
    assert (nothing.status_code, "請寫明原因。" in nothing.content.decode()) == (422, True)
    last = browser.post(address(city.officer), {"reason": "調職了", "post_key": KEY})
    words = last.content.decode()
    assert (last.status_code, "這是最後一位教育處承辦人" in words, "調職了" in words) == (422, True, True)
    assert address(city.supervisor) not in browser.get("/people/?q=supervisor").content.decode()
    assert browser.post(address(city.supervisor), {"reason": "試試", "post_key": KEY}).status_code == 422


def test_a_school_is_offered_none_and_an_account_that_is_none_is_not_there(city: SimpleNamespace, as_: As) -> None:
    assert "停用帳號" not in as_(city.principal).get("/people/").content.decode()
    assert [as_(city.officer).get(f"/people/accounts/999999999/{act}/").status_code for act in ("close", "open")] == [404, 404]


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_however_much_there_is(
    city: SimpleNamespace, as_: As, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        user = User.objects.create(email=f"gone-{number}@example.edu.tw", name=f"離職{number}", date_joined=NOON)
        give_post(user.pk, "member", city.schools[OWN].pk, first=TODAY, actor=city.principal, at=NOON)
        close_account(user.pk, reason="離職", actor=city.officer, at=NOON)
        give_post(city.member.user, "clerk", city.schools[OWN].pk, first=TODAY, actor=city.officer, at=NOON) if not number else None
    browser = as_(city.officer)
    with django_assert_num_queries(7):
        assert browser.get("/people/?when=closed").content.decode().count("恢復帳號") == count
    with django_assert_num_queries(8):
        browser.get(f"/people/accounts/{user.pk}/open/")
    with django_assert_num_queries(7):
        browser.get(address(city.member))
