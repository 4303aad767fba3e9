"""Stand-ins and hand-overs on one's own account page: what a door refuses stands beside its field, and what was typed stays."""

import datetime
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import Client

from gongxue.records.actor import Actor
from gongxue.records.models import Post, PostKey
from gongxue.records.people import actor_for
from gongxue.site.accounts.forms import next_school_year
from tests.records.city import OWN, SINCE, TODAY

As = Callable[[Actor], Client]
pytestmark = pytest.mark.usefixtures("stopped_clock")
KEY = "k" * 24
AUGUST = datetime.date(2022, 8, 1)


def stand_in(city: SimpleNamespace, client: Client, **changed: str) -> HttpResponse:
    told = {"person": str(city.director.user), "first": "111/4/1", "last": "111/4/8", "post_key": KEY} | changed
    return client.post(f"/accounts/posts/{city.clerk.posts[0].post}/stand-in/", told)


def hand_over(city: SimpleNamespace, client: Client, **changed: str) -> HttpResponse:
    told = {"person": str(city.member.user), "first": "111/8/1", "post_key": KEY} | changed
    return client.post(f"/accounts/posts/{city.clerk.posts[0].post}/hand-over/", told)


def beside(page: HttpResponse, field: str) -> str:
    """What stands beside a field as its error; "" where nothing does."""
    _, _, rest = page.content.decode().partition(f'id="error_{field}">')
    return rest.partition("</span>")[2].partition("</p>")[0]


def test_a_stand_in_is_named_once_and_told_on_the_account_page(city: SimpleNamespace, as_: As) -> None:
    client = as_(city.clerk)
    assert [stand_in(city, client)["Location"] for _ in range(3)] == ["/accounts/?done=stand_in"] * 3
    named = Post.objects.get(stands_in_for=city.clerk.posts[0].post)
    assert (named.user_id, named.first, named.last) == (city.director.user, datetime.date(2022, 4, 1), datetime.date(2022, 4, 8))
    assert "代理人：director，111年4月1日（五） 到 111年4月8日（五）" in client.get("/accounts/").content.decode()


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"person": ""}, "person", "請選一個人。"),
        ({"person": "999999"}, "person", "請從名單中選一個人。"),
        ({"first": ""}, "first", "請填寫開始日。"),
        ({"last": "111/2/30"}, "last", "111年2月"),
        ({"last": "111/3/31"}, "last", "結束日不能早於開始日。"),
        ({"first": "110/7/31"}, "first", "代理期間必須在這個職務的任期內（110年8月1日到 111年7月31日）。"),
        ({"last": "111/8/1"}, "last", "代理期間必須在這個職務的任期內（110年8月1日到 111年7月31日）。"),
    ],
)
def test_a_stand_in_refused_is_told_beside_the_field(
    city: SimpleNamespace, as_: As, changed: dict[str, str], field: str, told: str
) -> None:
    Post.objects.filter(pk=city.clerk.posts[0].post).update(last=datetime.date(2022, 7, 31))
    page = stand_in(city, as_(city.clerk), **changed)
    assert (page.status_code, beside(page, field)[: len(told)]) == (422, told)
    kept = {"first": "111/4/1", "last": "111/4/8"} | {name: day for name, day in changed.items() if name in ("first", "last")}
    words = page.content.decode()
    assert [f'value="{day}"' in words for day in kept.values()] == [True, True]
    assert f'<option value="{city.director.user}" selected>' in words or "person" in changed
    assert (Post.objects.exclude(stands_in_for=None).count(), PostKey.objects.count()) == (0, 0)


def test_who_stands_in_already_is_not_named_twice_and_the_dates_stay(city: SimpleNamespace, as_: As) -> None:
    client = as_(city.clerk)
    stand_in(city, client)
    page = stand_in(city, client, first="111/4/8", last="111/4/20", post_key="o" * 24)
    assert (page.status_code, beside(page, "person")) == (422, "這個人從 111年4月1日 起已經有這個職務（至 111年4月8日）。")
    assert 'value="111/4/20"' in page.content.decode()


def test_a_post_is_handed_over_and_a_refusal_is_told_beside_the_day(city: SimpleNamespace, as_: As) -> None:
    client = as_(city.clerk)
    page = hand_over(city, client, first="110/8/1")
    assert (page.status_code, beside(page, "first")) == (422, "交接日必須晚於這個職務的開始日（110年8月1日）。")
    assert f'<option value="{city.member.user}" selected>' in page.content.decode()
    assert [hand_over(city, client)["Location"] for _ in range(2)] == ["/accounts/?done=hand_over"] * 2
    assert "職務已移交。" in client.get("/accounts/?done=hand_over").content.decode()
    assert Post.objects.get(pk=city.clerk.posts[0].post).last == AUGUST - datetime.timedelta(days=1)
    assert [held.role for held in actor_for(city.member.user, AUGUST).posts] == ["member", "clerk"]


def test_a_refusal_is_told_in_the_language_of_the_page(city: SimpleNamespace, as_: As) -> None:
    client = as_(city.clerk)
    client.cookies["language"] = "en"
    assert beside(hand_over(city, client, first="110/8/1"), "first") == (
        f"The hand-over lies after the post&#x27;s first day ({SINCE.isoformat()})."
    )


@pytest.mark.parametrize("verb", ["stand-in", "hand-over"])
def test_only_colleagues_may_be_chosen_and_only_posts_of_ones_own(city: SimpleNamespace, as_: As, verb: str) -> None:
    address = f"/accounts/posts/{city.clerk.posts[0].post}/{verb}/"
    page = as_(city.clerk).get(address).content.decode()
    everybody = ("convener", "member", "director", "accountant", "principal", "clerk", "other_clerk", "officer", "stranger")
    assert [name for name in everybody if f">{name}</option>" in page] == ["convener", "member", "director", "accountant", "principal"]
    assert [as_(getattr(city, who)).get(address).status_code for who in ("principal", "other_clerk", "officer", "stranger")] == [404] * 4


def test_who_stands_in_cannot_name_another_nor_hand_over(city: SimpleNamespace, as_: As) -> None:
    client = as_(city.clerk)
    stand_in(city, client, first="111/3/24")
    named = Post.objects.get(stands_in_for=city.clerk.posts[0].post)
    page = as_(city.director).get("/accounts/").content.decode()
    assert "代理 clerk" in page
    assert [f"/accounts/posts/{named.pk}/{verb}/" in page for verb in ("stand-in", "hand-over")] == [False, False]
    assert as_(city.director).get(f"/accounts/posts/{named.pk}/hand-over/").status_code == 404
    assert (Post.objects.filter(school=city.schools[OWN], role="clerk").count(), named.first) == (2, TODAY)


@pytest.mark.parametrize(
    ("day", "offered"),
    [
        ("2022-03-24", "2022-08-01"),
        ("2022-07-31", "2022-08-01"),
        ("2022-08-01", "2022-08-01"),
        ("2022-08-05", "2022-08-05"),
        ("2022-09-01", "2023-08-01"),
    ],
)
def test_the_day_offered_for_handing_over_is_the_first_of_august_or_in_august_today(day: str, offered: str) -> None:
    assert next_school_year(datetime.date.fromisoformat(day)).isoformat() == offered
