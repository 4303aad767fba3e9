"""經費概算: the lines asked for, 附錄1 and 附錄2. What can be reckoned is reckoned here on the server, by the same rules that check it."""

from collections.abc import Iterator
from typing import Any, Final

import msgspec
from django.http import QueryDict

from gongxue.records.changes import Change, same
from gongxue.records.document import ID, Document, application_of, new_row_id
from gongxue.rules.programme import Programme
from gongxue.rules.reckoning import reckoned, reckoned_items
from gongxue.rules.text import Text
from gongxue.stages.applying.drafting.draft import Draft
from gongxue.stages.applying.drafting.sections import budget_lines
from gongxue.stages.applying.drafting.sections.section import Section, when_asked

_RECKONED: Final = ("quantity", "unit_price", "amount")
_MADE: Final = ("premium", "materials")
"""Kinds of line that come and go by themselves."""


def budget_follows(document: Document, programme: Programme) -> list[Change]:
    """What a budget reckons by itself, as changes: periods, amounts, the premium, 附錄1's sums and their line.

    A line of materials that stands without any item of 附錄1, as a form that was read in may have it, is left as it is: the rules ask for
    the items, and nothing that somebody wrote disappears.
    """
    facts = application_of(document)
    items = list(_set_items(document, reckoned_items(facts.materials or ())))
    kinds: dict[str, str] = {item.code: item.kind for item in programme.budget}
    rows = document.get("budget") or []
    if not facts.materials:
        rows = [row for row in rows if kinds.get(row.get("line") or "") != "materials"]
        facts = msgspec.structs.replace(facts, budget=application_of({**document, "budget": rows}).budget)
    return [*items, *_set_lines(rows, [msgspec.to_builtins(line) for line in reckoned(facts, programme)], kinds)]


def _set_items(document: Document, reckoned_rows: tuple[msgspec.Struct, ...]) -> Iterator[Change]:
    for row, item in zip(document.get("materials") or [], reckoned_rows, strict=True):
        yield from _set("materials", row, msgspec.to_builtins(item), ("amount",))


def _set_lines(rows: list[Document], lines: list[Document], kinds: dict[str, str]) -> Iterator[Change]:
    """The lines as they are reckoned keep their order; only those that come and go by themselves are more, or fewer."""
    standing, behind, left = {row.get("line") for row in rows}, "", list(rows)
    for line in lines:
        if line.get("line") not in standing:
            made = new_row_id()
            yield Change("insert", "budget", value=line, row=made, after=behind)
            behind = made
            continue
        while left and left[0].get("line") != line.get("line"):
            yield Change("remove", "budget", row=left.pop(0)[ID])
        row = left.pop(0)
        behind = row[ID]
        yield from _set("budget", row, line, _RECKONED)
    for row in left:
        if kinds.get(row.get("line") or "") in _MADE:
            yield Change("remove", "budget", row=row[ID])


def _set(rows: str, row: Document, reckoned_row: Document, fields: tuple[str, ...]) -> Iterator[Change]:
    for field in fields:
        stood, value = row.get(field), reckoned_row.get(field)
        if not same(stood, value):
            yield Change("set", f"{rows}/{row[ID]}/{field}", stood, value)


def add_line(draft: Draft, post: QueryDict) -> list[Change]:
    """A line of the programme's, in its place among the others: `do` is `line <code>`. A lecturer's begins at the programme's rate."""
    code = post.get("do", "").partition(" ")[2]
    order = {item.code: at for at, item in enumerate(draft.programme.budget)}
    item = next((item for item in budget_lines.offered(draft) if item.code == code), None)
    if item is None:
        return []
    rows = draft.document.get("budget") or []
    after = [row[ID] for row in rows if order.get(row.get("line") or "", 0) <= order[code]]
    line: Document = {"line": code}
    if item.kind == "lecturer" and item.unit_price is not None:
        line["unit_price"] = item.unit_price.value
    if item.kind == "miscellaneous":
        line["quantity"] = 1
    return [Change("insert", "budget", value=line, row=new_row_id(), after=after[-1] if after else "")]


def _context(draft: Draft) -> dict[str, Any]:
    return {
        "budget": when_asked(lambda: budget_lines.drawn(draft)),
        "offered": [(item, budget_lines.label(item)) for item in budget_lines.offered(draft)],
        "wanted": budget_lines.wanted(draft),
        "materials": when_asked(lambda: budget_lines.dressed(draft, draft.rows("materials"))),
        "books": when_asked(lambda: budget_lines.dressed(draft, draft.rows("books"))),
        "money": budget_lines.money_of(draft),
        "sums": budget_lines.sums(draft),
    }


def _texts(draft: Draft) -> dict[str, str]:
    return budget_lines.texts(draft)


def _note(draft: Draft) -> Text | str:
    asked = draft.verdict.totals.requested
    return Text(f"{asked:,} 元", f"{asked:,}") if asked else ""


SECTION: Final = Section(
    name="budget",
    label=Text("經費概算", "Budget"),
    fields=("budget", "materials", "books"),
    template="drafting/sections/budget.html",
    parts=("money", "offers"),
    beside="money",
    dress=budget_lines.dressed,
    context=_context,
    texts=_texts,
    follows=budget_follows,
    note=_note,
    blank_rows=("materials", "books"),
    acts={"line": add_line},
)
