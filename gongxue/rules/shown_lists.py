"""A programme in words, its longer half: budget, lists, forms, calendar, review, quotas, register, rules, and what is unknown."""

import datetime
from collections.abc import Iterator

from gongxue.rules.check import running
from gongxue.rules.key_names import SEVERITIES, key_name
from gongxue.rules.known import has_figure
from gongxue.rules.money import percent
from gongxue.rules.programme import BudgetItem, Choice, Choices, Programme
from gongxue.rules.registry import RULES
from gongxue.rules.shown import OURS, Shown, counted, day, dollars
from gongxue.rules.taiwan import ROC_OFFSET
from gongxue.rules.text import Text

_REALLOCATION = {
    "lecturer": Text("講座鐘點費之間互相勻支", "lecturer lines interchange among themselves"),
    "as_spent": Text("覈實支應，不勻出也不勻入", "as spent; neither gives nor takes"),
    "general": Text("與其他一般項目互相勻支", "interchanges with the other general lines"),
}
_SELECTION = {
    "merit": Text("擇優錄取", "on merit"),
    "rank_sum": Text("序位法（名次加總，小者優先）", "by sum of ranks, the smallest first"),
}


def same(text: str) -> Text:
    """What is written alike in both languages."""
    return Text(text, text)


def joined(words: list[Text]) -> Text:
    """A list of words as each language writes it."""
    return Text("、".join(word.zh for word in words), ", ".join(word.en for word in words))


def budget(programme: Programme) -> Iterator[Shown]:
    """Each budget line with its unit, price, rate, limits and reallocation."""
    for item in programme.budget:
        who = item.who
        label = item.label if who is None else Text(f"{item.label.zh}（{who.zh}）", f"{item.label.en} ({who.en})")
        place = f"budget.{item.code}"
        yield Shown(place, label, Text(f"{item.code}，單位：{item.unit.zh}", f"{item.code}, by {item.unit.en}"), item.clause)
        for name, value, clause in _limits(programme, item):
            yield Shown(f"{place}.{name}", key_name(f"budget.{name}"), value, clause, 1)


def _limits(programme: Programme, item: BudgetItem) -> Iterator[tuple[str, Text, str]]:
    if item.unit_price is not None:
        price = dollars(item.unit_price.value)
        yield "unit_price", Text(f"{price.zh}／{item.unit.zh}", f"{price.en} a {item.unit.en}"), item.unit_price.clause
    for name, share in (("rate", item.rate), ("share", item.share)):
        if share is not None:
            yield name, same(percent(share.value)), share.clause
    for name, count in (("item_unit_price", item.item_unit_price), ("capital_from", item.capital_from)):
        if count is not None:
            yield name, dollars(count.value), count.clause
    if item.forbidden_modes:
        modes = programme.lists.travel_modes.codes if programme.lists.travel_modes is not None else {}
        yield "forbidden_modes", _labels(item.forbidden_modes, modes), item.clause
    if item.reallocation is not None:
        yield "reallocation", _REALLOCATION[item.reallocation], item.clause


def _labels(codes: tuple[str, ...], known: dict[str, Choice]) -> Text:
    return joined([known[code].text if code in known else same(code) for code in codes])


def lists(programme: Programme) -> Iterator[Shown]:
    """The lists of the form, each code with its label."""
    for name in programme.lists.__struct_fields__:
        choices: Choices | None = getattr(programme.lists, name)
        if choices is not None:
            count = counted(len(choices.codes), "項", "choice", "choices")
            yield Shown(f"lists.{name}", key_name(f"lists.{name}"), count, choices.clause)
            for code, choice in choices.codes.items():
                yield Shown(f"lists.{name}.codes.{code}", choice.text, same(code), "", 1)


def session_methods(programme: Programme) -> Iterator[Shown]:
    """What a method asks of its session."""
    methods = programme.session_methods
    known = programme.lists.methods.codes if programme.lists.methods is not None else {}
    for name, codes, clause in (
        ("names_lecturer", methods.names_lecturer, methods.names_lecturer_clause),
        ("unpaid_members", methods.unpaid_members, methods.unpaid_members_clause),
        ("public_lesson", (methods.public_lesson,) if methods.public_lesson else (), methods.public_lesson_clause),
    ):
        if codes:
            yield Shown(f"session_methods.{name}", key_name(f"session_methods.{name}"), _labels(codes, known), clause)


def forms(programme: Programme) -> Iterator[Shown]:
    """The official forms with their sign-off chains."""
    for name, form in programme.forms.items():
        place = f"forms.{name}"
        yield Shown(place, Text(f"{form.annex} {key_name(place).zh}", f"{form.annex} {key_name(place).en}"), same(form.title), form.clause)
        chain = Text(
            " → ".join(step.label for step in form.chain),
            " → ".join(" or ".join(step.posts).replace("_", " ") for step in form.chain),
        )
        for key, label, value in (
            ("chain", Text("核章順序", "sign-off"), chain),
            ("file_name", Text("檔名", "file name"), same(form.file_name)),
            *((f"questions[{index}]", Text("問題", "question"), same(question)) for index, question in enumerate(form.questions)),
        ):
            if value.zh:
                yield Shown(f"{place}.{key}", label, value, form.clause, 1)


def calendar(programme: Programme) -> Iterator[Shown]:
    """When there is no school."""
    if programme.calendar is None:
        return
    clause = programme.calendar.clause
    if programme.calendar.ours:
        yield Shown("calendar", key_name("calendar"), Text(OURS.zh.strip("（）"), OURS.en.strip(" ()")), clause)
    for name in ("holidays", "working_saturdays"):
        days: tuple[datetime.date, ...] = getattr(programme.calendar, name)
        if days:
            yield Shown(f"calendar.{name}", key_name(f"calendar.{name}"), counted(len(days), "天", "day", "days"), clause)
        for index, date in enumerate(days):
            yield Shown(f"calendar.{name}[{index}]", same(""), day(date), "", 1)
    spans = programme.calendar.no_lessons
    if spans:
        yield Shown("calendar.no_lessons", key_name("calendar.no_lessons"), counted(len(spans), "段", "span", "spans"), clause)
    for index, span in enumerate(spans):
        first, last = day(span.first), day(span.last)
        value = Text(f"{first.zh}至{last.zh}", f"{first.en} to {last.en}")
        yield Shown(f"calendar.no_lessons[{index}]", same(""), value, "", 1)


def review(programme: Programme) -> Iterator[Shown]:
    """How applications are judged and chosen."""
    if programme.selection is not None:
        yield Shown("selection", key_name("selection"), _SELECTION[programme.selection], programme.selection_clause)
    for criterion in programme.criteria:
        place = f"criteria.{criterion.code}"
        yield Shown(place, criterion.label, counted(len(criterion.asks), "項", "point", "points"), criterion.clause)
        for number, asks in enumerate(criterion.asks, start=1):
            yield Shown(f"{place}.asks[{number - 1}]", same(f"({number})"), asks, criterion.clause, 1)


def quotas(programme: Programme) -> Iterator[Shown]:
    """Quota by classes, set-asides, money by fiscal year: shown, and computed with by no rule yet."""
    for index, quota in enumerate(programme.class_quota):
        upto = Text("", "") if quota.classes is None else Text(f"{quota.classes} 班以下：", f"up to {quota.classes} classes: ")
        most = Text("（數目不詳）", "(number unknown)")
        if quota.communities is not None:
            most = counted(quota.communities, "個", "community", "communities")
        value = Text(upto.zh + most.zh, upto.en + most.en)
        yield Shown(f"class_quota[{index}]", key_name("class_quota"), value, quota.clause)
    for index, kept in enumerate(programme.set_asides):
        label = Text(f"{key_name('set_asides').zh}：{kept.label.zh}", f"set aside: {kept.label.en}")
        yield Shown(f"set_asides[{index}]", label, counted(kept.communities, "個", "community", "communities"), kept.clause)
    for index, share in enumerate(programme.fiscal_years):
        label = Text(f"{share.fiscal_year} 會計年度", f"fiscal year {share.fiscal_year} ({share.fiscal_year + ROC_OFFSET})")
        yield Shown(f"fiscal_years[{index}]", label, dollars(share.amount), share.clause)


def register(programme: Programme) -> Iterator[Shown]:
    """How many schools there are, how many take part."""
    if programme.register is not None:
        schools, clause = programme.register.schools, programme.rules.get("members.eligible", "")
        taking_part = sum(school.participates for school in schools)
        yield Shown("register", Text("名冊上的學校", "schools in the register"), Text(f"{len(schools)} 所", str(len(schools))), clause)
        yield Shown("register.participates", Text("參與本計畫", "taking part"), Text(f"{taking_part} 所", str(taking_part)), clause)


def rules(programme: Programme) -> Iterator[Shown]:
    """Every rule with its severity, what it says and its clause; one that does not run says so."""
    run = set(running(programme))
    for code, clause in programme.rules.items():
        rule = RULES[code]
        severity = SEVERITIES[rule.severity]
        idle = Text("", "") if code in run else Text("（不執行）", " (does not run)")
        yield Shown(
            f"rules.{code}",
            Text(f"{severity.zh} {code}", f"{severity.en} {code}"),
            Text(rule.says.zh + idle.zh, rule.says.en + idle.en),
            clause,
        )


def unknown(programme: Programme) -> Iterator[Shown]:
    """What the sources do not tell, and the rules that therefore do not run."""
    for place in programme.unknown:
        waiting = [code for code in programme.rules if place in lacking(programme, code)]
        value = Text(f"不執行：{'、'.join(waiting)}", f"do not run: {', '.join(waiting)}") if waiting else Text("不詳", "unknown")
        first, _, rest = place.partition(".")
        above = key_name(first) if rest and first in ("tiers", "budget", "lists") else Text("", "")
        name = key_name(place)
        yield Shown(place, Text(f"{above.zh}：{name.zh}".lstrip("："), f"{above.en}: {name.en}".lstrip(": ")), value)


def lacking(programme: Programme, code: str) -> set[str]:
    """The places of `unknown` for want of which the rule `code` does not run."""
    needs = [need for need in RULES[code].needs if not has_figure(programme, need)]
    return {
        place
        for place in programme.unknown
        for need in needs
        if need == place or need.startswith(f"{place}.") or place.startswith(f"{need}.")
    }
