"""五、經費概算表 of a filled form: which rows are asked for, which line each is, and their order."""

import msgspec

from gongxue.documents.phrases.budget_lines import is_spare, is_total
from gongxue.documents.phrases.numbers import Doubts, read_money, read_quantity
from gongxue.documents.phrases.quoting import Masked, filled
from gongxue.documents.phrases.remark import Remark, read_remark
from gongxue.documents.phrases.vocabulary import Vocabulary, key
from gongxue.documents.reading.found import Found, FoundRow
from gongxue.documents.reading.row_records import told
from gongxue.documents.reading.telling import Telling
from gongxue.rules.application import BudgetLine
from gongxue.rules.programme import BudgetItem


class _Placed(msgspec.Struct, frozen=True):
    place: int | None
    line: BudgetLine


def budget(found: Found, words: Vocabulary, telling: Telling) -> tuple[BudgetLine, ...]:
    """The lines asked for, in the places that their remarks give, else as they stand; those without a place come last."""
    placed: list[_Placed] = []
    before: str | None = None
    for row in found.rows.get("budget", []):
        if row.is_empty or is_total(row.text("line")):
            continue
        code = before = _code(row, words, before)
        if _is_spare(row, words.items.get(code or "")):
            continue
        remark = read_remark(row.text("note"), words, travel=_kind(code, words) == "travel") if "note" not in row.above else Remark()
        placed.append(_Placed(remark.place, _line(row, code, remark, words, telling)))
    last = len(placed) + max((each.place or 0 for each in placed), default=0)
    return tuple(each.line for each in sorted(placed, key=lambda each: each.place or last))


def _kind(code: str | None, words: Vocabulary) -> str:
    item = words.items.get(code or "")
    return item.kind if item is not None else ""


def _is_spare(row: FoundRow, item: BudgetItem | None) -> bool:
    figures = (row.text("quantity"), row.text("unit_price"), row.text("amount"))
    if item is None:
        return not any(figure.strip() for figure in (*figures, row.text("line")))
    return is_spare(*figures, item)


def _line(row: FoundRow, code: str | None, remark: Remark, words: Vocabulary, telling: Telling) -> BudgetLine:
    item = words.items.get(code or "")
    unit = item.unit.zh if item is not None else row.text("unit").strip()

    def quantity(text: str, doubts: Doubts) -> int | float | None:
        return read_quantity(text, doubts, unit)

    return BudgetLine(
        line=code,
        quantity=told(telling, "budget", row, "quantity", quantity),
        unit_price=told(telling, "budget", row, "unit_price", read_money),
        amount=told(telling, "budget", row, "amount", read_money),
        travel_mode=remark.mode,
        note=remark.note,
    )


def _code(row: FoundRow, words: Vocabulary, before: str | None) -> str | None:
    """The line a row is: by its label; without one it goes on with the row above it. A label nobody knows is the code itself."""
    text = row.text("line")
    masked = Masked(text)
    raw = masked.raw(masked.text)
    if raw is not None:
        return raw
    said = key(filled(text))
    if not said:
        return before if not text.strip() else None
    sharing = words.items_of_label.get(said, ())
    if len(sharing) > 1:
        return _one_of(sharing, row).code
    if said in words.item_names:
        return words.item_names[said]
    inside = next((code for name, code in words.item_names.items() if name in said), None)
    return inside or text.strip()


def _one_of(sharing: tuple[BudgetItem, ...], row: FoundRow) -> BudgetItem:
    """Which of several lines of one name: by its turn under the label that they share, else by the unit price that the paper prints."""
    turn, rows = row.turns.get("line", (0, 1))
    if rows == len(sharing):
        return sharing[turn]
    price = read_money(row.text("unit_price"), [])
    return next((item for item in sharing if item.unit_price is not None and item.unit_price.value == price), sharing[0])
