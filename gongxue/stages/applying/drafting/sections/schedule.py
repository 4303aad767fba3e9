"""進度規劃: the year's sessions (附件二 三), laid by a helper, filled in one by one, counted as the tier asks."""

import datetime
from functools import lru_cache
from typing import Any, Final

from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from gongxue.records.changes import Change
from gongxue.rules.programme import Choices, Programme
from gongxue.rules.schedule import tally
from gongxue.rules.taiwan import parse_iso_date, weekday
from gongxue.rules.text import Text
from gongxue.site.templatetags.gongxue import month_day, text
from gongxue.stages.applying.drafting.draft import Draft
from gongxue.stages.applying.drafting.options import choices
from gongxue.stages.applying.drafting.rowwise import CHECKED, HIDDEN, NOTHING, OPEN, drawn
from gongxue.stages.applying.drafting.sections import laying
from gongxue.stages.applying.drafting.sections.section import Section, when_asked

_PATH: Final = "{{path}}"
"""Stands for the row in remembered markup. Typed text cannot bring it in: it only holds codes and labels of the programme."""


def _labels(listed: Choices | None) -> tuple[tuple[str, str], ...]:
    return tuple((code, text(choice.text)) for code, choice in (listed.codes if listed else {}).items())


@lru_cache(maxsize=1024)
def _boxes(labels: tuple[tuple[str, str], ...], ticked: tuple[str, ...]) -> SafeString:
    """The methods of one row as tick boxes, remembered for all rows that tick the same; what is ticked and in no list stays."""
    rows = [*labels, *((code, code) for code in ticked if code not in dict(labels))]
    return format_html_join(
        "",
        '<label class="form-check"><input class="form-check-input" type="checkbox" id="{0}/methods:{1}" name="{0}/methods" value="{1}"{2}>'
        "<span>{3}</span></label>",
        ((_PATH, code, mark_safe(" checked" if code in ticked else ""), label) for code, label in rows),  # noqa: S308  # a constant
    )


def _methods(row: dict[str, Any], labels: tuple[tuple[str, str], ...]) -> SafeString:
    markup = _boxes(labels, tuple(row["methods"])).replace(_PATH, row["at"])
    return mark_safe(markup)  # noqa: S308  # escaped when it was remembered; a row's id has only letters, digits, - and _


def _ticked(row: dict[str, Any], labels: dict[str, str]) -> str:
    return "、".join(labels.get(code, code) for code in row["methods"])


def _day_words(programme: Programme, date: str) -> str:
    """The weekday of a date, and whether there is school."""
    day = parse_iso_date(date)
    if day is None:
        return ""
    english = (get_language() or "").startswith("en")
    words = f"{day:%a}" if english else f"星期{weekday(day)}"
    if programme.calendar is not None and day.weekday() < 5 and not programme.is_school_day(day):
        words += text(Text("，這天不上課", ", no school on this day"))
    return words


def sessions_of(draft: Draft, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with their markup, `html`."""
    lists, asked = draft.programme.lists, draft.programme.session_methods
    methods, kinds = _labels(lists.methods), _labels(lists.lecturer_kinds)
    stored = {row["id"]: row for row in draft.document.get("sessions") or []}
    labels, named = dict(methods), set(asked.names_lecturer)
    for row in rows:
        has_lecturer = any(row["lecturer"].values()) or bool(named & set(row["methods"]))
        has_lesson = asked.public_lesson in row["methods"] or bool(row["public_lesson_teacher"] or row["note"])
        more = {
            "boxes": _methods(row, methods),
            "ticked": _ticked(row, labels),
            "kinds": choices(kinds, row["lecturer"]["kind"], "—"),
            "day": _day_words(draft.programme, str(stored.get(row["id"], {}).get("date") or "")),
            "checked": {name: CHECKED if row[name] else NOTHING for name in ("online", "classroom_practice", "open_to_city")},
            "stands": {
                "lecturer": OPEN if has_lecturer else NOTHING,
                "lesson": OPEN if has_lesson else NOTHING,
                "first": HIDDEN if row["is_first"] else NOTHING,
                "last": HIDDEN if row["is_last"] else NOTHING,
            },
        }
        row["html"] = drawn("drafting/sections/schedule.html#row", {**row, **more})
    return rows


def counts(draft: Draft) -> list[dict[str, Any]]:
    """What the schedule holds against what the tier asks: label, how many, least (None where nothing is asked), whether it is enough."""
    held = tally(draft.facts, draft.programme)
    tier = draft.programme.tier(draft.facts.tier)
    asked = tier.sessions.value if tier is not None and tier.sessions is not None else None
    must = tier.must_include if tier is not None else ()
    rows = (
        (Text("場次", "Sessions"), held.sessions, asked),
        (Text("公開授課", "Public lessons"), held.public_lessons, 1 if "public_lesson" in must else None),
        (Text("課堂實踐", "Classroom practice"), held.classroom_practices, 1 if "classroom_practice" in must else None),
        (Text("線上", "Online"), held.online, None),
        (Text("支領節數", "Paid periods"), held.paid_periods, None),
    )
    return [{"label": label, "held": f"{many:g}", "least": least, "enough": least is None or many >= least} for label, many, least in rows]


def _context(draft: Draft) -> dict[str, Any]:
    return {
        "sessions": when_asked(lambda: sessions_of(draft, draft.rows("sessions"))),
        "counts": counts(draft),
        "period": draft.programme.dates.performance,
        "least": laying.least(draft),
        "weekdays": [
            (number, text(Text(f"星期{name}", f"{datetime.date(2022, 8, 1 + number):%A}"))) for number, name in enumerate(laying.WEEKDAYS)
        ],
        "rhythms": laying.RHYTHMS,
        "unpaid": draft.programme.session_methods.unpaid_members_clause,
    }


def _texts(draft: Draft) -> dict[str, str]:
    """Weekdays and methods in words, as one types."""
    labels = dict(_labels(draft.programme.lists.methods))
    found = {}
    for row in draft.document.get("sessions") or []:
        found[f"day:{row['id']}"] = _day_words(draft.programme, str(row.get("date") or ""))
        found[f"ticked:{row['id']}"] = "、".join(labels.get(code, code) for code in row.get("methods") or [])
    return found


def _lay(draft: Draft, post: QueryDict) -> list[Change]:
    return laying.laying(draft, laying.wish_of({name: post.get(name, "") for name in laying.FIELDS}, draft))


def _overview(draft: Draft) -> list[tuple[str, str, str]]:
    """The year at a glance: each session with its day and what it is about."""
    rows = draft.document.get("sessions") or []
    days = [parse_iso_date(str(row.get("date") or "")) for row in rows]
    undated, unsaid = text(Text("未定日期", "no date")), text(Text("（未填內容）", "(nothing yet)"))
    return [
        (f"sessions/{row['id']}", f"{number}. {month_day(day) or undated}", str(row.get("content") or "").strip()[:60] or unsaid)
        for number, (row, day) in enumerate(zip(rows, days, strict=True), start=1)
    ]


def _note(draft: Draft) -> Text | str:
    many = len(draft.facts.sessions or ())
    return Text(f"{many} 場", f"{many}") if many else ""


SECTION: Final = Section(
    name="schedule",
    label=Text("進度規劃", "Schedule"),
    fields=("sessions",),
    template="drafting/sections/schedule.html",
    parts=("counts",),
    dress=sessions_of,
    blank_rows=("sessions",),
    context=_context,
    texts=_texts,
    note=_note,
    overview=_overview,
    acts={"lay": _lay, "sort": lambda draft, _post: laying.by_date(draft)},
)
