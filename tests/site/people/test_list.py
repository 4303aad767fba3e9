"""Who holds which post: what each sees of it, narrowed and taken away; what is foreign answers like what is not there."""

import datetime
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from gongxue.records.actor import Actor
from gongxue.records.invitations import invite_to_post
from gongxue.records.listings.posts import reach
from gongxue.records.models import Invitation, Post, User
from gongxue.records.people import end_post, give_post, name_stand_in, post_ties
from gongxue.rules.access import POST, may
from gongxue.site import clock, errors
from gongxue.site.acting import actor_of
from gongxue.site.demo.cast import EMAILS
from gongxue.site.demo.fill import fill
from tests.records.city import NOON, OTHER, OWN, TODAY

As = Callable[[Actor], Client]
pytestmark = [pytest.mark.usefixtures("stopped_clock")]


def page(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def names(city: SimpleNamespace, words: str) -> set[str]:
    """Who of the cast stands in a page."""
    return {name for name in vars(city) if f'class="address">{name}<' in words}


def newcomers(city: SimpleNamespace, count: int) -> list[User]:
    """So many more members of the school."""
    people = [User.objects.create(email=f"new-{number}@example.edu.tw", name=f"新{number}", date_joined=NOON) for number in range(count)]
    for user in people:
        give_post(user.pk, "member", city.schools[OWN].pk, first=TODAY, actor=city.principal, at=NOON)
    return people


def invited(city: SimpleNamespace, school: str = OWN, role: str = "member", email: str = "guest@example.edu.tw") -> Invitation:
    return invite_to_post(email, "客人", role, city.schools[school].pk, first=TODAY, actor=city.officer, at=NOON).invitation


AT_SCHOOL = {"convener", "member", "clerk", "director", "accountant", "principal"}
IN_THE_CITY = {"officer", "supervisor", "centre_staff", "auditor", "reviewer"}


def test_a_school_sees_its_own_posts_and_the_city_everybody_s(city: SimpleNamespace, as_: As) -> None:
    seen = {who: names(city, page(as_(getattr(city, who)), "/people/")) for who in ("principal", "clerk", "other_principal", "officer")}
    assert seen == {
        "principal": AT_SCHOOL,
        "clerk": AT_SCHOOL,
        "other_principal": {"other_clerk", "other_principal"},
        "officer": AT_SCHOOL | IN_THE_CITY | {"other_clerk", "other_principal", "partner_clerk", "partner_director"},
    }


def test_what_is_asked_for_narrows_the_list(city: SimpleNamespace, as_: As) -> None:
    end_post(city.member.posts[0].post, TODAY - datetime.timedelta(days=1), actor=city.principal, at=NOON)
    browser, key = as_(city.officer), city.schools[OWN].key
    asked = (
        f"place={key}",
        "place=city",
        f"place={key}&role=clerk",
        "q=other_",
        f"place={key}&when=past",
        "q=example+clerk",
        "role=nope&q=conv",
    )
    assert {each: names(city, page(browser, f"/people/?{each}")) for each in asked} == {
        f"place={key}": AT_SCHOOL - {"member"},
        "place=city": IN_THE_CITY,
        f"place={key}&role=clerk": {"clerk"},
        "q=other_": {"other_clerk", "other_principal"},
        f"place={key}&when=past": {"member"},
        "q=example+clerk": {"clerk", "other_clerk", "partner_clerk"},
        "role=nope&q=conv": {"convener"},
    }


def test_a_stand_in_is_told_as_one_and_ends_with_the_post_stood_in_for(city: SimpleNamespace, as_: As) -> None:
    post, week = city.clerk.posts[0].post, datetime.timedelta(days=7)
    name_stand_in(post, city.member.user, first=TODAY, last=TODAY + week, actor=city.principal, at=NOON)
    assert "代理 clerk" in page(as_(city.principal), "/people/?role=clerk")
    end_post(post, TODAY - week, actor=city.principal, at=NOON)
    assert "沒有符合的人" in page(as_(city.principal), "/people/?role=clerk")
    assert "代理 clerk" in page(as_(city.principal), "/people/?role=clerk&when=past")


def test_only_what_may_be_done_is_offered(city: SimpleNamespace, as_: As) -> None:
    post = city.clerk.posts[0].post
    offered = {
        who: [
            verb
            for verb in ("stand-in", "hand-over", "end")
            if f"/people/posts/{post}/{verb}/" in page(as_(getattr(city, who)), "/people/")
        ]
        for who in ("clerk", "principal", "officer")
    }
    everything = ["stand-in", "hand-over", "end"]
    assert offered == {"clerk": everything[:2], "principal": everything, "officer": everything}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("who", "queries"), [("principal", 7), ("officer", 7)])
def test_the_lists_cost_the_same_with_many_rows(
    city: SimpleNamespace, as_: As, django_assert_num_queries: DjangoAssertNumQueries, who: str, queries: int, count: int
) -> None:
    newcomers(city, count)
    for number in range(count):
        invited(city, email=f"guest-{number}@example.edu.tw")
    browser = as_(getattr(city, who))
    with django_assert_num_queries(queries):
        browser.get("/people/?role=member")
    with django_assert_num_queries(queries - 1):
        browser.get("/people/invitations/")
    with django_assert_num_queries(queries - 1):
        browser.get(f"/people/give/?place={city.schools[OWN].key}&q=example")


def test_the_lists_go_out_as_sheets_narrowed_as_the_pages_are(city: SimpleNamespace, as_: As) -> None:
    invited(city), invited(city, OTHER)
    lines = as_(city.principal).get("/people/sheet.csv?role=clerk").getvalue().decode("utf-8-sig").splitlines()
    assert lines[0] == "學校,職務,姓名,電子郵件,開始日,結束日,代理誰"
    assert [line.split(",")[:4] for line in lines[1:]] == [[OWN, "承辦人", "clerk", "clerk@example.edu.tw"]]
    lines = as_(city.principal).get("/people/invitations/sheet.csv").getvalue().decode("utf-8-sig").splitlines()
    assert [line.split(",")[:4] for line in lines[1:]] == [["guest@example.edu.tw", "客人", OWN, "成員"]]
    assert as_(city.principal).get("/people/sheet.exe").status_code == 404


def test_each_sees_the_invitations_to_posts_that_he_or_she_gives(city: SimpleNamespace, as_: As) -> None:
    invited(city, OWN, "member", "a@example.edu.tw"), invited(city, OWN, "director", "b@example.edu.tw")
    invited(city, OTHER, "member", "c@example.edu.tw")
    told = {who: page(as_(getattr(city, who)), "/people/invitations/") for who in ("clerk", "principal", "officer")}
    seen = {who: "".join(key for key in "abc" if f"{key}@example.edu.tw" in words) for who, words in told.items()}
    assert seen == {"clerk": "a", "principal": "ab", "officer": "abc"}


def test_what_is_foreign_answers_like_what_is_not_there(city: SimpleNamespace, as_: As) -> None:
    post, invitation, key = city.other_clerk.posts[0].post, invited(city, OTHER), city.schools[OTHER].key
    foreign = [
        *(f"/people/posts/{post}/{verb}/" for verb in ("end", "stand-in", "hand-over")),
        *(f"/people/invitations/{invitation.pk}/{name}/" for name in ("again", "withdraw")),
        *(f"/people/{where}?place={key}" for where in ("", "give/", "invite/", "invitations/", "sheet.csv", "invitations/sheet.csv")),
    ]
    nowhere = ["/people/posts/99999999/end/", "/people/invitations/99999999/again/", "/people/?place=999999"]
    never = f"/people/invitations/{invitation.pk}/burn/"
    for who in ("principal", "clerk"):
        answers = [as_(getattr(city, who)).get(address) for address in (*foreign, *nowhere, never)]
        assert {(answer.status_code, answer.content) for answer in answers} == {(404, errors._not_found())}


def test_an_invitation_that_is_taken_withdrawn_or_to_a_community_is_none_of_these_pages(city: SimpleNamespace, as_: As) -> None:
    invitation, browser = invited(city), as_(city.principal)
    Invitation.objects.filter(pk=invitation.pk).update(void=True)
    assert browser.get(f"/people/invitations/{invitation.pk}/again/").status_code == 404


def test_who_gives_posts_has_it_in_the_menu_and_at_the_school_s_desk(city: SimpleNamespace, as_: As) -> None:
    menu = {
        who: "/people/" in page(as_(getattr(city, who)), "/home/")
        for who in ("principal", "clerk", "officer", "supervisor", "director", "auditor")
    }
    assert [who for who, there in menu.items() if there] == ["principal", "clerk", "officer", "supervisor"]
    key = city.schools[OWN].key
    desk = {
        who: f"/people/?place={key}" in page(as_(getattr(city, who)), f"/schools/{key}/")
        for who in ("principal", "clerk", "director", "officer")
    }
    assert [who for who, there in desk.items() if there] == ["principal", "clerk", "officer"]


def test_what_a_person_reaches_is_what_the_table_allows_for_everybody_of_the_demo(db: None, settings: Settings, tmp_path: Path) -> None:
    clock.start_over()
    fill(clock.FIRST)
    posts = list(Post.objects.values_list("pk", "user", "role", "school"))
    for user in User.objects.filter(email__in=EMAILS):
        actor = actor_of(user, clock.FIRST)
        for verb in ("view", "give", "end"):
            allowed = {pk for pk, holder, role, school in posts if may(POST, verb, post_ties(actor, holder, role, school), role).yes}
            assert (user.name, set(Post.objects.filter(reach(actor, verb)).values_list("pk", flat=True))) == (user.name, allowed)
