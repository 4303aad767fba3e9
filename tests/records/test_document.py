"""What is taken in as a document, and what is refused, in words and with its place."""

import copy
from typing import Any

import msgspec
import pytest

from gongxue.records.document import MOST_BYTES, application_of, checked, kept_value, tidy, with_ids, with_new_ids, without_ids
from gongxue.records.refusals import ChangeError
from gongxue.rules.application import Application, Session
from tests.records.city import document


def refused(content: Any) -> ChangeError:
    with pytest.raises(ChangeError) as error:
        checked(content)
    assert error.value.reason.zh
    assert error.value.reason.en
    return error.value


def test_a_good_document_is_kept_as_it_is_with_an_id_in_every_row() -> None:
    kept = checked(document())
    assert without_ids(kept) == document()
    assert application_of(kept) == msgspec.convert(document(), Application)
    ids = [row["id"] for rows in kept.values() if isinstance(rows, list) for row in rows if isinstance(row, dict)]
    assert len(ids) == len(set(ids)) > 10


def test_ids_that_are_there_stay_and_new_ones_are_new() -> None:
    kept = checked(document())
    assert with_ids(kept) == kept
    again = with_new_ids(kept)
    assert without_ids(again) == document()
    assert not {row["id"] for row in kept["members"]} & {row["id"] for row in again["members"]}


@pytest.mark.parametrize("row_id", ["", "a b", "é", "a/b", "x" * 33, "../x", "a\n", 7, ["a"], {"a": 1}, True])
def test_a_row_id_of_another_kind_is_refused_or_replaced(row_id: object) -> None:
    content = document()
    content["members"][0]["id"] = row_id
    if not row_id:
        assert checked(content)["members"][0]["id"]
    else:
        assert refused(content).path == "members"


def test_two_rows_do_not_bear_one_id() -> None:
    content = document()
    content["members"][0]["id"] = content["members"][1]["id"] = "same"
    assert refused(content).path == "members/same"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"nope": 1}, "nope"),
        ({"name": 5}, "name"),
        ({"cross_school": "yes"}, "cross_school"),
        ({"members": "many"}, "members"),
        ({"members": ["x"]}, "members"),
        ({"members": {"0": {}}}, "members"),
        ({"convener": ["x"]}, "convener"),
        ({"convener": {"nope": "x"}}, "convener"),
        ({"content_types": [5]}, "content_types"),
        ({"content_types": [["talk"]]}, "content_types"),
        ({"tier_year": 1.5}, "tier_year"),
        ({"tier_year": 10**15}, "tier_year"),
        ({"tier_year": float("nan")}, "tier_year"),
        ({"tier_year": float("inf")}, "tier_year"),
        ({"programme": ""}, "programme"),
        ({"programme": None}, "programme"),
        ({"name": b"bytes"}, "name"),
        ({"name": "\0"}, "name"),
        ({"name": "\ud800"}, "name"),
        ({"name": "\uffff"}, "name"),
        ({"name": "\x1b[31m"}, "name"),
        ({"summary": "長" * 20_001}, "summary"),
        ({"books": [{"title": "x"}] * 501}, "books"),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(change: dict[str, Any], path: str) -> None:
    assert refused({**document(), **change}).path == path


def test_a_wrong_field_of_a_row_is_told_with_the_row() -> None:
    content = document()
    content["sessions"][2] |= {"id": "s3", "lecturer": {"periods": "two"}}
    told = refused(content)
    assert told.path == "sessions/s3/lecturer"
    assert told.reason.zh == "sessions/s3/lecturer：應為數字或空白（null），卻是文字「two」"


@pytest.mark.parametrize("content", [None, [], "x", 5])
def test_only_an_object_is_a_document(content: object) -> None:
    assert refused(content).path == ""


def test_depth_is_bounded() -> None:
    deep: Any = "x"
    for _ in range(100_000):
        deep = [deep]
    assert refused({**document(), "content_types": deep}).told.en == "is nested too deep"


def test_a_document_has_at_most_a_megabyte() -> None:
    content = document()
    content["outcomes"] = [{"outcome": "字" * 20_000, "check": "字" * 7_000} for _ in range(12)]
    assert checked(copy.deepcopy(content))
    content["outcomes"] *= 2
    assert refused(content).told.en.startswith(f"an application has at most {MOST_BYTES:,} bytes")


def test_the_largest_things_that_are_allowed_are_kept() -> None:
    content = document()
    content |= {"summary": "字" * 20_000, "books": [{"title": f"第 {number} 本"} for number in range(500)], "tier_year": 10**15 - 1}
    assert without_ids(checked(content)) == content


@pytest.mark.parametrize(
    ("given", "kept"), [(2.0, 2), (2.5, 2.5), (-0.0, 0), (True, True), ("a\r\nb\rc\u2028d", "a\nb\nc\nd"), (("x",), ["x"])]
)
def test_values_are_kept_in_one_spelling(given: object, kept: object) -> None:
    tidied = tidy(given, "x")
    assert (tidied, type(tidied)) == (kept, type(kept))


def test_a_half_period_is_a_number_and_a_whole_one_an_integer() -> None:
    kept = kept_value(Session, "lecturer", {"periods": 1.5, "rate": 1000.0}, "x")
    assert kept == {"periods": 1.5, "rate": 1000}
    assert type(kept["rate"]) is int
