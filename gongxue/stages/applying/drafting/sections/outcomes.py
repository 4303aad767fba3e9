"""預期效益: what the community expects, and how that is checked (附件二 四)."""

from typing import Any, Final

from gongxue.rules.case import blank
from gongxue.rules.text import Text
from gongxue.stages.applying.drafting.draft import Draft
from gongxue.stages.applying.drafting.sections.section import Section, when_asked


def _context(draft: Draft) -> dict[str, Any]:
    return {"outcomes": when_asked(lambda: draft.rows("outcomes"))}


def _note(draft: Draft) -> Text | str:
    whole = sum(not blank(each.outcome) and not blank(each.check) for each in draft.facts.outcomes or ())
    return Text(f"{whole} 項", f"{whole}") if whole else ""


SECTION: Final = Section(
    name="outcomes",
    label=Text("預期效益", "Outcomes"),
    fields=("outcomes",),
    template="drafting/sections/outcomes.html",
    blank_rows=("outcomes",),
    context=_context,
    note=_note,
)
