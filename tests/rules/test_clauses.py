"""Every clause of the plan is kept by something, and nothing stands on a clause that is not there."""

from pathlib import Path

import pytest

from gongxue.rules.clauses import (
    Clause,
    ClauseList,
    Reading,
    cited,
    claimed_background,
    claims,
    filled_in,
    keepers,
    read_clauses,
    unclaimed,
    unlisted,
    values_of,
)
from gongxue.rules.programme_file import FOLDER, ProgrammeError, load_programme
from gongxue.rules.text import Text

HSINCHU = load_programme("hsinchu-111")
CLAUSES = read_clauses(Path(FOLDER) / HSINCHU.clauses)
WORDS = Text("意思", "meaning")


def kept(cite: str) -> list[str]:
    clause = next(each for each in CLAUSES.clauses if each.cite == cite)
    return [claim.line.place for claim in keepers(clause, claims(HSINCHU))]


def test_no_clause_is_left_unkept() -> None:
    assert unclaimed(CLAUSES, HSINCHU) == []


def test_nothing_that_is_kept_is_called_background() -> None:
    assert claimed_background(CLAUSES, HSINCHU) == []


def test_every_clause_cited_anywhere_is_in_the_list_and_every_place_named_is_there() -> None:
    assert unlisted(CLAUSES, HSINCHU) == []


def test_every_rule_of_the_programme_keeps_a_clause() -> None:
    keeping = {place for clause in CLAUSES.clauses for place in kept(clause.cite)}
    assert {f"rules.{code}" for code in HSINCHU.rules} - keeping == set()


def test_the_list_has_every_part_of_the_plan_in_its_order() -> None:
    cites = [clause.cite for clause in CLAUSES.clauses]
    tables = [f"伍、二 {tier}{number}" for tier in ("專業自主", "專題", "研創") for number in range(1, 7)]
    tables += [f"伍、二 運作注意事項 {tier}" for tier in ("專業自主", "專題", "研創")]
    tables += [f"伍、二、備註{number}" for number in range(1, 7)] + ["伍、二 增能輔導"]
    assert [cite for cite in cites if cite in tables] == tables
    chapters = list(dict.fromkeys(cite.split("、")[0].split(" ")[0].split("-")[0] for cite in cites))
    assert chapters == [*"壹貳參肆伍陸柒捌玖", "壹拾", "附件一", "附件二", "附件三", "附件四", "講座鐘點費支給表", "會計法84"]
    assert len(cites) == len(set(cites))


@pytest.mark.parametrize(
    ("cite", "places"),
    [
        ("伍、二 專業自主6", ["tiers.autonomous.cross_school"]),
        ("伍、二 專題4", ["rules.sessions.online"]),
        ("陸、三", ["dates.applications_close"]),
        ("柒、二(二)", ["criteria.professional.asks[1]"]),
        ("附件三 六", ["figures.photos_per_session"]),
        ("伍、二、備註4", ["rules.funding.single-source"]),
        ("陸、二(一)", ["forms.application", "forms.application.file_name"]),
        ("伍、二 研創6", ["tiers.curriculum.competes", "figures.competition_years", "rules.tier.competition"]),
    ],
)
def test_a_clause_is_kept_by(cite: str, places: list[str]) -> None:
    assert kept(cite) == places


def a_list(*clauses: Clause, readings: tuple[Reading, ...] = ()) -> ClauseList:
    return ClauseList(clauses=clauses, readings=readings)


def test_a_clause_that_nothing_keeps_is_found() -> None:
    nothing, later, background = Clause("拾貳", WORDS), Clause("拾參", WORDS, later=("running",)), Clause("拾肆", WORDS, background=True)
    named = Clause("拾伍", WORDS, kept_by=("rules.budget.cap",))
    assert unclaimed(a_list(nothing, later, background, named), HSINCHU) == ["拾貳"]


def test_background_that_is_kept_is_found() -> None:
    cited_by_a_rule = Clause("陸、三", WORDS, background=True)
    waiting = Clause("拾", WORDS, background=True, later=("running",))
    assert claimed_background(a_list(cited_by_a_rule, waiting, Clause("拾壹", WORDS, background=True)), HSINCHU) == ["陸、三", "拾"]


def test_a_figure_on_a_clause_that_is_not_listed_is_found() -> None:
    without = ClauseList(clauses=tuple(each for each in CLAUSES.clauses if each.cite != "捌、三(五)"), readings=())
    assert "rules.budget.no-taxi: 捌、三(五)" in unlisted(without, HSINCHU)
    assert "lists.travel_modes: 捌、三(五)" in unlisted(without, HSINCHU)


def test_whatever_a_clause_or_a_reading_names_must_be_there() -> None:
    clause = Clause("壹拾", Text("{figures.wages}", "{figures.people_minimum}"), kept_by=("rules.no-such",))
    reading = Reading(clauses=("壹拾", "拾貳"), plan=WORDS, we=Text("{tiers.seed.cap}", "x"), rules=("budget.cap", "budget.caps"))
    found = unlisted(ClauseList(clauses=(*CLAUSES.clauses, clause), readings=(reading,)), HSINCHU)
    assert found == [
        "壹拾: rules.no-such",
        "壹拾: figures.wages",
        "reading 1: 拾貳",
        "reading 1: budget.caps",
        "reading 1: tiers.seed.cap",
    ]


def test_several_clauses_are_cited_with_semicolons() -> None:
    assert cited("捌、三(一); 附件二 五") == ("捌、三(一)", "附件二 五")


def test_figures_in_braces_come_from_the_programme() -> None:
    text = filled_in(Text("至少 {figures.people_minimum}", "{tiers.thematic.cap}, {dates.final_results}"), values_of(HSINCHU))
    assert text == Text("至少 3 人", "NT$10,000, 1 June 2022 (Wed)")


BROKEN = {
    "a stage that is none": ('later = ["dreaming"]', "clauses[0].later[0]", "must be one of preparing, applying"),
    "an unknown key": ('kept = ["x"]', "clauses[0].kept", "there is no such key"),
    "a clause twice": ('\n[[clauses]]\ncite = "一"\nmeans = { zh = "甲", en = "a" }', "clauses[1].cite", "“一” stands twice"),
    "no English": ('\n[[clauses]]\ncite = "二"\nmeans = { zh = "甲" }', "clauses[1].means.en", "this key is missing"),
    "a reading without what we do": (
        '\n[[readings]]\nclauses = ["一"]\nplan = { zh = "甲", en = "a" }',
        "readings[0].we",
        "this key is missing",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_list_names_file_and_key(name: str, tmp_path: Path) -> None:
    more, key, en = BROKEN[name]
    path = tmp_path / "a.clauses.toml"
    path.write_text(f'[[clauses]]\ncite = "一"\nmeans = {{ zh = "甲", en = "a" }}\n{more}\n', "utf-8")
    with pytest.raises(ProgrammeError) as caught:
        read_clauses(path)
    assert (caught.value.file, caught.value.key) == ("a.clauses.toml", key)
    assert caught.value.expected.en.startswith(en)
