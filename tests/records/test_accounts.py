"""Accounts that are closed and opened again: by the city, with a reason, never one's own and never the last officer's."""

import threading
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection

from gongxue.records import trail
from gongxue.records.accounts import close_account, open_account
from gongxue.records.actor import NOBODY
from gongxue.records.listings.accounts import account
from gongxue.records.models import Application, Post, TrailEntry, User
from gongxue.records.people import actor_for
from gongxue.records.refusals import NotAllowed, NotThere
from gongxue.rules.access import USER
from tests.records.city import CAST, LATER, NOON, TODAY


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(NotAllowed) as refused:
        act()
    return refused.value.reason.zh


@pytest.mark.parametrize("by", ["officer", "supervisor"])
def test_the_city_closes_an_account_and_opens_it_again_and_both_are_on_the_trail(
    city: SimpleNamespace, draft: Application, by: str
) -> None:
    who = city.convener.user
    close_account(who, reason=" 已離職 ", actor=getattr(city, by), at=NOON)
    told = account(who, TODAY)
    assert (actor_for(who, TODAY), told.is_open, told.held, told.convenes) == (NOBODY, False, (("member", "東園國小"),), 1)
    assert (told.closed_at, told.closed_by, told.reason) == (NOON, by, "已離職")
    open_account(who, actor=getattr(city, by), at=LATER)
    assert (actor_for(who, TODAY), account(who, TODAY).closed_at) == (city.convener, None)
    rows = TrailEntry.objects.filter(subject=USER, subject_id=str(who)).order_by("number").values_list("verb", "role", "words")
    assert list(rows) == [("close_account", by, {"reason": "已離職"}), ("open_account", by, {})]
    assert trail.broken(USER, str(who)) is None


def test_nobody_closes_the_own_account_nor_that_of_the_last_officer(city: SimpleNamespace) -> None:
    def close(who: str, by: str) -> str:
        return refusal(lambda: close_account(getattr(city, who).user, reason="試試", actor=getattr(city, by), at=NOON))

    assert close("officer", "officer").startswith("不能停用自己的帳號")
    assert close("officer", "supervisor").startswith("這是最後一位教育處承辦人")
    Post.objects.create(user_id=city.auditor.user, role="officer", first=TODAY)
    close_account(city.officer.user, reason="調職", actor=city.supervisor, at=NOON)
    assert close("auditor", "supervisor").startswith("這是最後一位教育處承辦人")


def test_what_is_so_already_is_told_and_a_reason_is_asked_for(city: SimpleNamespace) -> None:
    who = city.member.user
    assert refusal(lambda: open_account(who, actor=city.officer, at=NOON)) == "這個帳號沒有停用。"
    assert refusal(lambda: close_account(who, reason="  ", actor=city.officer, at=NOON)) == "請寫明原因。"
    close_account(who, reason="退休", actor=city.officer, at=NOON)
    assert refusal(lambda: close_account(who, reason="退休", actor=city.officer, at=NOON)) == "這個帳號已經停用了。"


@pytest.mark.parametrize("who", sorted(set(CAST) - {"officer", "supervisor"}))
def test_nobody_else_does_either(city: SimpleNamespace, who: str) -> None:
    told = "這件事由教育處承辦人、教育處主管辦理。"
    assert refusal(lambda: close_account(city.member.user, reason="試試", actor=getattr(city, who), at=NOON)) == told
    assert refusal(lambda: open_account(city.member.user, actor=getattr(city, who), at=NOON)) == told


def test_an_account_that_is_none_is_not_there(city: SimpleNamespace) -> None:
    for act in (
        lambda: close_account(10**9, reason="試試", actor=city.officer, at=NOON),
        lambda: open_account(10**9, actor=city.officer, at=NOON),
        lambda: account(10**9, TODAY),
    ):
        with pytest.raises(NotThere):
            act()


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_close_each_other_s_at_once_one_stays(city: SimpleNamespace) -> None:
    Post.objects.create(user_id=city.auditor.user, role="officer", first=TODAY)
    pair = (actor_for(city.officer.user, TODAY), actor_for(city.auditor.user, TODAY))

    def close(of: int) -> None:
        try:
            close_account(pair[of].user or 0, reason="試試", actor=pair[1 - of], at=NOON)
        except NotAllowed:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=close, args=[of]) for of in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert User.objects.filter(pk__in=[each.user for each in pair], is_active=True).count() == 1
