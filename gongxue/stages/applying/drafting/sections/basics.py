"""基本資料: what the community is called, of which tier, of which school, who convenes it, what it wants."""

from typing import Any, Final

from gongxue.records.changes import Change
from gongxue.records.document import Document, application_of
from gongxue.rules.case import Case
from gongxue.rules.check import checker
from gongxue.rules.programme import Choices, Programme
from gongxue.rules.register import Register
from gongxue.rules.text import Text
from gongxue.site.templatetags.gongxue import text
from gongxue.stages.applying.drafting.draft import Draft
from gongxue.stages.applying.drafting.options import boxes
from gongxue.stages.applying.drafting.sections.section import Section


def cross_school_follows(document: Document, programme: Programme) -> list[Change]:
    """Cross-school is what the people's schools make it: nobody has to tick it, or can forget to."""
    people = Case(application_of(document), checker(programme).desk).people
    across = len(people.school_keys) > 1
    if bool(document.get("cross_school")) == across:
        return []
    return [Change("set", "cross_school", document.get("cross_school"), across)]


def schools_of(draft: Draft) -> list[str]:
    """The schools of the people, each once, by their official names where the register has them."""
    register = draft.programme.register or Register.of(())
    rows = (draft.facts.convener, *(draft.facts.members or ()))
    written = [row.school.strip() for row in rows if row is not None and row.school and row.school.strip()]
    found = [(school.official_name if (school := register.find(each)) is not None else each) for each in written]
    return list(dict.fromkeys(found))


def _fiscal(draft: Draft) -> list[tuple[str, bool]]:
    """The schools that can handle the money, and whether each is chosen; one that was written otherwise stays to be seen."""
    schools, stated = schools_of(draft), (draft.facts.fiscal_school or "").strip()
    register = draft.programme.register or Register.of(())
    chosen = school.official_name if (school := register.find(stated)) is not None else stated
    if chosen and chosen not in schools:
        schools.append(chosen)
    return [(stated if school == chosen else school, school == chosen) for school in schools]


def summary_count(draft: Draft) -> str:
    """38／100 字, as the rule counts: white space is not counted."""
    limit = draft.programme.figures.summary_characters
    count = sum(map(len, (draft.facts.summary or "").split()))
    if limit is None:
        return text(Text(f"{count:,} 字", f"{count:,} characters"))
    return text(Text(f"{count:,}／{limit.value:,} 字", f"{count:,} of {limit.value:,} characters"))


def _boxes(path: str, choices: Choices | None, draft: Draft) -> Any:
    labels = {code: text(choice.text) for code, choice in (choices.codes if choices else {}).items()}
    return boxes(path, labels, draft.document.get(path) or [])


def _context(draft: Draft) -> dict[str, Any]:
    programme = draft.programme
    return {
        "head": draft.head(),
        "convener": draft.convener(),
        "tiers": programme.tiers,
        "yearly": [tier for tier in programme.tiers if tier.asks_year],
        "with_curriculum": [tier for tier in programme.tiers if tier.school_developed_curriculum is not None],
        "school_curriculum": bool(draft.document.get("school_developed_curriculum")),
        "cross_school": bool(draft.facts.cross_school),
        "schools": schools_of(draft),
        "fiscal": _fiscal(draft),
        "contents": _boxes("content_types", programme.lists.content_types, draft),
        "approaches": _boxes("approaches", programme.lists.approaches, draft),
        "count": summary_count(draft),
        "limit": programme.figures.summary_characters,
    }


def _note(draft: Draft) -> Text | str:
    tier = draft.programme.tier(draft.facts.tier)
    return tier.short if tier is not None else ""


SECTION: Final = Section(
    name="basics",
    label=Text("基本資料", "Basics"),
    fields=(
        "name", "tier", "tier_year", "cross_school", "school_developed_curriculum", "fiscal_school", "other_funding", "content_types",
        "content_other", "convener", "summary", "approaches", "approaches_other",
    ),
    template="drafting/sections/basics.html",
    parts=("schools", "fiscal"),
    given=("name", "tier", "cross_school", "fiscal_school", "convener"),
    context=_context,
    texts=lambda draft: {"count:summary": summary_count(draft)},
    follows=cross_school_follows,
    note=_note,
)  # fmt: skip
