"""Rules on lecturers: named, of a kind, paid for what fits, and when a member may be one of them."""

from gongxue.rules.case import Case, Engagement, Meeting, blank
from gongxue.rules.money import exceeds, percent
from gongxue.rules.register import normal
from gongxue.rules.rule import Fault, Faults, Rules
from gongxue.rules.text import Text

rule = Rules()


@rule("lecturer.named", "error", "講座或專家諮詢註明講師", "a talk or an expert consultation names its lecturer", ("session_methods",))
def lecturer_named(case: Case) -> Faults:
    """A talk or an expert consultation names its lecturer."""
    asking = case.desk.names_lecturer
    for meeting in case.meetings:
        lecturer = meeting.session.lecturer
        if (lecturer is None or blank(lecturer.name)) and not asking.isdisjoint(meeting.methods):
            method = _methods(case, meeting, case.programme.session_methods.names_lecturer)
            zh = f"第 {meeting.number} 場是{method.zh}，請註明預聘的講師或諮詢輔導人員。"
            yield Fault(f"{meeting.path}.lecturer.name", zh, f"Session {meeting.number} is {method.en}: name the lecturer or expert.")


def _methods(case: Case, meeting: Meeting, codes: tuple[str, ...]) -> Text:
    """The labels of those of `codes` that are methods of the session."""
    known = case.desk.methods
    labels = [known[code].text if code in known else Text(code, code) for code in codes if code in meeting.methods]
    return Text("、".join(label.zh for label in labels), ", ".join(label.en for label in labels))


@rule(
    "lecturer.kind",
    "error",
    "講師類別三擇一；核銷學校的人員為內聘",
    "the kind is one of the list; who works at the fiscal school is in-house",
    ("lists.lecturer_kinds",),
)
def lecturer_kind(case: Case) -> Faults:
    """The kind is one of the list; a lecturer who works at the fiscal school is `internal`. Others are not judged."""
    for each in case.engagements:
        kind = each.lecturer.kind
        if kind not in case.desk.lecturer_kinds:
            yield _unknown_kind(case, each)
        elif kind != "internal" and case.fiscal_key and each.school_key == case.fiscal_key:
            yield _works_here(case, each, kind or "")


def _name(each: Engagement) -> Text:
    name = (each.lecturer.name or "").strip()
    return Text(f"「{name}」" if name else "（未具名）", name or "(unnamed)")


def _unknown_kind(case: Case, each: Engagement) -> Fault:
    kinds, name, number = case.desk.lecturer_kinds.values(), _name(each), each.meeting.number
    zh, en = "、".join(kind.zh for kind in kinds), ", ".join(kind.en for kind in kinds)
    if blank(each.lecturer.kind):
        zh = f"第 {number} 場講師{name.zh}尚未選擇類別：{zh}。"
        en = f"The lecturer of session {number}, {name.en}, has no kind; choose one of: {en}."
    else:
        zh = f"第 {number} 場講師{name.zh}的類別「{each.lecturer.kind}」不在{zh}之中。"
        en = f"The kind “{each.lecturer.kind}” of the lecturer of session {number}, {name.en}, is not one of: {en}."
    return Fault(f"{each.path}.kind", zh, en)


def _works_here(case: Case, each: Engagement, code: str) -> Fault:
    kinds, name, number = case.desk.lecturer_kinds, _name(each), each.meeting.number
    internal = kinds["internal"].text if "internal" in kinds else Text("內聘", "in-house")
    school, kind = (each.lecturer.affiliation or "").strip(), kinds[code]
    zh = f"第 {number} 場講師{name.zh}任職於核銷學校（{school}），應為「{internal.zh}」，不是「{kind.zh}」。"
    en = f"The lecturer of session {number}, {name.en}, works at the fiscal school ({school}) and is “{internal.en}”, not “{kind.en}”."
    return Fault(f"{each.path}.kind", zh, en)


@rule(
    "lecturer.periods",
    "warning",
    "支給節數合於場次長度",
    "the paid periods fit the session's length",
    ("figures.period_minutes", "figures.double_period_minutes"),
)
def lecturer_periods(case: Case) -> Faults:
    """At most two periods for every 90 minutes, one more for a rest of 50 or more, half a one for a shorter rest; never negative."""
    one, two = case.programme.figures.period_minutes, case.programme.figures.double_period_minutes
    if one is None or two is None:
        return
    for each in case.engagements:
        meeting, periods = each.meeting, each.periods
        if periods < 0:
            zh = f"第 {meeting.number} 場講師支給 {periods:g} 節，節數不可為負。"
            en = f"The lecturer of session {meeting.number} is paid {periods:g} periods; that may not be negative."
            yield Fault(f"{each.path}.periods", zh, en)
        elif periods and meeting.start is not None and meeting.end is not None and meeting.start < meeting.end:
            minutes = meeting.end - meeting.start
            allowed = _periods(minutes, one.value, two.value)
            if periods > allowed:
                zh = f"第 {meeting.number} 場共 {minutes} 分鐘，最多支給 {allowed:g} 節，目前 {periods:g} 節。"
                en = f"Session {meeting.number} lasts {minutes} minutes, {allowed:g} paid periods at most; {periods:g} are planned."
                yield Fault(f"{each.path}.periods", zh, en)


def _periods(minutes: int, one: int, two: int) -> float:
    """How many periods so many minutes may carry."""
    doubles, rest = divmod(minutes, two)
    return 2 * doubles + (1 if rest >= one else 0.5 if rest else 0)


def _names(case: Case) -> list[str]:
    """The names of the members who are paid as lecturers."""
    return [each[0].member.name.strip() for each in case.paid_members.values() if each[0].member is not None]


@rule("lecturer.rotation", "warning", "成員不輪流支領鐘點費", "the members do not take turns as paid lecturers")
def lecturer_rotation(case: Case) -> Faults:
    """Two or more members paid as lecturers look like taking turns."""
    count = len(case.paid_members)
    if count >= 2:
        names = _names(case)
        zh = f"有 {count} 位成員支領講座鐘點費（{'、'.join(names)}）；成員不宜輪流擔任講師支領鐘點費，請說明專業需求。"
        told = ", ".join(names)
        en = f"{count} members are paid as lecturers ({told}); members should not take turns as paid lecturers: say why it is needed."
        yield Fault("sessions", zh, en)


@rule(
    "lecturer.member-share",
    "error",
    "支領鐘點費的成員不過半",
    "at most half of the people are paid lecturers",
    ("figures.member_lecturer_share",),
)
def lecturer_member_share(case: Case) -> Faults:
    """Paid member-lecturers are at most the programme's share of the people, the convener counted."""
    share, count, people = case.programme.figures.member_lecturer_share, len(case.paid_members), case.headcount
    if share is not None and count and exceeds(count, share.value, people):
        names, part, allowed = _names(case), percent(share.value), int(share.value * people)
        zh = f"{count} 位成員支領鐘點費（{'、'.join(names)}），超過社群 {people} 人的 {part}（最多 {allowed} 人）。"
        en = f"{count} members are paid as lecturers ({', '.join(names)}), more than {part} of the {people} people ({allowed} at most)."
        yield Fault("sessions", zh, en)


@rule(
    "lecturer.member-fee",
    "error",
    "單一成員的鐘點費不過半",
    "no one member earns more than the share of lecturer fees",
    ("figures.member_fee_share",),
)
def lecturer_member_fee(case: Case) -> Faults:
    """No one member earns more than the programme's share of all lecturer fees asked (the sum of the lecturer lines)."""
    share, fees = case.programme.figures.member_fee_share, case.lecturer_fees
    if share is None:
        return
    for engagements in case.paid_members.values():
        earned = sum(each.periods * case.budget.rate_of(each.lecturer) for each in engagements)
        if exceeds(earned, share.value, fees):
            member = engagements[0].member
            name = member.name.strip() if member is not None else ""
            told, part, allowed = f"{earned:,.1f}".removesuffix(".0"), percent(share.value), int(share.value * fees)
            zh = f"成員「{name}」支領鐘點費 {told} 元，超過講座鐘點費 {fees:,} 元的 {part}（{allowed:,} 元）。"
            en = f"Member {name} earns {told} in lecturer fees, more than {part} of the {fees:,} asked ({allowed:,})."
            yield Fault(f"{engagements[0].path}.periods", zh, en)


@rule(
    "lecturer.unpaid-in-lesson-study",
    "error",
    "共備、觀課、議課不支給成員鐘點費",
    "no member is paid in co-planning, open lesson or feedback",
    ("session_methods",),
)
def lecturer_unpaid_in_lesson_study(case: Case) -> Faults:
    """No member is paid in lesson study, except the teacher of a public lesson that is open to the whole city."""
    methods = case.programme.session_methods
    for each in case.engagements:
        meeting = each.meeting
        if each.member is None or each.periods <= 0 or not any(code in meeting.methods for code in methods.unpaid_members):
            continue
        if methods.public_lesson in meeting.methods and meeting.session.open_to_city and _teaches(each):
            continue
        method, name = _methods(case, meeting, methods.unpaid_members), (each.lecturer.name or "").strip()
        number, periods = meeting.number, f"{each.periods:g}"
        zh = f"第 {number} 場是{method.zh}，成員「{name}」不得支領 {periods} 節鐘點費；開放全市觀課的授課教師除外，請改為 0 節。"
        en = f"Session {number} is {method.en}: member {name} may not be paid {periods} periods"
        yield Fault(f"{each.path}.periods", zh, f"{en}, unless teaching a lesson open to the whole city.")


def _teaches(each: Engagement) -> bool:
    """Whether the lecturer is who teaches the public lesson."""
    return normal(each.meeting.session.public_lesson_teacher or "") == normal(each.lecturer.name or "")
