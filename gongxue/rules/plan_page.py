"""The pages of docs/plan: how each clause of a plan is kept, made from the programme and its clause list so that they cannot go stale."""

import os
import re
from collections.abc import Iterator
from itertools import groupby

from gongxue.rules.clauses import Claim, Clause, ClauseList, Reading, claims, filled_in, keepers, read_clauses, values_of
from gongxue.rules.describe import describe
from gongxue.rules.key_names import STAGES
from gongxue.rules.programme import Programme
from gongxue.rules.programme_file import FOLDER, known_programmes, load_programme
from gongxue.rules.text import Language, Text

_GENERATED = "<!-- 由 make docs 產生，請勿直接修改 | made by make docs; do not edit -->"
_CHAPTER = re.compile(r"壹拾|[壹貳參肆伍陸柒捌玖]|附件[一二三四]")
_OUTSIDE = "計畫之外 Outside of the plan"


def pages() -> dict[str, str]:
    """Every page of the folder by its file name: one for each programme that is shipped, and the list of them."""
    programmes = [load_programme(programme_id) for programme_id in known_programmes()]
    made = {f"{programme.id}.md": page(programme, clauses_of(programme)) for programme in programmes}
    return {"README.md": _index(programmes), **made}


def clauses_of(programme: Programme) -> ClauseList | None:
    """The clause list of a shipped programme; None where the plan itself was not seen."""
    return read_clauses(os.path.join(FOLDER, programme.clauses)) if programme.clauses else None


def page(programme: Programme, clauses: ClauseList | None) -> str:
    """The Markdown of one programme's page."""
    body = _by_clause(programme, clauses) if clauses is not None else _as_known(programme)
    return "\n".join([_GENERATED, f"# {programme.title.zh}", "", programme.title.en, "", *body]).rstrip() + "\n"


def _index(programmes: list[Programme]) -> str:
    rows = [f"- [{programme.title.zh}]({programme.id}.md)<br>{programme.title.en}" for programme in programmes]
    intro = [
        "每個計畫一頁：條文、意思、由什麼守著。",
        "",
        "One page a programme: its clauses, what they mean to us, and what keeps them.",
        "",
    ]
    return "\n".join([_GENERATED, "# 計畫 Plans", "", *intro, *rows]) + "\n"


def _by_clause(programme: Programme, clauses: ClauseList) -> Iterator[str]:
    file = f"gongxue/rules/programmes/{programme.clauses}"
    yield f"逐條說明計畫對我們的意思，以及哪些規則、數字、日期、選項、表件守著它；還沒有做的階段寫「尚待」。文字是我們自己的話，來源 `{file}`。"
    yield ""
    yield "Clause by clause: what it means to us, in our own words, and which rules, figures, dates, lists and forms keep it. Stages"
    yield f"that are not built yet are named as still to come. Made from `{file}`."
    found, values = claims(programme), values_of(programme)
    for chapter, group in groupby(clauses.clauses, key=_chapter):
        yield from ("", f"## {chapter}", "", "| 條文 Clause | 意思 What it means | 由什麼守著 Kept by |", "|---|---|---|")
        for clause in group:
            yield _row(clause.cite, _both(filled_in(clause.means, values)), _kept_by(clause, keepers(clause, found), found))
    yield from ("", "## 讀法 Readings", "")
    yield from ("計畫說了兩次、沒說清楚的地方，以及我們的做法。", "", "What the plan says twice or leaves open, and what we do.", "")
    yield from ("| 條文 Clause | 計畫 The plan | 我們 We | 規則 Rules |", "|---|---|---|---|")
    for reading in clauses.readings:
        yield _reading(reading, values)


def _chapter(clause: Clause) -> str:
    match = _CHAPTER.match(clause.cite)
    return match[0] if match else _OUTSIDE


def _reading(reading: Reading, values: dict[str, Text]) -> str:
    rules = "<br>".join(f"`{code}`" for code in reading.rules)
    return _row("<br>".join(reading.clauses), _both(filled_in(reading.plan, values)), _both(filled_in(reading.we, values)), rules)


def _kept_by(clause: Clause, kept: tuple[Claim, ...], found: tuple[Claim, ...]) -> str:
    if clause.background:
        return "背景 Background"
    lines = [_claim(claim, found) for claim in kept]
    if clause.later:
        stages = [STAGES[stage] for stage in clause.later]
        zh, en = "、".join(stage.zh for stage in stages), ", ".join(stage.en for stage in stages)
        lines.append(f"尚待 Still to come：{zh} {en}")
    return "<br>".join(lines)


def _claim(claim: Claim, found: tuple[Claim, ...]) -> str:
    """A line of the programme with its heading, the line it is set in under, and its key."""
    line, place = claim.line, claim.line.place
    above = [other.line.label.zh for other in found if line.depth and other.line.place == place.rpartition(".")[0]]
    words = " ".join([*above[:1], line.label.zh.removesuffix(f" {place.removeprefix('rules.')}"), line.value.zh])
    key = "" if place.startswith("facts.") else f" `{place}`"
    return f"{claim.heading.zh}：{words}{key}"


def _as_known(programme: Programme) -> Iterator[str]:
    yield "沒有見過計畫原文，所以不能逐條對照；以下是知道的全部（`gongxue programmes show`）。"
    yield ""
    yield "The plan itself was not seen, so there is nothing to go through clause by clause; this is all that is known."
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        yield from ("", "```text", *describe(programme, language), "```")


def _both(text: Text) -> str:
    return f"{text.zh}<br>{text.en}"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
