"""Changes of two people are merged, and nothing that one of them wrote is ever written over."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxue.records.changes import TICKS, Change, merge, same
from gongxue.records.document import ROWS, with_ids
from gongxue.records.refusals import ChangeError
from tests.records.city import document, numbered, put

DOCUMENT = numbered("thematic")
SESSION = DOCUMENT["sessions"][0]["id"]
MEMBERS = [row["id"] for row in DOCUMENT["members"]]
TEXTS = (
    "name",
    "summary",
    "other_funding",
    "convener/phone",
    f"sessions/{SESSION}/place",
    f"sessions/{SESSION}/lecturer/name",
    f"members/{MEMBERS[1]}/note",
)


def value_at(content: dict[str, Any], path: str) -> Any:
    place: Any = content
    first, *rest = path.split("/")
    if first in ROWS:
        place = next(row for row in content[first] if row["id"] == rest[0])
        first, *rest = rest[1:]
    for step in (first, *rest):
        place = (place or {}).get(step)
    return place


@pytest.mark.parametrize("path", TEXTS)
def test_a_field_is_set_from_what_its_writer_saw(path: str) -> None:
    merged = merge(DOCUMENT, [put(path, value_at(DOCUMENT, path), "新的字")])
    assert (value_at(merged.document, path), merged.clashes) == ("新的字", ())
    assert [(change.path, change.base, change.value) for change in merged.done] == [(path, value_at(DOCUMENT, path), "新的字")]


def test_what_is_given_is_left_as_it_was() -> None:
    before = copy.deepcopy(DOCUMENT)
    merge(DOCUMENT, [put("convener/phone", DOCUMENT["convener"]["phone"], "1"), Change("remove", "members", row=MEMBERS[0])])
    assert before == DOCUMENT


def test_in_the_same_field_both_texts_come_back() -> None:
    first = merge(DOCUMENT, [put("summary", DOCUMENT["summary"], "甲的字")]).document
    second = merge(first, [put("summary", DOCUMENT["summary"], "乙的字")])
    assert [(clash.path, clash.theirs, clash.yours) for clash in second.clashes] == [("summary", "甲的字", "乙的字")]
    assert (second.document, second.done) == (first, ())


def test_two_who_write_the_same_do_not_clash() -> None:
    first = merge(DOCUMENT, [put("summary", DOCUMENT["summary"], "同一段")]).document
    assert merge(first, [put("summary", DOCUMENT["summary"], "同一段")]).clashes == ()


def test_a_clash_leaves_no_empty_parts_behind() -> None:
    content = with_ids({**document(), "convener": None})
    merged = merge(content, [put("convener/name", "別人", "我"), put("name", content["name"], "改")])
    assert (merged.document["convener"], merged.document["name"], len(merged.clashes)) == (None, "改", 1)


def test_browsers_line_breaks_are_no_change() -> None:
    content = merge(DOCUMENT, [put("summary", DOCUMENT["summary"], "一\r\n二\v三")]).document
    assert content["summary"] == "一\n二\n三"
    assert merge(content, [put("summary", "一\r\n二\r\n三", "一\r\n二\r\n三\r\n四")]).document["summary"] == "一\n二\n三\n四"


@pytest.mark.parametrize(("path", "base", "value"), [("tier_year", None, 0), ("name", "x", "0"), ("materials/{0}/quantity", 3, 0)])
def test_naught_is_a_number_and_no_blank(path: str, base: object, value: object) -> None:
    content = with_ids({**document("thematic"), "tier_year": None, "name": "x"})
    path = path.format(content["materials"][0]["id"])
    assert value_at(merge(content, [put(path, base, value)]).document, path) == value


@pytest.mark.parametrize("blank", [None, "", [], False, {}, {"name": "", "rate": None}])
def test_blanks_are_alike(blank: object) -> None:
    assert same(blank, None)
    assert same(None, blank)
    assert not same(blank, 0)
    assert not same(blank, "無")


def test_each_tick_is_a_field_of_its_own() -> None:
    base = DOCUMENT["content_types"]
    first = merge(DOCUMENT, [put("content_types", base, [*base, "other"])]).document
    second = merge(first, [put("content_types", base, ["flexible_curriculum"])])
    assert (second.document["content_types"], second.clashes) == (["other", "flexible_curriculum"], ())
    path = f"sessions/{SESSION}/methods"
    untick = merge(second.document, [put(path, value_at(DOCUMENT, path), [])])
    assert value_at(untick.document, path) == []


def test_rows_are_inserted_moved_and_removed_by_their_ids() -> None:
    changes = [
        Change("insert", "members", value={"name": "新成員", "school": "東園國小"}, row="new1", after=MEMBERS[0]),
        Change("move", "members", row=MEMBERS[2], after=""),
        Change("remove", "members", row=MEMBERS[1]),
    ]
    merged = merge(DOCUMENT, changes)
    assert [row["id"] for row in merged.document["members"]] == [MEMBERS[2], MEMBERS[0], "new1"]
    assert merged.done[2].base == {"row": DOCUMENT["members"][1], "after": "new1"}


def test_row_changes_sent_twice_have_one_effect() -> None:
    changes = [
        Change("insert", "members", value={"name": "新"}, row="new1", after="gone"),
        Change("move", "members", row=MEMBERS[0], after=MEMBERS[1]),
    ]
    once = merge(DOCUMENT, changes)
    again = merge(once.document, changes)
    assert (again.document, again.done) == (once.document, ())
    assert once.document["members"][-1]["id"] == "new1"


def test_a_row_that_somebody_changed_is_not_removed_unseen() -> None:
    seen = DOCUMENT["members"][0]
    theirs = merge(DOCUMENT, [put(f"members/{MEMBERS[0]}/note", None, "剛補上")]).document
    removed = merge(theirs, [Change("remove", "members", base=seen, row=MEMBERS[0])])
    assert (removed.document, removed.done) == (theirs, ())
    assert [(clash.path, clash.theirs["note"], clash.yours) for clash in removed.clashes] == [(f"members/{MEMBERS[0]}", "剛補上", None)]
    assert merge(theirs, [Change("remove", "members", row=MEMBERS[0])]).clashes == ()


def test_a_change_to_a_row_that_is_gone_comes_back() -> None:
    gone = merge(DOCUMENT, [Change("remove", "members", row=MEMBERS[0])]).document
    merged = merge(gone, [put(f"members/{MEMBERS[0]}/name", "杜承翰", "杜承瀚")])
    assert [(clash.yours, clash.theirs) for clash in merged.clashes] == [("杜承瀚", None)]


def test_a_lecturer_appears_with_the_first_field_and_goes_as_a_whole() -> None:
    path = f"sessions/{SESSION}/lecturer"
    named = merge(DOCUMENT, [put(f"{path}/name", None, "歐陽謹")]).document
    assert value_at(named, path) == {"name": "歐陽謹"}
    assert value_at(merge(named, [put(path, {"name": "歐陽謹", "rate": None}, None)]).document, path) is None


@pytest.mark.parametrize(
    "path",
    [
        "", "programme", "nope", "sessions", f"sessions/{SESSION}", f"sessions/{SESSION}/id", f"sessions/{SESSION}/nope", "convener/nope",
        f"members/{MEMBERS[0]}/lecturer/name", f"sessions/{SESSION}/lecturer/name/x", "__class__", "name/x", "/name", "a" * 10_000,
    ],
)  # fmt: skip
def test_a_path_that_leads_to_no_field_is_refused(path: str) -> None:
    with pytest.raises(ChangeError) as refused:
        merge(DOCUMENT, [put(path, None, "x")])
    assert len(refused.value.reason.zh) < 300


@pytest.mark.parametrize("kind", ["", "delete", "set "])
def test_an_unknown_kind_of_change_is_refused(kind: str) -> None:
    with pytest.raises(ChangeError):
        merge(DOCUMENT, [Change(kind, "name")])


@pytest.mark.parametrize("row", ["", " ", "a/b", "é", "x" * 33, "..", "a\n"])
def test_a_new_row_needs_an_id_that_is_safe_in_a_path(row: str) -> None:
    with pytest.raises(ChangeError):
        merge(DOCUMENT, [Change("insert", "members", value={}, row=row)])


@pytest.mark.parametrize("value", [None, [], "x", {"nope": 1}, {"name": 5}, {"name": "\0"}, {"school": ["a"]}])
def test_a_new_row_has_the_shape_of_its_list(value: object) -> None:
    with pytest.raises(ChangeError):
        merge(DOCUMENT, [Change("insert", "members", value=value, row="n")])


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["id", "name", *MEMBERS]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["name", "id", "lecturer", "x"]), inner, max_size=3),
    max_leaves=8,
)
ANY_CHANGE = st.builds(
    Change,
    kind=st.sampled_from(["set", "insert", "remove", "move"]),
    path=st.sampled_from(
        [*TEXTS, *(name for _, name in TICKS), "members", "sessions", "tier_year", "convener", f"sessions/{SESSION}/lecturer", "budget"]
    ),
    base=JUNK,
    value=JUNK,
    row=st.sampled_from([*MEMBERS, SESSION, "new", ""]),
    after=st.sampled_from([*MEMBERS, "", "gone"]),
)


@given(st.lists(ANY_CHANGE, max_size=6))
def test_whatever_is_sent_is_merged_or_refused_in_words(changes: list[Change]) -> None:
    try:
        merged = merge(DOCUMENT, changes)
    except ChangeError as refused:
        reason: str | None = refused.reason.zh
    else:
        reason = None
        ids = [row["id"] for row in merged.document["members"]]
        assert len(ids) == len(set(ids))
        assert merge(merged.document, ()).document == merged.document
    assert reason != ""


@given(st.permutations(TEXTS), st.integers(1, len(TEXTS) - 1))
def test_the_order_of_two_writers_in_different_fields_does_not_matter(paths: list[str], many: int) -> None:
    changes = [put(path, value_at(DOCUMENT, path), f"新的 {path}") for path in paths]
    mine, yours = changes[:many], changes[many:]
    one = merge(merge(DOCUMENT, mine).document, yours)
    other = merge(merge(DOCUMENT, yours).document, mine)
    assert (one.document, one.clashes, other.clashes) == (other.document, (), ())


@given(
    st.lists(st.sampled_from("abcde"), unique=True),
    st.lists(st.sampled_from("abcde"), unique=True),
    st.lists(st.sampled_from("abcde"), unique=True),
)
def test_ticks_of_two_writers_are_both_there(base: list[str], mine: list[str], yours: list[str]) -> None:
    content = {**DOCUMENT, "approaches": base}
    merged = merge(merge(content, [put("approaches", base, mine)]).document, [put("approaches", base, yours)])
    ticked = {code for code in "abcde" if (code in mine) + (code in yours) - (code in base) > 0}
    untouched = {code for code in base if code in mine and code in yours}
    assert set(merged.document["approaches"]) == ticked | untouched
    assert merged.clashes == ()
