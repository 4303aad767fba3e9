"""Rules on lecturers: named, of a kind, paid for what fits, and when a member may be one of them."""

from gongxue.rules.case import Case, Engagement, blank
from gongxue.rules.money import percent
from gongxue.rules.register import normal, school_key
from gongxue.rules.rule import Faults, Rules, fault
from gongxue.rules.text import Text

rule = Rules()


def _number(value: int | float) -> str:
    """A count of periods as people write it: 2, 2.5."""
    return f"{value:g}"


@rule("lecturer.named", "error", "講座或專家諮詢註明講師", "a talk or an expert consultation names its lecturer", ("session_methods",))
def lecturer_named(case: Case) -> Faults:
    """A talk or an expert consultation names its lecturer."""
    for meeting in case.meetings:
        lecturer = meeting.session.lecturer
        if not meeting.methods.isdisjoint(case.desk.names_lecturer) and (lecturer is None or blank(lecturer.name)):
            codes = [code for code in case.programme.session_methods.names_lecturer if code in meeting.methods]
            labels = [case.desk.methods[code].text for code in codes if code in case.desk.methods] or [Text(*codes[:1] * 2)]
            method = Text("、".join(label.zh for label in labels), ", ".join(label.en for label in labels))
            zh = "第 {number} 場是{method}，請註明預聘的講師或諮詢輔導人員。"
            en = "Session {number} is {method}: name the lecturer or expert."
            yield fault(f"{meeting.path}.lecturer.name", zh, en, number=meeting.number, method=method)


@rule(
    "lecturer.kind",
    "error",
    "講師類別三擇一；核銷學校的人員為內聘",
    "the kind is one of the list; who works at the fiscal school is in-house",
    ("lists.lecturer_kinds",),
)
def lecturer_kind(case: Case) -> Faults:
    """The kind is one of the list; a lecturer who works at the fiscal school is `internal`. Others are not judged."""
    kinds = case.desk.lecturer_kinds
    labels = Text("、".join(kind.zh for kind in kinds.values()), ", ".join(kind.en for kind in kinds.values()))
    for each in case.engagements:
        lecturer, number = each.lecturer, each.meeting.number
        name = _name(each)
        if lecturer.kind not in kinds:
            if blank(lecturer.kind):
                zh, en = (
                    "第 {number} 場講師{name}尚未選擇類別：{kinds}。",
                    "The lecturer of session {number}, {name}, has no kind; choose one of: {kinds}.",
                )
            else:
                zh = "第 {number} 場講師{name}的類別「{kind}」不在{kinds}之中。"
                en = "The kind “{kind}” of the lecturer of session {number}, {name}, is not one of: {kinds}."
            yield fault(f"{each.path}.kind", zh, en, number=number, name=name, kind=lecturer.kind, kinds=labels)
        elif (
            lecturer.kind != "internal" and case.fiscal_key and school_key(case.programme.register, lecturer.affiliation) == case.fiscal_key
        ):
            zh = "第 {number} 場講師{name}任職於核銷學校（{school}），應為「{internal}」，不是「{kind}」。"
            en = "The lecturer of session {number}, {name}, works at the fiscal school ({school}) and is “{internal}”, not “{kind}”."
            internal = kinds["internal"].text if "internal" in kinds else Text("內聘", "in-house")
            school, kind = (lecturer.affiliation or "").strip(), kinds[lecturer.kind].text
            yield fault(f"{each.path}.kind", zh, en, number=number, name=name, school=school, internal=internal, kind=kind)


def _name(each: Engagement) -> Text:
    name = (each.lecturer.name or "").strip()
    return Text(f"「{name}」" if name else "（未具名）", name or "(unnamed)")


@rule(
    "lecturer.periods", "warning", "支給節數合於場次長度", "the paid periods fit the session's length",
    ("figures.period_minutes", "figures.double_period_minutes"),
)  # fmt: skip
def lecturer_periods(case: Case) -> Faults:
    """At most two periods for every 90 minutes, one more for a rest of 50 or more, half a one for a shorter rest; never negative."""
    one, two = case.programme.figures.period_minutes, case.programme.figures.double_period_minutes
    if one is None or two is None:
        return
    for each in case.engagements:
        meeting = each.meeting
        if each.periods < 0:
            zh = "第 {number} 場講師支給 {periods} 節，節數不可為負。"
            en = "The lecturer of session {number} is paid {periods} periods; that may not be negative."
            yield fault(f"{each.path}.periods", zh, en, number=meeting.number, periods=_number(each.periods))
        elif meeting.start is not None and meeting.end is not None and meeting.start < meeting.end:
            minutes = meeting.end - meeting.start
            allowed = _periods(minutes, one.value, two.value)
            if each.periods > allowed:
                zh = "第 {number} 場共 {minutes} 分鐘，最多支給 {allowed} 節，目前 {periods} 節。"
                en = "Session {number} lasts {minutes} minutes, {allowed} paid periods at most; {periods} are planned."
                figures = {"number": meeting.number, "minutes": minutes, "allowed": _number(allowed), "periods": _number(each.periods)}
                yield fault(f"{each.path}.periods", zh, en, **figures)


def _periods(minutes: int, one: int, two: int) -> float:
    doubles, rest = divmod(minutes, two)
    return 2 * doubles + (1 if rest >= one else 0.5 if rest else 0)


def _paid(case: Case) -> dict[tuple[str, str], list[Engagement]]:
    """The paid member-lecturers, each with the sessions that pay them."""
    paid: dict[tuple[str, str], list[Engagement]] = {}
    for each in case.paid_members:
        if each.member is not None:
            paid.setdefault((each.member.name_key, each.member.school_key), []).append(each)
    return paid


def _names(paid: dict[tuple[str, str], list[Engagement]]) -> Text:
    names = [engagements[0].member.name.strip() for engagements in paid.values() if engagements[0].member is not None]
    return Text("、".join(names), ", ".join(names))


@rule("lecturer.rotation", "warning", "成員不輪流支領鐘點費", "the members do not take turns as paid lecturers")
def lecturer_rotation(case: Case) -> Faults:
    """Two or more members paid as lecturers look like taking turns."""
    paid = _paid(case)
    if len(paid) >= 2:
        zh = "有 {count} 位成員支領講座鐘點費（{names}）；成員不宜輪流擔任講師支領鐘點費，請說明專業需求。"
        en = "{count} members are paid as lecturers ({names}); members should not take turns as paid lecturers: say why it is needed."
        yield fault("sessions", zh, en, count=len(paid), names=_names(paid))


@rule(
    "lecturer.member-share",
    "error",
    "支領鐘點費的成員不過半",
    "at most half of the people are paid lecturers",
    ("figures.member_lecturer_share",),
)
def lecturer_member_share(case: Case) -> Faults:
    """Paid member-lecturers are at most the programme's share of the people, the convener counted."""
    share, paid = case.programme.figures.member_lecturer_share, _paid(case)
    if share is not None and paid and len(paid) > share.value * case.headcount:
        zh = "{count} 位成員支領鐘點費（{names}），超過社群 {people} 人的 {share}（最多 {allowed} 人）。"
        en = "{count} members are paid as lecturers ({names}), more than {share} of the {people} people ({allowed} at most)."
        allowed = int(share.value * case.headcount)
        figures = {"count": len(paid), "names": _names(paid), "people": case.headcount, "share": percent(share.value), "allowed": allowed}
        yield fault("sessions", zh, en, **figures)


@rule(
    "lecturer.member-fee",
    "error",
    "單一成員的鐘點費不過半",
    "no one member earns more than the share of lecturer fees",
    ("figures.member_fee_share",),
)
def lecturer_member_fee(case: Case) -> Faults:
    """No one member earns more than the programme's share of all lecturer fees asked (the sum of the lecturer lines)."""
    share = case.programme.figures.member_fee_share
    if share is None:
        return
    for engagements in _paid(case).values():
        earned = sum(each.periods * case.rate_of(each.lecturer) for each in engagements)
        if earned > share.value * case.lecturer_fees:
            member = engagements[0].member
            zh = "成員「{name}」支領鐘點費 {earned} 元，超過講座鐘點費 {fees:,} 元的 {share}（{allowed:,} 元）。"
            en = "Member {name} earns {earned} in lecturer fees, more than {share} of the {fees:,} asked ({allowed:,})."
            figures = {"fees": case.lecturer_fees, "share": percent(share.value), "allowed": int(share.value * case.lecturer_fees)}
            name = member.name.strip() if member is not None else ""
            yield fault(f"{engagements[0].path}.periods", zh, en, name=name, earned=_dollars(earned), **figures)


def _dollars(amount: int | float) -> str:
    return f"{amount:,.1f}".removesuffix(".0")


@rule(
    "lecturer.unpaid-in-lesson-study", "error", "共備、觀課、議課不支給成員鐘點費", "no member is paid in co-planning, open lesson or feedback",
    ("session_methods",),
)  # fmt: skip
def lecturer_unpaid_in_lesson_study(case: Case) -> Faults:
    """No member is paid in lesson study, except the teacher of a public lesson that is open to the whole city."""
    desk, methods = case.desk, case.programme.session_methods
    for each in case.paid_members:
        meeting, session = each.meeting, each.meeting.session
        unpaid = [code for code in methods.unpaid_members if code in meeting.methods]
        teaches = normal(session.public_lesson_teacher or "") == normal(each.lecturer.name or "")
        if not unpaid or (methods.public_lesson in meeting.methods and session.open_to_city and teaches):
            continue
        labels = [desk.methods[code].text for code in unpaid if code in desk.methods]
        method = Text("、".join(label.zh for label in labels), ", ".join(label.en for label in labels))
        zh = "第 {number} 場是{method}，成員「{name}」不得支領 {periods} 節鐘點費；開放全市觀課的授課教師除外，請改為 0 節。"
        en = "Session {number} is {method}: member {name} may not be paid {periods} periods, unless teaching a lesson open to the whole city."
        figures = {"number": meeting.number, "method": method, "name": (each.lecturer.name or "").strip(), "periods": _number(each.periods)}
        yield fault(f"{each.path}.periods", zh, en, **figures)
