"""Rules on what a community is and wants: name, tier, supplements, other money, summary, ticks, outcomes."""

from collections.abc import Mapping

from gongxue.rules.case import Case, blank
from gongxue.rules.programme import Choice
from gongxue.rules.register import normal
from gongxue.rules.rule import Fault, Faults, Rules
from gongxue.rules.text import Text, listed

rule = Rules()

NO_FUNDING = frozenset({"", "無", "否", "none"})
"""What people write where there is no other grant."""

CONTENT = Text("社群內容", "kind of content")
APPROACH = Text("社群預計實施方式", "approach")


@rule("name.required", "error", "社群有名稱", "the community has a name")
def name_required(case: Case) -> Faults:
    """The community has a name."""
    if blank(case.application.name):
        yield Fault("name", "尚未填寫社群名稱。", "The community has no name yet.")


@rule("tier.known", "error", "申請類別是本計畫的類別之一", "the tier is one of the programme's", ("tiers",))
def tier_known(case: Case) -> Faults:
    """The tier is one of the programme's; without it the rules that need one are left out."""
    if case.tier is not None:
        return
    stated, labels = case.application.tier, listed([tier.label for tier in case.programme.tiers])
    if blank(stated):
        yield Fault("tier", f"尚未選擇申請類別，請選：{labels.zh}。", f"No tier is chosen yet; choose one of: {labels.en}.")
    else:
        zh = f"申請類別「{stated}」不在本計畫之中，請選：{labels.zh}。"
        yield Fault("tier", zh, f"Tier “{stated}” is not one of this programme; choose one of: {labels.en}.")


@rule(
    "tier.year", "warning", "申請年數與社群歷年紀錄相符", "the stated year of application agrees with the community's history", ("tiers",)
)
def tier_year(case: Case) -> Faults:
    """Where there is a history, the stated year is 1 + the unbroken run of approved years in the tier that ends the year before."""
    application, tier = case.application, case.tier
    if tier is None or not tier.asks_year or not application.history:
        return
    approved = {year.school_year for year in application.history if year.tier == tier.code}
    stated, due, label = application.tier_year, _run(approved, case.programme.school_year) + 1, tier.label
    if stated is None:
        zh = f"尚未填寫第幾年申請；依歷年紀錄，今年是{label.zh}連續第 {due} 年。"
        en = f"The year of application is not stated; by the records this is consecutive year {due} as {label.en}."
        yield Fault("tier_year", zh, en)
    elif stated != due:
        zh = f"填第 {stated} 年申請，依歷年紀錄應為{label.zh}連續第 {due} 年，請核對。"
        en = f"Year {stated} is stated; by the records this is consecutive year {due} as {label.en}. Please check."
        yield Fault("tier_year", zh, en)


def _run(years: set[int | None], school_year: int) -> int:
    """How many years in a row, ending the year before `school_year`, stand in `years`."""
    run = 0
    while school_year - run - 1 in years:
        run += 1
    return run


@rule(
    "tier.may-advance",
    "info",
    "連續申請期滿，可直接進階",
    "after enough consecutive years it may go straight on",
    ("tiers", "figures.advance_years"),
)
def tier_may_advance(case: Case) -> Faults:
    """The years just before were all in this tier: the community may go straight to the next."""
    tier, years = case.tier, case.programme.figures.advance_years
    higher = case.desk.tiers.get(tier.advances_to or "") if tier is not None else None
    if tier is None or years is None or higher is None:
        return
    approved = {year.school_year for year in case.application.history or () if year.tier == tier.code}
    if _run(approved, case.programme.school_year) >= years.value:
        zh = f"已連續 {years.value} 年以上獲核定為{tier.label.zh}，可直接申請{higher.label.zh}。"
        en = f"Approved as {tier.label.en} for {years.value} years in a row or more: it may go straight to {higher.label.en}."
        yield Fault("tier", zh, en)


@rule(
    "tier.competition",
    "info",
    "申請期滿，鼓勵參加全國競賽",
    "after enough years, national competitions are encouraged",
    ("tiers", "figures.competition_years"),
)
def tier_competition(case: Case) -> Faults:
    """Enough approved years in the tier, consecutive or not: national competitions are encouraged."""
    tier, years = case.tier, case.programme.figures.competition_years
    if tier is None or years is None or not tier.competes:
        return
    past = {year.school_year for year in case.application.history or () if year.tier == tier.code and year.school_year is not None}
    approved = len([year for year in past if year < case.programme.school_year])
    if approved >= years.value:
        zh = f"已有 {approved} 年獲核定為{tier.label.zh}（滿 {years.value} 年），歡迎參加全國性課程與教學競賽。"
        en = (
            f"Approved as {tier.label.en} in {approved} years ({years.value} or more): "
            "national competitions in curriculum and teaching are encouraged."
        )
        yield Fault("tier", zh, en)


@rule("funding.single-source", "error", "沒有其他計畫補助同一社群", "no other grant funds the same community")
def funding_single_source(case: Case) -> Faults:
    """No other grant funds the same community; 無, 否, none and blanks count as empty."""
    other = case.application.other_funding
    if other and normal(other).lower() not in NO_FUNDING:
        other = other.strip()
        zh = f"已獲「{other}」補助的社群不得重複申請；若沒有其他補助，請留空或填「無」。"
        en = f"A community already funded by “{other}” may not apply again; where there is no other grant, leave this empty."
        yield Fault("other_funding", zh, en)


@rule(
    "school-curriculum.tier",
    "error",
    "有校訂課程補助的類別才能申請該補助",
    "only a tier that has the supplement for school-developed curriculum claims it",
    ("tiers",),
)
def school_curriculum_tier(case: Case) -> Faults:
    """Only a tier that has the supplement claims it."""
    tier = case.tier
    if tier is not None and case.application.school_developed_curriculum and tier.school_developed_curriculum is None:
        having = listed([each.label for each in case.programme.tiers if each.school_developed_curriculum is not None])
        zh = f"{tier.label.zh}沒有「結合校訂課程」的另補助，請取消勾選；有此補助的類別：{having.zh or '（無）'}。"
        en = f"{tier.label.en} has no supplement for school-developed curriculum; untick it. Tiers that have it: {having.en or '(none)'}."
        yield Fault("school_developed_curriculum", zh, en)


@rule("summary.required", "error", "有社群內容概述", "there is a summary")
def summary_required(case: Case) -> Faults:
    """There is a summary."""
    if blank(case.application.summary):
        yield Fault("summary", "尚未填寫社群內容概述。", "The summary is not written yet.")


@rule("summary.length", "error", "概述不超過字數上限", "the summary keeps within its length", ("figures.summary_characters",))
def summary_length(case: Case) -> Faults:
    """At most so many characters, white space not counted."""
    limit, summary = case.programme.figures.summary_characters, case.application.summary or ""
    if limit is None or len(summary) <= limit.value:
        return
    allowed, seen = limit.value, sum(map(len, summary.split()))
    if seen > allowed:
        zh = f"概述 {seen:,} 字，超過上限 {allowed:,} 字，請刪去 {seen - allowed:,} 字。"
        yield Fault("summary", zh, f"The summary has {seen:,} characters, the limit is {allowed:,}; take out {seen - allowed:,}.")


@rule("content.required", "error", "至少勾選一種社群內容", "at least one kind of content, all of the list", ("lists.content_types",))
def content_required(case: Case) -> Faults:
    """At least one kind of content, all of the list; `other` is described."""
    application = case.application
    return _ticks("content_types", application.content_types, case.desk.content_types, "content_other", application.content_other, CONTENT)


@rule("approaches.required", "error", "至少勾選一種預計實施方式", "at least one approach, all of the list", ("lists.approaches",))
def approaches_required(case: Case) -> Faults:
    """At least one approach, all of the list; `other` is described."""
    application = case.application
    return _ticks("approaches", application.approaches, case.desk.approaches, "approaches_other", application.approaches_other, APPROACH)


def _ticks(path: str, codes: tuple[str, ...] | None, known: Mapping[str, Choice], other_path: str, other: str | None, name: Text) -> Faults:
    ticked = [(index, code) for index, code in enumerate(codes or ()) if not blank(code)]
    if not ticked:
        yield Fault(path, f"尚未勾選{name.zh}，請至少勾選一項。", f"No {name.en} is ticked; tick at least one.")
    for index, code in ticked:
        if code not in known:
            yield Fault(f"{path}[{index}]", f"{name.zh}「{code}」不在表列項目之中。", f"“{code}” is not in the list of {name.en}.")
    if codes and "other" in codes and "other" in known and blank(other):
        yield Fault(other_path, f"{name.zh}勾選「其他」，請寫明內容。", f"“Other” is ticked as {name.en}: say what it is.")


@rule("outcomes.required", "error", "至少一項預期效益及其檢核方式", "at least one expected outcome with the way it is checked")
def outcomes_required(case: Case) -> Faults:
    """One complete pair is enough."""
    for each in case.application.outcomes or ():
        if not blank(each.outcome) and not blank(each.check):
            return
    zh = "至少要有一項預期效益，並寫明具體檢核方式（目前完整的有 0 項）。"
    yield Fault("outcomes", zh, "At least one expected outcome with the way it is checked is needed (0 are complete).")
