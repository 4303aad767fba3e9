"""Communities that look alike are told to those who may see both, and to nobody else."""

import uuid
from types import SimpleNamespace
from typing import Any

import pytest

from gongxue.records.doors import start
from gongxue.records.listings import likeness
from gongxue.records.listings.applications import Filters, applications
from gongxue.records.listings.likeness import Likeness, likenesses, looking_alike
from gongxue.records.lookalikes import bring_up_to_date
from gongxue.records.models import Application
from tests.records.city import NOON, OTHER, OWN, PARTNER, document, put_into

PROGRAMME = "hsinchu-111"


def community(city: SimpleNamespace, name: str, *people: tuple[str, str], school: str = OWN, **changes: Any) -> Application:
    """A draft of that name, of these people (name, school); the first convenes."""
    content = document() | {"name": name, "fiscal_school": school} | changes
    content["convener"] |= {"name": people[0][0], "school": people[0][1]}
    content["members"] = [{"name": who, "school": where} for who, where in people[1:]]
    return start(content, actor=city.convener, at=NOON)


def kinds(city: SimpleNamespace, of: Application, who: str = "officer") -> dict[uuid.UUID, str]:
    found = likenesses(getattr(city, who), PROGRAMME, [of.pk])[of.pk]
    return {each.other: each.kind for each in found}


WANG, LI, CHEN, ZHAO = (("王大明", OWN), ("李小美", OWN), ("陳志強", OWN), ("趙一二", OWN))
SUN, ZHOU, WU = (("孫中一", OTHER), ("周小二", OTHER), ("吳三桂", OTHER))


def test_the_same_name_at_the_same_school(city: SimpleNamespace) -> None:
    first = community(city, "數學遊戲共備社群", WANG)
    second = community(city, "數學遊戲　共備社群", LI)
    assert kinds(city, first, "clerk") == {second.pk: "same_name"}
    assert likenesses(city.clerk, PROGRAMME, [first.pk])[first.pk] == (Likeness("same_name", second.pk, "數學遊戲　共備社群", OWN),)


def test_a_copy_has_the_name_of_last_year_s_and_looks_like_nothing_for_that(city: SimpleNamespace) -> None:
    """Years are not compared; a second copy in the same year looks like the first."""
    before = community(city, "數學遊戲共備社群", WANG, programme="taoyuan-110")
    first = start({**before.document, "programme": PROGRAMME}, actor=city.convener, at=NOON, copied_from=before)
    assert (kinds(city, first), looking_alike(Application.objects.all(), PROGRAMME)) == ({}, frozenset())
    second = start({**before.document, "programme": PROGRAMME}, actor=city.convener, at=NOON, copied_from=before)
    alike = likenesses(city.officer, PROGRAMME, [first.pk])[first.pk]
    assert [(each.kind, each.other) for each in alike] == [("same_name", second.pk), ("person", second.pk)]


def test_the_same_name_at_another_school_is_only_near(city: SimpleNamespace) -> None:
    first, second = community(city, "數學遊戲共備社群", WANG), community(city, "數學遊戲共備社群", SUN, school=OTHER)
    assert kinds(city, first) == {second.pk: "near_name"}


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("數學遊戲共備社群", "數學遊戲共備專業學習社群", True),
        ("素養導向數學共備社群", "素養導向數學共備", True),
        ("自然探究與實作社群", "自然探究實作社群", True),
        ("數學遊戲共備社群", "英語繪本共讀社群", False),
        ("閱讀素養社群", "數學素養社群", False),
        ("社群", "教師專業學習社群", False),
        ("", "", False),
    ],
)
def test_titles_are_near_when_most_of_what_is_their_own_agrees(city: SimpleNamespace, one: str, other: str, near: bool) -> None:
    first, second = community(city, one, WANG), community(city, other, SUN, school=OTHER)
    assert kinds(city, first) == ({second.pk: "near_name"} if near else {})


def test_somebody_in_several_communities_is_named(city: SimpleNamespace) -> None:
    first = community(city, "數學遊戲社群", WANG, LI, CHEN)
    second = community(city, "英語繪本共讀社群", ("王 大明", OWN), SUN, ZHOU, WU)
    assert likenesses(city.clerk, PROGRAMME, [first.pk])[first.pk] == (Likeness("person", second.pk, "英語繪本共讀社群", OWN, ("王大明",)),)


def test_two_people_of_one_name_at_two_schools_are_two(city: SimpleNamespace) -> None:
    first = community(city, "數學遊戲社群", WANG)
    community(city, "英語繪本共讀社群", ("王大明", OTHER), school=OTHER)
    assert kinds(city, first) == {}


def test_communities_that_share_most_of_the_people_of_the_smaller_one(city: SimpleNamespace) -> None:
    first = community(city, "數學遊戲社群", WANG, LI, CHEN, ZHAO)
    second = community(city, "英語繪本共讀社群", SUN, LI, CHEN, school=OTHER)
    third = community(city, "自然觀察社群", CHEN, ZHOU, WU, SUN, school=OTHER)
    assert kinds(city, first) == {second.pk: "near_people", third.pk: "person"}
    assert kinds(city, second) == {first.pk: "near_people", third.pk: "near_people"}


@pytest.mark.parametrize("state", ["withdrawn", "declined", "ineligible"])
def test_what_has_ended_looks_like_nothing(city: SimpleNamespace, state: str) -> None:
    first, second = community(city, "數學遊戲社群", WANG), community(city, "數學遊戲社群", WANG)
    put_into(second, state)
    assert likenesses(city.clerk, PROGRAMME, [first.pk, second.pk]) == {first.pk: ()}


def test_another_year_is_another_thing(city: SimpleNamespace) -> None:
    first = community(city, "數學遊戲社群", WANG)
    assert likenesses(city.clerk, "taoyuan-110", [first.pk]) == {}


def test_nobody_learns_of_what_they_may_not_see(city: SimpleNamespace) -> None:
    first = community(city, "數學遊戲社群", WANG)
    foreign = community(city, "數學遊戲社群", SUN, school=OTHER)
    assert kinds(city, first, "clerk") == {}
    assert kinds(city, first, "officer") == {foreign.pk: "near_name"}
    for who in ("stranger", "reviewer", "other_clerk"):
        assert likenesses(getattr(city, who), PROGRAMME, [first.pk]) == {}


def test_a_partner_school_sees_both_sides(city: SimpleNamespace) -> None:
    ours = community(city, "數學遊戲社群", WANG, ("林一", PARTNER), ("林二", PARTNER))
    theirs = community(city, "英語繪本共讀社群", ("林一", PARTNER), ("林二", PARTNER), school=PARTNER)
    assert kinds(city, theirs, "partner_clerk") == {ours.pk: "near_people"}


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_two_queries_however_many_there_are(city: SimpleNamespace, django_assert_num_queries: Any, count: int) -> None:
    many = [community(city, "數學遊戲社群", WANG).pk for _ in range(count)]
    with django_assert_num_queries(2):
        found = likenesses(city.officer, PROGRAMME, many)
    assert {key: len(each) for key, each in found.items()} == dict.fromkeys(many, 2 * (count - 1))


def narrowed(city: SimpleNamespace, who: str) -> set[uuid.UUID]:
    """What is on the list that is narrowed to what looks like another."""
    return {row.id for row in applications(getattr(city, who), Filters(programme=PROGRAMME, flags=("alike",))).rows}


@pytest.mark.parametrize("who", ["officer", "clerk", "convener"])
def test_a_list_is_narrowed_to_what_looks_like_another(city: SimpleNamespace, who: str) -> None:
    same, near = community(city, "數學遊戲共備社群", WANG), community(city, "數學遊戲共備", SUN, school=OTHER)
    twin, alone = community(city, "數學遊戲共備社群", LI, CHEN), community(city, "自然探究實作社群", ZHOU, school=OTHER)
    shared, other = community(city, "英語繪本共讀社群", ZHAO), community(city, "校園植物觀察社群", ZHAO, WU, school=OTHER)
    every = [each.pk for each in (same, near, twin, alone, shared, other)]
    told = {key for key, found in likenesses(getattr(city, who), PROGRAMME, every).items() if found}
    bring_up_to_date(PROGRAMME)
    assert narrowed(city, who) == told
    if who == "officer":
        assert told == {each.pk for each in (same, near, twin, shared, other)}


def test_what_the_background_has_not_compared_yet_is_told_to_those_who_see_few(city: SimpleNamespace) -> None:
    pair = {community(city, "數學遊戲社群", WANG).pk, community(city, "數學遊戲社群", LI).pk}
    assert (narrowed(city, "clerk"), narrowed(city, "officer")) == (pair, set())


def test_what_somebody_may_see_looks_like_nothing_that_they_may_not_see(city: SimpleNamespace) -> None:
    first = community(city, "數學遊戲社群", WANG)
    foreign = community(city, "數學遊戲社群", SUN, school=OTHER)
    bring_up_to_date(PROGRAMME)
    assert (narrowed(city, "officer"), narrowed(city, "clerk")) == ({first.pk, foreign.pk}, set())
    for who in ("stranger", "reviewer", "other_clerk"):
        assert narrowed(city, who) == set()


def test_of_too_many_titles_only_the_same_ones_count(city: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = community(city, "數學遊戲共備社群", WANG), community(city, "數學遊戲　共備社群", LI)
    community(city, "數學遊戲共備課社群", CHEN)
    monkeypatch.setattr(likeness, "MOST_TITLES", 1)
    assert looking_alike(Application.objects.all(), PROGRAMME) == {first.pk, second.pk}
