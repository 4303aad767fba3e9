"""`gongxue programmes`: the list, what a programme says, its file."""

import pytest

from gongxue.rules.programme_file import known_programmes, load_programme, programme_path
from tests.commands.shell import gongxue


def test_every_programme_is_listed_with_its_title() -> None:
    lines = gongxue("programmes").lines
    assert [line.split("  ")[0] for line in lines] == list(known_programmes())
    assert f"hsinchu-111  {load_programme('hsinchu-111').title.zh}" in lines
    assert f"hsinchu-111  {load_programme('hsinchu-111').title.en}" in gongxue("programmes", "--lang=en").lines


def test_a_programme_exports_exactly_its_file() -> None:
    path = programme_path("hsinchu-111")
    assert path is not None
    assert gongxue("programmes", "export", "hsinchu-111").out.encode() == path.read_bytes()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_programme_shows_its_tiers_with_their_clauses(language: str) -> None:
    outcome = gongxue("programmes", "show", "hsinchu-111", "--lang", language)
    assert outcome.status == 0
    for tier in load_programme("hsinchu-111").tiers:
        label = tier.label.en if language == "en" else tier.label.zh
        assert label in outcome.out
        assert tier.clause in outcome.out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["print", "hsinchu-111"], "must be show or export, not “print”"),
        (["show"], "show needs a programme's id after it"),
        (["export"], "export needs a programme's id after it"),
        (["export", "../hsinchu-111"], "there is no programme “../hsinchu-111”; known are "),
        (["show", "a", "b"], "“b” was not expected"),
    ],
)
def test_what_is_not_understood_is_told(words: list[str], expected: str) -> None:
    outcome = gongxue("programmes", *words)
    assert (outcome.status, outcome.out) == (2, "")
    assert f"gongxue programmes: {expected}" in outcome.err
