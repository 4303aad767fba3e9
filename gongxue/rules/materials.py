"""Rules on the items of teaching aids and materials (附錄1)."""

from gongxue.rules.application import MaterialItem
from gongxue.rules.case import Case
from gongxue.rules.money import items_total, stated
from gongxue.rules.rule import Faults, Rules, fault

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
    lines = case.lines(case.desk.materials_codes)
    asked, listed = stated(line for _, line in lines), items_total(case.materials)
    if asked != listed:
        path = f"budget[{lines[0][0]}].amount" if lines else "budget"
        zh = "教具教材費 {asked:,} 元，附錄1品項合計 {listed:,} 元，兩者應相同。"
        yield fault(
            path, zh, "Materials ask {asked:,}, the items of 附錄1 sum to {listed:,}; they must be equal.", asked=asked, listed=listed
        )
    for index, item in enumerate(case.materials):
        yield from _item(case, index, item)


def _item(case: Case, index: int, item: MaterialItem) -> Faults:
    path, name = f"materials[{index}]", _name(index, item)
    for field in ("quantity", "unit_price"):
        value = getattr(item, field)
        if value is not None and value < 0:
            zh, en = (
                "附錄1「{name}」的數量與單價不可為負（{value:,}）。",
                "Quantity and unit price of “{name}” may not be negative ({value:,}).",
            )
            yield fault(f"{path}.{field}", zh, en, name=name, value=value)
    for kind in case.desk.materials_items:
        limit = kind.item_unit_price
        if limit is not None and (item.unit_price or 0) > limit.value:
            zh = "附錄1「{name}」單價 {seen:,} 元，超過上限 {allowed:,} 元。"
            en = "“{name}” costs {seen:,} each, over the limit of {allowed:,}."
            yield fault(f"{path}.unit_price", zh, en, name=name, seen=item.unit_price, allowed=limit.value)
    due = (item.quantity or 0) * (item.unit_price or 0)
    if item.amount is not None and item.amount != due:
        zh = "附錄1「{name}」：數量 × 單價 = {due:,} 元，總價寫 {seen:,} 元，請改正。"
        en = "“{name}”: quantity × unit price = {due:,}, but the amount says {seen:,}; correct it."
        yield fault(f"{path}.amount", zh, en, name=name, due=due, seen=item.amount)


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
                zh = "附錄1「{name}」單價 {seen:,} 元，達 {allowed:,} 元即屬教育部的資本門，本項為經常門，請確認。"
                en = "“{name}” costs {seen:,}; from {allowed:,} on the Ministry counts an item as capital, and this line is current. Please check."
                yield fault(
                    f"materials[{index}].unit_price", zh, en, name=_name(index, item), seen=item.unit_price, allowed=threshold.value
                )
