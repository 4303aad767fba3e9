"""Who is told of what happens to a school's summary (附件一)."""

import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from gongxue.records.doors import move
from gongxue.records.models import Application, Notice, Post
from tests.records.city import LATER, NOON, take_to_signed
from tests.records.test_summaries import say, step


@pytest.fixture
def signed(city: SimpleNamespace, draft: Application) -> Application:
    """The draft with its whole chain."""
    return take_to_signed(city, draft)


def told_by(city: SimpleNamespace, name: str, who: str, **more: Any) -> list[tuple[Any, ...]]:
    """Whom a step tells, of what, why, and whether it presses."""
    Notice.objects.all().delete()
    step(city, name, who, **more)
    return sorted(Notice.objects.filter(summary__isnull=False).values_list("user__name", "kind", "relation", "urgent"))


def test_whoever_signs_next_is_told_and_the_clerk_when_only_sending_is_left(city: SimpleNamespace, signed: Application) -> None:
    say(city)
    steps = (("send_to_sign", "clerk"), ("sign", "clerk"), ("sign", "director"), ("sign", "principal"))
    assert [told_by(city, *each) for each in steps] == [
        [],
        [("director", "sign", "signer", False)],
        [("principal", "sign", "signer", False)],
        [("clerk", "sign", "clerk", False)],
    ]


def test_where_nobody_holds_the_next_post_the_clerk_is_not_told_that_all_have_signed(city: SimpleNamespace, signed: Application) -> None:
    say(city)
    Post.objects.filter(pk=city.principal.posts[0].post).update(last=NOON.date() - datetime.timedelta(days=1))
    for each in (("send_to_sign", "clerk"), ("sign", "clerk")):
        step(city, *each)
    assert told_by(city, "sign", "director") == []


def test_clerk_and_signers_are_told_at_once_that_it_went_back_or_opened_again(city: SimpleNamespace, signed: Application) -> None:
    say(city)
    step(city, "send_to_sign", "clerk")
    for role in ("clerk", "director"):
        step(city, "sign", role)
    went_back = told_by(city, "return", "principal", reason="班級數有誤")
    assert went_back == [("clerk", "return", "clerk", True), ("director", "return", "signer", True)]
    step(city, "send_to_sign", "clerk")
    step(city, "sign", "clerk")
    Notice.objects.all().delete()
    move(signed.pk, "recall", actor=city.convener, at=LATER)
    assert list(Notice.objects.filter(summary__isnull=False).values_list("user__name", "kind", "urgent")) == [("clerk", "reopen", True)]
