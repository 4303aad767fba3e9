"""Money and quantities as people write them: 12,345元, ＮＴ$１２，３４５, 新臺幣伍仟元整, 2.5節.

Commas, where there are any, must stand before every three figures: 1,23,45 or 1,2345 is a slip in which a figure may be missing, so it is
refused. A minus sign is read, because the rules, not the reader, say that an amount is negative.
"""

import math
import re

from gongxue.rules.numerals import read_places
from gongxue.rules.text import Text
from gongxue.rules.written import LONGEST, Refusal, plain, shown

_LONGEST_FIGURE = 15
_CURRENCY = r"(?:新[臺台]幣|(?:ntd?|twd)?\$|ntd?|twd)?"
_FIGURES = r"(?P<figures>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
_MONEY = rf"(?P<minus>-)?{_CURRENCY}(?P<minus_too>-)?{_FIGURES}(?P<cents>\.[0-9]*)?[元圓]?[整正]?"
_CAPITAL = r"(?:新[臺台]幣)?(?P<words>[^元圓整正]+)[元圓][整正]?"
_QUANTITY = rf"(?P<figures>-?{_FIGURES.replace('?P<figures>', '?:')}(?:\.[0-9]+)?(?:e[+-]?[0-9]{{1,3}})?)(?P<unit>.*)"
_GROUPED_BADLY = rf"-?{_CURRENCY}-?[0-9]+(?:,[0-9]*)+(?:\.[0-9]*)?[元圓]?[整正]?"
_SUGGESTION = Text("請寫成 12,345 元。", "Write 12,345.")
_CAPITAL_SUGGESTION = Text("請寫成 壹萬貳仟參佰元整。", "Write 壹萬貳仟參佰元整.")
_QUANTITY_SUGGESTION = Text("請寫成 2 或 2.5。", "Write 2 or 2.5.")


def parse_money(text: str) -> int | Refusal:
    """Whole New Taiwan dollars from figures, or from capital numerals (`parse_capital`).

    Codes of refusal: blank, grouping (1,23,45), cents (12.5; 12.0 and 12.00 are whole), digits (more than 15), unreadable.
    """
    written = plain(text).lower()
    if not written:
        return _refusal("blank", Text("沒有填金額。", "No amount is given."), _SUGGESTION)
    match = re.fullmatch(_MONEY, written) if len(written) <= LONGEST else None
    if match:
        return _dollars(match, written)
    if re.fullmatch(_GROUPED_BADLY, written):
        return _refusal(
            "grouping",
            Text(
                f"「{shown(text)}」的千分位逗號位置不對，可能少了數字。",
                f"The commas of “{shown(text)}” are misplaced; a figure may be missing.",
            ),
            _SUGGESTION,
        )
    if re.fullmatch(_CAPITAL, written):
        return parse_capital(text)
    return _unreadable(text, _SUGGESTION)


def _dollars(match: re.Match[str], written: str) -> int | Refusal:
    cents = (match["cents"] or "").removeprefix(".")
    if match["minus"] and match["minus_too"]:
        return _unreadable(written, _SUGGESTION)
    if cents.strip("0"):
        return _refusal("cents", Text(f"「{shown(written)}」不是整數元。", f"“{shown(written)}” is not whole dollars."), _SUGGESTION)
    figures = match["figures"].replace(",", "")
    if len(figures) > _LONGEST_FIGURE:
        return _too_long(written, len(figures), _SUGGESTION)
    return -int(figures) if match["minus"] or match["minus_too"] else int(figures)


def parse_capital(text: str) -> int | Refusal:
    """Whole dollars from numerals in words with 元 after them: 新臺幣壹萬零伍元整, 伍仟圓正, 一萬零五元. Codes of refusal: blank, unreadable."""
    written = plain(text)
    if not written:
        return _refusal("blank", Text("沒有填金額。", "No amount is given."), _CAPITAL_SUGGESTION)
    match = re.fullmatch(_CAPITAL, written)
    amount = read_places(match["words"]) if match else None
    return _unreadable(text, _CAPITAL_SUGGESTION) if amount is None else amount


def parse_quantity(text: str, *, unit: str = "") -> int | float | Refusal:
    """A quantity, int when it is whole, with or without its `unit` (節) after it.

    Codes of refusal: blank, unit (another word follows), digits (more than 15), unreadable.
    """
    written = plain(text).lower()
    if not written:
        return _refusal("blank", Text("沒有填數量。", "No quantity is given."), _QUANTITY_SUGGESTION)
    match = re.fullmatch(_QUANTITY, written) if len(written) <= LONGEST else None
    if not match:
        return _unreadable(text, _QUANTITY_SUGGESTION)
    if match["unit"] and match["unit"] != plain(unit).lower():
        return _refusal(
            "unit",
            Text(
                f"數量「{shown(text)}」後面有「{shown(match['unit'])}」。",
                f"“{shown(match['unit'])}” follows the quantity “{shown(text)}”.",
            ),
            _QUANTITY_SUGGESTION,
        )
    figures = match["figures"].replace(",", "")
    digits = figures.removeprefix("-")
    if digits.isdecimal():
        return int(figures) if len(digits) <= _LONGEST_FIGURE else _too_long(text, len(digits), _QUANTITY_SUGGESTION)
    number = float(figures)
    if not math.isfinite(number):
        return _unreadable(text, _QUANTITY_SUGGESTION)
    return int(number) if number.is_integer() else number


def _too_long(text: str, digits: int, suggestion: Text) -> Refusal:
    reason = Text(f"「{shown(text)}」有 {digits} 位數字，太長了。", f"“{shown(text)}” has {digits} digits, too many.")
    return _refusal("digits", reason, suggestion)


def _unreadable(text: str, suggestion: Text) -> Refusal:
    return _refusal("unreadable", Text(f"「{shown(text)}」讀不懂。", f"“{shown(text)}” cannot be read."), suggestion)


def _refusal(code: str, what: Text, suggestion: Text) -> Refusal:
    return Refusal(code, Text(f"{what.zh}{suggestion.zh}", f"{what.en} {suggestion.en}"))
