"""What `gongxue programmes show` prints, so that an officer can compare a programme with the paper, line by line."""

import unicodedata
from collections.abc import Iterator
from typing import Final

from gongxue.rules import shown, shown_lists
from gongxue.rules.programme import Programme
from gongxue.rules.shown import Section, Shown
from gongxue.rules.text import Language, Text

INDENT: Final = 2
WIDEST_LABEL: Final = 48
WIDEST_VALUE: Final = 56
"""Columns of a terminal; what is longer pushes its own line out, not the whole column."""

_SECTIONS = (
    (Text("計畫", "Programme"), shown.head),
    (Text("資料來源", "Sources"), shown.sources),
    (Text("說明", "What the plan says"), shown.facts),
    (Text("期程", "Dates"), shown.dates),
    (Text("申請類別", "Tiers"), shown.tiers),
    (Text("數字", "Figures"), shown.figures),
    (Text("經費項目", "Budget lines"), shown_lists.budget),
    (Text("選項", "Lists"), shown_lists.lists),
    (Text("實施方式的要求", "What methods ask for"), shown_lists.session_methods),
    (Text("表件", "Forms"), shown_lists.forms),
    (Text("行事曆", "Calendar"), shown_lists.calendar),
    (Text("審查", "Review"), shown_lists.review),
    (Text("名額與分年經費", "Quotas and fiscal years"), shown_lists.quotas),
    (Text("學校名冊", "Register of schools"), shown_lists.register),
    (Text("檢核規則", "Rules"), shown_lists.rules),
    (Text("不詳", "Unknown"), shown_lists.unknown),
)


def sections(programme: Programme) -> Iterator[Section]:
    """The programme in words, under its headings; a heading with nothing under it is left out."""
    for title, lines_of in _SECTIONS:
        lines = tuple(lines_of(programme))
        if lines:
            yield Section(title, lines)


def describe(programme: Programme, language: Language) -> Iterator[str]:
    """The lines of the whole programme in `language`, aligned for a terminal, each with its clause at the end."""
    yield programme.title.in_language(language)
    for section in sections(programme):
        yield ""
        yield section.title.in_language(language)
        yield from _aligned(section.lines, language)


def _aligned(lines: tuple[Shown, ...], language: Language) -> Iterator[str]:
    rows = [(" " * INDENT * (line.depth + 1) + line.label.in_language(language), line.value.in_language(language)) for line in lines]
    labels = _column([label for label, _ in rows], WIDEST_LABEL)
    values = _column([value for _, value in rows], WIDEST_VALUE)
    for (label, value), line in zip(rows, lines, strict=True):
        yield f"{_padded(label, labels)}  {_padded(value, values)}  {line.clause}".rstrip()


def _column(cells: list[str], widest: int) -> int:
    return max((columns for cell in cells if (columns := width(cell)) <= widest), default=0)


def _padded(text: str, columns: int) -> str:
    return text + " " * max(columns - width(text), 0)


def width(text: str) -> int:
    """How many columns of a terminal `text` takes: a Chinese character takes two, a mark on a letter none."""
    return sum(0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
