"""Rules on the items of teaching aids and materials (附錄1)."""

from gongxue.rules.application import MaterialItem
from gongxue.rules.case import Case
from gongxue.rules.money import items_total
from gongxue.rules.rule import Fault, Faults, Rules

rule = Rules()


def _name(index: int, item: MaterialItem) -> str:
    return (item.name or "").strip() or f"#{index + 1}"


@rule(
    "budget.materials-items",
    "error",
    "教具教材費等於附錄1合計，單價不超過上限",
    "the materials line equals the sum of 附錄1; each unit price is within the limit",
    ("budget",),
)
def budget_materials_items(case: Case) -> Faults:
    """The line equals the sum of quantity × unit price over 附錄1; each unit price is within the limit; each stated amount agrees."""
    asked, listed = case.budget.asked.get("materials", 0), items_total(case.materials)
    if asked != listed:
        zh = f"教具教材費 {asked:,} 元，附錄1品項合計 {listed:,} 元，兩者應相同。"
        en = f"Materials ask {asked:,}, the items of 附錄1 sum to {listed:,}; they must be equal."
        yield Fault(case.budget.amount_path("materials"), zh, en)
    for index, item in enumerate(case.materials):
        yield from _item(case, index, item)


def _item(case: Case, index: int, item: MaterialItem) -> Faults:
    path, name = f"materials[{index}]", _name(index, item)
    for field, value in (("quantity", item.quantity), ("unit_price", item.unit_price)):
        if value is not None and value < 0:
            zh = f"附錄1「{name}」的數量與單價不可為負（{value:,}）。"
            yield Fault(f"{path}.{field}", zh, f"Quantity and unit price of “{name}” may not be negative ({value:,}).")
    price = item.unit_price or 0
    for kind in case.desk.materials_items:
        limit = kind.item_unit_price
        if limit is not None and price > limit.value:
            zh = f"附錄1「{name}」單價 {price:,} 元，超過上限 {limit.value:,} 元。"
            yield Fault(f"{path}.unit_price", zh, f"“{name}” costs {price:,} each, over the limit of {limit.value:,}.")
    due = (item.quantity or 0) * price
    if item.amount is not None and item.amount != due:
        zh = f"附錄1「{name}」：數量 × 單價 = {due:,} 元，總價寫 {item.amount:,} 元，請改正。"
        en = f"“{name}”: quantity × unit price = {due:,}, but the amount says {item.amount:,}; correct it."
        yield Fault(f"{path}.amount", zh, en)


@rule(
    "budget.materials-capital",
    "warning",
    "單價達資本門門檻的品項請確認",
    "an item at the threshold counts as capital with the Ministry",
    ("budget",),
)
def budget_materials_capital(case: Case) -> Faults:
    """An item of exactly the threshold, which the plan allows, counts as capital with the Ministry."""
    for kind in case.desk.materials_items:
        threshold = kind.capital_from
        for index, item in enumerate(case.materials):
            if threshold is not None and item.unit_price == threshold.value:
                name, price = _name(index, item), threshold.value
                zh = f"附錄1「{name}」單價 {price:,} 元，達 {price:,} 元即屬教育部的資本門，本項為經常門，請確認。"
                en = f"“{name}” costs {price:,}; from {price:,} on the Ministry counts an item as capital, and this line is current."
                yield Fault(f"materials[{index}].unit_price", zh, f"{en} Please check.")
