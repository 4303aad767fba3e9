"""The table of states and transitions: a completion is sealed while it is completed, and nothing else about it moves."""

import pytest

from gongxue.rules.access import Tie, may
from gongxue.rules.workflow import APPLICATION, Transition, leaving, transition

SEALING = ("ask_seals", "sign_completion", "sign_completion_last", "sign_completion_on_paper", "sign_completion_on_paper_last")


@pytest.mark.parametrize("name", SEALING)
def test_a_completion_stays_one_while_it_is_sealed_and_only_where_that_was_asked(name: str) -> None:
    row = transition(APPLICATION, name)
    assert (row.sources, row.target, row.rules_hold, "seals_again" in row.conditions) == (("completing",), "completing", True, True)


def test_it_is_returned_with_a_reason_stays_a_completion_and_loses_its_seals() -> None:
    row = transition(APPLICATION, "return_completion")
    assert (row.sources, row.target, row.conditions) == (("completing",), "completing", ("seals_asked",))
    assert (row.asks_reason, row.voids_signatures, row.tells) == (True, True, ("convener", "signer"))


def test_it_goes_to_the_city_with_the_seals_that_were_asked_for() -> None:
    row = transition(APPLICATION, "complete")
    assert (row.sources, row.target, row.conditions) == (("completing",), "submitted", ("completion_sealed",))


def test_each_seal_tells_the_next_and_the_last_one_those_who_send_it() -> None:
    rows = [transition(APPLICATION, name) for name in SEALING]
    assert [row.tells for row in rows] == [
        ("signer",), ("signer",), ("convener", "clerk"), ("signer",), ("convener", "clerk"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("role", "relation", "may_do"),
    [
        ("director", "own_school", {"sign_completion", "sign_completion_last", *SEALING[3:], "return_completion"}),
        ("principal", "own_school", {"sign_completion", "sign_completion_last", *SEALING[3:], "return_completion"}),
        ("clerk", "own_school", {"ask_seals", "complete", *SEALING[3:], "return_completion"}),
        ("convener", "own", {"ask_seals", "complete"}),
        ("member", "own", set()),
        ("director", "partner_school", set()),
        ("officer", "any", {"mark_ineligible", "withdraw"}),
        ("auditor", "any", set()),
    ],
)
def test_who_does_what_to_a_completion(role: str, relation: str, may_do: set[str]) -> None:
    def fits(row: Transition) -> bool:
        return may(APPLICATION, row.verb, (Tie(role, relation),), "completing").yes

    assert {row.name for row in leaving(APPLICATION, "completing") if fits(row)} == may_do
