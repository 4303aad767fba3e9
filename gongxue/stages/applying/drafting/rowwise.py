"""A row of a list drawn once, and filled in for every row: fifty rows of forty fields each are a page's longest work.

The template of the row is rendered with a mark in the place of every value, and cut at the marks. Filling in is then joining text. Marks
are made of characters that no template holds, and values are escaped as the template engine would escape them.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

_OPEN, _CLOSE = "\ue000", "\ue001"
"""Of Unicode's private use: in no word of ours."""
CHECKED: Final = mark_safe(" checked")
HIDDEN: Final = mark_safe(" hidden")
OPEN: Final = mark_safe(" open")
NOTHING: Final = mark_safe("")


def drawn(template: str, row: Mapping[str, Any]) -> SafeString:
    """A row as markup. `row` holds texts and, one deep, records of texts; templates read them as `row.name` and `row.record.name`."""
    flat = _flat(row)
    said = {name: value if isinstance(value, SafeString) else escape(str(value)) for name, value in flat.items()}
    pieces = _pieces(template, tuple(flat), get_language() or "")
    return mark_safe("".join([said[piece] if is_mark else piece for is_mark, piece in pieces]))  # noqa: S308  # every value is escaped


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            found.update({f"{name}.{part}": each for part, each in value.items()})
        else:
            found[name] = value
    return found


@lru_cache(maxsize=64)
def _pieces(template: str, names: tuple[str, ...], language: str) -> tuple[tuple[bool, str], ...]:
    """The template of a row in a language, cut at its values: pairs of whether it is a value's name, and the text or the name."""
    marks = _nested(names)
    text = render_to_string(template, {"row": marks})
    parts = text.replace(_CLOSE, _OPEN).split(_OPEN)
    return tuple((number % 2 == 1, part) for number, part in enumerate(parts) if part)


def _nested(names: Iterable[str]) -> dict[str, Any]:
    marks: dict[str, Any] = {}
    for name in names:
        mark = mark_safe(f"{_OPEN}{name}{_CLOSE}")  # noqa: S308  # a name of ours
        holder, _, part = name.rpartition(".")
        (marks.setdefault(holder, {}) if holder else marks)[part] = mark
    return marks
