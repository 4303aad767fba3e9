"""What the rows of the budget hold before anybody asks for anything, and how a row that was filled in is told from one that was not."""

from typing import Final

from gongxue.documents.phrases.vocabulary import key
from gongxue.rules.numerals import money
from gongxue.rules.programme import BudgetItem

_TOTALS: Final = frozenset({"合計", "總計", "小計", "總合計"})
_LUMP: Final = frozenset({"premium", "materials", "miscellaneous"})
_PRICE_ON_THE_PAPER: Final = frozenset({"meals"})
"""Beside the lecturer lines: the paper prints the limit as the unit price. 印刷費 has a limit too, and no printed price."""


def is_total(text: str) -> bool:
    """Whether a label is that of a sum."""
    return key(text).rstrip(":") in _TOTALS


def spare_figures(item: BudgetItem) -> tuple[str, str]:
    """Quantity and unit price as the paper prints them in a line that nobody has asked for; "" where it prints none."""
    quantity = "1" if item.kind in _LUMP else ""
    priced = item.unit_price is not None and (item.kind == "lecturer" or item.code in _PRICE_ON_THE_PAPER)
    return quantity, money(item.unit_price.value) if priced and item.unit_price is not None else ""


def is_spare(quantity: str, price: str, amount: str, item: BudgetItem | None) -> bool:
    """Whether a row says no more than the paper did: （未填） is something said, a unit price at the limit is not."""
    told = [key(each) for each in (quantity, price, amount)]
    if item is None:
        return not any(told)
    printed = {"", key(spare_figures(item)[0])}
    limits = {"", *((str(item.unit_price.value), money(item.unit_price.value)) if item.unit_price is not None else ())}
    return not told[2] and told[0] in printed and told[1] in limits
