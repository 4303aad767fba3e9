"""Rules on the budget estimate (附件二 五)."""

from gongxue.rules.case import BudgetRow, Case, Engagement, blank
from gongxue.rules.money import half_up, percent, rounded_down
from gongxue.rules.programme import BudgetItem
from gongxue.rules.rule import Fault, Faults, Rules
from gongxue.rules.text import Text

rule = Rules()

SEVERAL = frozenset({"lecturer", "travel"})
"""Kinds of line that may stand several times, one for each rate or fare."""
LUMP = frozenset({"premium", "materials", "miscellaneous"})
"""Kinds of line whose quantity and unit price may be left out."""
NUMBERS = (("quantity", Text("數量", "quantity")), ("unit_price", Text("單價", "unit price")), ("amount", Text("總價", "amount")))


def label_of(item: BudgetItem) -> Text:
    """The line's label, with who it pays where the label alone does not tell."""
    if item.who is None:
        return item.label
    return Text(f"{item.label.zh}（{item.who.zh}）", f"{item.label.en} ({item.who.en})")


def _label(row: BudgetRow) -> Text:
    code = row.line.line or ""
    return label_of(row.item) if row.item is not None else Text(f"「{code}」", f"“{code}”")


@rule("budget.known-lines", "error", "項目都在表列之中且不重複", "every line is one of the programme's; none stands twice", ("budget",))
def budget_known_lines(case: Case) -> Faults:
    """Every line is one of the programme's; only lecturer lines and travel may stand several times."""
    seen: dict[str, int] = {}
    for row in case.budget.rows:
        code, number, item = row.line.line, row.index + 1, row.item
        if item is None:
            if blank(code):
                yield Fault(f"{row.path}.line", f"第 {number} 列尚未選擇項目。", f"Row {number} has no line item.")
            else:
                en = f"“{code}” in row {number} is not a budget line of this programme."
                yield Fault(f"{row.path}.line", f"第 {number} 列的「{code}」不是本計畫的經費項目。", en)
        elif row.kind not in SEVERAL and (first := seen.setdefault(item.code, row.index)) != row.index:
            zh = f"{item.label.zh}在第 {first + 1} 列與第 {number} 列重複，請合併為一列。"
            yield Fault(f"{row.path}.line", zh, f"{item.label.en} stands twice, in rows {first + 1} and {number}; put them together.")


@rule(
    "budget.arithmetic", "error", "數量 × 單價 = 總價，均為非負整數", "quantity × unit price = amount, whole and not negative", ("budget",)
)
def budget_arithmetic(case: Case) -> Faults:
    """Quantity × unit price = amount, whole and not negative; half quantities on lecturer lines only."""
    for row in case.budget.rows:
        quantity, price, amount = row.line.quantity, row.line.unit_price, row.line.amount
        if quantity is None or price is None or amount is None or quantity < 0 or price < 0 or amount < 0:
            yield from _incomplete(row)
        elif quantity % (0.5 if row.kind == "lecturer" else 1):
            yield _uneven(row, quantity)
        elif int(quantity * 2) * price != amount * 2:
            yield _product(row, quantity, price, amount)


def _incomplete(row: BudgetRow) -> Faults:
    for field, name in NUMBERS:
        value, path, label = getattr(row.line, field), f"{row.path}.{field}", _label(row)
        if value is None:
            if field == "amount" or row.kind not in LUMP:
                yield Fault(path, f"{label.zh}尚未填寫{name.zh}。", f"{label.en} has no {name.en}.")
        elif value < 0:
            zh = f"{label.zh}的{name.zh} {value:,} 不可為負。"
            yield Fault(path, zh, f"The {name.en} {value:,} of {label.en} may not be negative.")
        elif field == "quantity" and row.kind != "lecturer" and value % 1:
            yield _uneven(row, value)


def _uneven(row: BudgetRow, quantity: int | float) -> Fault:
    label = _label(row)
    if row.kind == "lecturer":
        zh, en = f"{label.zh}的數量 {quantity} 應以 0.5 節為單位。", f"The quantity {quantity} of {label.en} must be in halves."
    else:
        zh, en = f"{label.zh}的數量 {quantity} 應為整數。", f"The quantity {quantity} of {label.en} must be whole."
    return Fault(f"{row.path}.quantity", zh, en)


def _product(row: BudgetRow, quantity: int | float, price: int, amount: int) -> Fault:
    halves, label = int(quantity * 2) * price, _label(row)
    product = f"{halves // 2:,}" + (".5" if halves % 2 else "")
    shown = f"{quantity:,.1f}".removesuffix(".0")
    zh = f"{label.zh}：{shown} × {price:,} = {product} 元，總價寫 {amount:,} 元，請改正。"
    return Fault(f"{row.path}.amount", zh, f"{label.en}: {shown} × {price:,} = {product}, but the amount says {amount:,}; correct it.")


@rule(
    "budget.unit-price",
    "error",
    "單價不超過上限",
    "a lecturer rate, the price of a copy, of a meal is at most the programme's",
    ("budget",),
)
def budget_unit_price(case: Case) -> Faults:
    """A lecturer rate (in the budget or the schedule), the price of a copy, of a meal is at most the programme's."""
    for each in case.engagements:
        if each.lecturer.rate is not None:
            yield from _rate(case, each, each.lecturer.rate)
    for row in case.budget.rows:
        item, price = row.item, row.line.unit_price or 0
        if item is not None and item.unit_price is not None and price > (allowed := item.unit_price.value):
            label = label_of(item)
            zh = f"{label.zh}每{item.unit.zh} {price:,} 元，超過上限 {allowed:,} 元，請改為 {allowed:,} 元以下。"
            en = f"{label.en}: {price:,} a {item.unit.en} is over the limit of {allowed:,}; make it {allowed:,} or less."
            yield Fault(f"{row.path}.unit_price", zh, en)


def _rate(case: Case, each: Engagement, rate: int) -> Faults:
    item = case.desk.lecturer_items.get(each.lecturer.kind or "")
    if item is None or item.unit_price is None:
        return
    number, allowed, label = each.meeting.number, item.unit_price.value, label_of(item)
    if rate < 0:
        zh, en = f"第 {number} 場講師每節 {rate:,} 元，不可為負。", f"The rate {rate:,} in session {number} may not be negative."
        yield Fault(f"{each.path}.rate", zh, en)
    elif rate > allowed:
        zh = f"第 {number} 場講師每節 {rate:,} 元，超過{label.zh}上限 {allowed:,} 元。"
        en = f"The lecturer of session {number} is paid {rate:,} a period, over the limit of {allowed:,} for {label.en}."
        yield Fault(f"{each.path}.rate", zh, en)


@rule("budget.nhi", "error", "補充保費為鐘點費乘以費率，四捨五入", "the premium is the rate × lecturer fees, rounded half up", ("budget",))
def budget_nhi(case: Case) -> Faults:
    """The premium is the rate × lecturer fees as stated, rounded half up; a premium of 0 needs no line."""
    fees, seen = case.lecturer_fees, case.budget.asked.get("premium", 0)
    for item in case.desk.premium_items:
        if item.rate is not None and seen != (due := half_up(item.rate.value, fees)):
            rate = percent(item.rate.value)
            zh = f"{item.label.zh} {seen:,} 元，應為講座鐘點費 {fees:,} 元的 {rate}，即 {due:,} 元。"
            en = f"{item.label.en} is {seen:,}; it should be {rate} of the lecturer fees {fees:,}, that is {due:,}."
            yield Fault(case.budget.amount_path("premium"), zh, en)


@rule(
    "budget.lecturer-periods",
    "warning",
    "概算節數與進度規劃的支給節數相符",
    "the periods budgeted equal the paid periods in the schedule",
    ("budget",),
)
def budget_lecturer_periods(case: Case) -> Faults:
    """Compared by kind, and by rate where the schedule gives rates."""
    if not case.engagements and "lecturer" not in case.budget.asked:
        return
    for kind, item in case.desk.lecturer_items.items():
        engaged = [each for each in case.engagements if each.lecturer.kind == kind and each.periods]
        rows = [row for row in case.budget.rows if row.item is item]
        if engaged or rows:
            yield from _periods(case, item, engaged, rows)


def _periods(case: Case, item: BudgetItem, engaged: list[Engagement], rows: list[BudgetRow]) -> Faults:
    by_rate = any(each.lecturer.rate is not None for each in engaged)
    planned: dict[int | None, int | float] = {}
    budgeted: dict[int | None, int | float] = {}
    places: dict[int | None, str] = {}
    for row in rows:
        rate = row.line.unit_price if by_rate else None
        budgeted[rate] = budgeted.get(rate, 0) + (row.line.quantity or 0)
        places.setdefault(rate, f"{row.path}.quantity")
    for each in engaged:
        rate = case.budget.rate_of(each.lecturer) if by_rate else None
        planned[rate] = planned.get(rate, 0) + each.periods
    for rate in {**budgeted, **planned}:
        asked, due = budgeted.get(rate, 0), planned.get(rate, 0)
        if asked != due:
            label = label_of(item)
            zh, en = (label.zh, label.en) if rate is None else (f"{label.zh}（每節 {rate:,} 元）", f"{label.en} at {rate:,} a period")
            zh = f"{zh}概算 {asked:g} 節，進度規劃支給 {due:g} 節，請核對。"
            yield Fault(
                places.get(rate, "budget"), zh, f"{en}: {asked:g} periods budgeted, {due:g} paid periods in the schedule; please check."
            )


@rule("budget.no-taxi", "error", "交通費不含計程車", "no journey by taxi", ("budget",))
def budget_no_taxi(case: Case) -> Faults:
    """No journey by a mode that the programme never pays."""
    for row in case.budget.rows:
        code = row.line.travel_mode
        if code is not None and code in case.desk.forbidden_modes:
            modes = case.programme.lists.travel_modes
            mode = modes.codes[code].text if modes is not None and code in modes.codes else Text(code, code)
            number, amount = row.index + 1, row.line.amount or 0
            zh = f"第 {number} 列以{mode.zh}計交通費 {amount:,} 元；{mode.zh}費不予補助，請改列大眾運輸。"
            en = f"Row {number} asks {amount:,} for travel by {mode.en}, which is never paid; use public transport."
            yield Fault(f"{row.path}.travel_mode", zh, en)


@rule("budget.miscellaneous", "error", "雜支不超過業務費的比率", "miscellaneous is at most its share of the other lines", ("budget",))
def budget_miscellaneous(case: Case) -> Faults:
    """At most the programme's share of 業務費: of all other lines together, rounded down."""
    asked = case.budget.asked.get("miscellaneous")
    if asked is None:
        return
    base = case.requested - asked
    for item in case.desk.miscellaneous_items:
        if item.share is not None and asked > (allowed := rounded_down(item.share.value, base)):
            share = percent(item.share.value)
            zh = f"{item.label.zh} {asked:,} 元，超過業務費 {base:,} 元的 {share}（{allowed:,} 元）。"
            en = f"{item.label.en} is {asked:,}, more than {share} of the operating expenses {base:,} ({allowed:,})."
            yield Fault(case.budget.amount_path("miscellaneous"), zh, en)


@rule("budget.cap", "error", "總額不超過類別上限與另補助", "the total is at most the tier's cap and the supplements claimed", ("tiers",))
def budget_cap(case: Case) -> Faults:
    """The total is at most the tier's cap and the supplements claimed."""
    asked, ceiling = case.requested, case.ceiling
    if ceiling is not None and asked > ceiling:
        parts, over = _parts(case), asked - ceiling
        zh = f"申請 {asked:,} 元，超過上限 {ceiling:,} 元（{parts.zh}），請減少 {over:,} 元。"
        yield Fault("budget", zh, f"{asked:,} is asked, the ceiling is {ceiling:,} ({parts.en}); take off {over:,}.")


def _parts(case: Case) -> Text:
    tier, application = case.tier, case.application
    if tier is None:
        return Text("", "")
    zh, en = [f"{tier.label.zh} {tier.cap.value:,}"], [f"{tier.label.en} {tier.cap.value:,}"]
    if application.cross_school and tier.cross_school is not None:
        zh.append(f"跨校 {tier.cross_school.value:,}")
        en.append(f"cross-school {tier.cross_school.value:,}")
    if application.school_developed_curriculum and tier.school_developed_curriculum is not None:
        zh.append(f"校訂課程 {tier.school_developed_curriculum.value:,}")
        en.append(f"school-developed curriculum {tier.school_developed_curriculum.value:,}")
    return Text("＋".join(zh), " + ".join(en))


@rule("budget.positive", "error", "申請金額大於零", "the total is over zero", ("budget",))
def budget_positive(case: Case) -> Faults:
    """The total is over zero."""
    if case.requested <= 0:
        zh = f"申請金額合計 {case.requested:,} 元，應大於 0 元；請填寫經費概算表。"
        yield Fault("budget", zh, f"The total asked is {case.requested:,}; it must be over 0. Fill in the budget.")
