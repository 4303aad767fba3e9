"""The notes in and under the budget, told in our own words from the programme's figures; what a programme leaves out is not spoken of."""

from gongxue.rules.money import percent
from gongxue.rules.numerals import money
from gongxue.rules.programme import BudgetItem, Programme


def line_notes(item: BudgetItem, programme: Programme) -> tuple[str, ...]:
    """What the form says beside a line; for lecturers what it says beside all of them together."""
    told = {
        "lecturer": lambda: _numbered(_lecturer(programme)),
        "premium": lambda: _premium(item),
        "travel": lambda: _travel(item, programme),
        "priced": lambda: _priced(item),
        "materials": lambda: _materials(item),
        "miscellaneous": lambda: _miscellaneous(item),
    }
    return tuple(told[item.kind]())


def _numbered(notes: list[str]) -> list[str]:
    return [f"{number}.{note}" for number, note in enumerate(notes, 1)] if len(notes) > 1 else notes


def _lecturer(programme: Programme) -> list[str]:
    rates = [
        f"{item.label.zh.removesuffix('講座鐘點費')}{item.who.zh if item.who is not None else '講座'}{money(item.unit_price.value)}元"
        for item in programme.budget
        if item.kind == "lecturer" and item.unit_price is not None
    ]
    notes = [f"依「講座鐘點費支給表」，每節最多：{'、'.join(rates)}。"] if rates else []
    share = programme.figures.member_fee_share
    if share is not None:
        notes.append(f"單一成員支領不超過鐘點費總額的{percent(share.value)}。")
    return notes


def _premium(item: BudgetItem) -> list[str]:
    return [f"講座鐘點費的{percent(item.rate.value)}，四捨五入到元"] if item.rate is not None else []


def _travel(item: BudgetItem, programme: Programme) -> list[str]:
    modes = programme.lists.travel_modes.codes if programme.lists.travel_modes is not None else {}
    never = "、".join(modes[code].zh for code in item.forbidden_modes if code in modes)
    spent = "覈實支應" if item.reallocation == "as_spent" else ""
    return ["；".join(each for each in (spent, f"{never}不予補助" if never else "") if each)] if spent or never else []


def _priced(item: BudgetItem) -> list[str]:
    if item.unit_price is None:
        return []
    holds = "含影印、紙張、資料印製、成果發表手冊編製等，" if item.code == "printing" else ""
    return [f"{holds}每{item.unit.zh}最多{money(item.unit_price.value)}元"]


def _materials(item: BudgetItem) -> list[str]:
    priced = f"，單項最多{money(item.item_unit_price.value)}元" if item.item_unit_price is not None else ""
    return [f"社群活動用的教具與教材；品項可以調整，連同單價列在附錄1{priced}"]


def _miscellaneous(item: BudgetItem) -> list[str]:
    return [f"不超過業務費（其他各項合計）的{percent(item.share.value)}"] if item.share is not None else []


def all_notes(programme: Programme) -> frozenset[str]:
    """Every note that the budget table of the programme may hold, so that a reader can tell them from what was filled in."""
    return frozenset((*(note for item in programme.budget for note in line_notes(item, programme)), *total_notes(programme)))


def total_notes(programme: Programme) -> tuple[str, ...]:
    """Which lines interchange, and which are paid as spent."""
    groups: dict[str, list[str]] = {}
    for item in programme.budget:
        name = "講座鐘點費" if item.kind == "lecturer" else item.label.zh
        groups.setdefault(item.reallocation or "", []).append(name)
    notes = []
    if len(groups.get("lecturer", ())) > 1:
        notes.append("各項講座鐘點費可以互相勻支。")
    spent = dict.fromkeys((*groups.get("lecturer", ()), *groups.get("as_spent", ())))
    if spent:
        notes.append(f"{'、'.join(spent)}覈實支應。")
    if "general" in groups:
        notes.append("其餘各項可以互相勻支。" if len(groups) > 1 else "各項可以互相勻支。")
    return tuple(_numbered(notes))


def items_note() -> str:
    """Beside the total of 附錄1."""
    return "備註：品項可依實際運作調整，各品項經費可互相勻支。"
