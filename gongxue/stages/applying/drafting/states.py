"""How far a section is. Pure functions: from what is written in it, and from what the rules say of it."""

from collections.abc import Iterable
from typing import Any, Final, Literal

from gongxue.records.changes import same
from gongxue.records.document import ID, Document
from gongxue.rules.finding import Finding

State = Literal["todo", "progress", "attention", "done"]
UNWRITTEN: Final = ("required", "complete", "minimum", "known", "positive", "member", "named", "classroom-practice", "public-lesson")
"""How the codes of rules end that miss something rather than dispute it."""


def state_of(fields: Iterable[str], document: Document, findings: Iterable[Finding], given: Iterable[str] = ()) -> State:
    """`todo` while nothing is written, `done` when no error is left, `progress` while something is missing, `attention` when something
    that was written is wrong.

    `fields` are the section's top fields; those in `given` were filled in for the writer and do not count as written.
    """
    errors = [finding for finding in findings if finding.severity == "error"]
    if is_blank(fields, document, given):
        return "todo" if errors else "done"
    if not errors:
        return "done"
    return "progress" if all(finding.rule.rpartition(".")[2] in UNWRITTEN for finding in errors) else "attention"


def is_blank(fields: Iterable[str], document: Document, given: Iterable[str] = ()) -> bool:
    """Whether nobody has written anything in these fields."""
    left = set(fields) - set(given)
    return all(_blank(document.get(field)) for field in left)


def _blank(value: Any) -> bool:
    if isinstance(value, list):
        return all(_blank(each) for each in value)
    if isinstance(value, dict):
        return all(same(each, None) for name, each in value.items() if name != ID)
    return same(value, None)
