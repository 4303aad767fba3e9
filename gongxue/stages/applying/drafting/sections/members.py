"""成員: who belongs to the community besides the convener (附件二). Typed, pasted from a spreadsheet, or picked from the school's people."""

from collections.abc import Iterable
from typing import Any, Final

from django.http import QueryDict

from gongxue.records.changes import Change
from gongxue.records.document import MOST_ROWS, Document, new_row_id
from gongxue.rules.register import Register
from gongxue.rules.text import Text
from gongxue.stages.applying.drafting.draft import Draft
from gongxue.stages.applying.drafting.sections.pasted import pasted, who
from gongxue.stages.applying.drafting.sections.section import Section, when_asked

MOST_PASTED: Final = 20_000
"""Characters: more than any school has people."""


def joined(draft: Draft, people: Iterable[Document]) -> list[Change]:
    """The changes that add people to the members; who is among them already, or is the convener, is passed over."""
    register = draft.programme.register
    rows: list[Document] = draft.document.get("members") or []
    known = {who(row, register) for row in (*rows, draft.document.get("convener") or {})}
    after = rows[-1]["id"] if rows else ""
    changes: list[Change] = []
    for person in people:
        if who(person, register) in known or len(rows) + len(changes) >= MOST_ROWS:
            continue
        known.add(who(person, register))
        row = new_row_id()
        changes.append(Change("insert", "members", value=person, row=row, after=after))
        after = row
    return changes


def _paste(draft: Draft, post: QueryDict) -> list[Change]:
    home = (draft.facts.convener.school if draft.facts.convener is not None else None) or ""
    return joined(draft, pasted(post.get("pasted", "")[:MOST_PASTED], draft.programme.register or Register.of(()), home))


def counted(draft: Draft) -> Text:
    """How many people there are, and how many there have to be."""
    people, least = draft.verdict.totals.people, draft.programme.figures.people_minimum
    if least is None or people >= least.value:
        return Text(f"共 {people} 人（含召集人）", f"{people} people, the convener included")
    return Text(
        f"共 {people} 人（含召集人），至少要 {least.value} 人", f"{people} people, the convener included; at least {least.value} are needed"
    )


def _context(draft: Draft) -> dict[str, Any]:
    convener = draft.document.get("convener") or {}
    return {
        "members": when_asked(lambda: draft.rows("members")),
        "convener": convener,
        "counted": counted(draft),
    }


def _note(draft: Draft) -> Text | str:
    people = draft.verdict.totals.people
    return Text(f"{people} 人", f"{people}") if draft.document.get("members") else ""


SECTION: Final = Section(
    name="members",
    label=Text("成員", "Members"),
    fields=("members",),
    template="drafting/sections/members.html",
    parts=("counted",),
    blank_rows=("members",),
    context=_context,
    note=_note,
    acts={"paste": _paste},
)
