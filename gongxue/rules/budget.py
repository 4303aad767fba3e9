"""Rules on the budget estimate (附件二 五)."""

from gongxue.rules.application import BudgetLine
from gongxue.rules.case import Case, blank
from gongxue.rules.money import half_up, percent, rounded_down, stated
from gongxue.rules.programme import BudgetItem
from gongxue.rules.rule import Faults, Rules, fault
from gongxue.rules.text import Text

rule = Rules()

SEVERAL = frozenset({"lecturer", "travel"})
"""Kinds of line that may stand several times, one for each rate or fare."""
LUMP = frozenset({"premium", "materials", "miscellaneous"})
"""Kinds of line whose quantity and unit price may be left out."""


def label_of(item: BudgetItem) -> Text:
    """The line's label, with who it pays where the label alone does not tell."""
    if item.who is None:
        return item.label
    return Text(f"{item.label.zh}（{item.who.zh}）", f"{item.label.en} ({item.who.en})")


def _label(case: Case, line: BudgetLine) -> Text:
    item = case.desk.items.get(line.line or "")
    return label_of(item) if item is not None else Text(f"「{line.line or ''}」", f"“{line.line or ''}”")


@rule("budget.known-lines", "error", "項目都在表列之中且不重複", "every line is one of the programme's; none stands twice", ("budget",))
def budget_known_lines(case: Case) -> Faults:
    """Every line is one of the programme's; only lecturer lines and travel may stand several times."""
    seen: dict[str, int] = {}
    for index, line in enumerate(case.budget):
        if blank(line.line):
            yield fault(f"budget[{index}].line", "第 {number} 列尚未選擇項目。", "Row {number} has no line item.", number=index + 1)
            continue
        item = case.desk.items.get(line.line or "")
        if item is None:
            zh = "第 {number} 列的「{line}」不是本計畫的經費項目。"
            yield fault(
                f"budget[{index}].line",
                zh,
                "“{line}” in row {number} is not a budget line of this programme.",
                number=index + 1,
                line=line.line,
            )
        elif (first := seen.setdefault(item.code, index)) != index and item.kind not in SEVERAL:
            zh = "{label}在第 {first} 列與第 {number} 列重複，請合併為一列。"
            en = "{label} stands twice, in rows {first} and {number}; put them together."
            yield fault(f"budget[{index}].line", zh, en, label=item.label, first=first + 1, number=index + 1)


@rule(
    "budget.arithmetic", "error", "數量 × 單價 = 總價，均為非負整數", "quantity × unit price = amount, whole and not negative", ("budget",)
)
def budget_arithmetic(case: Case) -> Faults:
    """Quantity × unit price = amount, whole and not negative; half quantities on lecturer lines only."""
    for index, line in enumerate(case.budget):
        item = case.desk.items.get(line.line or "")
        kind = item.kind if item is not None else ""
        quantity, price, amount = line.quantity, line.unit_price, line.amount
        if quantity is None or price is None or amount is None or quantity < 0 or price < 0 or amount < 0:
            yield from _incomplete(case, index, line, kind)
        elif quantity % (0.5 if kind == "lecturer" else 1):
            figures = {"label": _label(case, line), "value": quantity}
            if kind == "lecturer":
                zh, en = "{label}的數量 {value} 應以 0.5 節為單位。", "The quantity {value} of {label} must be in halves."
            else:
                zh, en = "{label}的數量 {value} 應為整數。", "The quantity {value} of {label} must be whole."
            yield fault(f"budget[{index}].quantity", zh, en, **figures)
        elif int(quantity * 2) * price != amount * 2:
            yield from _product(case, index, line)


def _incomplete(case: Case, index: int, line: BudgetLine, kind: str) -> Faults:
    for field, name in (
        ("quantity", Text("數量", "quantity")),
        ("unit_price", Text("單價", "unit price")),
        ("amount", Text("總價", "amount")),
    ):
        value = getattr(line, field)
        path, figures = f"budget[{index}].{field}", {"label": _label(case, line), "field": name, "value": value}
        if value is None:
            if field == "amount" or kind not in LUMP:
                yield fault(path, "{label}尚未填寫{field}。", "{label} has no {field}.", **figures)
        elif value < 0:
            yield fault(path, "{label}的{field} {value:,} 不可為負。", "The {field} {value:,} of {label} may not be negative.", **figures)
        elif field == "quantity" and kind != "lecturer" and value % 1:
            yield fault(path, "{label}的數量 {value} 應為整數。", "The quantity {value} of {label} must be whole.", **figures)


def _product(case: Case, index: int, line: BudgetLine) -> Faults:
    quantity, price, amount = line.quantity or 0, line.unit_price or 0, line.amount or 0
    halves = int(quantity * 2) * price
    product = f"{halves // 2:,}" + (".5" if halves % 2 else "")
    zh = "{label}：{quantity} × {price:,} = {product} 元，總價寫 {amount:,} 元，請改正。"
    en = "{label}: {quantity} × {price:,} = {product}, but the amount says {amount:,}; correct it."
    shown = f"{quantity:,.1f}".removesuffix(".0")
    yield fault(f"budget[{index}].amount", zh, en, label=_label(case, line), quantity=shown, price=price, product=product, amount=amount)


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
        item = case.desk.lecturer_items.get(each.lecturer.kind or "")
        rate = each.lecturer.rate
        if rate is None or item is None or item.unit_price is None or 0 <= rate <= item.unit_price.value:
            continue
        figures = {"number": each.meeting.number, "rate": rate, "allowed": item.unit_price.value, "label": label_of(item)}
        if rate < 0:
            yield fault(
                f"{each.path}.rate",
                "第 {number} 場講師每節 {rate:,} 元，不可為負。",
                "The rate {rate:,} in session {number} may not be negative.",
                **figures,
            )
        else:
            zh = "第 {number} 場講師每節 {rate:,} 元，超過{label}上限 {allowed:,} 元。"
            en = "The lecturer of session {number} is paid {rate:,} a period, over the limit of {allowed:,} for {label}."
            yield fault(f"{each.path}.rate", zh, en, **figures)
    for index, line in enumerate(case.budget):
        item = case.desk.items.get(line.line or "")
        if item is not None and item.unit_price is not None and (line.unit_price or 0) > item.unit_price.value:
            zh = "{label}每{unit} {seen:,} 元，超過上限 {allowed:,} 元，請改為 {allowed:,} 元以下。"
            en = "{label}: {seen:,} a {unit} is over the limit of {allowed:,}; make it {allowed:,} or less."
            figures = {"label": label_of(item), "unit": item.unit, "seen": line.unit_price, "allowed": item.unit_price.value}
            yield fault(f"budget[{index}].unit_price", zh, en, **figures)


@rule("budget.nhi", "error", "補充保費為鐘點費乘以費率，四捨五入", "the premium is the rate × lecturer fees, rounded half up", ("budget",))
def budget_nhi(case: Case) -> Faults:
    """The premium is the rate × lecturer fees as stated, rounded half up; a premium of 0 needs no line."""
    lines = case.lines(case.desk.premium_codes)
    for item in case.programme.budget:
        if item.kind != "premium" or item.rate is None:
            continue
        due, seen = half_up(item.rate.value, case.lecturer_fees), stated(line for _, line in lines)
        if seen != due:
            path = f"budget[{lines[0][0]}].amount" if lines else "budget"
            zh = "{label} {seen:,} 元，應為講座鐘點費 {fees:,} 元的 {rate}，即 {due:,} 元。"
            en = "{label} is {seen:,}; it should be {rate} of the lecturer fees {fees:,}, that is {due:,}."
            yield fault(path, zh, en, label=item.label, seen=seen, fees=case.lecturer_fees, rate=percent(item.rate.value), due=due)


@rule(
    "budget.lecturer-periods",
    "warning",
    "概算節數與進度規劃的支給節數相符",
    "the periods budgeted equal the paid periods in the schedule",
    ("budget",),
)
def budget_lecturer_periods(case: Case) -> Faults:
    """Compared by kind, and by rate where the schedule gives rates."""
    for kind, item in case.desk.lecturer_items.items():
        engaged = [each for each in case.engagements if each.lecturer.kind == kind and each.periods]
        lines = [(index, line) for index, line in enumerate(case.budget) if line.line == item.code]
        if not engaged and not lines:
            continue
        by_rate = any(each.lecturer.rate is not None for each in engaged)
        planned: dict[int | None, int | float] = {}
        budgeted: dict[int | None, int | float] = {}
        places: dict[int | None, str] = {}
        for index, line in lines:
            rate = line.unit_price if by_rate else None
            budgeted[rate] = budgeted.get(rate, 0) + (line.quantity or 0)
            places.setdefault(rate, f"budget[{index}].quantity")
        for each in engaged:
            rate = case.rate_of(each.lecturer) if by_rate else None
            planned[rate] = planned.get(rate, 0) + each.periods
        for rate in {**budgeted, **planned}:
            if budgeted.get(rate, 0) != planned.get(rate, 0):
                at = Text(f"（每節 {rate:,} 元）", f" at {rate:,} a period") if rate is not None else Text("", "")
                zh = "{label}{at}概算 {budgeted} 節，進度規劃支給 {planned} 節，請核對。"
                en = "{label}{at}: {budgeted} periods budgeted, {planned} paid periods in the schedule; please check."
                figures = {"budgeted": f"{budgeted.get(rate, 0):g}", "planned": f"{planned.get(rate, 0):g}"}
                yield fault(places.get(rate, "budget"), zh, en, label=label_of(item), at=at, **figures)


@rule("budget.no-taxi", "error", "交通費不含計程車", "no journey by taxi", ("budget",))
def budget_no_taxi(case: Case) -> Faults:
    """No journey by a mode that the programme never pays."""
    forbidden = {mode for item in case.programme.budget for mode in item.forbidden_modes}
    modes = case.programme.lists.travel_modes
    for index, line in enumerate(case.budget):
        if line.travel_mode in forbidden:
            mode = modes.codes[line.travel_mode].text if modes is not None and line.travel_mode in modes.codes else Text("計程車", "taxi")
            zh = "第 {number} 列以{mode}計交通費 {amount:,} 元；{mode}費不予補助，請改列大眾運輸。"
            en = "Row {number} asks {amount:,} for travel by {mode}, which is never paid; use public transport."
            yield fault(f"budget[{index}].travel_mode", zh, en, number=index + 1, mode=mode, amount=line.amount or 0)


@rule("budget.miscellaneous", "error", "雜支不超過業務費的比率", "miscellaneous is at most its share of the other lines", ("budget",))
def budget_miscellaneous(case: Case) -> Faults:
    """At most the programme's share of 業務費: of all other lines together, rounded down."""
    lines = case.lines(case.desk.miscellaneous_codes)
    asked = stated(line for _, line in lines)
    base = case.requested - asked
    for item in case.programme.budget:
        if item.kind == "miscellaneous" and item.share is not None and lines and asked > (allowed := rounded_down(item.share.value, base)):
            zh = "{label} {asked:,} 元，超過業務費 {base:,} 元的 {share}（{allowed:,} 元）。"
            en = "{label} is {asked:,}, more than {share} of the operating expenses {base:,} ({allowed:,})."
            figures = {"label": item.label, "asked": asked, "base": base, "share": percent(item.share.value), "allowed": allowed}
            yield fault(f"budget[{lines[0][0]}].amount", zh, en, **figures)


@rule("budget.cap", "error", "總額不超過類別上限與另補助", "the total is at most the tier's cap and the supplements claimed", ("tiers",))
def budget_cap(case: Case) -> Faults:
    """The total is at most the tier's cap and the supplements claimed."""
    if case.ceiling is not None and case.tier is not None and case.requested > case.ceiling:
        zh = "申請 {asked:,} 元，超過上限 {ceiling:,} 元（{parts}），請減少 {over:,} 元。"
        en = "{asked:,} is asked, the ceiling is {ceiling:,} ({parts}); take off {over:,}."
        over = case.requested - case.ceiling
        yield fault("budget", zh, en, asked=case.requested, ceiling=case.ceiling, parts=_parts(case), over=over)


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
        zh = "申請金額合計 {asked:,} 元，應大於 0 元；請填寫經費概算表。"
        yield fault("budget", zh, "The total asked is {asked:,}; it must be over 0. Fill in the budget.", asked=case.requested)
