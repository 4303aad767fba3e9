"""What a budget computes by itself: periods from the schedule, amounts, the premium, 附錄1's sum; and what still fits under the ceiling."""

import msgspec

from gongxue.rules.application import Application, BudgetLine, MaterialItem
from gongxue.rules.money import ceiling, half_up, items_total, rounded_down, stated
from gongxue.rules.programme import BudgetItem, Programme


class Part(msgspec.Struct, frozen=True):
    """One part of the ceiling: `code` is `cap`, `cross_school` or `school_developed_curriculum`; whether it is claimed."""

    code: str
    amount: int
    claimed: bool


class Room(msgspec.Struct, frozen=True):
    """The money bar: asked, ceiling (None where the tier is unknown), its parts, and the most that miscellaneous may be."""

    asked: int
    ceiling: int | None
    parts: tuple[Part, ...]
    miscellaneous_limit: int | None

    @property
    def over(self) -> int:
        """How much is asked over the ceiling; 0 within it."""
        return max(0, self.asked - self.ceiling) if self.ceiling is not None else 0


def room(application: Application, programme: Programme) -> Room:
    """The money bar of an application."""
    tier = programme.tier(application.tier)
    lines = application.budget or ()
    asked = stated(lines)
    parts = []
    if tier is not None:
        parts.append(Part("cap", tier.cap.value, True))
        if tier.cross_school is not None:
            parts.append(Part("cross_school", tier.cross_school.value, bool(application.cross_school)))
        if tier.school_developed_curriculum is not None:
            parts.append(
                Part("school_developed_curriculum", tier.school_developed_curriculum.value, bool(application.school_developed_curriculum))
            )
    limit = None
    for item in programme.budget:
        if item.kind == "miscellaneous" and item.share is not None:
            limit = rounded_down(item.share.value, asked - stated(line for line in lines if line.line == item.code))
    return Room(asked, ceiling(application, tier), tuple(parts), limit)


def reckoned(application: Application, programme: Programme) -> tuple[BudgetLine, ...]:
    """The budget with everything filled in that follows from the rest.

    Amounts are quantity × unit price where both stand and the product is whole, and blank where one of the two is; the periods of the one
    line of a kind come from the schedule where that kind is paid there; miscellaneous is one lump; the premium and the line of materials
    are computed, and made where they are needed and missing.
    """
    items = {item.code: item for item in programme.budget}
    lines = [_with_periods(line, items.get(line.line or ""), application) for line in application.budget or ()]
    lines = [_as_lump(line) if _kind(items, line) == "miscellaneous" else line for line in lines]
    lines = [_with_amount(line) for line in lines]
    fees = stated(line for line in lines if _kind(items, line) == "lecturer")
    for item in programme.budget:
        if item.kind == "premium" and item.rate is not None:
            lines = _computed(lines, item, half_up(item.rate.value, fees), programme)
        elif item.kind == "materials":
            lines = _computed(lines, item, items_total(application.materials or ()), programme)
    return tuple(lines)


def _kind(items: dict[str, BudgetItem], line: BudgetLine) -> str:
    item = items.get(line.line or "")
    return item.kind if item is not None else ""


def _with_periods(line: BudgetLine, item: BudgetItem | None, application: Application) -> BudgetLine:
    if item is None or item.kind != "lecturer" or sum(each.line == item.code for each in application.budget or ()) != 1:
        return line
    lecturers = [session.lecturer for session in application.sessions or () if session.lecturer is not None]
    paid = sum(each.periods or 0 for each in lecturers if each.kind == item.lecturer_kind)
    return msgspec.structs.replace(line, quantity=int(paid) if paid == int(paid) else paid) if paid > 0 else line


def paid_sessions(application: Application, item: BudgetItem) -> tuple[int, ...]:
    """The numbers, from 1, of the sessions whose lecturer a line of lecturer fees pays."""
    return tuple(
        number
        for number, session in enumerate(application.sessions or (), start=1)
        if session.lecturer is not None and session.lecturer.kind == item.lecturer_kind and (session.lecturer.periods or 0) > 0
    )


def reckoned_items(items: tuple[MaterialItem, ...]) -> tuple[MaterialItem, ...]:
    """附錄1 with the amount of each item, where quantity and unit price stand; blank where one of the two is."""
    return tuple(_with_item_amount(item) for item in items)


def _with_item_amount(item: MaterialItem) -> MaterialItem:
    if item.quantity is None and item.unit_price is None:
        return item
    both = item.quantity is not None and item.unit_price is not None
    return msgspec.structs.replace(item, amount=(item.quantity or 0) * (item.unit_price or 0) if both else None)


def _as_lump(line: BudgetLine) -> BudgetLine:
    """One lump: a sum that stands alone is its unit price."""
    if line.unit_price is None and line.quantity is None and line.amount is not None:
        return msgspec.structs.replace(line, quantity=1, unit_price=line.amount)
    return msgspec.structs.replace(line, quantity=1) if line.quantity is None else line


def _with_amount(line: BudgetLine) -> BudgetLine:
    if line.quantity is None and line.unit_price is None:
        return line
    if line.quantity is None or line.unit_price is None:
        return msgspec.structs.replace(line, amount=None)
    product = line.quantity * line.unit_price
    return msgspec.structs.replace(line, amount=int(product)) if product == int(product) else line


def _computed(lines: list[BudgetLine], item: BudgetItem, amount: int, programme: Programme) -> list[BudgetLine]:
    """`lines` with the one lump line of `item` at `amount`: made in its place where missing, left out at 0."""
    order = {each.code: index for index, each in enumerate(programme.budget)}
    mine = next((index for index, line in enumerate(lines) if line.line == item.code), None)
    if mine is not None:
        lump = msgspec.structs.replace(lines[mine], quantity=1, unit_price=amount, amount=amount)
        return [*lines[:mine], *([lump] if amount else []), *lines[mine + 1 :]]
    if not amount:
        return lines
    at = next((index for index, line in enumerate(lines) if order.get(line.line or "", -1) > order[item.code]), len(lines))
    return [*lines[:at], BudgetLine(item.code, 1, amount, amount), *lines[at:]]
