"""The pages of docs/plan are what the programmes make them, and tell of every clause, reading and rule."""

import re
from pathlib import Path

import pytest

from gongxue.rules.clauses import Clause, ClauseList, Reading
from gongxue.rules.describe import describe
from gongxue.rules.key_names import STAGES
from gongxue.rules.plan_page import clauses_of, page, pages
from gongxue.rules.programme_file import known_programmes, load_programme
from gongxue.rules.text import Text

FOLDER = Path(__file__).parent.parent.parent / "docs" / "plan"
HSINCHU = load_programme("hsinchu-111")
PAGES = pages()


def rows(text: str) -> list[list[str]]:
    """The cells of each row of the page's tables, heads left out."""
    lines = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| 條文 Clause")]
    return [line.removeprefix("| ").removesuffix(" |").split(" | ") for line in lines]


def test_there_is_a_page_for_each_programme_and_no_other() -> None:
    assert set(PAGES) == {"README.md", *(f"{programme_id}.md" for programme_id in known_programmes())}
    assert {path.name for path in FOLDER.iterdir()} == set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_the_page_that_is_kept_is_the_one_that_is_made(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == PAGES[name], "run `make docs`"


def test_every_clause_has_its_row_in_order_and_every_row_says_what_keeps_it() -> None:
    clauses = clauses_of(HSINCHU)
    assert clauses is not None
    found = rows(PAGES["hsinchu-111.md"])
    told = found[: len(clauses.clauses)]
    assert [row[0] for row in told] == [clause.cite for clause in clauses.clauses]
    assert [row[0] for row in told if len(row) != 3 or not row[2]] == []
    assert len(found) == len(clauses.clauses) + len(clauses.readings)


def test_every_rule_stands_in_the_page() -> None:
    assert [code for code in HSINCHU.rules if f"`rules.{code}`" not in PAGES["hsinchu-111.md"]] == []


def test_no_brace_is_left_to_fill_in() -> None:
    assert [match for text in PAGES.values() for match in re.findall(r"\{(?!school\}|community\}|tier\})[^}]*\}", text)] == []


@pytest.mark.parametrize("programme_id", ["newtaipei-111", "taoyuan-110"])
def test_where_the_plan_was_not_seen_the_page_says_so_and_tells_all_that_is_known(programme_id: str) -> None:
    text = PAGES[f"{programme_id}.md"]
    assert clauses_of(load_programme(programme_id)) is None
    assert "沒有見過計畫原文" in text
    assert "The plan itself was not seen" in text
    assert "\n".join(describe(load_programme(programme_id), "zh")) in text
    assert "\n".join(describe(load_programme(programme_id), "en")) in text


def test_a_row_tells_background_or_lines_and_stages_to_come() -> None:
    means = Text("每社群{figures.people_minimum}", "{figures.people_minimum} | more")
    clauses = ClauseList(
        clauses=(
            Clause("壹、一", means, background=True),
            Clause("伍、二、備註4", means, kept_by=("budget.meals.unit_price",), later=("running", "settling")),
            Clause("會計法84", means),
        ),
        readings=(
            Reading(
                clauses=("伍、二、備註4", "肆"), plan=Text("不明", "open"), we=Text("{tiers.thematic.cap}", "so"), rules=("budget.cap",)
            ),
        ),
    )
    text = page(HSINCHU, clauses)
    told = "每社群3 人<br>3 people \\| more"
    assert f"| 壹、一 | {told} | 背景 Background |\n" in text
    assert (
        f"| 伍、二、備註4 | {told} | 檢核規則：錯誤 沒有其他計畫補助同一社群 `rules.funding.single-source`<br>"
        "經費項目：膳費 單價至多 80 元／人次 `budget.meals.unit_price`<br>尚待 Still to come：執行、結報 running, settling |\n"
    ) in text
    assert "| 伍、二、備註4<br>肆 | 不明<br>open | 10,000 元<br>so | `budget.cap` |\n" in text
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## 壹",
        "## 伍",
        "## 計畫之外 Outside of the plan",
        "## 讀法 Readings",
    ]


def test_every_stage_has_its_name_in_both_languages() -> None:
    assert all(name.zh and name.en == stage for stage, name in STAGES.items())
