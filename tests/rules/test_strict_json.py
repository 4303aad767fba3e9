"""The exact scanner agrees with the standard library on what is JSON, and counts digits as people do."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gongxue.rules.malformed import MalformedError
from gongxue.rules.strict_json import Node, WrongPlaces, length_in_full, scan
from tests.rules.applications_as_text import in_full, number_texts


@given(number_texts)
def test_the_digits_of_a_number_are_those_it_has_when_written_in_full(number: str) -> None:
    full = sum(character.isdigit() for character in in_full(number))
    # From 16 on, too many is too many.
    assert min(length_in_full(number), 16) == min(full, 16)


def plain(node: Node) -> Any:
    if node.members is not None:
        return {key: plain(member) for key, member in node.members.items()}
    return node.value if node.items is None else [plain(item) for item in node.items]


clean_text = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=8)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9999, 9999) | st.sampled_from([0.5, -1.25]) | clean_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(clean_text, inner, max_size=4),
    max_leaves=8,
)


@given(json_values, st.booleans(), st.sampled_from([None, 0, 3]))
def test_the_exact_scanner_reads_json_as_the_standard_library_does(value: Any, escaped: bool, indent: int | None) -> None:
    assert plain(scan(WrongPlaces(json.dumps(value, ensure_ascii=escaped, indent=indent), 1))) == value


@given(st.text(alphabet='{}[]:,"\\u0019deEx.+-ntrfalsu \n', max_size=30))
def test_the_exact_scanner_takes_no_text_that_the_standard_library_refuses(text: str) -> None:
    try:
        node = scan(WrongPlaces(text, 1))
    except MalformedError:
        return
    json.loads(text)
    assert node.offset == len(text) - len(text.lstrip(" \n"))
