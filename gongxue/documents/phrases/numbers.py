"""Quantities and money in cells of their own: 2.5, 12,345. Negative ones too: that they are wrong is for the rules to say."""

import re
from typing import Final

import msgspec

from gongxue.documents.blocks import Blank, Inline
from gongxue.documents.phrases.quoting import filled
from gongxue.rules.numerals import capital, money, quantity
from gongxue.rules.text import Text
from gongxue.rules.written import Refusal, plain, shown
from gongxue.rules.written_amounts import parse_money, parse_quantity

NO_FIGURE: Final = frozenset({"", "-", "--", "/", "_", "__"})
"""What people put into a cell of figures to say that there is none."""

_NEGATIVE_FLOAT = re.compile(r"-[0-9]+\.[0-9]+")
_MOST_IN_WORDS: Final = 10**16


class Doubt(msgspec.Struct, frozen=True, gc=False):
    """Something in a cell that was not understood: why, and the words themselves."""

    reason: Text
    text: str


Doubts = list[Doubt]


def number_text(number: int | float) -> str:
    """2.5, 2, -2.0: one with a minus sign exactly as the exchange format has it, because messages quote it so."""
    written = str(number)
    return written if written.startswith("-") else quantity(number)


def write_quantity(number: int | float | None, path: str) -> Inline:
    """A quantity, or a visible blank."""
    return Blank(path) if number is None else number_text(number)


def write_money(amount: int | None, path: str) -> Inline:
    """12,345, or a visible blank."""
    return Blank(path) if amount is None else money(amount)


def in_words(amount: int) -> str:
    """新臺幣壹萬零伍元整; an amount that has no spelling in capital numerals (it is negative, or absurd) stays in figures."""
    if 0 <= amount < _MOST_IN_WORDS:
        return capital(amount, prefix="新臺幣")
    return f"新臺幣 {money(amount)} 元整"


def read_quantity(text: str, doubts: Doubts, unit: str = "") -> int | float | None:
    """The quantity in a cell, its `unit` beside it or not; None when there is none, or none that can be read."""
    written = filled(text).strip()
    if plain(written) in NO_FIGURE:
        return None
    if _NEGATIVE_FLOAT.fullmatch(written):
        return float(written)
    return _read(parse_quantity(written, unit=unit), written, doubts)


def read_whole(text: str, doubts: Doubts, unit: str = "") -> int | None:
    """A whole number in a cell."""
    number = read_quantity(text, doubts, unit)
    if isinstance(number, float):
        written = filled(text).strip()
        reason = Text(f"「{shown(written)}」不是整數。", f"“{shown(written)}” is not a whole number.")
        doubts.append(Doubt(reason, written))
        return None
    return number


def read_money(text: str, doubts: Doubts) -> int | None:
    """Whole dollars in a cell; None when there are none, or none that can be read."""
    written = filled(text).strip()
    if plain(written) in NO_FIGURE:
        return None
    amount = _read(parse_money(written), written, doubts)
    return amount if isinstance(amount, int) else None


def _read(outcome: int | float | Refusal, written: str, doubts: Doubts) -> int | float | None:
    if isinstance(outcome, Refusal):
        doubts.append(Doubt(outcome.reason, written))
        return None
    return outcome
