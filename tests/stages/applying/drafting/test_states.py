"""How far a section is: from what is written, and what the rules say."""

import pytest

from gongxue.rules.finding import Finding
from gongxue.stages.applying.drafting.states import is_blank, state_of

FIELDS = ("name", "convener", "outcomes")


def finding(rule: str, severity: str = "error") -> Finding:
    return Finding(rule, severity, "附件二", "name", "…", "…")  # type: ignore[arg-type]  # one of the severities


def test_nothing_written_and_something_asked_is_not_started() -> None:
    assert state_of(FIELDS, {}, [finding("name.required")]) == "todo"


def test_nothing_written_where_nothing_is_asked_is_done() -> None:
    assert state_of(("books",), {}, []) == "done"


def test_what_was_filled_in_for_the_writer_does_not_count_as_written() -> None:
    document = {"name": "社群", "convener": {"name": "林"}}
    assert state_of(FIELDS, document, [finding("outcomes.required")], given=("name", "convener")) == "todo"


def test_something_missing_is_in_progress() -> None:
    assert state_of(FIELDS, {"name": "社群"}, [finding("outcomes.required")]) == "progress"


def test_something_wrong_asks_for_attention() -> None:
    assert state_of(FIELDS, {"name": "社群"}, [finding("outcomes.required"), finding("summary.length")]) == "attention"


def test_warnings_and_hints_leave_a_section_done() -> None:
    assert state_of(FIELDS, {"name": "社群"}, [finding("tier.year", "warning"), finding("sessions.online", "info")]) == "done"


@pytest.mark.parametrize(
    "document", [{}, {"name": ""}, {"name": None, "outcomes": []}, {"outcomes": [{"id": "a"}]}, {"outcomes": [{"id": "a", "check": ""}]}]
)
def test_blank_is_blank_however_it_is_kept(document: dict[str, object]) -> None:
    assert is_blank(FIELDS, document) is True


def test_a_zero_is_no_blank() -> None:
    assert is_blank(("budget",), {"budget": [{"id": "a", "amount": 0}]}) is False
