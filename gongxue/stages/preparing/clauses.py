"""The open plan clause by clause, as its page shows it; made once a process for each version of a programme."""

import re
from functools import lru_cache
from itertools import groupby

import msgspec

from gongxue.records.programmes import programme_of
from gongxue.rules import clauses as plan
from gongxue.rules.plan_page import clauses_of
from gongxue.rules.programme import Programme
from gongxue.rules.text import Text

_CHAPTER = re.compile(r"壹拾|[壹貳參肆伍陸柒捌玖]|附件[一二三四]")
_OUTSIDE = Text("計畫之外", "Outside of the plan")


class Shown(msgspec.Struct, frozen=True):
    """One clause: how it is cited, what it means to us, and the lines of the programme that keep it."""

    cite: str
    means: Text
    kept_by: tuple[Text, ...]


class Chapter(msgspec.Struct, frozen=True):
    """The clauses of one chapter."""

    title: Text
    clauses: tuple[Shown, ...]


class Read(msgspec.Struct, frozen=True):
    """What the plan says twice or leaves open, and what we do."""

    cites: tuple[str, ...]
    plan: Text
    we: Text


class Page(msgspec.Struct, frozen=True):
    """The whole page; nothing in it where the plan itself was not seen."""

    chapters: tuple[Chapter, ...] = ()
    readings: tuple[Read, ...] = ()


def page_of(programme: Programme) -> Page:
    """The page of a programme."""
    return _page(programme.id, programme.version)


@lru_cache(maxsize=8)
def _page(programme_id: str, version: int) -> Page:
    programme = programme_of(programme_id, version)
    listed = clauses_of(programme)
    if listed is None:
        return Page()
    found, values = plan.claims(programme), plan.values_of(programme)
    chapters = []
    for title, group in groupby(listed.clauses, key=_chapter):
        shown = (Shown(each.cite, plan.filled_in(each.means, values), _keepers(each, found)) for each in group)
        chapters.append(Chapter(title, tuple(shown)))
    readings = (Read(each.clauses, plan.filled_in(each.plan, values), plan.filled_in(each.we, values)) for each in listed.readings)
    return Page(tuple(chapters), tuple(readings))


def _chapter(clause: plan.Clause) -> Text:
    match = _CHAPTER.match(clause.cite)
    return Text(match[0], match[0]) if match else _OUTSIDE


def _keepers(clause: plan.Clause, found: tuple[plan.Claim, ...]) -> tuple[Text, ...]:
    labels = {claim.line.place: claim.line.label for claim in found}
    return tuple(_told(claim, labels) for claim in plan.keepers(clause, found))


def _told(claim: plan.Claim, labels: dict[str, Text]) -> Text:
    """申請類別：2 專題實踐學習社群 經費上限 10,000 元. A rule's code, which is for programs, is left out."""
    line, code = claim.line, f" {claim.line.place.removeprefix('rules.')}"
    above = labels.get(line.place.rpartition(".")[0]) if line.depth else None
    zh = " ".join(filter(None, (above.zh if above else "", line.label.zh.removesuffix(code), line.value.zh)))
    en = " ".join(filter(None, (above.en if above else "", line.label.en.removesuffix(code), line.value.en)))
    return Text(f"{claim.heading.zh}：{zh}", f"{claim.heading.en}: {en}")
