"""The sections of the desk, one module and one template each.

How a section is added
======================
1. A module here with a `Section` (see `section.py`), named in `SECTIONS` below in the form's order. The task list, the steps beside a page,
   autosave, findings, clashes, the check page and the way without JavaScript all follow from it.
2. A template `templates/drafting/sections/<name>.html` that draws fields and nothing else. It gets `draft` (a `Draft`), `spots` (markup of
   what is found at each spot) and what the section's `context` adds.

The contract of the template
----------------------------
* Every input's `id` and `name` are the change's path: `name`, `convener/name`, `members/<row id>/name`, `sessions/<row id>/lecturer/name`.
  Its value is what `Draft.head()`, `Draft.rows()` or `typed.shown()` says; what people type is read back by `typed.read()`, by the type of
  the field. Bases need no input: the frame sends along the document as the page was drawn from it.
* Boxes (yes/no, ticks) are checkboxes with the path as their `name`, and a hidden input of that name with an empty value stands before
  them: it tells "none ticked" from "not on this page". A box that is yes has the value "yes"; ticks have their codes, and ids of their own
  (`<path>:<code>`).
* What is found is shown where the template puts `<div id="at:<spot>">{{ spots|said:"<spot>" }}</div>`. A spot is the path of a field, or
  the whole row (`members/<row id>`) for everything in a row, or the list (`members`) for what is said of the list. In rows: `row.said`, and
  `id="at:{{ row.at }}"`. Inputs that are wrong get aria-invalid by themselves; a hint is told by `aria-describedby="hint:<path>"`.
* Rows: the list is `<… data-rows="members">`, each row `<… data-row="{{ row.id }}">` inside. Buttons are
  `<button name="do" value="add members">` (also `add members after <row id>`), `remove members/<row id>`, `up members/<row id>`,
  `down members/<row id>`; `<span data-number>` counts the rows. They work without JavaScript, and at once with it. A list that can grow
  stands in `Section.blank_rows`; the frame draws the template once more with `draft.blank_row(name)` as its only row; the browser takes the
  `data-row` element out of it: so loop over the context key that is the list's name (`{% for row in members %}`), filled by `context`.
* Computed values: a partial named in `Section.parts` stands inside `<div id="part:<name>">` and is drawn anew after every save, unless the
  focus is in it; `Section.texts` gives small texts by element id. `Section.follows` writes computed values into the document within
  the same edit.
* Inputs that are no fields of the document (a helper's own) stand inside of `data-aside`: nothing of them is saved as one types.
* Buttons that post something else than rows are `name="do"` with a verb of the section's own in `Section.acts`.

Speed: a page of fifty rows has a thousand inputs. Write them in the template, without `{% include %}` or inclusion tags inside of loops;
draw lists of options with `options.choices()`, which remembers their markup. `bench/drafting.py` measures every section.
"""

from typing import Final

from gongxue.stages.applying.drafting.sections import basics, budget, members, outcomes, schedule
from gongxue.stages.applying.drafting.sections.section import Section

SECTIONS: Final[tuple[Section, ...]] = (basics.SECTION, members.SECTION, schedule.SECTION, outcomes.SECTION, budget.SECTION)
"""In the form's order."""


def section_of(name: str) -> Section | None:
    """The section of that name, or None."""
    return next((section for section in SECTIONS if section.name == name), None)


def section_at(path: str) -> Section | None:
    """The section that owns the field at a change's path, or None."""
    top = path.split("/")[0]
    return next((section for section in SECTIONS if top in section.fields), None)
