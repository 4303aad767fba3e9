"""Rules on what a community is and wants: name, tier, supplements, other money, summary, ticks, outcomes."""

from collections.abc import Mapping

from gongxue.rules.case import Case, blank
from gongxue.rules.programme import Choice, Tier
from gongxue.rules.register import normal
from gongxue.rules.rule import Faults, Rules, fault
from gongxue.rules.text import Text

rule = Rules()

NO_FUNDING = frozenset({"", "無", "否", "none"})
"""What people write where there is no other grant."""


@rule("name.required", "error", "社群有名稱", "the community has a name")
def name_required(case: Case) -> Faults:
    """The community has a name."""
    if blank(case.application.name):
        yield fault("name", "尚未填寫社群名稱。", "The community has no name yet.")


@rule("tier.known", "error", "申請類別是本計畫的類別之一", "the tier is one of the programme's", ("tiers",))
def tier_known(case: Case) -> Faults:
    """The tier is one of the programme's; without it the rules that need one are left out."""
    if case.tier is not None:
        return
    labels = Text("、".join(tier.label.zh for tier in case.programme.tiers), ", ".join(tier.label.en for tier in case.programme.tiers))
    if blank(case.application.tier):
        yield fault("tier", "尚未選擇申請類別，請選：{labels}。", "No tier is chosen yet; choose one of: {labels}.", labels=labels)
    else:
        zh = "申請類別「{tier}」不在本計畫之中，請選：{labels}。"
        yield fault(
            "tier", zh, "Tier “{tier}” is not one of this programme; choose one of: {labels}.", tier=case.application.tier, labels=labels
        )


@rule(
    "tier.year", "warning", "申請年數與社群歷年紀錄相符", "the stated year of application agrees with the community's history", ("tiers",)
)
def tier_year(case: Case) -> Faults:
    """Where there is a history, the stated year is 1 + the unbroken run of approved years in the tier that ends the year before."""
    application, tier = case.application, case.tier
    if tier is None or not tier.asks_year or not application.history:
        return
    approved = {year.school_year for year in application.history if year.tier == tier.code}
    run = _run(approved, case.programme.school_year)
    if application.tier_year is None:
        zh = "尚未填寫第幾年申請；依歷年紀錄，今年是{tier}連續第 {due} 年。"
        en = "The year of application is not stated; by the records this is consecutive year {due} as {tier}."
        yield fault("tier_year", zh, en, due=run + 1, tier=tier.label)
    elif application.tier_year != run + 1:
        zh = "填第 {stated} 年申請，依歷年紀錄應為{tier}連續第 {due} 年，請核對。"
        en = "Year {stated} is stated; by the records this is consecutive year {due} as {tier}. Please check."
        yield fault("tier_year", zh, en, stated=application.tier_year, due=run + 1, tier=tier.label)


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
        zh = "已連續 {years} 年以上獲核定為{tier}，可直接申請{higher}。"
        en = "Approved as {tier} for {years} years in a row or more: it may go straight to {higher}."
        yield fault("tier", zh, en, years=years.value, tier=tier.label, higher=higher.label)


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
    approved = sum(year < case.programme.school_year for year in past)
    if approved >= years.value:
        zh = "已有 {approved} 年獲核定為{tier}（滿 {years} 年），歡迎參加全國性課程與教學競賽。"
        en = "Approved as {tier} in {approved} years ({years} or more): national competitions in curriculum and teaching are encouraged."
        yield fault("tier", zh, en, approved=approved, years=years.value, tier=tier.label)


@rule("funding.single-source", "error", "沒有其他計畫補助同一社群", "no other grant funds the same community")
def funding_single_source(case: Case) -> Faults:
    """No other grant funds the same community; 無, 否, none and blanks count as empty."""
    other = case.application.other_funding or ""
    if normal(other).lower() not in NO_FUNDING:
        zh = "已獲「{other}」補助的社群不得重複申請；若沒有其他補助，請留空或填「無」。"
        en = "A community already funded by “{other}” may not apply again; where there is no other grant, leave this empty."
        yield fault("other_funding", zh, en, other=other.strip())


@rule(
    "school-curriculum.tier",
    "error",
    "有校訂課程補助的類別才能申請該補助",
    "only a tier that has the supplement for school-developed curriculum claims it",
    ("tiers",),
)
def school_curriculum_tier(case: Case) -> Faults:
    """Only a tier that has the supplement claims it."""
    tier: Tier | None = case.tier
    if tier is not None and case.application.school_developed_curriculum and tier.school_developed_curriculum is None:
        having = [each.label for each in case.programme.tiers if each.school_developed_curriculum is not None]
        labels = Text("、".join(label.zh for label in having) or "（無）", ", ".join(label.en for label in having) or "(none)")
        zh = "{tier}沒有「結合校訂課程」的另補助，請取消勾選；有此補助的類別：{labels}。"
        en = "{tier} has no supplement for school-developed curriculum; untick it. Tiers that have it: {labels}."
        yield fault("school_developed_curriculum", zh, en, tier=tier.label, labels=labels)


@rule("summary.required", "error", "有社群內容概述", "there is a summary")
def summary_required(case: Case) -> Faults:
    """There is a summary."""
    if blank(case.application.summary):
        yield fault("summary", "尚未填寫社群內容概述。", "The summary is not written yet.")


@rule("summary.length", "error", "概述不超過字數上限", "the summary keeps within its length", ("figures.summary_characters",))
def summary_length(case: Case) -> Faults:
    """At most so many characters, white space not counted."""
    allowed = case.programme.figures.summary_characters
    seen = sum(map(len, (case.application.summary or "").split()))
    if allowed is not None and seen > allowed.value:
        zh = "概述 {seen:,} 字，超過上限 {allowed:,} 字，請刪去 {over:,} 字。"
        en = "The summary has {seen:,} characters, the limit is {allowed:,}; take out {over:,}."
        yield fault("summary", zh, en, seen=seen, allowed=allowed.value, over=seen - allowed.value)


@rule("content.required", "error", "至少勾選一種社群內容", "at least one kind of content, all of the list", ("lists.content_types",))
def content_required(case: Case) -> Faults:
    """At least one kind of content, all of the list; `other` is described."""
    name = Text("社群內容", "kind of content")
    return _ticks(
        "content_types", case.application.content_types, case.desk.content_types, "content_other", case.application.content_other, name
    )


@rule("approaches.required", "error", "至少勾選一種預計實施方式", "at least one approach, all of the list", ("lists.approaches",))
def approaches_required(case: Case) -> Faults:
    """At least one approach, all of the list; `other` is described."""
    name = Text("社群預計實施方式", "approach")
    return _ticks(
        "approaches", case.application.approaches, case.desk.approaches, "approaches_other", case.application.approaches_other, name
    )


def _ticks(path: str, codes: tuple[str, ...] | None, known: Mapping[str, Choice], other_path: str, other: str | None, name: Text) -> Faults:
    ticked = [(index, code) for index, code in enumerate(codes or ()) if not blank(code)]
    if not ticked:
        yield fault(path, "尚未勾選{name}，請至少勾選一項。", "No {name} is ticked; tick at least one.", name=name)
    for index, code in ticked:
        if code not in known:
            yield fault(
                f"{path}[{index}]", "{name}「{code}」不在表列項目之中。", "“{code}” is not in the list of {name}.", name=name, code=code
            )
    if any(code == "other" for _, code in ticked) and "other" in known and blank(other):
        yield fault(other_path, "{name}勾選「其他」，請寫明內容。", "“Other” is ticked as {name}: say what it is.", name=name)


@rule("outcomes.required", "error", "至少一項預期效益及其檢核方式", "at least one expected outcome with the way it is checked")
def outcomes_required(case: Case) -> Faults:
    """One complete pair is enough."""
    outcomes = case.application.outcomes or ()
    if any(not blank(each.outcome) and not blank(each.check) for each in outcomes):
        return
    zh = "至少要有一項預期效益，並寫明具體檢核方式（目前完整的有 0 項）。"
    yield fault("outcomes", zh, "At least one expected outcome with the way it is checked is needed (0 are complete).")
