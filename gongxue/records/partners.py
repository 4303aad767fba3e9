"""Partner schools confirm their members. A confirmation covers the names it was given for; other names ask for another one."""

import datetime
import uuid

from django.db.models import QuerySet

from gongxue.records import doors, trail
from gongxue.records.actor import Actor, Capacity
from gongxue.records.doors import allowed, locked
from gongxue.records.models import Application, ApplicationSchool
from gongxue.records.refusals import NotAllowed, NotThere, Stale
from gongxue.records.whole import whole
from gongxue.rules.access import grants
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION


def names_of(row: ApplicationSchool) -> tuple[str, ...]:
    """The people of a school, as they stand on the form."""
    return tuple(name for name in row.people.split("|") if name)


@whole
def confirm_members(application_id: uuid.UUID, school_id: int, people: str, *, actor: Actor, at: datetime.datetime) -> ApplicationSchool:
    """Confirm the people of a partner school; `people` are the names as they were shown, other ones refuse (Stale).

    Confirmed twice is confirmed once. Raises NotThere, NotAllowed, Stale, Unkept.
    """
    application, row, by = _row(application_id, school_id, actor)
    if row.people != people:
        raise Stale(application.state, application.version)
    if row.confirmed_at is None:
        _write(application, row, "confirm_members", by=by, at=at)
    return row


@whole
def unconfirm_members(application_id: uuid.UUID, school_id: int, *, actor: Actor, at: datetime.datetime) -> ApplicationSchool:
    """Take a confirmation back, as long as it is not submitted. Raises NotThere, NotAllowed, Unkept."""
    application, row, by = _row(application_id, school_id, actor)
    if row.confirmed_at is not None:
        _write(application, row, "unconfirm_members", by=by, at=at)
    return row


def _row(application_id: uuid.UUID, school_id: int, actor: Actor) -> tuple[Application, ApplicationSchool, Capacity]:
    """The application under its lock, its row of the school, and in what capacity the actor speaks for that very school."""
    application = locked(application_id, actor)
    allowed("confirm_members", application, actor)
    roles = {role for grant in grants(APPLICATION, "confirm_members") for role in grant.roles}
    fits = [held for held in actor.posts if held.school == school_id and held.role in roles]
    row = ApplicationSchool.objects.filter(application=application, school=school_id).first()
    if row is None or not fits or school_id == application.fiscal_school_id:
        raise NotThere()
    if not row.people:
        raise NotAllowed(Text("這所學校沒有成員在這個社群。", "No member of this community is of this school."))
    held = min(fits, key=lambda each: each.stands_in_for is not None)
    return application, row, Capacity(actor.user, held.role, held.post)


def _write(application: Application, row: ApplicationSchool, verb: str, *, by: Capacity, at: datetime.datetime) -> None:
    yes = verb == "confirm_members"
    row.confirmed_by_id, row.confirmed_at = (by.user, at) if yes else (None, None)
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    words = {"school": row.school_id, "people": list(names_of(row))}
    trail.write(APPLICATION, str(application.pk), verb, words, by=by, at=at, version=application.version)


def unconfirmed(application: Application) -> list[str]:
    """The partner schools that have not confirmed their members, by name. One query."""
    return list(_open(application).values_list("school__name", flat=True))


def unconfirmed_schools(application: Application) -> list[int]:
    """The same, by key. One query."""
    return list(_open(application).values_list("school", flat=True))


def _open(application: Application) -> QuerySet[ApplicationSchool]:
    rows = application.schools.filter(confirmed_at__isnull=True).exclude(school=application.fiscal_school_id).exclude(people="")
    return rows.order_by("school__key")


def _partners_confirmed(application: Application, actor: Actor) -> Text | None:
    schools = unconfirmed(application)
    if not schools:
        return None
    return Text(
        f"{'、'.join(schools)}尚未確認成員，請該校承辦人或主任登入確認。",
        f"Members not yet confirmed by: {', '.join(schools)}. Their clerk or director logs in and confirms.",
    )


def tie() -> None:
    """Put what the door of submission asks in its place; called once, when the app is ready."""
    doors.CONDITIONS["partners_confirmed"] = _partners_confirmed
