"""What a sheet is made of: columns, each of one kind, and rows of plain values."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from gongxue.rules.deadlines import TAIPEI

Kind = Literal["text", "int", "date", "instant"]
Cell = str | int | datetime.date | datetime.datetime | None
"""A value of a cell; None is empty. An instant is aware; sheets show it as the wall clock of Taipei."""
Rows = Iterable[Sequence[Cell]]


class Column(msgspec.Struct, frozen=True):
    """One column. `name` is its key in JSON, `label` its heading in the language of the page, `width` the characters it shows."""

    name: str
    label: str
    kind: Kind = "text"
    width: int = 14


Columns = Sequence[Column]

_LONGEST = 32_000
"""Characters of a cell: a spreadsheet takes 32,767, and drops what is longer without a word."""
_UNPRINTABLE = {code: None for code in (*range(32), *range(127, 160), 0xFFFE, 0xFFFF) if code not in (10, 13)} | {9: " "}
"""What XML cannot hold, and nobody can read; a tab parts columns, so that in a cell it is a blank."""


def text_of(cell: Cell) -> str:
    """`cell` as text that every kind of sheet can hold; one too long ends with ….."""
    words = str(cell).translate(_UNPRINTABLE)
    if not words.isascii():
        words = words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def wall_clock(instant: datetime.datetime) -> datetime.datetime:
    """An instant as the clock on the wall in Taipei shows it, to the second, without a zone: spreadsheets know none."""
    return instant.astimezone(TAIPEI).replace(tzinfo=None, microsecond=0)
