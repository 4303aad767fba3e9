"""Copying an application into the next one: last year's, or one's own as a start."""

import datetime
import uuid

from gongxue.records.actor import Actor
from gongxue.records.document import Document, without_ids
from gongxue.records.doors import allowed, start
from gongxue.records.models import Application
from gongxue.records.programmes import programme_of
from gongxue.records.refusals import NotThere
from gongxue.records.sight import visible_to
from gongxue.records.whole import whole
from gongxue.rules.programme import Programme
from gongxue.rules.taiwan import parse_iso_date

YEAR = datetime.timedelta(weeks=52)
"""Keeps the weekday, which is what a school's timetable goes by."""


@whole
def start_copy(
    application_id: uuid.UUID, programme: Programme, *, actor: Actor, at: datetime.datetime, key: uuid.UUID | None = None
) -> Application:
    """A new draft made from an earlier application. Raises NotThere, NotAllowed, Unkept."""
    application = visible_to(actor).filter(pk=application_id).first()
    if application is None:
        raise NotThere()
    allowed("copy", application, actor)
    return start(copy_of(application, programme), actor=actor, at=at, key=key, copied_from=application)


def copy_of(application: Application, programme: Programme) -> Document:
    """The exchange document of a new application under `programme`, made from an earlier one.

    Under another school year's programme each session moves by as many times 52 weeks as there are years between. Where that lies outside
    the period, or a school day would become a day without lessons, the date is left blank, and the content stays. The year of the earlier
    one joins the history where it was approved. Other funding is left blank: it is declared anew. Everything else is kept as it was, for
    people to change.
    """
    document = without_ids(application.document)
    document["programme"] = programme.id
    document["other_funding"] = ""
    before = programme_of(application.programme, application.programme_version)
    years = programme.school_year - before.school_year
    if document.get("sessions"):
        document["sessions"] = [{**row, "date": _moved(row.get("date"), years, before, programme)} for row in document["sessions"]]
    if application.state == "approved" and years > 0:
        document["history"] = _history(document, before.school_year)
        document["tier_year"] = _tier_year(document, programme)
    return document


def _moved(date: str | None, years: int, before: Programme, programme: Programme) -> str:
    day = parse_iso_date(date) if date else None
    if day is None:
        return ""
    moved = day + years * YEAR
    period = programme.dates.performance
    inside = period is None or ((period.first is None or period.first <= moved) and (period.last is None or moved <= period.last))
    # Who met on a Saturday or in the holidays meant to; who met on a school day should not find a holiday there.
    return moved.isoformat() if inside and (programme.is_school_day(moved) or not before.is_school_day(day)) else ""


def _history(document: Document, school_year: int) -> list[Document]:
    rows = [row for row in document.get("history") or [] if row.get("school_year") != school_year]
    return sorted([*rows, {"school_year": school_year, "tier": document.get("tier")}], key=lambda row: row.get("school_year") or 0)


def _tier_year(document: Document, programme: Programme) -> int | None:
    """For a tier whose form asks for it: one more than the unbroken run of approved years in the tier that ends the year before."""
    tier = programme.tier(document.get("tier"))
    if tier is None or not tier.asks_year:
        return None
    approved = {row.get("school_year") for row in document.get("history") or [] if row.get("tier") == tier.code}
    run = 0
    while programme.school_year - 1 - run in approved:
        run += 1
    return run + 1
