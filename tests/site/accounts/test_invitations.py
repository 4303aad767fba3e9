"""Invitation links on their pages: they show, a button acts once, and every dead end says what to do."""

import datetime
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from gongxue.records.actor import Actor
from gongxue.records.invitations import LASTS, invite_to_draft, invite_to_post, withdraw_invitation
from gongxue.records.models import Application, Invitation, Post, User
from gongxue.site import clock
from tests.records.city import NOON, OWN, TODAY
from tests.site.accounts.entering import PASSWORD, beside, browser, is_in, log_in, with_password, words

As = Callable[[Actor], Client]
EMAIL = "guest@example.edu.tw"
pytestmark = pytest.mark.usefixtures("stopped_clock")
JOIN = {"name": "客人", "password1": PASSWORD, "password2": PASSWORD}


def to_draft(city: SimpleNamespace, draft: Application, email: str = EMAIL) -> str:
    return f"/accounts/invitation/{invite_to_draft(draft.pk, email, '客人', actor=city.convener, at=NOON).token}/"


def to_post(city: SimpleNamespace, email: str = EMAIL) -> str:
    school = city.schools[OWN].pk
    return f"/accounts/invitation/{invite_to_post(email, '客人', 'clerk', school, first=TODAY, actor=city.principal, at=NOON).token}/"


def test_a_link_shows_who_invites_to_what_and_does_nothing(city: SimpleNamespace, draft: Application) -> None:
    address = to_draft(city, draft)
    for _ in range(2):
        told = words(browser().get(address))
    assert f"社群 {draft.name} 邀請人 convener 寄給 {EMAIL} 有效到" in told
    assert (Invitation.objects.get().taken_at, User.objects.filter(email=EMAIL).count()) == (None, 0)
    assert "職務 東園國小 承辦人 任期 從 111年3月24日（四） 起" in words(browser().get(to_post(city)))


def test_somebody_new_makes_an_account_and_is_in_however_often_the_button_is_pressed(city: SimpleNamespace, draft: Application) -> None:
    address, client = to_draft(city, draft), browser()
    assert [client.post(address, JOIN)["Location"] for _ in range(3)] == ["/home/"] * 3
    guest = User.objects.get(email=EMAIL)
    assert (guest.name, draft.persons.get(user=guest).role, is_in(client)) == ("客人", "member", True)
    assert log_in(browser(), EMAIL)["Location"] == "/home/"


def test_what_is_wrong_is_said_beside_the_field_and_the_name_stays(city: SimpleNamespace, draft: Application) -> None:
    address = to_draft(city, draft)
    page = browser().post(address, JOIN | {"name": "王小美", "password1": "guest@example", "password2": "guest@exampel"})
    assert (page.status_code, beside(page, "password1")) == (422, "密碼和您的姓名、電子郵件或電話太像，請換一個。")
    assert beside(page, "password2") == "兩次輸入的密碼不一樣。"
    assert 'value="王小美"' in page.content.decode()
    assert "guest@exampel" not in page.content.decode()
    assert beside(browser().post(address, JOIN | {"name": " "}), "name") == "請填寫姓名。"
    assert User.objects.filter(email=EMAIL).count() == 0


def test_who_has_an_account_logs_in_and_takes_it_once(city: SimpleNamespace, draft: Application) -> None:
    guest = with_password("stranger")
    address, client = to_draft(city, draft, guest.email), browser()
    page = client.get(address)
    assert "這個信箱已經有帳號，登入後就能接受。" in words(page)
    assert f'href="/accounts/login/?next={address}"' in page.content.decode()
    assert client.post(address, JOIN).status_code == 200
    assert log_in(client, guest.email, onward=f"?next={address}")["Location"] == address
    assert "接受邀請" in words(client.get(address))
    assert [client.post(address)["Location"] for _ in range(3)] == ["/home/"] * 3
    assert draft.persons.filter(user=guest).count() == 1
    assert "這份邀請已經接受了。" in words(client.get(address))


def test_a_post_is_taken_once(city: SimpleNamespace, as_: As) -> None:
    address = to_post(city, "stranger@example.edu.tw")
    client = as_(city.stranger)
    assert [client.post(address)["Location"] for _ in range(2)] == ["/home/"] * 2
    assert Post.objects.filter(user=city.stranger.user).count() == 1


def test_an_invitation_for_somebody_elses_address_is_not_taken(city: SimpleNamespace, draft: Application, as_: As) -> None:
    address, client = to_draft(city, draft), as_(city.stranger)
    page = client.get(address)
    assert f"您現在以 stranger 登入，這份邀請是寄給 {EMAIL} 的。" in words(page)
    assert f'name="next" value="{address}"' in page.content.decode()
    refused = client.post(address)
    assert refused.status_code == 409
    assert "這份邀請是寄給另一個電子郵件的，請用那個帳號登入。" in words(refused)
    assert (Invitation.objects.get().taken_at, draft.persons.filter(user=city.stranger.user).count()) == (None, 0)


def test_a_link_that_leads_nowhere_any_more_says_why_and_what_to_do(city: SimpleNamespace, draft: Application) -> None:
    replaced = to_draft(city, draft)
    withdrawn = to_draft(city, draft)
    withdraw_invitation(Invitation.objects.latest("pk").pk, actor=city.convener, at=NOON)
    told = {replaced: "這份邀請已經取消或由新的邀請取代。", withdrawn: "這份邀請已經取消或由新的邀請取代。"}
    told["/accounts/invitation/no-such-token/"] = "這個邀請連結無效，請確認連結完整。"
    for address, reason in told.items():
        for page in (browser().get(address), browser().post(address, JOIN)):
            assert (page.status_code, reason in words(page), "請邀請您的人再寄一次" in words(page)) == (409, True, True)
    assert User.objects.filter(email=EMAIL).count() == 0


def test_an_invitation_is_over_after_two_weeks(city: SimpleNamespace, draft: Application) -> None:
    address = to_draft(city, draft)
    clock.start_over(NOON + LASTS - datetime.timedelta(minutes=5))
    assert browser().get(address).status_code == 200
    clock.start_over(NOON + LASTS)
    for page in (browser().get(address), browser().post(address, JOIN)):
        assert (page.status_code, "這份邀請已經過期，請對方再寄一次。" in words(page)) == (409, True)


def test_who_has_taken_it_and_who_comes_after_see_that_it_is_taken(city: SimpleNamespace, draft: Application, as_: As) -> None:
    address = to_draft(city, draft)
    browser().post(address, JOIN)
    for client in (browser(), as_(city.stranger)):
        assert "這份邀請已經接受了。" in words(client.get(address))
    refused = as_(city.stranger).post(address)
    assert (refused.status_code, "這份邀請已經由另一個人接受。" in words(refused)) == (409, True)


def test_a_closed_account_takes_no_invitation_and_is_told_whom_to_ask(city: SimpleNamespace, draft: Application) -> None:
    address = to_draft(city, draft, "stranger@example.edu.tw")
    User.objects.filter(name="stranger").update(is_active=False)
    assert "這個信箱的帳號目前停用，不能接受邀請。" in words(browser().get(address))
    assert "建立帳號並接受邀請" not in words(browser().post(address, JOIN))
    assert (Invitation.objects.get().taken_at, User.objects.filter(email="stranger@example.edu.tw").count()) == (None, 1)


def test_whoever_guesses_tokens_is_stopped(city: SimpleNamespace) -> None:
    client = browser()
    assert {client.get(f"/accounts/invitation/guess-{n}/").status_code for n in range(60)} == {409}
    assert client.get("/accounts/invitation/guess/").status_code == 429
