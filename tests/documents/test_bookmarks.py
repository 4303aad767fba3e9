import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxue.documents.bookmarks import bookmark_name, bookmark_path

WORD = st.from_regex(r"[a-z]{1,8}(_[a-z]{1,8}){0,2}", fullmatch=True)
STEP = st.builds(lambda word, index: word if index is None else f"{word}[{index}]", WORD, st.none() | st.integers(0, 120))
PATHS = st.lists(STEP, min_size=1, max_size=3).map(".".join)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("name", "name"),
        ("tier_year", "tier_year"),
        ("convener.email", "convener__email"),
        ("sessions[11].public_lesson_teacher", "sessions_11__public_lesson_teacher"),
        ("history[2].school_year", "history_2__school_year"),
        ("approaches[0]", "approaches_0"),
    ],
)
def test_a_name_leads_back_to_its_path(path: str, name: str) -> None:
    assert bookmark_name(path, set()) == name
    assert bookmark_path(name) == path


def test_a_second_cell_of_a_path_gets_a_name_of_its_own_that_leads_to_the_same_path() -> None:
    taken: set[str] = set()
    names = [bookmark_name("members[0].name", taken) for _ in range(3)]
    assert names == ["members_0__name", "members_0__name__2", "members_0__name__3"]
    assert {bookmark_path(name) for name in names} == {"members[0].name"}


@given(st.lists(PATHS | st.text(), max_size=12))
def test_all_names_are_valid_in_word_and_differ(paths: list[str]) -> None:
    taken: set[str] = set()
    names = [bookmark_name(path, taken) for path in paths]
    assert len({name.lower() for name in names}) == len(paths)
    assert [name for name in names if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name)] == []


@given(PATHS)
def test_a_name_that_was_shortened_leads_nowhere_rather_than_astray(path: str) -> None:
    assert bookmark_path(bookmark_name(path, set())) in {path, None}


@pytest.mark.parametrize("name", ["_GoBack", "書籤", "Name", "", "x9_members_1234abcd", "a b", "a__", "__2"])
def test_a_bookmark_that_is_not_ours_leads_nowhere(name: str) -> None:
    assert bookmark_path(name) is None
