"""Who writes with a community: added, removed, handed over, by whom it is for."""

import uuid
from types import SimpleNamespace

import pytest

from gongxue.records import trail
from gongxue.records.community import MOST_PERSONS, add_member, hand_over_community, remove_member
from gongxue.records.doors import edit
from gongxue.records.models import Application, TrailEntry, User
from gongxue.records.refusals import NotAllowed, NotThere
from gongxue.rules.workflow import APPLICATION
from tests.records.city import LATER, NOON, put, put_into


def persons(application: Application) -> dict[int, str]:
    return dict(application.persons.values_list("user", "role"))


def test_a_member_who_is_added_can_write(city: SimpleNamespace, draft: Application) -> None:
    with pytest.raises(NotThere):
        edit(draft.pk, [put("name", draft.name, "改")], actor=city.stranger, at=LATER)
    for _ in range(2):
        add_member(draft.pk, city.stranger.user, actor=city.convener, at=LATER)
    assert edit(draft.pk, [put("name", draft.name, "改")], actor=city.stranger, at=LATER).application.version == 2
    entry = TrailEntry.objects.get(verb="add_member")
    assert (entry.words, entry.user_id, entry.role, entry.version) == ({"user": city.stranger.user}, city.convener.user, "convener", 1)


def test_a_member_leaves_or_is_removed_and_the_convener_stays(city: SimpleNamespace, draft: Application) -> None:
    with pytest.raises(NotAllowed):
        remove_member(draft.pk, city.convener.user, actor=city.convener, at=LATER)
    with pytest.raises(NotThere):
        remove_member(draft.pk, city.clerk.user, actor=city.convener, at=LATER)
    remove_member(draft.pk, city.member.user, actor=city.member, at=LATER)
    add_member(draft.pk, city.stranger.user, actor=city.convener, at=LATER)
    remove_member(draft.pk, city.stranger.user, actor=city.convener, at=LATER)
    assert persons(draft) == {city.convener.user: "convener"}
    assert [entry.verb for entry in TrailEntry.objects.order_by("number")] == ["start", "leave", "add_member", "remove_member"]
    assert trail.broken(APPLICATION, draft.pk) is None


def test_a_community_is_handed_to_a_member(city: SimpleNamespace, draft: Application) -> None:
    with pytest.raises(NotThere):
        hand_over_community(draft.pk, city.stranger.user, actor=city.convener, at=LATER)
    hand_over_community(draft.pk, city.member.user, actor=city.convener, at=LATER)
    assert persons(draft) == {city.member.user: "convener", city.convener.user: "member"}
    assert TrailEntry.objects.get(verb="hand_over").words == {"from": city.convener.user, "to": city.member.user}
    with pytest.raises(NotAllowed):
        hand_over_community(draft.pk, city.convener.user, actor=city.convener, at=LATER)


@pytest.mark.parametrize(
    ("who", "told"),
    [("member", NotAllowed), ("clerk", NotAllowed), ("officer", NotAllowed), ("other_clerk", NotThere), ("stranger", NotThere)],
)
def test_only_the_convener_lets_people_in(city: SimpleNamespace, draft: Application, who: str, told: type[Exception]) -> None:
    actor = getattr(city, who)
    for there, expected in ((draft.pk, told), (uuid.uuid4(), NotThere)):
        for act in (
            lambda pk: add_member(pk, city.auditor.user, actor=actor, at=LATER),
            lambda pk: remove_member(pk, city.member.user if who != "member" else city.convener.user, actor=actor, at=LATER),
            lambda pk: hand_over_community(pk, city.member.user, actor=actor, at=LATER),
        ):
            with pytest.raises(expected):
                act(there)
    assert persons(draft) == {city.convener.user: "convener", city.member.user: "member"}


def test_nobody_is_let_in_while_the_school_signs(city: SimpleNamespace, draft: Application) -> None:
    put_into(draft, "signing")
    with pytest.raises(NotAllowed):
        add_member(draft.pk, city.stranger.user, actor=city.convener, at=LATER)


def test_a_community_has_people_with_accounts_and_not_without_end(city: SimpleNamespace, draft: Application) -> None:
    with pytest.raises(NotThere):
        add_member(draft.pk, 10**9, actor=city.convener, at=LATER)
    User.objects.bulk_create([User(email=f"{number}@example.edu.tw", name="某", date_joined=NOON) for number in range(MOST_PERSONS)])
    users = list(User.objects.filter(name="某").values_list("pk", flat=True))
    for user in users[: MOST_PERSONS - 2]:
        add_member(draft.pk, user, actor=city.convener, at=LATER)
    with pytest.raises(NotAllowed):
        add_member(draft.pk, users[-1], actor=city.convener, at=LATER)
