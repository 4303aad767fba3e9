"""Invitations: the token leaves once, a link only shows, taking has one effect, and every other case is told in words."""

import datetime
from types import SimpleNamespace

import pytest
from django.db import connection

from gongxue.records import trail
from gongxue.records.invitations import (
    LASTS,
    MOST_OPEN,
    NotTakeable,
    invite_to_draft,
    invite_to_post,
    look_at,
    take_invitation,
    withdraw_invitation,
)  # fmt: skip
from gongxue.records.models import Application, Invitation, Post, TrailEntry, User
from gongxue.records.people import actor_for, give_post
from gongxue.records.refusals import NotAllowed, NotThere
from tests.records.city import LATER, NOON, OWN, TODAY, put_into

SECOND = datetime.timedelta(seconds=1)
EMAIL = "guest@example.edu.tw"


@pytest.fixture
def guest(city: SimpleNamespace) -> int:
    return User.objects.create(email=EMAIL, name="客人", date_joined=NOON).pk


def to_draft(city: SimpleNamespace, draft: Application, email: str = EMAIL) -> str:
    return invite_to_draft(draft.pk, email, "客人", actor=city.convener, at=NOON).token


def to_post(city: SimpleNamespace, role: str = "clerk", last: datetime.date | None = None) -> str:
    return invite_to_post(EMAIL, "客人", role, city.schools[OWN].pk, first=TODAY, last=last, actor=city.principal, at=NOON).token


def refusal(token: str, user: int, at: datetime.datetime = LATER) -> str:
    with pytest.raises(NotTakeable) as refused:
        take_invitation(token, user_id=user, at=at)
    return refused.value.reason.zh


def test_what_is_kept_does_not_tell_the_token(city: SimpleNamespace, draft: Application) -> None:
    token = to_draft(city, draft)
    assert len(token) >= 40
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {Invitation._meta.db_table}")  # noqa: S608  # a table of ours
        assert token not in str(cursor.fetchall())
    assert EMAIL not in str(list(TrailEntry.objects.values_list("words", flat=True)))


def test_looking_at_a_link_does_nothing(city: SimpleNamespace, draft: Application) -> None:
    token = to_draft(city, draft)
    for _ in range(2):
        assert look_at(token, LATER).application_id == draft.pk
    assert (Invitation.objects.get().taken_at, draft.persons.count()) == (None, 2)


def test_taking_an_invitation_to_a_draft_has_one_effect(city: SimpleNamespace, draft: Application, guest: int) -> None:
    token = to_draft(city, draft, " Guest@Example.edu.tw ")
    for _ in range(3):
        taken = take_invitation(token, user_id=guest, at=LATER)
        assert taken.application == draft
    assert draft.persons.get(user=guest).role == "member"
    assert Invitation.objects.get().taken_at == LATER
    assert [entry.verb for entry in TrailEntry.objects.order_by("number")] == ["start", "invite", "take_invitation"]
    assert trail.verify() == []


def test_taking_an_invitation_to_a_post_gives_it_once(city: SimpleNamespace, guest: int) -> None:
    token = to_post(city, last=TODAY)
    posts = {take_invitation(token, user_id=guest, at=LATER).post for _ in range(3)}
    assert [(post.role, post.school_id, post.first, post.last) for post in posts if post] == [("clerk", city.schools[OWN].pk, TODAY, TODAY)]
    assert [held.role for held in actor_for(guest, TODAY).posts] == ["clerk"]
    assert Post.objects.filter(user=guest).count() == 1
    assert trail.verify() == []


def test_an_address_proven_elsewhere_is_as_good_as_the_accounts(city: SimpleNamespace, draft: Application) -> None:
    token = to_draft(city, draft)
    assert refusal(token, city.stranger.user) == "這份邀請是寄給另一個電子郵件的，請用那個帳號登入。"
    assert take_invitation(token, user_id=city.stranger.user, addresses=[" GUEST@example.edu.tw"], at=LATER).application == draft


def test_every_other_case_is_told_in_words(city: SimpleNamespace, draft: Application, guest: int) -> None:
    assert refusal("", guest) == refusal("nope", guest) == refusal("\ud800", guest) == "這個邀請連結無效，請確認連結完整。"
    token = to_draft(city, draft)
    assert refusal(token, guest, NOON + LASTS) == "這份邀請已經過期，請對方再寄一次。"
    newer = to_draft(city, draft)
    assert refusal(token, guest) == "這份邀請已經取消或由新的邀請取代。"
    assert take_invitation(newer, user_id=guest, at=NOON + LASTS - SECOND).application == draft
    assert refusal(newer, city.stranger.user) == "這份邀請已經由另一個人接受。"
    assert look_at(newer, NOON + 2 * LASTS).taken_by_id == guest
    ended = to_draft(city, draft, "late@example.edu.tw")
    late = User.objects.create(email="late@example.edu.tw", name="遲", date_joined=NOON).pk
    put_into(draft, "withdrawn")
    assert refusal(ended, late) == "這個社群的申請已經結束，不能再加入。"
    assert Invitation.objects.get(email="late@example.edu.tw").taken_at is None
    with pytest.raises(NotThere):
        take_invitation(ended, user_id=10**9, at=LATER)


def test_a_post_that_somebody_holds_already_is_told_and_stays_open(city: SimpleNamespace, guest: int) -> None:
    first, second = to_post(city), to_post(city, "director")
    take_invitation(second, user_id=guest, at=LATER)
    give_post(guest, "clerk", city.schools[OWN].pk, first=TODAY, actor=city.principal, at=LATER)
    with pytest.raises(NotAllowed):
        take_invitation(first, user_id=guest, at=LATER)
    assert Invitation.objects.filter(taken_at=None).count() == 1


def test_nobody_is_invited_to_a_post_that_he_or_she_holds(city: SimpleNamespace, guest: int) -> None:
    give_post(guest, "clerk", city.schools[OWN].pk, first=TODAY, actor=city.principal, at=NOON)
    with pytest.raises(NotAllowed):
        to_post(city)
    assert Invitation.objects.count() == 0


def test_only_who_may_let_people_in_invites_them(city: SimpleNamespace, draft: Application) -> None:
    for who, told in (("member", NotAllowed), ("officer", NotAllowed), ("stranger", NotThere), ("other_clerk", NotThere)):
        with pytest.raises(told):
            invite_to_draft(draft.pk, EMAIL, actor=getattr(city, who), at=NOON)
    for who, role in (
        ("clerk", "principal"),
        ("clerk", "clerk"),
        ("principal", "principal"),
        ("other_principal", "clerk"),
        ("stranger", "member"),
    ):
        with pytest.raises(NotAllowed):
            invite_to_post(EMAIL, "", role, city.schools[OWN].pk, first=TODAY, actor=getattr(city, who), at=NOON)
    with pytest.raises(NotAllowed):
        invite_to_post(EMAIL, "", "officer", city.schools[OWN].pk, first=TODAY, actor=city.officer, at=NOON)
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize(
    "email",
    ["", "x", "a@b", "a b@example.tw", "a@example.tw\nBcc: b@example.tw", "@example.tw", "\0@example.tw", "長" * 300 + "@example.tw"],
)
def test_an_invitation_goes_to_an_address(city: SimpleNamespace, draft: Application, email: str) -> None:
    with pytest.raises(NotAllowed):
        invite_to_draft(draft.pk, email, actor=city.convener, at=NOON)


def test_nobody_mails_a_whole_school_from_a_draft(city: SimpleNamespace, draft: Application) -> None:
    for number in range(MOST_OPEN):
        to_draft(city, draft, f"{number}@example.edu.tw")
    with pytest.raises(NotAllowed):
        to_draft(city, draft)
    to_draft(city, draft, "0@example.edu.tw")
    invite_to_draft(draft.pk, EMAIL, actor=city.convener, at=NOON + LASTS)


def test_an_open_invitation_is_withdrawn_by_who_may_invite(city: SimpleNamespace, draft: Application, guest: int) -> None:
    tokens = [to_draft(city, draft), to_post(city)]
    draft_one, post_one = Invitation.objects.order_by("pk")
    for who, told in (("stranger", NotThere), ("other_principal", NotThere), ("member", NotAllowed)):
        with pytest.raises(told):
            withdraw_invitation(draft_one.pk, actor=getattr(city, who), at=LATER)
    for who in ("stranger", "other_principal", "member"):
        with pytest.raises(NotThere):
            withdraw_invitation(post_one.pk, actor=getattr(city, who), at=LATER)
    with pytest.raises(NotThere):
        withdraw_invitation(10**9, actor=city.officer, at=LATER)
    for _ in range(2):
        withdraw_invitation(draft_one.pk, actor=city.convener, at=LATER)
        withdraw_invitation(post_one.pk, actor=city.principal, at=LATER)
    assert {refusal(token, guest) for token in tokens} == {"這份邀請已經取消或由新的邀請取代。"}
    assert TrailEntry.objects.filter(verb="withdraw_invitation").count() == 2
    taken = to_draft(city, draft)
    take_invitation(taken, user_id=guest, at=LATER)
    with pytest.raises(NotAllowed):
        withdraw_invitation(Invitation.objects.get(taken_by=guest).pk, actor=city.convener, at=LATER)
