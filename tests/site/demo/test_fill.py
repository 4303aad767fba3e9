"""The demo's city: every state there is to see, the same each time, and work for each of the cast."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from gongxue.records import trail
from gongxue.records.listings.home import home_cards
from gongxue.records.models import Application, Receipt, TrailEntry, User
from gongxue.rules.workflow import APPLICATION, TRANSITIONS
from gongxue.site import clock
from gongxue.site.acting import actor_of
from gongxue.site.demo.cast import DOMAIN, EMAILS, HOME
from gongxue.site.demo.fill import NotADemoError, fill, start_over

REACHED = {row.target for row in TRANSITIONS if row.subject == APPLICATION} | {"draft", "approved"}


@pytest.fixture
def demo(db: None, settings: Settings, tmp_path: Path) -> None:
    """The demo, filled."""
    settings.DEMO, settings.VAR = True, tmp_path
    clock.start_over()
    fill(clock.FIRST)


def standing() -> list[tuple[Any, ...]]:
    return list(
        Application.objects.order_by("programme", "name", "pk").values_list("programme", "name", "state", "version", "asked", "changed_at")
    )


TO_DO = {
    "lin": ["returned", "fix", "fix", "wait_for_signers", "wait_for_clerk"],
    "wu": [],
    "chang": ["sign"],
    "li": ["sign"],
    "tsai": ["sign"],
    "huang": ["submit"],
}
"""What the home pages of the cast tell first."""


def test_the_city_has_forty_communities_in_every_state_and_work_for_each_of_the_cast(demo: None) -> None:
    assert Application.objects.filter(programme="hsinchu-111").count() == 40
    assert set(Application.objects.values_list("state", flat=True)) == REACHED
    wrong = Application.objects.filter(errors__gt=0).exclude(state__in=("draft", "returned", "withdrawn"))
    assert list(wrong.values_list("name", "state")) == []
    users = {key: User.objects.get(email=f"{key}@{DOMAIN}") for key in TO_DO}
    found = {key: [card.next for card in home_cards(actor_of(user, clock.FIRST), clock.FIRST)] for key, user in users.items()}
    assert {key: found[key][: len(following)] for key, following in TO_DO.items()} == TO_DO
    assert trail.verify() == []
    assert Receipt.objects.count() == Application.objects.filter(state__in=("submitted", "completing", "ineligible")).count()
    assert TrailEntry.objects.filter(at__gte=clock.FIRST).count() == 0


def test_communities_have_names_of_their_own_and_only_a_few_look_like_another(demo: None) -> None:
    this_year = Application.objects.filter(programme="hsinchu-111")
    assert len(set(this_year.values_list("name", flat=True))) == 40
    # Those of the cast share people; four of other schools are called nearly as theirs are, one shares somebody.
    others = this_year.filter(alike=True).exclude(fiscal_school__name=HOME)
    assert (others.count(), this_year.filter(alike=True).count()) == (5, 13)


def test_starting_over_gives_the_same_city_again(demo: None) -> None:
    before = standing()
    start_over()
    assert standing() == before
    assert User.objects.filter(email__in=EMAILS).count() == len(EMAILS)


def test_a_real_city_is_never_emptied(db: None, settings: Settings, tmp_path: Path) -> None:
    settings.DEMO, settings.VAR = False, tmp_path
    with pytest.raises(NotADemoError):
        start_over()
