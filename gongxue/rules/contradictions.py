"""What keys of a programme say against each other: each contradiction with its key, and what was expected."""

from collections.abc import Iterator, Sequence

from gongxue.rules.figures import Date
from gongxue.rules.known import has_any, has_figure, is_unknown
from gongxue.rules.programme import BudgetItem, Form, Programme
from gongxue.rules.taiwan import FIRST_ROC_YEAR, LAST_ROC_YEAR, parse_time, school_year_span
from gongxue.rules.text import Text

Contradiction = tuple[str, Text]

POSTS = frozenset(
    ["convener", "member", "clerk", "director", "accountant", "principal", "officer", "supervisor", "centre_staff", "reviewer", "auditor"]
)
FORMS = ("school_summary", "application", "results_report", "dialogue_record", "story")
PLACEHOLDERS = ("school", "community", "tier")

_LONGEST_TEMPLATE = 120
"""UTF-8 bytes of a file name's template: more leaves no room for what goes into it."""

_FIGURES_OF_KIND = {
    "lecturer": {"who", "lecturer_kind", "unit_price"},
    "premium": {"rate"},
    "travel": {"forbidden_modes"},
    "priced": {"unit_price"},
    "materials": {"item_unit_price", "capital_from"},
    "miscellaneous": {"share"},
}
_ALL_FIGURES = sorted(name for names in _FIGURES_OF_KIND.values() for name in names)
_NEEDED_BY_KIND = {"lecturer": "lecturer_kind", "premium": "rate", "miscellaneous": "share"}


def contradictions(programme: Programme) -> Iterator[Contradiction]:
    """All contradictions, in the order of the file's subjects."""
    yield from _head(programme)
    yield from _codes(programme)
    yield from _figures(programme)
    yield from _dates(programme)
    yield from _tiers(programme)
    for index, item in enumerate(programme.budget):
        yield from ((f"budget[{index}].{key}", expected) for key, expected in _budget_item(programme, item))
    yield from _session_methods(programme)
    yield from _calendar(programme)
    for name, form in programme.forms.items():
        yield from ((f"forms.{name}{key}", expected) for key, expected in _form(name, form))
    yield from _quotas(programme)
    yield from _unknown(programme)
    yield from _rules(programme)


def _head(programme: Programme) -> Iterator[Contradiction]:
    if not _is_code(programme.id):
        yield "id", Text("應為小寫英文、數字與 -，如 hsinchu-111", "must be of small letters, digits and -, such as hsinchu-111")
    if not FIRST_ROC_YEAR <= programme.school_year <= LAST_ROC_YEAR:
        yield (
            "school_year",
            Text(f"應為民國 {FIRST_ROC_YEAR} 到 {LAST_ROC_YEAR} 年", f"must be a ROC year, {FIRST_ROC_YEAR} to {LAST_ROC_YEAR}"),
        )
    if programme.version < 1:
        yield "version", Text("應為 1 以上", "must be 1 or more")
    if not programme.tiers:
        yield "tiers", Text("至少要有一個申請類別", "must have at least one tier")
    if (programme.selection is None) != (not programme.selection_clause):
        key = "selection" if programme.selection is None else "selection_clause"
        yield key, Text("selection 與 selection_clause 應同時有或同時沒有", "selection and selection_clause go together")


def _is_code(text: str) -> bool:
    return text.isascii() and text.islower() and text[0].isalpha() and text.replace("_", "").replace("-", "").isalnum()


def _codes(programme: Programme) -> Iterator[Contradiction]:
    unique: dict[str, Sequence[str | int | None]] = {
        "tiers.code": [tier.code for tier in programme.tiers],
        "tiers.number": [tier.number for tier in programme.tiers],
        "budget.code": [item.code for item in programme.budget],
        "budget.lecturer_kind": [item.lecturer_kind for item in programme.budget if item.lecturer_kind is not None],
        "criteria.code": [criterion.code for criterion in programme.criteria],
        "fiscal_years.fiscal_year": [share.fiscal_year for share in programme.fiscal_years],
        "unknown": programme.unknown,
    }
    for place, values in unique.items():
        if doubled := [value for value in values if values.count(value) > 1]:
            yield place, Text(f"{doubled[0]} 出現不只一次", f"{doubled[0]} stands more than once")
        wrong = [value for value in values if place.endswith(".code") and not _is_code(str(value))]
        if wrong:
            yield place, Text(f"代碼「{wrong[0]}」應為小寫英文、數字與 _", f"the code “{wrong[0]}” must be of small letters, digits and _")
    for name in programme.lists.__struct_fields__:
        choices = getattr(programme.lists, name)
        if choices is not None and not choices.codes:
            yield f"lists.{name}.codes", Text("至少要有一個代碼", "must have at least one code")
        for code in choices.codes if choices is not None else ():
            if not _is_code(code):
                yield f"lists.{name}.codes.{code}", Text("代碼應為小寫英文、數字與 _", "a code must be of small letters, digits and _")


def _figures(programme: Programme) -> Iterator[Contradiction]:
    figures = programme.figures
    if figures.teaching_hours_end is not None and parse_time(figures.teaching_hours_end.value) is None:
        yield "figures.teaching_hours_end.value", Text("應為 HH:MM，如 16:00", "must be HH:MM, such as 16:00")
    one, two = figures.period_minutes, figures.double_period_minutes
    for name, count in (("period_minutes", one), ("double_period_minutes", two)):
        if count is not None and count.value < 1:
            yield f"figures.{name}.value", Text("應為 1 以上", "must be 1 or more")
    for low, high in (("period_minutes", "double_period_minutes"), ("news_minimum", "news_maximum")):
        least, most = getattr(figures, low), getattr(figures, high)
        if least is not None and most is not None and most.value < least.value:
            yield f"figures.{high}.value", Text(f"不應小於 {low}", f"must not be less than {low}")


def _dates(programme: Programme) -> Iterator[Contradiction]:
    for name in programme.dates.__struct_fields__:
        if (date := getattr(programme.dates, name)) is not None:
            yield from ((f"dates.{name}{key}", expected) for key, expected in _date(programme, f"dates.{name}", date))
    opened, closed = programme.dates.applications_open, programme.dates.applications_close
    if (
        opened is not None
        and opened.on is not None
        and closed is not None
        and closed.before is not None
        and closed.before.date() < opened.on
    ):
        yield "dates.applications_close.before", Text("不應早於 applications_open", "must not be before applications_open")


def _date(programme: Programme, place: str, date: Date) -> Iterator[Contradiction]:
    told = [date.on, date.before, date.first or date.last, date.words]
    if sum(value is not None for value in told) != 1:
        yield "", Text("應寫 on、before、first 與 last、words 其中一種", "must have one of: on, before, first and last, words")
    for end, value in (("first", date.first), ("last", date.last)):
        if not date.is_whole and value is None and not is_unknown(programme, f"{place}.{end}"):
            yield f".{end}", Text("請補上，或列入 unknown", "add it, or list it in `unknown`")
    if date.before is not None and date.before.tzinfo is None:
        yield ".before", Text("應寫時區，如 +08:00", "must have a time zone, such as +08:00")
    if date.first is not None and date.last is not None and date.last < date.first:
        yield ".last", Text("不應早於 first", "must not be before first")
    if place == "dates.performance" and FIRST_ROC_YEAR <= programme.school_year <= LAST_ROC_YEAR:
        opens, closes = school_year_span(programme.school_year)
        if (date.first or date.last or opens) > closes or (date.last or date.first or closes) < opens:
            yield "", Text(f"不在 {programme.school_year} 學年度", f"lies outside school year {programme.school_year}")


def _tiers(programme: Programme) -> Iterator[Contradiction]:
    for index, tier in enumerate(programme.tiers):
        if tier.advances_to is not None and (tier.advances_to == tier.code or programme.tier(tier.advances_to) is None):
            yield f"tiers[{index}].advances_to", Text("應為本計畫另一類別的代碼", "must be the code of another tier of this programme")
        if "public_lesson" in tier.must_include and not programme.session_methods.public_lesson:
            expected = "有類別必有公開授課，請補上公開授課的實施方式代碼", "a tier must include a public lesson: add the code of its method"
            yield "session_methods.public_lesson", Text(*expected)


def _budget_item(programme: Programme, item: BudgetItem) -> Iterator[Contradiction]:
    for name in _ALL_FIGURES:
        if name not in _FIGURES_OF_KIND[item.kind] and getattr(item, name) not in (None, ()):
            yield name, Text(f"{item.kind} 類的項目不用這個鍵", f"a line of kind {item.kind} has no use for this key")
    for needed in (_NEEDED_BY_KIND.get(item.kind, "reallocation"), "reallocation"):
        if getattr(item, needed) is None and not is_unknown(programme, f"budget.{needed}"):
            zh, en = f"{item.kind} 類的項目要有這個鍵", f"a line of kind {item.kind} needs this key"
            yield needed, Text(f"{zh}，或列入 unknown", f"{en}: add it, or list it in `unknown`")
    if item.lecturer_kind is not None:
        yield from _codes_of_list(programme, "lecturer_kinds", "lecturer_kind", (item.lecturer_kind,))
    yield from _codes_of_list(programme, "travel_modes", "forbidden_modes", item.forbidden_modes)


def _codes_of_list(programme: Programme, name: str, key: str, codes: tuple[str, ...]) -> Iterator[Contradiction]:
    choices = getattr(programme.lists, name)
    for code in codes:
        if choices is None or code not in choices.codes:
            yield key, Text(f"「{code}」應為 lists.{name} 的代碼", f"“{code}” must be a code of lists.{name}")


def _session_methods(programme: Programme) -> Iterator[Contradiction]:
    methods = programme.session_methods
    public_lesson = (methods.public_lesson,) if methods.public_lesson else ()
    for name, codes, clause in (
        ("names_lecturer", methods.names_lecturer, methods.names_lecturer_clause),
        ("unpaid_members", methods.unpaid_members, methods.unpaid_members_clause),
        ("public_lesson", public_lesson, methods.public_lesson_clause),
    ):
        yield from _codes_of_list(programme, "methods", f"session_methods.{name}", codes)
        if bool(codes) != bool(clause):
            missing = f"{name}_clause" if codes else name
            yield f"session_methods.{missing}", Text(f"{name} 與 {name}_clause 應同時有或同時沒有", f"{name} and {name}_clause go together")


def _calendar(programme: Programme) -> Iterator[Contradiction]:
    if programme.calendar is None:
        return
    saturday = 5
    for index, day in enumerate(programme.calendar.working_saturdays):
        if day.weekday() != saturday:
            yield f"calendar.working_saturdays[{index}]", Text(f"{day} 不是星期六", f"{day} is not a Saturday")
    for index, days in enumerate(programme.calendar.no_lessons):
        if days.last < days.first:
            yield f"calendar.no_lessons[{index}].last", Text("不應早於 first", "must not be before first")


def _form(name: str, form: Form) -> Iterator[Contradiction]:
    if name not in FORMS:
        yield "", Text(f"沒有這種表件，可用的有 {'、'.join(FORMS)}", f"there is no such form; here are {', '.join(FORMS)}")
    known = sorted(POSTS)
    for index, step in enumerate(form.chain):
        if not step.posts:
            yield f".chain[{index}].posts", Text("至少要有一個職務", "must have at least one post")
        for unknown in sorted(set(step.posts) - POSTS):
            yield (
                f".chain[{index}].posts",
                Text(f"沒有「{unknown}」這個職務，可用的有 {'、'.join(known)}", f"no post “{unknown}”; use {', '.join(known)}"),
            )
    rest = form.file_name
    for name in PLACEHOLDERS:
        rest = rest.replace(f"{{{name}}}", "")
    if form.file_name and (rest == form.file_name or "{" in rest or "}" in rest or len(rest.encode()) > _LONGEST_TEMPLATE):
        zh = "應有 {school}、{community}、{tier}，不用別的大括號，也不可太長"
        yield ".file_name", Text(zh, "must use {school}, {community}, {tier}, no other braces, and not be too long")


def _quotas(programme: Programme) -> Iterator[Contradiction]:
    for index, quota in enumerate(programme.class_quota):
        for name in ("classes", "communities"):
            if getattr(quota, name) is None and not is_unknown(programme, f"class_quota.{name}"):
                yield f"class_quota[{index}].{name}", Text("請補上，或列入 unknown", "add it, or list it in `unknown`")
    most, kept = programme.figures.communities_maximum, sum(each.communities for each in programme.set_asides)
    if most is not None and kept > most.value:
        yield (
            "set_asides.communities",
            Text(f"保留 {kept:,} 個，多於全部 {most.value:,} 個", f"{kept:,} are set aside, more than all {most.value:,}"),
        )


def _unknown(programme: Programme) -> Iterator[Contradiction]:
    if not programme.unknown:
        return
    from gongxue.rules.places import kind_at  # A plan that is wholly known has no need of it.

    for index, place in enumerate(programme.unknown):
        first, _, rest = place.partition(".")
        is_key = "[" not in place and first != "rules" and kind_at(Programme, place) is not None
        if not is_key or (first == "forms" and rest and rest.split(".")[0] not in FORMS):
            yield f"unknown[{index}]", Text(f"本檔沒有「{place}」這個鍵", f"“{place}” names no key of a programme file")
        elif has_any(programme, place):
            yield place, Text("既列入 unknown，又寫在檔中，請刪去一處", "stands both in `unknown` and in the file: remove one")


def _rules(programme: Programme) -> Iterator[Contradiction]:
    from gongxue.rules.registry import RULES

    for code in programme.rules:
        if code not in RULES:
            yield f"rules.{code}", Text("沒有這條規則", "there is no such rule")
            continue
        for need in RULES[code].needs:
            if not has_figure(programme, need) and not is_unknown(programme, need):
                yield need, Text(f"規則 {code} 要用，請補上，或列入 unknown", f"rule {code} needs it: add it, or list it in `unknown`")
