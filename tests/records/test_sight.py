"""What a person sees in a list and what a person may open are one and the same, for every post, state and relation."""

from types import SimpleNamespace

import pytest

from gongxue.records.actor import NOBODY, SYSTEM, Actor, Held
from gongxue.records.models import Application
from gongxue.records.sight import permitted, ties_to, visible_to
from gongxue.rules.access import GRANTS, may
from gongxue.rules.workflow import APPLICATION, states
from tests.records.city import CAST, OTHER, OWN, PARTNER, found_draft, put_into

VERBS = tuple(dict.fromkeys(grant.verb for grant in GRANTS if grant.subject == APPLICATION and grant.verb != "start"))


@pytest.fixture
def applications(city: SimpleNamespace) -> list[Application]:
    """One application of one school and one across schools, in every state; and one that no school handles the money of."""
    made = [put_into(found_draft(city, base), state.name) for base in ("autonomous", "thematic") for state in states(APPLICATION)]
    nowhere = found_draft(city, "thematic")
    Application.objects.filter(pk=nowhere.pk).update(fiscal_school=None)
    return [*made, Application.objects.get(pk=nowhere.pk)]


def test_lists_and_doors_agree_for_every_verb(city: SimpleNamespace, applications: list[Application]) -> None:
    own, partner, other = (city.schools[name].pk for name in (OWN, PARTNER, OTHER))
    user = city.convener.user
    everybody = {name: getattr(city, name) for name in CAST} | {
        "nobody": NOBODY,
        "system": SYSTEM,
        "convener with a post at the partner": Actor(user, "x", (Held(1, "clerk", partner),)),
        "clerk at both": Actor(city.stranger.user, "x", (Held(1, "clerk", own), Held(2, "clerk", partner))),
        "clerk at the partner, director elsewhere": Actor(city.stranger.user, "x", (Held(1, "clerk", partner), Held(2, "director", other))),
    }
    for who, actor in everybody.items():
        bonds = {each: ties_to(actor, each) for each in applications}
        for verb in VERBS:
            listed = set(permitted(actor, verb).values_list("pk", flat=True))
            opened = {each.pk for each, bond in bonds.items() if may(APPLICATION, verb, bond, each.state).yes}
            assert listed == opened, (who, verb)


def test_who_sees_how_many(city: SimpleNamespace, applications: list[Application]) -> None:
    seen = {who: visible_to(getattr(city, who)).count() for who in CAST}
    assert seen == {
        **dict.fromkeys(("convener", "member", "clerk", "director"), 29),
        **dict.fromkeys(("accountant", "principal"), 28),
        **dict.fromkeys(("partner_clerk", "partner_director"), 15),
        **dict.fromkeys(("officer", "supervisor", "centre_staff", "auditor"), 29),
        **dict.fromkeys(("other_clerk", "other_principal", "reviewer", "stranger"), 0),
    }
