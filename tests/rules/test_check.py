"""What `check` promises whatever the application: the form's order, known places, and never an exception."""

import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxue.rules.application import Application, BudgetLine, Member, Session
from gongxue.rules.check import check, running, totals
from gongxue.rules.finding import Finding
from gongxue.rules.programme_file import load_programme
from gongxue.rules.registry import RULES

PROGRAMME = load_programme("hsinchu-111")
BASES = Path(__file__).parent.parent / "examples" / "bases"

odd_text = st.one_of(
    st.sampled_from(["", " ", "東園國小", "溫若晴", "2022-09-14", "16:00", "17:30", "other", "talk", "{0}", "{x}", "%s"]),
    st.text(max_size=8),
)


def _any(kind: type) -> st.SearchStrategy[object]:
    """Any value of a field of the exchange format, blanks included."""
    fields = {}
    for field in msgspec.structs.fields(kind):
        fields[field.name] = _field(msgspec.inspect.type_info(field.type))
    return st.fixed_dictionaries({}, optional=fields).map(lambda content: msgspec.convert({**content, **_least(kind)}, kind, strict=True))


def _least(kind: type) -> dict[str, object]:
    return {"programme": "hsinchu-111"} if kind is Application else {}


def _field(info: object) -> st.SearchStrategy[object]:
    match info:
        case msgspec.inspect.UnionType(types=types):
            return st.one_of(*map(_field, types))
        case msgspec.inspect.StrType():
            return odd_text
        case msgspec.inspect.IntType():
            return st.one_of(st.integers(-3, 30), st.integers(-(10**15) + 1, 10**15 - 1))
        case msgspec.inspect.FloatType():
            return st.sampled_from([0.5, 1.5, -0.5, 0.25, 1e14])
        case msgspec.inspect.BoolType():
            return st.booleans()
        case msgspec.inspect.NoneType():
            return st.none()
        case msgspec.inspect.VarTupleType(item_type=item):
            return st.lists(_field(item), max_size=4)
        case msgspec.inspect.StructType(cls=cls):
            return _any(cls).map(msgspec.to_builtins)
    raise AssertionError(info)


anything = _any(Application)


def _value(application: Application, path: str) -> object:
    """What stands at a path; a list or row that is blank has nothing further down."""
    place: object = application
    for token in re.findall(r"\w+", path):
        if place is None:
            return None
        place = place[int(token)] if token.isdigit() else getattr(place, token)  # type: ignore[index]
    return place


@given(anything)
def test_any_application_is_judged_and_every_path_leads_into_it(application: Application) -> None:
    for finding in check(application, PROGRAMME):
        _value(application, finding.path)
        assert finding.clause == PROGRAMME.rules[finding.rule]
        assert finding.severity == RULES[finding.rule].severity
        assert finding.message
        assert finding.message_en


@given(anything)
def test_the_same_application_always_gets_the_same_answer(application: Application) -> None:
    assert check(application, PROGRAMME) == check(application, PROGRAMME)
    assert totals(application, PROGRAMME) == totals(application, PROGRAMME)


@given(anything)
def test_absent_null_and_empty_text_are_the_same_blank(application: Application) -> None:
    emptied = msgspec.convert(_without_empty_text(msgspec.to_builtins(application)), Application)
    assert _seen(check(application, PROGRAMME)) == _seen(check(emptied, PROGRAMME))


def _without_empty_text(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_empty_text(each) for key, each in value.items() if each is not None and each != ""}
    return [_without_empty_text(each) for each in value] if isinstance(value, list) else value


def _seen(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.path) for finding in findings]


def test_findings_stand_in_the_order_of_the_form() -> None:
    empty = Application("hsinchu-111", members=(Member(), Member()), sessions=(Session(), Session()), budget=(BudgetLine(),))
    tops = [re.match(r"\w+", finding.path)[0] for finding in check(empty, PROGRAMME)]  # type: ignore[index]
    order = [name for name in Application.__struct_fields__ if name in tops]
    assert list(dict.fromkeys(tops)) == order
    rows = [finding.path for finding in check(empty, PROGRAMME) if finding.path.startswith("sessions")]
    assert rows == sorted(rows, key=lambda path: [int(token) for token in re.findall(r"\d+", path)])


def test_an_empty_draft_is_told_what_is_missing() -> None:
    assert _seen(check(Application("hsinchu-111"), PROGRAMME)) == [
        ("name.required", "name"),
        ("tier.known", "tier"),
        ("fiscal-school.member", "fiscal_school"),
        ("content.required", "content_types"),
        *(("convener.complete", f"convener.{field}") for field in ("name", "title", "school", "subject", "email", "phone")),
        ("summary.required", "summary"),
        ("members.minimum", "members"),
        ("approaches.required", "approaches"),
        ("sessions.online", "sessions"),
        ("outcomes.required", "outcomes"),
        ("budget.positive", "budget"),
    ]


def test_with_an_unknown_tier_the_rules_that_need_one_are_left_out() -> None:
    base = msgspec.json.decode((BASES / "curriculum.json").read_bytes(), type=Application)
    unknown = msgspec.structs.replace(base, tier="elite")
    assert _seen(check(unknown, PROGRAMME)) == [("tier.known", "tier")]
    assert totals(unknown, PROGRAMME).ceiling is None


def test_every_rule_of_the_plan_runs() -> None:
    assert set(running(PROGRAMME)) == set(PROGRAMME.rules)


@pytest.mark.parametrize("rows", [1000])
def test_a_very_long_application_is_judged_in_one_pass(rows: int) -> None:
    session = Session(date="2022-09-14", start="16:10", end="17:40", content="同", methods=("talk",), host="溫", place="校")
    long = Application("hsinchu-111", sessions=(session,) * rows, members=(Member("東園國小", "杜"),) * rows)
    found = _seen(check(long, PROGRAMME))
    assert sum(rule == "sessions.overlap" for rule, _ in found) == rows - 1
    assert sum(rule == "members.unique" for rule, _ in found) == rows - 1
