"""The lines of the budget as they are drawn: what is asked of people, what is reckoned, and the limit or the source beside each."""

from typing import Any, Final

import msgspec

from gongxue.records.document import ID
from gongxue.rules.budget import SEVERAL, label_of
from gongxue.rules.money import percent, stated
from gongxue.rules.programme import BudgetItem
from gongxue.rules.reckoning import Part, Room, paid_sessions, room
from gongxue.rules.text import Text
from gongxue.site.templatetags.gongxue import text
from gongxue.site.templatetags.pieces import Supplement
from gongxue.stages.applying.drafting import rowwise, typed
from gongxue.stages.applying.drafting.draft import Draft
from gongxue.stages.applying.drafting.options import choices
from gongxue.stages.applying.drafting.rowwise import HIDDEN, NOTHING

_MADE: Final = ("premium", "materials")
_SUPPLEMENTS: Final = {
    "cross_school": Text("跨校", "cross-school"),
    "school_developed_curriculum": Text("校訂課程", "school-developed curriculum"),
}
_ASKS: Final = {
    "lecturer": ("quantity", "unit_price"), "travel": ("quantity", "unit_price"), "priced": ("quantity", "unit_price"),
    "premium": (), "materials": (), "miscellaneous": ("unit_price",),
}  # fmt: skip
"""The fields that people fill in, by kind; the others are reckoned."""


class Money(msgspec.Struct, frozen=True):
    """The money bar: asked, the tier's cap (None where the tier is unknown), the supplements claimed, and those that could be."""

    asked: int
    cap: int | None
    claimed: tuple[Supplement, ...]
    open: tuple[Supplement, ...]


def money_of(draft: Draft) -> Money:
    """The money bar of a draft."""
    found = room(draft.facts, draft.programme)
    cap = next((part.amount for part in found.parts if part.code == "cap"), None)
    return Money(found.asked, cap, _supplements(found.parts, claimed=True), _supplements(found.parts, claimed=False))


def _supplements(parts: tuple[Part, ...], *, claimed: bool) -> tuple[Supplement, ...]:
    return tuple(
        Supplement(_SUPPLEMENTS[part.code], part.amount) for part in parts if part.code in _SUPPLEMENTS and part.claimed == claimed
    )


def label(item: BudgetItem) -> Text:
    """What a line is called, with who it pays."""
    return label_of(item)


def offered(draft: Draft) -> list[BudgetItem]:
    """The lines that can be added: lecturers and travel for each rate and fare, the others once, not those that come by themselves."""
    standing = {row.get("line") for row in draft.document.get("budget") or []}
    return [item for item in draft.programme.budget if item.kind not in _MADE and (item.kind in SEVERAL or item.code not in standing)]


def wanted(draft: Draft) -> list[tuple[BudgetItem, Text, str]]:
    """Lecturer lines that the schedule pays and the budget lacks: the line, its label and the periods."""
    standing = {row.get("line") for row in draft.document.get("budget") or []}
    return [
        (item, label_of(item), f"{_periods(draft, item):g}")
        for item in draft.programme.budget
        if item.kind == "lecturer" and item.code not in standing and paid_sessions(draft.facts, item)
    ]


def _periods(draft: Draft, item: BudgetItem) -> float:
    lecturers = [each.lecturer for each in draft.facts.sessions or () if each.lecturer is not None]
    return sum(each.periods or 0 for each in lecturers if each.kind == item.lecturer_kind and (each.periods or 0) > 0)


def drawn(draft: Draft) -> list[dict[str, Any]]:
    """The rows of the budget, ready to be drawn."""
    items = {item.code: item for item in draft.programme.budget}
    codes = [row.get("line") for row in draft.document.get("budget") or []]
    limits = room(draft.facts, draft.programme)
    return [_row(draft, row, items.get(row["line"]), codes.count(row["line"]) == 1, limits) for row in draft.rows("budget")]


def _row(draft: Draft, row: dict[str, Any], item: BudgetItem | None, alone: bool, limits: Room) -> dict[str, Any]:
    kind = item.kind if item is not None else ""
    sessions = paid_sessions(draft.facts, item) if item is not None and kind == "lecturer" else ()
    asks = _ASKS.get(kind, ("quantity", "unit_price"))
    if sessions and alone:
        asks = ("unit_price",)
    modes = draft.programme.lists.travel_modes
    return row | {
        "kind": kind,
        "label": text(label_of(item)) if item is not None else row["line"] or text(Text("（未選項目）", "(no line chosen)")),
        "unit": text(item.unit) if item is not None else "",
        "asks_quantity": "quantity" in asks,
        "asks_price": "unit_price" in asks,
        "sessions": sessions,
        "hint": text(_hint(draft, item, sessions, limits)) if item is not None else "",
        "modes": choices(
            [(code, text(each.text)) for code, each in modes.codes.items()], row["travel_mode"], text(Text("請選擇", "choose"))
        )
        if kind == "travel" and modes is not None
        else "",
        "stays": kind == "premium" or (kind == "materials" and bool(draft.facts.materials)),
    }


def _hint(draft: Draft, item: BudgetItem, sessions: tuple[int, ...], limits: Room) -> Text:
    """What a line says beneath its name: where it comes from, or its limit."""
    if item.kind == "lecturer" and sessions:
        numbers = "、".join(map(str, sessions))
        return Text(f"第 {numbers} 場", f"session {', '.join(map(str, sessions))}")
    if item.kind == "premium" and item.rate is not None:
        fees, rate = draft.verdict.totals.lecturer_fees, percent(item.rate.value)
        return Text(f"{fees:,} × {rate}，自動計算", f"{fees:,} × {rate}, reckoned")
    if item.kind == "materials":
        count = len(draft.facts.materials or ())
        return Text(
            f"附錄1：{count} 項，自動加總" if count else "請在附錄1逐項列出", f"附錄1: {count}" if count else "list each item in 附錄1"
        )
    if item.kind == "miscellaneous" and item.share is not None and limits.miscellaneous_limit is not None:
        base = limits.asked - stated(line for line in draft.facts.budget or () if line.line == item.code)
        most, share = limits.miscellaneous_limit, percent(item.share.value)
        return Text(f"最多 {most:,}（業務費 {base:,} × {share}）", f"at most {most:,} ({share} of the other lines, {base:,})")
    if item.unit_price is not None:
        return Text(f"每{item.unit.zh}最多 {item.unit_price.value:,} 元", f"at most {item.unit_price.value:,} a {item.unit.en}")
    return Text("依票價核實，計程車不補助", "by ticket; a taxi is never paid") if item.forbidden_modes else Text("", "")


def dressed(draft: Draft, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of 附錄1 or 附錄2 with their markup, `html`."""
    for row in rows:
        stands = {"first": HIDDEN if row["is_first"] else NOTHING, "last": HIDDEN if row["is_last"] else NOTHING}
        row["html"] = rowwise.drawn(f"drafting/sections/budget.html#{row['at'].split('/')[0]}", {**row, "stands": stands})
    return rows


def sums(draft: Draft) -> dict[str, int]:
    """What the lines and 附錄1 add up to."""
    return {"budget": draft.verdict.totals.requested, "materials": sum(row.amount or 0 for row in draft.facts.materials or ())}


def texts(draft: Draft) -> dict[str, str]:
    """Everything reckoned that stands on the page, by the id of its element."""
    found = {"budget": f"{sums(draft)['budget']:,}", "materials": f"{sums(draft)['materials']:,}"}
    for row in drawn(draft):
        found |= {f"{row['at']}/amount": row["amount"], f"hint:{row['at']}": row["hint"]}
        if not row["asks_quantity"]:
            found[f"quantity:{row['at']}"] = row["quantity"]
        if not row["asks_price"]:
            found[f"price:{row['at']}"] = row["unit_price"]
    for item in draft.document.get("materials") or []:
        at = f"materials/{item[ID]}/amount"
        found[at] = typed.shown(at, item.get("amount"))
    return found
