"""Reading the exchange format: what is blank is read, and the quick way to read and the exact one agree."""

import json
import re
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gongxue.rules.application import Application, BudgetLine, Lecturer, Member, Session
from gongxue.rules.exchange import read, read_exactly, read_quickly, read_record
from gongxue.rules.malformed import MalformedError
from gongxue.rules.school_facts import Clerk, SchoolFacts
from gongxue.rules.strict_json import MOST_DIGITS
from tests.rules.applications_as_text import application_texts, in_full

BLANK = '"programme": "hsinchu-111"'


def test_an_application_is_read_as_it_was_written() -> None:
    text = """{"programme": "hsinchu-111", "name": "數學遊戲", "tier_year": 2, "cross_school": true, "content_types": ["lesson_study"],
        "members": [{"school": "北門國小", "name": "鄭凱文"}], "sessions": [{"date": "2022-09-14", "lecturer": {"periods": 1.5}}],
        "budget": [{"line": "printing", "quantity": 12, "unit_price": 100, "amount": 1200}]}"""
    assert read(text.encode()) == Application(
        "hsinchu-111",
        name="數學遊戲",
        tier_year=2,
        cross_school=True,
        content_types=("lesson_study",),
        members=(Member("北門國小", "鄭凱文"),),
        sessions=(Session("2022-09-14", lecturer=Lecturer(periods=1.5)),),
        budget=(BudgetLine("printing", 12, 100, 1200),),
    )


@pytest.mark.parametrize("field", [name for name in Application.__struct_fields__ if name != "programme"])
def test_absent_and_null_are_blank_for_every_field(field: str) -> None:
    assert read(f'{{{BLANK}, "{field}": null}}'.encode()) == read(f"{{{BLANK}}}".encode()) == Application("hsinchu-111")


def test_empty_text_is_blank_and_kept_as_it_is() -> None:
    assert read(f'{{{BLANK}, "name": "", "summary": ""}}'.encode()) == Application("hsinchu-111", name="", summary="")


@pytest.mark.parametrize("value", ['"?"', '"2022-02-30"', '"25:00"'])
def test_codes_dates_and_times_that_cannot_be_are_left_to_the_rules(value: str) -> None:
    assert read(f'{{{BLANK}, "sessions": [{{"date": {value}}}]}}'.encode()) == Application(
        "hsinchu-111", sessions=(Session(json.loads(value)),)
    )


@pytest.mark.parametrize(("written", "number"), [("2.0", 2), ("2e1", 20), ("-1", -1), ("-0", 0), ("999999999999999", 10**15 - 1)])
def test_a_number_without_a_fraction_is_an_integer_however_it_is_written(written: str, number: int) -> None:
    found = read(f'{{{BLANK}, "tier_year": {written}}}'.encode()).tier_year
    assert (found, type(found)) == (number, int)


@pytest.mark.parametrize(
    ("written", "number"), [("0.5", 0.5), ("3", 3), ("0.0", 0.0), ("1e2", 100.0), ("0.123456789012345", 0.123456789012345)]
)
def test_quantities_may_have_fractions(written: str, number: float) -> None:
    assert read(f'{{{BLANK}, "budget": [{{"quantity": {written}}}]}}'.encode()).budget == (BudgetLine(quantity=number),)


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read(b"\xef\xbb\xbf{" + BLANK.encode() + b"}") == Application("hsinchu-111")


def test_white_space_may_stand_wherever_json_has_it() -> None:
    assert read(b'\r\n{ "programme"\t:\n"hsinchu-111" , "name" : "x" }\n') == Application("hsinchu-111", name="x")


@pytest.mark.parametrize(
    "data",
    [b'{"programme": "a", "summary": "' + b"x" * 10_000_000 + b'"}', b'{"programme": "a", "summary": "' + b"\\n" * 5_000_000 + b'"}'],
    ids=["one long text", "one text of line breaks"],
)
def test_ten_megabytes_are_read(data: bytes) -> None:
    assert len(read(data).summary or "") in (10_000_000, 5_000_000)


def test_other_records_are_read_as_strictly() -> None:
    assert read_record(b'{"school": "x", "clerk": {"title": "y"}}', SchoolFacts) == SchoolFacts("x", clerk=Clerk(title="y"))
    with pytest.raises(MalformedError) as raised:
        read_record(b'{"classes": "38"}', SchoolFacts)
    assert raised.value.wrong[0].path == "classes"


def test_keys_that_are_doubled_do_not_make_up_for_those_left_out() -> None:
    samples = {str: '"x"', int: "1", bool: "true"}
    kinds = {field.name: get_args(field.type) or (field.type,) for field in msgspec.structs.fields(Application)}
    members = [f'"{name}": {samples.get(kind[0], "[]")}' for name, kind in kinds.items() if name not in ("tier", "convener")]
    text = f"{{{', '.join(members)}}}"
    assert read_quickly(text.encode()) == read_exactly(text.encode())
    with pytest.raises(MalformedError) as raised:
        read(f'{text[:-1]}, "name": "x", "summary": "x"}}'.encode())
    assert [place.path for place in raised.value.wrong] == ["name", "summary"]


@given(application_texts)
@example('{"programme":"a","name":"\\u0022:","name":"x"}')
@example('{"programme":"a","name":"\\":","name":"x"}')
@example('{"programme":"a","name":"\\"\\u003a","n\\u0061me":"x"}')
@example('{"programme":"a","name":null,"name":":null"}')
@example('{"programme":"a","tier":":null","name":"x","name":"y"}')
@example('{"programme":"a","name" :"x","name"\n:"y"}')
@example('{"programme":"a","budget":[{"quantity":1.234567890123e-4}]}')
@example('{"programme":"a","budget":[{"quantity":1e-400}]}')
def test_the_quick_way_never_says_other_than_the_exact_one(text: str) -> None:
    quick = read_quickly(text.encode())
    if quick is not None:
        assert read_exactly(text.encode()) == quick


@given(st.dictionaries(st.sampled_from(Application.__struct_fields__), st.sampled_from(["", "數學", "a\nb", "12:30", None]), max_size=9))
def test_the_quick_way_is_taken_by_what_is_right(texts: dict[str, Any]) -> None:
    kinds = {field.name: field.type for field in msgspec.structs.fields(Application)}
    content = {name: value for name, value in texts.items() if kinds[name] == str | None} | {"programme": "a"}
    for escaped in (True, False):
        for indent in (None, 2):
            assert read_quickly(json.dumps(content, ensure_ascii=escaped, indent=indent).encode()) == Application(**content)


@given(application_texts)
def test_both_ways_together_agree_with_a_slow_obvious_reading(text: str) -> None:
    content, lawful = _obvious(text)
    if lawful and isinstance(content, dict) and content.get("programme") not in (None, ""):
        try:
            expected = msgspec.convert(_whole(content), Application)
        except msgspec.ValidationError:
            expected = None
    else:
        expected = None
    try:
        found = read(text.encode())
    except MalformedError:
        found = None
    # By representation, because 1 == 1.0 == True.
    assert repr(found) == repr(expected)


def _obvious(text: str) -> tuple[Any, bool]:
    """The standard library's reading, and whether it met none of the faults that it lets pass."""
    faults: list[object] = []

    def pairs(members: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(members)) < len(members):
            faults.append(members)
        return dict(members)

    def number(written: str) -> Any:
        if sum(character.isdigit() for character in in_full(written)) > MOST_DIGITS:
            faults.append(written)
            return 0
        return float(written) if set(written) & set(".eE") else int(written)

    try:
        content = json.loads(text, object_pairs_hook=pairs, parse_int=number, parse_float=number, parse_constant=faults.append)
    except ValueError:
        return None, False
    return content, not faults and not re.search("[\0\ud800-\udfff]", json.dumps(content, ensure_ascii=False).replace("\\u0000", "\0"))


def _whole(value: Any, field: str = "") -> Any:
    """Floats without a fraction as integers, where a field is one."""
    if isinstance(value, dict):
        return {key: _whole(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [_whole(each, "") for each in value]
    integer = field in {"tier_year", "school_year", "rate", "unit_price", "amount", "copies"}
    return int(value) if isinstance(value, float) and integer and value.is_integer() else value


def is_read_or_told(data: bytes) -> bool:
    try:
        return isinstance(read(data), Application)
    except MalformedError as error:
        return all(error.in_language("zh") + error.in_language("en"))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-9999, 9999) | st.text(max_size=5),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
    )
)
def test_any_json_is_an_application_or_is_told(content: Any) -> None:
    assert is_read_or_told(json.dumps(content).encode())


@given(st.one_of(st.binary(), st.text().map(str.encode)))
def test_any_bytes_are_an_application_or_are_told(data: bytes) -> None:
    assert is_read_or_told(data)


@given(application_texts, st.data())
def test_an_application_damaged_anywhere_is_read_or_told(text: str, data: st.DataObject) -> None:
    written = bytearray(text.encode())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(written)))
        written[at : at + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=2))
    try:
        quick, exact = read_quickly(bytes(written)), read_exactly(bytes(written))
    except MalformedError:
        assert read_quickly(bytes(written)) is None
    else:
        assert quick in (None, exact)
