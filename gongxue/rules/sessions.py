"""Rules on the year's schedule: how many sessions, complete, in the period, and what must be among them."""

import datetime

from gongxue.rules.case import Case, Meeting, blank
from gongxue.rules.rule import Fault, Faults, Rules, fault
from gongxue.rules.taiwan import english_date, parse_time, roc_date, time_text
from gongxue.rules.text import Text

rule = Rules()


def _clock(minutes: int | None) -> str:
    return "" if minutes is None else time_text(minutes)


def _day(day: datetime.date) -> Text:
    return Text(roc_date(day, with_weekday=True), english_date(day))


@rule("sessions.minimum", "error", "場次達類別下限", "as many sessions as the tier asks", ("tiers.sessions",))
def sessions_minimum(case: Case) -> Faults:
    """As many as the tier asks; every listed session counts, complete or not."""
    if case.tier is None or case.tier.sessions is None:
        return
    seen, asked = len(case.meetings), case.tier.sessions.value
    if seen < asked:
        zh = "規劃 {seen} 場，{tier}至少要 {asked} 場，還差 {short} 場。"
        en = "{seen} sessions are planned; {tier} asks for at least {asked}, {short} more."
        yield fault("sessions", zh, en, seen=seen, asked=asked, short=asked - seen, tier=case.tier.label)


@rule(
    "sessions.complete",
    "error",
    "每場的日期、時間、內容、方式、主持人、地點都填妥",
    "each session has date, times in order, content, method, host and place",
)
def sessions_complete(case: Case) -> Faults:
    """Each has date, start and end in order, content, a method of the list, a host, a place or "online"."""
    for meeting in case.meetings:
        session = meeting.session
        if meeting.date is None or meeting.start is None or meeting.end is None or meeting.end <= meeting.start:
            yield from _date_and_time(meeting)
        if blank(session.content):
            yield _missing(meeting, "content", Text("實施內容", "content"))
        if not meeting.methods or not meeting.methods.issubset(case.desk.methods) or "other" in meeting.methods:
            yield from _methods(case, meeting)
        if blank(session.host):
            yield _missing(meeting, "host", Text("主持人", "host"))
        if blank(session.place) and not session.online:
            zh = "第 {number} 場尚未填寫地點；線上辦理請勾選「線上」。"
            yield fault(
                f"{meeting.path}.place", zh, "Session {number} has no place; if it is online, tick “online”.", number=meeting.number
            )


def _missing(meeting: Meeting, field: str, label: Text) -> Fault:
    return fault(
        f"{meeting.path}.{field}", "第 {number} 場尚未填寫{field}。", "Session {number} has no {field}.", number=meeting.number, field=label
    )


def _date_and_time(meeting: Meeting) -> Faults:
    session = meeting.session
    if blank(session.date):
        yield _missing(meeting, "date", Text("日期", "date"))
    elif meeting.date is None:
        zh, en = "第 {number} 場的日期「{date}」不是實際的日期。", "The date “{date}” of session {number} does not exist."
        yield fault(f"{meeting.path}.date", zh, en, number=meeting.number, date=session.date)
    for field, label, minutes in (("start", Text("開始時間", "start"), meeting.start), ("end", Text("結束時間", "end"), meeting.end)):
        written = getattr(session, field)
        if blank(written):
            yield _missing(meeting, field, label)
        elif minutes is None:
            zh = "第 {number} 場的{field}「{time}」不是 00:00 到 23:59 之間的時間。"
            en = "The {field} “{time}” of session {number} is not a time from 00:00 to 23:59."
            yield fault(f"{meeting.path}.{field}", zh, en, number=meeting.number, field=label, time=written)
    if meeting.start is not None and meeting.end is not None and meeting.end <= meeting.start:
        zh = "第 {number} 場的結束時間 {end} 應晚於開始時間 {start}。"
        en = "Session {number} ends at {end}; that must be after its start {start}."
        yield fault(f"{meeting.path}.end", zh, en, number=meeting.number, start=_clock(meeting.start), end=_clock(meeting.end))


def _methods(case: Case, meeting: Meeting) -> Faults:
    session, known = meeting.session, case.desk.methods
    ticked = [(index, code) for index, code in enumerate(session.methods or ()) if not blank(code)]
    if not ticked:
        yield _missing(meeting, "methods", Text("實施方式", "method"))
    for index, code in ticked:
        if known and code not in known:
            zh, en = "第 {number} 場的實施方式「{code}」不在表列項目之中。", "The method “{code}” of session {number} is not in the list."
            yield fault(f"{meeting.path}.methods[{index}]", zh, en, number=meeting.number, code=code)
    if "other" in meeting.methods and blank(session.method_other):
        zh = "第 {number} 場的實施方式選「其他」，請寫明方式。"
        yield fault(f"{meeting.path}.method_other", zh, "Session {number} has the method “other”: say what it is.", number=meeting.number)


@rule("sessions.period", "error", "日期在執行期間內", "each date lies in the execution period", ("dates.performance",))
def sessions_period(case: Case) -> Faults:
    """Each date lies in the execution period, both ends included."""
    period = case.programme.dates.performance
    if period is None or period.first is None or period.last is None:
        return
    for meeting in case.meetings:
        if meeting.date is not None and not period.first <= meeting.date <= period.last:
            zh = "第 {number} 場 {date} 不在執行期間 {first} 至 {last} 之內。"
            en = "Session {number} on {date} lies outside the execution period, {first} to {last}."
            days = {"date": _day(meeting.date), "first": _day(period.first), "last": _day(period.last)}
            yield fault(f"{meeting.path}.date", zh, en, number=meeting.number, **days)


@rule("sessions.overlap", "warning", "場次時間不重疊", "no two sessions overlap in time")
def sessions_overlap(case: Case) -> Faults:
    """No two overlap in time; the later one of two is told, once."""
    timed = [
        each
        for each in case.meetings
        if each.date is not None and each.start is not None and each.end is not None and each.start < each.end
    ]
    timed.sort(key=lambda each: (each.date, each.start, each.number))
    longest: Meeting | None = None
    for meeting in timed:
        if longest is not None and longest.date == meeting.date and (meeting.start or 0) < (longest.end or 0):
            zh = "第 {number} 場與第 {other} 場時間重疊（{date} {start}–{end}），請確認。"
            en = "Session {number} overlaps session {other} ({date} {start}–{end}); please check."
            until = _clock(min(longest.end or 0, meeting.end or 0))
            figures = {"number": meeting.number, "other": longest.number, "start": _clock(meeting.start), "end": until}
            yield fault(f"{meeting.path}.start", zh, en, date=_day(meeting.date or datetime.date.min), **figures)
        if longest is None or longest.date != meeting.date or (meeting.end or 0) > (longest.end or 0):
            longest = meeting


@rule(
    "sessions.classroom-practice",
    "error",
    "必有課堂實踐的類別至少安排 1 場",
    "a tier that asks for it has a classroom practice",
    ("tiers",),
)
def sessions_classroom_practice(case: Case) -> Faults:
    """At least one session with `classroom_practice` true, where the tier asks for it."""
    if case.tier is None or "classroom_practice" not in case.tier.must_include:
        return
    if not any(meeting.session.classroom_practice for meeting in case.meetings):
        zh = "{tier}至少要有 1 場課堂實踐（目前 0 場），請在該場勾選「課堂實踐」。"
        yield fault("sessions", zh, "{tier} needs at least 1 classroom practice (0 now); tick it on its session.", tier=case.tier.label)


@rule(
    "sessions.public-lesson",
    "error",
    "必有公開授課的類別至少安排 1 場",
    "a tier that asks for it has a public lesson",
    ("tiers", "session_methods"),
)
def sessions_public_lesson(case: Case) -> Faults:
    """At least one session whose methods say public lesson, where the tier asks for it."""
    if case.tier is None or "public_lesson" not in case.tier.must_include:
        return
    if not any(case.programme.session_methods.public_lesson in meeting.methods for meeting in case.meetings):
        zh = "{tier}至少要有 1 場公開授課並做成紀錄（目前 0 場），請在該場的實施方式選「公開授課」。"
        en = "{tier} needs at least 1 public lesson, recorded (0 now); choose “public lesson” as the method of its session."
        yield fault("sessions", zh, en, tier=case.tier.label)


@rule("sessions.online", "info", "鼓勵安排一場線上活動", "one online session is encouraged")
def sessions_online(case: Case) -> Faults:
    """One online session is encouraged."""
    if not any(meeting.session.online for meeting in case.meetings):
        yield fault("sessions", "目前 0 場線上活動；鼓勵安排 1 場線上活動。", "0 sessions are online; one online session is encouraged.")


@rule("sessions.experts", "error", "有專家參與的場次達下限", "enough sessions have an expert", ("figures.sessions_with_experts",))
def sessions_experts(case: Case) -> Faults:
    """Enough sessions have an expert: a named lecturer who is not in-house."""
    asked = case.programme.figures.sessions_with_experts
    seen = len(
        {
            each.meeting.number
            for each in case.engagements
            if not blank(each.lecturer.name) and each.lecturer.kind in ("external", "affiliated")
        }
    )
    if asked is not None and seen < asked.value:
        zh = "有外聘專家的場次 {seen} 場，至少要 {asked} 場，還差 {short} 場。"
        en = "{seen} sessions have an outside expert; at least {asked} are needed, {short} more."
        yield fault("sessions", zh, en, seen=seen, asked=asked.value, short=asked.value - seen)


@rule(
    "sessions.teaching-hours",
    "info",
    "上課日的場次不影響教學",
    "a session in teaching hours needs cover or official leave",
    ("figures.teaching_hours_end", "calendar"),
)
def sessions_teaching_hours(case: Case) -> Faults:
    """One finding that names every session on a school day that starts before teaching ends."""
    until = case.programme.figures.teaching_hours_end
    if until is None or (end := parse_time(until.value)) is None:
        return
    days = case.desk.is_school_day
    early = [each for each in case.meetings if each.date is not None and each.start is not None and each.start < end and days[each.date]]
    if early:
        zh = "第 {numbers} 場在上課日 {until} 前開始，請安排課務或公假，以不影響教學為前提。"
        en = "Sessions {numbers} start before {until} on a school day: arrange cover or official leave, so that teaching is not disturbed."
        numbers = Text("、".join(str(each.number) for each in early), ", ".join(str(each.number) for each in early))
        yield fault(f"{early[0].path}.start", zh, en, numbers=numbers, until=until.value)
