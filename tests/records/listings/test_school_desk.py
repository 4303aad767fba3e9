"""A school's desk: what it has, who each waits for, and nothing of another's money."""

from types import SimpleNamespace
from typing import Any

import pytest

from gongxue.records.doors import move
from gongxue.records.listings.applications import Filters
from gongxue.records.listings.school_desk import Desk, DeskRow, Sealed, school_desk
from gongxue.records.models import Application
from gongxue.records.partners import confirm_members
from tests.records.city import CHAIN, LATER, OTHER, OWN, PARTNER, found_draft, put_into, take_to_signed

ALL = Filters(programme="hsinchu-111")


def desk(city: SimpleNamespace, who: str = "clerk", school: str = OWN, filters: Filters = ALL, **more: Any) -> Desk:
    return school_desk(getattr(city, who), city.schools[school].pk, filters, **more)


def only(found: Desk) -> DeskRow:
    (row,) = found.rows
    return row


def test_a_school_sees_its_own_communities_with_their_money(city: SimpleNamespace, draft: Application) -> None:
    found = desk(city)
    row = only(found)
    assert (row.id, row.fiscal, row.school, row.convener, row.asked, row.waits_for.zh) == (
        draft.pk, True, OWN, "convener", draft.asked, "召集人",
    )  # fmt: skip
    assert (found.asked, found.submitted, found.ready) == (draft.asked, 0, ())


def test_a_partner_school_sees_a_community_without_its_money(city: SimpleNamespace) -> None:
    draft = found_draft(city, "thematic")
    row = only(desk(city, "partner_clerk", PARTNER))
    assert (row.id, row.fiscal, row.school, row.asked, row.ceiling) == (draft.pk, False, OWN, None, None)
    assert desk(city, "partner_clerk", PARTNER).asked == 0


def test_what_a_paper_waits_for_is_told_at_every_step(city: SimpleNamespace, draft: Application) -> None:
    seen = [only(desk(city)).waits_for.zh]
    move(draft.pk, "send_to_school", actor=city.convener, at=LATER)
    seen.append(only(desk(city)).waits_for.zh)
    move(draft.pk, "recall", actor=city.convener, at=LATER)
    take_to_signed(city, draft, LATER)
    seen.append(only(desk(city)).waits_for.zh)
    assert [row.id for row in desk(city).ready] == [draft.pk]
    move(draft.pk, "submit", actor=city.clerk, at=LATER)
    row = only(desk(city))
    seen.append(row.waits_for.zh)
    assert seen == ["召集人", "承辦主任", "承辦人", "教育處"]
    assert (row.since, row.receipt, row.submitted_at, desk(city).submitted) == (LATER, "111-0001", LATER, 1)
    assert row.signed == {role: Sealed(role, LATER, stands_in=False, how="online") for role in CHAIN}


def test_a_partner_that_has_not_confirmed_is_named_and_holds_it_up(city: SimpleNamespace) -> None:
    application = take_to_signed(city, found_draft(city, "thematic"))
    row = only(desk(city))
    assert (row.unconfirmed, row.waits_for.zh, desk(city).ready) == ((PARTNER,), f"{PARTNER}確認成員", ())
    people = application.schools.get(school=city.schools[PARTNER]).people
    confirm_members(application.pk, city.schools[PARTNER].pk, people, actor=city.partner_clerk, at=LATER)
    assert (only(desk(city)).unconfirmed, len(desk(city).ready)) == ((), 1)


@pytest.mark.parametrize(("state", "waits"), [("completing", "召集人"), ("first_review", "教育處"), ("withdrawn", ""), ("approved", "")])
def test_after_the_school_the_city(city: SimpleNamespace, draft: Application, state: str, waits: str) -> None:
    put_into(draft, state)
    assert only(desk(city)).waits_for.zh == waits


def test_what_can_be_submitted_stands_first_and_others_communities_last(city: SimpleNamespace) -> None:
    draft, ready = found_draft(city), take_to_signed(city, found_draft(city))
    theirs = found_draft(city, "thematic")
    Application.objects.filter(pk=theirs.pk).update(fiscal_school=city.schools[PARTNER])
    assert [row.id for row in desk(city).rows] == [ready.pk, draft.pk, theirs.pk]
    assert [row.id for row in desk(city, mine="fiscal").rows] == [ready.pk, draft.pk]
    assert [row.id for row in desk(city, mine="partner").rows] == [theirs.pk]


def test_filters_narrow_it(city: SimpleNamespace, draft: Application) -> None:
    assert len(desk(city, filters=Filters(programme="hsinchu-111", text="繪本")).rows) == 1
    for other in (Filters(programme="taoyuan-110"), Filters(text="沒有"), Filters(states=("signed",)), Filters(tier="thematic")):
        assert desk(city, filters=other).rows == ()


@pytest.mark.parametrize("who", ["accountant", "principal"])
def test_at_a_partner_school_only_the_clerk_and_director_see_it(city: SimpleNamespace, who: str) -> None:
    found_draft(city, "thematic")
    assert desk(city, f"other_{'clerk' if who == 'accountant' else who}", OTHER).rows == ()


@pytest.mark.parametrize("who", ["stranger", "reviewer", "other_clerk", "other_principal"])
def test_a_stranger_finds_an_empty_desk(city: SimpleNamespace, draft: Application, who: str) -> None:
    assert desk(city, who).rows == ()


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_three_queries_however_many_there_are(city: SimpleNamespace, django_assert_num_queries: Any, count: int) -> None:
    for _ in range(count):
        found_draft(city, "thematic")
    with django_assert_num_queries(3):
        assert len(desk(city).rows) == count
