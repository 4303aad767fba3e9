"""What a section of the desk is; see the package's own words for how one is added."""

from collections.abc import Callable
from typing import Any

import msgspec
from django.http import QueryDict
from django.utils.functional import SimpleLazyObject

from gongxue.records.changes import Change
from gongxue.records.document import Document
from gongxue.rules.programme import Programme
from gongxue.rules.text import Text
from gongxue.stages.applying.drafting.draft import Draft


def no_context(draft: Draft) -> dict[str, Any]:
    """A section that needs nothing beyond its draft."""
    return {}


def when_asked(draw: Callable[[], list[dict[str, Any]]]) -> Any:
    """A list that is drawn once, when a template first looks at it: most answers to a save show no rows at all."""
    return SimpleLazyObject(draw)


def no_texts(draft: Draft) -> dict[str, str]:
    """A section without small computed values."""
    return {}


def as_they_are(draft: Draft, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows that need nothing beyond their fields."""
    return rows


def nothing_follows(document: Document, programme: Programme) -> list[Change]:
    """A section from which nothing is computed into the document."""
    return []


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One section.

    `name` stands in the address; `fields` are the top fields of the document that it owns: their findings are its findings. `template`
    draws its fields; `parts` are the partials in it that are drawn anew after every save. `texts` are small computed values by the id of
    the element that shows them. `follows` are changes that follow from a document as it stands after an edit. `given` are fields that are
    filled in when a draft begins. `note` is a few words for the task list.
    """

    name: str
    label: Text
    fields: tuple[str, ...]
    template: str
    parts: tuple[str, ...] = ()
    beside: str = ""
    """The partial, one of `parts`, that stands beside the fields, above what is found: not in the template itself."""
    given: tuple[str, ...] = ()
    context: Callable[[Draft], dict[str, Any]] = no_context
    texts: Callable[[Draft], dict[str, str]] = no_texts
    follows: Callable[[Document, Programme], list[Change]] = nothing_follows
    note: Callable[[Draft], Text | str] = lambda draft: ""
    overview: Callable[[Draft], list[tuple[str, str, str]]] = lambda draft: []
    """The rows of a long section in a few words, to jump to: the row's place on the page, its number and day, what it is."""
    dress: Callable[[Draft, list[dict[str, Any]]], list[dict[str, Any]]] = as_they_are
    """Gives the rows of the lists what their fields need: the blank one, too."""
    blank_rows: tuple[str, ...] = ()
    """The lists to which the section adds rows."""
    acts: dict[str, Callable[[Draft, QueryDict], list[Change]]] = {}  # msgspec copies the default for each record
    """What the section's own buttons do: by the verb that stands first in a button's value, changes from the draft and what was posted."""
