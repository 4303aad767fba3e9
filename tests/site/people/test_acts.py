"""Giving, ending, handing over, standing in, inviting: one effect each, with its letter; what was typed stays where it is refused."""

import datetime
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from gongxue.records.actor import SYSTEM, Actor
from gongxue.records.invitations import take_invitation
from gongxue.records.models import Invitation, Message, Post, TrailEntry, User
from gongxue.records.people import end_post, give_post, name_stand_in
from tests.records.city import NOON, OTHER, OWN, TODAY

As = Callable[[Actor], Client]
DAY = datetime.timedelta(days=1)
KEY = "k" * 24
pytestmark = [pytest.mark.usefixtures("stopped_clock")]


def send(browser: Client, address: str, key: str = KEY, **told: Any) -> HttpResponse:
    return browser.post(address, {"post_key": key, **told})


def twice(browser: Client, address: str, **told: Any) -> str:
    """The same form sent twice leads to one place: that place."""
    answers = [send(browser, address, **told) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    (place,) = {answer.headers["Location"] for answer in answers}
    return place


def mail() -> list[tuple[str, str, str]]:
    """The outbox: which letter, to whom, its title."""
    return list(Message.objects.order_by("pk").values_list("letter", "to", "title"))


@pytest.fixture
def newcomer(city: SimpleNamespace) -> User:
    """A teacher of the school who has just come."""
    user = User.objects.create(email="new@example.edu.tw", name="新老師", date_joined=NOON)
    give_post(user.pk, "member", city.schools[OWN].pk, first=TODAY, actor=SYSTEM, at=NOON)
    return user


def test_a_post_is_given_once_and_told_by_letter(city: SimpleNamespace, as_: As, newcomer: User) -> None:
    told = {"person": newcomer.pk, "role": "accountant", "first": "111/4/1", "last": "111年7月31日"}
    assert twice(as_(city.principal), "/people/give/", **told) == f"/people/?done=give&place={city.schools[OWN].key}"
    post = Post.objects.get(user=newcomer, role="accountant")
    assert (post.first, post.last, post.school_id) == (datetime.date(2022, 4, 1), datetime.date(2022, 7, 31), city.schools[OWN].pk)
    assert mail() == [("people/given", "new@example.edu.tw", "您擔任東園國小會計")]
    assert "principal請您擔任東園國小會計，從 111年4月1日（五） 到 111年7月31日（日）。" in Message.objects.get().body


def test_a_letter_speaks_its_reader_s_language(city: SimpleNamespace, as_: As, newcomer: User) -> None:
    User.objects.filter(pk=newcomer.pk).update(language="en")
    twice(as_(city.principal), "/people/give/", person=newcomer.pk, role="clerk", first="111/4/1")
    assert mail() == [("people/given", "new@example.edu.tw", "You are school clerk at 東園國小")]


def test_what_the_command_line_gives_is_told_by_its_own_letters(newcomer: User) -> None:
    assert mail() == []


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"role": "clerk", "first": "111/4/1"}, "請選一個人。"),
        ({"person": "NEW", "first": "111/4/1"}, "請選職務。"),
        ({"person": "NEW", "role": "clerk", "first": "4月"}, "4月"),
        ({"person": "NEW", "role": "clerk", "first": "111/4/1", "last": "111/3/1"}, "結束日不能早於開始日。"),
        ({"person": "NEW", "role": "member", "first": "111/4/1"}, "已經有這個職務"),
        ({"person": "NEW", "role": "principal", "first": "111/4/1"}, "請從名單中選一個職務。"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    city: SimpleNamespace, as_: As, newcomer: User, told: dict[str, str], words: str
) -> None:
    told = {name: value.replace("NEW", str(newcomer.pk)) for name, value in told.items()}
    answer = send(as_(city.principal), "/people/give/", **told)
    page = answer.content.decode()
    typed = told["first"] if "4月" in told["first"] else "111/4/1"
    assert (answer.status_code, words in page, f'value="{typed}"' in page, mail()) == (422, True, True, [])
    assert Post.objects.filter(user=newcomer).count() == 1


def test_somebody_of_another_school_cannot_be_told_from_nobody(city: SimpleNamespace, as_: As) -> None:
    browser, post = as_(city.principal), city.director.posts[0].post

    def answer(address: str, person: int) -> tuple[int, str]:
        given = send(browser, address, person=person, role="clerk", first="111/4/1", last="111/4/2")
        return given.status_code, re.sub(r"[A-Za-z0-9_-]{20,64}", "", given.content.decode())  # keys and tokens are each time's own

    for address in ("/people/give/", f"/people/posts/{post}/stand-in/", f"/people/posts/{post}/hand-over/"):
        foreign, nobody = answer(address, city.other_clerk.user), answer(address, 99_999_999)
        assert (foreign[0], foreign == nobody, "請從名單中選一個人。" in foreign[1]) == (422, True, True)


def test_a_school_finds_its_own_people_and_the_city_everybody(city: SimpleNamespace, as_: As, newcomer: User) -> None:
    def found(who: Actor, query: str) -> set[str]:
        words = as_(who).get(f"/people/give/?{query}").content.decode()
        return {user.name for user in User.objects.all() if f'value="{user.pk}"' in words}

    end_post(Post.objects.get(user=newcomer).pk, TODAY, actor=city.principal, at=NOON)
    own, key = {"convener", "member", "clerk", "director", "accountant", "principal", "新老師"}, city.schools[OTHER].key
    assert (found(city.clerk, ""), found(city.clerk, "q=other"), found(city.clerk, "q=new")) == (own, set(), {"新老師"})
    assert (found(city.officer, f"place={key}"), found(city.officer, f"place={key}&q=new@")) == (
        {"other_clerk", "other_principal"},
        {"新老師"},
    )
    assert found(city.officer, "q=new") == set()


def test_a_clerk_lets_teachers_in_and_gives_no_other_post(city: SimpleNamespace, as_: As, newcomer: User) -> None:
    browser = as_(city.clerk)
    assert send(browser, "/people/give/", person=newcomer.pk, role="director", first="111/4/1").status_code == 422
    assert send(browser, f"/people/posts/{city.director.posts[0].post}/end/", last="111/3/30").status_code == 403
    post = Post.objects.get(user=newcomer)
    assert twice(browser, f"/people/posts/{post.pk}/end/?q=new&role=member", last="111/3/30") == "/people/?q=new&role=member&done=end"
    assert mail() == [("people/ended", "new@example.edu.tw", "您的職務到 111年3月30日（三） 為止：東園國小成員")]


def test_whoever_stands_in_is_told_when_the_post_ends(city: SimpleNamespace, as_: As, newcomer: User) -> None:
    post = city.clerk.posts[0].post
    name_stand_in(post, newcomer.pk, first=TODAY, last=TODAY + 30 * DAY, actor=city.officer, at=NOON)
    Message.objects.all().delete()
    twice(as_(city.principal), f"/people/posts/{post}/end/", last="111/3/30")
    assert mail() == [
        ("people/ended", "clerk@example.edu.tw", "您的職務到 111年3月30日（三） 為止：東園國小承辦人"),
        ("people/ended", "new@example.edu.tw", "您的職務到 111年3月30日（三） 為止：東園國小承辦人（代理）"),
    ]


def test_a_post_that_has_not_begun_is_taken_back(city: SimpleNamespace, as_: As, newcomer: User) -> None:
    post = give_post(newcomer.pk, "clerk", city.schools[OWN].pk, first=TODAY + DAY, actor=SYSTEM, at=NOON)
    browser, address = as_(city.principal), f"/people/posts/{post.pk}/end/"
    assert "還沒開始，會直接取消" in browser.get(address).content.decode()
    twice(browser, address, last="111/3/24")
    assert (Post.objects.filter(pk=post.pk).exists(), TrailEntry.objects.latest("pk").verb) == (False, "take_back_post")
    assert mail() == [("people/taken_back", "new@example.edu.tw", "職務取消：東園國小承辦人")]


def test_a_post_that_has_ended_is_not_ended_later(city: SimpleNamespace, as_: As) -> None:
    post = city.member.posts[0].post
    end_post(post, TODAY, actor=SYSTEM, at=NOON)
    answer = send(as_(city.principal), f"/people/posts/{post}/end/", last="111/5/5")
    assert (answer.status_code, 'value="111/5/5"' in answer.content.decode()) == (422, True)


def test_a_stand_in_is_named_and_both_are_told(city: SimpleNamespace, as_: As, newcomer: User) -> None:
    address = f"/people/posts/{city.director.posts[0].post}/stand-in/"
    told = {"person": newcomer.pk, "first": "111/3/25", "last": "111/3/28"}
    assert twice(as_(city.principal), address, **told) == "/people/?done=stand_in"
    assert mail() == [
        ("people/stands_in", "new@example.edu.tw", "請您代理director"),
        ("people/stood_in", "director@example.edu.tw", "新老師代理您的職務"),
    ]


def test_nobody_is_told_of_the_own_act(city: SimpleNamespace, as_: As, newcomer: User) -> None:
    address = f"/people/posts/{city.principal.posts[0].post}/stand-in/"
    twice(as_(city.principal), address, person=newcomer.pk, first="111/3/25", last="111/3/28")
    assert [letter for letter, *_ in mail()] == ["people/stands_in"]


def test_a_stand_in_s_time_that_does_not_fit_is_told_and_kept(city: SimpleNamespace, as_: As, newcomer: User) -> None:
    address = f"/people/posts/{city.director.posts[0].post}/stand-in/"
    answer = send(as_(city.principal), address, person=newcomer.pk, first="110/7/1", last="111/3/28")
    page = answer.content.decode()
    assert (answer.status_code, "代理期間必須在這個職務的任期內（110年8月1日起）。" in page, 'value="110/7/1"' in page) == (422, True, True)


def test_a_post_is_handed_over_and_both_are_told(city: SimpleNamespace, as_: As, newcomer: User) -> None:
    post = city.clerk.posts[0].post
    twice(as_(city.principal), f"/people/posts/{post}/hand-over/", person=newcomer.pk, first="111/8/1")
    assert Post.objects.get(pk=post).last == datetime.date(2022, 7, 31)
    assert [(letter, to) for letter, to, _ in mail()] == [("people/ended", "clerk@example.edu.tw"), ("people/given", "new@example.edu.tw")]


def test_where_nobody_else_is_there_is_a_way_on(city: SimpleNamespace, as_: As) -> None:
    end_post(city.other_clerk.posts[0].post, TODAY - DAY, actor=SYSTEM, at=NOON)
    key = city.schools[OTHER].key
    page = as_(city.officer).get(f"/people/posts/{city.other_principal.posts[0].post}/hand-over/?place={key}").content.decode()
    assert ("這裡還沒有別人" in page, f'href="/people/invite/?place={key}"' in page) == (True, True)


def test_the_holder_of_a_post_without_this_room_is_told_where_to_go(city: SimpleNamespace, as_: As) -> None:
    answer = as_(city.director).get(f"/people/posts/{city.director.posts[0].post}/stand-in/")
    assert (answer.status_code, "我的帳號" in answer.content.decode()) == (403, True)


def invite(browser: Client, query: str = "", **told: str) -> str:
    return twice(browser, f"/people/invite/{query}", **({"email": "Guest@Example.edu.tw", "role": "member", "first": "111/3/24"} | told))


def test_somebody_is_invited_once_and_takes_the_post(city: SimpleNamespace, as_: As) -> None:
    key = city.schools[OWN].key
    assert invite(as_(city.clerk)) == f"/people/invitations/?done=invite&place={key}"
    letter = Message.objects.get()
    assert (letter.letter, letter.to, letter.invitation_id) == ("accounts/invitation", "guest@example.edu.tw", Invitation.objects.get().pk)
    guest = User.objects.create(email="guest@example.edu.tw", name="客人", date_joined=NOON)
    token = letter.body.split("/invitations/")[1].split("/")[0] if "/invitations/" in letter.body else letter.body.split("/")[-2]
    taken = take_invitation(token, user_id=guest.pk, at=NOON)
    assert (taken.post is not None, Message.objects.count()) == (True, 1)


def test_the_officer_chooses_the_place_first(city: SimpleNamespace, as_: As) -> None:
    browser = as_(city.officer)
    assert "在哪裡的職務" in browser.get("/people/invite/?q=a@example.edu.tw").content.decode()
    assert 'value="a@example.edu.tw"' in browser.get("/people/invite/?place=city&q=a@example.edu.tw").content.decode()
    invite(browser, "?place=city", role="centre_staff")
    assert Invitation.objects.values_list("role", "school").get() == ("centre_staff", None)


def test_an_invitation_to_a_post_that_is_held_already_is_told_and_kept(city: SimpleNamespace, as_: As) -> None:
    answer = send(as_(city.principal), "/people/invite/", email="clerk@example.edu.tw", role="clerk", first="111/4/1")
    page = answer.content.decode()
    assert (answer.status_code, "已經有這個職務" in page, 'value="clerk@example.edu.tw"' in page, mail()) == (422, True, True, [])


def test_an_invitation_is_sent_again_and_its_old_link_is_void(city: SimpleNamespace, as_: As) -> None:
    browser = as_(city.principal)
    invite(browser)
    old = Invitation.objects.get()
    assert "舊的連結失效" in browser.get(f"/people/invitations/{old.pk}/again/").content.decode()
    answers = [send(browser, f"/people/invitations/{old.pk}/again/", "a" * 24) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert (list(Invitation.objects.order_by("pk").values_list("void", flat=True)), len(mail())) == ([True, False], 2)


def test_an_invitation_is_withdrawn(city: SimpleNamespace, as_: As) -> None:
    browser = as_(city.principal)
    invite(browser)
    address = f"/people/invitations/{Invitation.objects.get().pk}/withdraw/"
    assert [send(browser, address, "a" * 24).status_code for _ in range(2)] == [302, 302]
    assert (Invitation.objects.get().void, "沒有等著接受的邀請" in browser.get("/people/invitations/").content.decode()) == (True, True)


def test_a_post_handed_over_from_the_own_account_is_told_to_its_heir(city: SimpleNamespace, as_: As, newcomer: User) -> None:
    address = f"/accounts/posts/{city.clerk.posts[0].post}/hand-over/"
    twice(as_(city.clerk), address, person=newcomer.pk, first="111/8/1")
    assert [(letter, to) for letter, to, _ in mail()] == [("people/given", "new@example.edu.tw")]
