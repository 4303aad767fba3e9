"""Posts: who acts in which on a day, and who may give, end, hand over them or name a stand-in."""

import datetime
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from gongxue.records import trail
from gongxue.records.actor import NOBODY, SYSTEM, Actor, Held
from gongxue.records.doors import edit
from gongxue.records.models import Application, Post, TrailEntry, User
from gongxue.records.people import actor_for, end_post, give_post, hand_over, name_stand_in
from gongxue.records.refusals import NotAllowed, NotThere
from gongxue.rules.access import CITY_POSTS, POST, SCHOOL_POSTS
from tests.records.city import LATER, NOON, OTHER, OWN, SINCE, TODAY, put

DAY = datetime.timedelta(days=1)
AUGUST = datetime.date(2022, 8, 1)


def roles(user: int | None, day: datetime.date) -> list[tuple[str, int | None]]:
    return [(held.role, held.stands_in_for) for held in actor_for(user, day).posts]


@pytest.fixture
def newcomer(city: SimpleNamespace) -> int:
    return User.objects.create(email="new@example.edu.tw", name="新同事", date_joined=NOON).pk


def test_an_actor_has_the_posts_of_the_day_and_no_others(
    city: SimpleNamespace, newcomer: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert actor_for(city.clerk.user, TODAY) == city.clerk
    school = city.schools[OWN]
    for first, last in ((SINCE, TODAY), (TODAY, None), (TODAY + DAY, None), (SINCE, TODAY - DAY)):
        Post.objects.create(user_id=newcomer, role="member", school=school, first=first, last=last)
    with django_assert_num_queries(1):
        actor = actor_for(newcomer, TODAY)
    assert (actor.user, actor.name, [held.role for held in actor.posts]) == (newcomer, "新同事", ["member", "member"])
    assert actor_for(newcomer, SINCE - DAY) == Actor(newcomer, "新同事")


def test_a_closed_account_and_one_that_is_none_are_nobody(city: SimpleNamespace) -> None:
    User.objects.filter(pk=city.clerk.user).update(is_active=False)
    assert actor_for(city.clerk.user, TODAY) == actor_for(10**9, TODAY) == actor_for(None, TODAY) == NOBODY


def test_a_stand_in_acts_in_the_role_stood_in_for_and_is_marked(city: SimpleNamespace, draft: Application) -> None:
    post = city.clerk.posts[0].post
    named = name_stand_in(post, city.director.user, first=TODAY, last=TODAY + DAY, actor=city.principal, at=NOON)
    stand_in = actor_for(city.director.user, TODAY)
    assert stand_in.posts == (city.director.posts[0], Held(named.pk, "clerk", city.schools[OWN].pk, post))
    edit(draft.pk, [put("name", draft.name, "代理改的")], actor=stand_in, at=LATER)
    entry = TrailEntry.objects.get(verb="edit")
    assert (entry.role, entry.post_id, entry.user_id) == ("clerk", named.pk, city.director.user)
    assert roles(city.director.user, TODAY + 2 * DAY) == [("director", None)]


def test_nobody_stands_in_for_a_post_that_has_ended(city: SimpleNamespace) -> None:
    post = city.clerk.posts[0].post
    name_stand_in(post, city.director.user, first=TODAY, last=AUGUST, actor=city.clerk, at=NOON)
    end_post(post, TODAY, actor=city.officer, at=NOON)
    assert roles(city.director.user, TODAY) == [("director", None), ("clerk", post)]
    assert roles(city.director.user, TODAY + DAY) == [("director", None)]


@pytest.mark.parametrize(
    ("who", "given"),
    [
        ("system", {*SCHOOL_POSTS, *CITY_POSTS}),
        ("officer", {*SCHOOL_POSTS, *CITY_POSTS}),
        ("supervisor", {*SCHOOL_POSTS, *CITY_POSTS}),
        ("principal", {"member", "clerk", "director", "accountant"}),
        ("clerk", {"member"}),
        ("other_principal", set()),
        ("director", set()),
        ("convener", set()),
        ("auditor", set()),
        ("stranger", set()),
        ("nobody", set()),
    ],
)
def test_who_gives_which_posts(city: SimpleNamespace, newcomer: int, who: str, given: set[str]) -> None:
    actor = {"system": SYSTEM, "nobody": NOBODY}.get(who) or getattr(city, who)
    for role in (*SCHOOL_POSTS, *CITY_POSTS):
        school = city.schools[OWN].pk if role in SCHOOL_POSTS else None
        if role in given:
            post = give_post(newcomer, role, school, first=TODAY, actor=actor, at=NOON)
            assert TrailEntry.objects.get(subject=POST, subject_id=str(post.pk)).words == {
                "user": newcomer,
                "role": role,
                "school": school,
                "first": "2022-03-24",
                "last": None,
            }
        else:
            with pytest.raises(NotAllowed):
                give_post(newcomer, role, school, first=TODAY, actor=actor, at=NOON)
    assert {role for role, _ in roles(newcomer, TODAY)} == given


def test_the_system_is_on_the_trail_as_such(city: SimpleNamespace, newcomer: int) -> None:
    post = give_post(newcomer, "officer", first=TODAY, actor=SYSTEM, at=NOON)
    entry = TrailEntry.objects.get(subject=POST)
    assert (entry.subject_id, entry.user_id, entry.role, entry.post_id) == (str(post.pk), None, "system", None)


@pytest.mark.parametrize(
    ("role", "at_school"), [("clerk", False), ("officer", True), ("convener", True), ("convener", False), ("", True), ("system", False)]
)
def test_a_post_that_cannot_be_is_refused_in_words(city: SimpleNamespace, newcomer: int, role: str, at_school: bool) -> None:
    with pytest.raises(NotAllowed) as refused:
        give_post(newcomer, role, city.schools[OWN].pk if at_school else None, first=TODAY, actor=city.officer, at=NOON)
    assert refused.value.reason.zh


def test_a_post_is_given_to_somebody_at_some_school(city: SimpleNamespace, newcomer: int) -> None:
    for user, school in ((10**9, city.schools[OWN].pk), (newcomer, 10**9)):
        with pytest.raises(NotThere):
            give_post(user, "clerk", school, first=TODAY, actor=city.officer, at=NOON)
    User.objects.filter(pk=newcomer).update(is_active=False)
    with pytest.raises(NotThere):
        give_post(newcomer, "clerk", city.schools[OWN].pk, first=TODAY, actor=city.officer, at=NOON)


@pytest.mark.parametrize(
    ("first", "last", "free"),
    [
        (SINCE, None, False),
        (TODAY, TODAY, False),
        (datetime.date(2021, 7, 1), SINCE - DAY, True),
        (datetime.date(2021, 7, 1), SINCE, False),
        (AUGUST, None, True),
        (AUGUST - DAY, None, False),
    ],
)
def test_nobody_holds_the_same_post_twice_on_a_day(
    city: SimpleNamespace, first: datetime.date, last: datetime.date | None, free: bool
) -> None:
    end_post(city.clerk.posts[0].post, AUGUST - DAY, actor=city.officer, at=NOON)
    if free:
        give_post(city.clerk.user, "clerk", city.schools[OWN].pk, first=first, last=last, actor=city.officer, at=NOON)
    else:
        with pytest.raises(NotAllowed) as refused:
            give_post(city.clerk.user, "clerk", city.schools[OWN].pk, first=first, last=last, actor=city.officer, at=NOON)
        assert refused.value.reason.zh == "這個人從 110年8月1日 起已經有這個職務（至 111年7月31日）。"


def test_somebody_may_hold_one_role_at_two_schools(city: SimpleNamespace) -> None:
    give_post(city.clerk.user, "clerk", city.schools[OTHER].pk, first=TODAY, actor=city.officer, at=NOON)
    assert len(roles(city.clerk.user, TODAY)) == 2


def test_a_post_ends_with_its_last_day(city: SimpleNamespace) -> None:
    post = city.clerk.posts[0].post
    end_post(post, TODAY, actor=city.principal, at=NOON)
    assert (roles(city.clerk.user, TODAY), roles(city.clerk.user, TODAY + DAY)) == ([("clerk", None)], [])
    with pytest.raises(NotAllowed):
        end_post(post, AUGUST, actor=city.officer, at=NOON)
    end_post(post, TODAY - DAY, actor=city.officer, at=NOON)
    assert [(entry.verb, entry.words["before"], entry.words["last"]) for entry in TrailEntry.objects.filter(subject=POST)] == [
        ("end_post", None, "2022-03-24"),
        ("end_post", "2022-03-24", "2022-03-23"),
    ]
    assert trail.broken(POST, post) is None


def test_a_post_that_never_began_is_taken_back_and_leaves_its_trail(city: SimpleNamespace, newcomer: int) -> None:
    post = give_post(newcomer, "clerk", city.schools[OWN].pk, first=AUGUST, actor=city.principal, at=NOON)
    number = post.pk
    end_post(number, TODAY, actor=city.principal, at=NOON)
    assert not Post.objects.filter(pk=number).exists()
    assert [entry.verb for entry in TrailEntry.objects.filter(subject=POST, subject_id=str(number))] == ["give_post", "take_back_post"]


def test_a_post_that_was_acted_in_is_not_taken_back(city: SimpleNamespace, draft: Application) -> None:
    edit(draft.pk, [put("name", draft.name, "改")], actor=city.clerk, at=LATER)
    with pytest.raises(NotAllowed):
        end_post(city.clerk.posts[0].post, SINCE - DAY, actor=city.principal, at=NOON)
    assert Post.objects.filter(pk=city.clerk.posts[0].post, last=None).exists()


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("stranger", NotThere),
        ("other_principal", NotThere),
        ("partner_clerk", NotThere),
        ("convener", NotAllowed),
        ("director", NotAllowed),
        ("auditor", NotAllowed),
    ],
)
def test_who_may_not_touch_a_post_of_another_school_is_told_that_nothing_is_there(
    city: SimpleNamespace, who: str, told: type[Exception]
) -> None:
    post, actor = city.clerk.posts[0].post, getattr(city, who)
    for there, expected in ((post, told), (10**9, NotThere)):
        for act in (
            lambda pk: end_post(pk, TODAY, actor=actor, at=NOON),
            lambda pk: hand_over(pk, city.member.user, first=AUGUST, actor=actor, at=NOON),
            lambda pk: name_stand_in(pk, city.member.user, first=TODAY, last=TODAY, actor=actor, at=NOON),
        ):
            with pytest.raises(expected):
                act(there)
    assert Post.objects.filter(pk=post, last=None).exists()


def test_on_the_first_of_august_a_post_is_handed_over(city: SimpleNamespace, newcomer: int) -> None:
    post = city.clerk.posts[0].post
    heir = hand_over(post, newcomer, first=AUGUST, actor=city.clerk, at=NOON)
    assert (roles(city.clerk.user, AUGUST - DAY), roles(newcomer, AUGUST - DAY)) == ([("clerk", None)], [])
    assert (roles(city.clerk.user, AUGUST), roles(newcomer, AUGUST)) == ([], [("clerk", None)])
    assert TrailEntry.objects.get(subject_id=str(heir.pk)).words["handed_over_from"] == post
    with pytest.raises(NotAllowed):
        hand_over(post, newcomer, first=AUGUST, actor=city.officer, at=NOON)


def test_a_post_that_ends_sooner_is_not_made_longer_by_handing_it_over(city: SimpleNamespace, newcomer: int) -> None:
    post = city.clerk.posts[0].post
    end_post(post, TODAY, actor=city.principal, at=NOON)
    hand_over(post, newcomer, first=AUGUST, actor=city.principal, at=NOON)
    assert (roles(city.clerk.user, TODAY + DAY), roles(newcomer, AUGUST)) == ([], [("clerk", None)])


@pytest.mark.parametrize("first", [SINCE, SINCE - DAY])
def test_a_hand_over_lies_after_the_first_day(city: SimpleNamespace, newcomer: int, first: datetime.date) -> None:
    with pytest.raises(NotAllowed):
        hand_over(city.clerk.posts[0].post, newcomer, first=first, actor=city.clerk, at=NOON)


def test_a_hand_over_that_fails_ends_nothing(city: SimpleNamespace) -> None:
    post = city.clerk.posts[0].post
    for to in (10**9, city.clerk.user):
        with pytest.raises((NotThere, NotAllowed)):
            hand_over(post, to, first=AUGUST, actor=city.clerk, at=NOON)
    assert (Post.objects.get(pk=post).last, TrailEntry.objects.count()) == (None, 0)


@pytest.mark.parametrize(
    ("days", "who", "fine"),
    [
        ((0, 0), "member", True),
        ((0, 400), "member", True),
        ((1, 0), "member", False),
        ((-400, 0), "member", False),
        ((0, 0), "clerk", False),
    ],
)
def test_a_stand_in_is_another_person_within_the_posts_time(city: SimpleNamespace, days: tuple[int, int], who: str, fine: bool) -> None:
    first, last = (TODAY + DAY * each for each in days)

    def act() -> None:
        name_stand_in(city.clerk.posts[0].post, getattr(city, who).user, first=first, last=last, actor=city.clerk, at=NOON)

    if fine:
        act()
    with pytest.raises(NotAllowed):
        act()


def test_a_stand_in_hands_nothing_on(city: SimpleNamespace, newcomer: int) -> None:
    named = name_stand_in(city.principal.posts[0].post, city.director.user, first=TODAY, last=AUGUST, actor=city.principal, at=NOON)
    with pytest.raises(NotAllowed):
        name_stand_in(named.pk, newcomer, first=TODAY, last=TODAY, actor=city.officer, at=NOON)
    with pytest.raises(NotAllowed):
        hand_over(named.pk, newcomer, first=AUGUST, actor=city.officer, at=NOON)


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "clerk", "school": None},
        {"role": "officer"},
        {"role": "convener"},
        {"first": AUGUST, "last": TODAY},
        {"stands_in_for_id": 1, "last": None},
    ],
)
def test_the_database_refuses_posts_that_cannot_be(city: SimpleNamespace, wrong: dict[str, object]) -> None:
    if "stands_in_for_id" in wrong:
        wrong = {**wrong, "stands_in_for_id": city.clerk.posts[0].post}
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(
            **{"user_id": city.member.user, "role": "clerk", "school": city.schools[OWN], "first": TODAY, "last": None, **wrong}
        )


def test_one_account_an_address_however_it_is_written(city: SimpleNamespace) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="CLERK@example.edu.tw", name="又一個", date_joined=NOON)
