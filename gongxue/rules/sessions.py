"""Rules on the year's schedule: how many sessions, complete, in the period, and what must be among them."""

import datetime
from functools import lru_cache

from gongxue.rules.case import Case, Meeting, blank
from gongxue.rules.rule import Fault, Faults, Rules
from gongxue.rules.taiwan import english_date, roc_date, time_text
from gongxue.rules.text import Text

rule = Rules()


@lru_cache(maxsize=512)
def _day(day: datetime.date) -> Text:
    return Text(roc_date(day, with_weekday=True), english_date(day))


@rule("sessions.minimum", "error", "場次達類別下限", "as many sessions as the tier asks", ("tiers.sessions",))
def sessions_minimum(case: Case) -> Faults:
    """As many as the tier asks; every listed session counts, complete or not."""
    if case.tier is None or case.tier.sessions is None:
        return
    seen, asked, label = len(case.meetings), case.tier.sessions.value, case.tier.label
    if seen < asked:
        zh = f"規劃 {seen} 場，{label.zh}至少要 {asked} 場，還差 {asked - seen} 場。"
        yield Fault("sessions", zh, f"{seen} sessions are planned; {label.en} asks for at least {asked}, {asked - seen} more.")


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
            yield _missing(meeting, "content", "實施內容", "content")
        if not meeting.methods or not case.desk.plain_methods.issuperset(meeting.methods):
            yield from _methods(case, meeting)
        if blank(session.host):
            yield _missing(meeting, "host", "主持人", "host")
        if not session.online and blank(session.place):
            zh = f"第 {meeting.number} 場尚未填寫地點；線上辦理請勾選「線上」。"
            yield Fault(f"{meeting.path}.place", zh, f"Session {meeting.number} has no place; if it is online, tick “online”.")


def _missing(meeting: Meeting, field: str, zh: str, en: str) -> Fault:
    return Fault(f"{meeting.path}.{field}", f"第 {meeting.number} 場尚未填寫{zh}。", f"Session {meeting.number} has no {en}.")


def _date_and_time(meeting: Meeting) -> Faults:
    session, number, start, end = meeting.session, meeting.number, meeting.start, meeting.end
    if blank(session.date):
        yield _missing(meeting, "date", "日期", "date")
    elif meeting.date is None:
        zh = f"第 {number} 場的日期「{session.date}」不是實際的日期，請寫出年、月、日，例如 111/9/7。"
        en = f"The date “{session.date}” of session {number} does not exist; write year, month and day, such as 111/9/7."
        yield Fault(f"{meeting.path}.date", zh, en)
    if start is None:
        yield _no_time(meeting, "start", "開始時間", session.start)
    if end is None:
        yield _no_time(meeting, "end", "結束時間", session.end)
    if start is not None and end is not None and end <= start:
        zh = f"第 {number} 場的結束時間 {time_text(end)} 應晚於開始時間 {time_text(start)}。"
        yield Fault(
            f"{meeting.path}.end", zh, f"Session {number} ends at {time_text(end)}; that must be after its start {time_text(start)}."
        )


def _no_time(meeting: Meeting, field: str, label: str, written: str | None) -> Fault:
    if blank(written):
        return _missing(meeting, field, label, field)
    zh = f"第 {meeting.number} 場的{label}「{written}」不是 00:00 到 23:59 之間的時間，請寫一個時間，例如 16:00。"
    en = f"The {field} “{written}” of session {meeting.number} is not a time from 00:00 to 23:59; write one time, such as 16:00."
    return Fault(f"{meeting.path}.{field}", zh, en)


def _methods(case: Case, meeting: Meeting) -> Faults:
    number, known = meeting.number, case.desk.methods
    ticked = [(index, code) for index, code in enumerate(meeting.methods) if not blank(code)]
    if not ticked:
        yield _missing(meeting, "methods", "實施方式", "method")
    for index, code in ticked:
        if known and code not in known:
            zh, en = f"第 {number} 場的實施方式「{code}」不在表列項目之中。", f"The method “{code}” of session {number} is not in the list."
            yield Fault(f"{meeting.path}.methods[{index}]", zh, en)
    if "other" in meeting.methods and blank(meeting.session.method_other):
        zh = f"第 {number} 場的實施方式選「其他」，請寫明方式。"
        yield Fault(f"{meeting.path}.method_other", zh, f"Session {number} has the method “other”: say what it is.")


@rule("sessions.period", "error", "日期在執行期間內", "each date lies in the execution period", ("dates.performance",))
def sessions_period(case: Case) -> Faults:
    """Each date lies in the execution period, both ends included."""
    period = case.programme.dates.performance
    if period is None or period.first is None or period.last is None:
        return
    for meeting in case.meetings:
        if meeting.date is not None and not period.first <= meeting.date <= period.last:
            number, date, first, last = meeting.number, _day(meeting.date), _day(period.first), _day(period.last)
            zh = f"第 {number} 場 {date.zh} 不在執行期間 {first.zh} 至 {last.zh} 之內。"
            en = f"Session {number} on {date.en} lies outside the execution period, {first.en} to {last.en}."
            yield Fault(f"{meeting.path}.date", zh, en)


@rule("sessions.overlap", "warning", "場次時間不重疊", "no two sessions overlap in time")
def sessions_overlap(case: Case) -> Faults:
    """No two overlap in time; the later one of two is told, once."""
    timed = [
        (each.date, each.start, each.number, each.end)
        for each in case.meetings
        if each.date is not None and each.start is not None and each.end is not None and each.start < each.end
    ]
    timed.sort()
    longest: tuple[datetime.date | None, int, int] = (None, 0, 0)
    for date, start, number, end in timed:
        last_date, last_end, other = longest
        if date == last_date and start < last_end:
            day, clock = _day(date), f"{time_text(start)}–{time_text(min(last_end, end))}"
            zh = f"第 {number} 場與第 {other} 場時間重疊（{day.zh} {clock}），請確認。"
            yield Fault(f"sessions[{number - 1}].start", zh, f"Session {number} overlaps session {other} ({day.en} {clock}); please check.")
        if date != last_date or end > last_end:
            longest = date, end, number


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
    for meeting in case.meetings:
        if meeting.session.classroom_practice:
            return
    label = case.tier.label
    zh = f"{label.zh}至少要有 1 場課堂實踐（目前 0 場），請在該場勾選「課堂實踐」。"
    yield Fault("sessions", zh, f"{label.en} needs at least 1 classroom practice (0 now); tick it on its session.")


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
    public_lesson, label = case.programme.session_methods.public_lesson, case.tier.label
    for meeting in case.meetings:
        if public_lesson in meeting.methods:
            return
    zh = f"{label.zh}至少要有 1 場公開授課並做成紀錄（目前 0 場），請在該場的實施方式選「公開授課」。"
    en = f"{label.en} needs at least 1 public lesson, recorded (0 now); choose “public lesson” as the method of its session."
    yield Fault("sessions", zh, en)


@rule("sessions.online", "info", "鼓勵安排一場線上活動", "one online session is encouraged")
def sessions_online(case: Case) -> Faults:
    """One online session is encouraged."""
    for meeting in case.meetings:
        if meeting.session.online:
            return
    yield Fault("sessions", "目前 0 場線上活動；鼓勵安排 1 場線上活動。", "0 sessions are online; one online session is encouraged.")


@rule("sessions.experts", "error", "有專家參與的場次達下限", "enough sessions have an expert", ("figures.sessions_with_experts",))
def sessions_experts(case: Case) -> Faults:
    """Enough sessions have an expert: a named lecturer who is not in-house."""
    minimum = case.programme.figures.sessions_with_experts
    if minimum is None:
        return
    experts = [each for each in case.engagements if each.lecturer.kind in ("external", "affiliated") and not blank(each.lecturer.name)]
    seen, asked = len(experts), minimum.value
    if seen < asked:
        zh = f"有外聘專家的場次 {seen} 場，至少要 {asked} 場，還差 {asked - seen} 場。"
        en = f"{seen} sessions have an outside expert; at least {asked} are needed, {asked - seen} more."
        yield Fault("sessions", zh, en)


@rule(
    "sessions.teaching-hours",
    "info",
    "上課日的場次不影響教學",
    "a session in teaching hours needs cover or official leave",
    ("figures.teaching_hours_end", "calendar"),
)
def sessions_teaching_hours(case: Case) -> Faults:
    """One finding that names every session on a school day that starts before teaching ends."""
    ends, is_school_day = case.desk.teaching_ends, case.desk.is_school_day
    if ends is None:
        return
    early = [
        each
        for each in case.meetings
        if each.start is not None and each.start < ends and each.date is not None and is_school_day[each.date]
    ]
    if early:
        numbers, until = [str(each.number) for each in early], time_text(ends)
        zh = f"第 {'、'.join(numbers)} 場在上課日 {until} 前開始，請安排課務或公假，以不影響教學為前提。"
        en = (
            f"Sessions {', '.join(numbers)} start before {until} on a school day: "
            "arrange cover or official leave, so that teaching is not disturbed."
        )
        yield Fault(f"{early[0].path}.start", zh, en)
