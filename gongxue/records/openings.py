"""Which deadline holds for a school: the programme's, or a later one that the city opened for it, with a reason on record.

Doors, pages and the background all ask here, so that none of them can think of another deadline than the others.
"""

import datetime
from collections.abc import Mapping
from typing import Final

from django.db.models import QuerySet

from gongxue.records import trail
from gongxue.records.actor import Actor, Capacity, capacity
from gongxue.records.models import LateOpening, School
from gongxue.records.refusals import NotAllowed, NotThere, Stale
from gongxue.records.whole import whole
from gongxue.rules.access import Tie, may
from gongxue.rules.deadlines import closes
from gongxue.rules.programme import Programme
from gongxue.rules.text import Text
from gongxue.rules.workflow import LATE_OPENING

OPENED: Final = "applications_close"
"""The one date that can be opened late for a school (陸、三)."""
LONGEST_REASON: Final = 2000


def deadline(programme: Programme, school_id: int | None, name: str = OPENED) -> datetime.datetime | None:
    """The exclusive instant by which `name` closes for a school; None where the programme has no such date. At most one query."""
    later = late_openings(programme.id, school_id) if name == OPENED and school_id is not None else {}
    return deadline_among(programme, school_id, later, name)


def deadline_among(
    programme: Programme, school_id: int | None, openings: Mapping[int, datetime.datetime], name: str = OPENED
) -> datetime.datetime | None:
    """The same for lists, which read `late_openings` once for all their rows."""
    date = getattr(programme.dates, name)
    before: datetime.datetime | None = date.before if date is not None else None
    later = openings.get(school_id) if name == OPENED and school_id is not None else None
    return max(before, later) if before is not None and later is not None else before


def late_openings(programme_id: str, school_id: int | None = None) -> dict[int, datetime.datetime]:
    """Until when each school that was opened late is open (its latest opening that was not ended), by the school's key. One query."""
    rows = LateOpening.objects.filter(programme=programme_id, ended_at__isnull=True, **({"school": school_id} if school_id else {}))
    found: dict[int, datetime.datetime] = {}
    for school, until in rows.values_list("school", "until"):
        found[school] = max(until, found.get(school, until))
    return found


@whole
def open_late(
    school_id: int, programme: Programme, *, until: datetime.datetime, reason: str, actor: Actor, at: datetime.datetime
) -> LateOpening:
    """Let a school submit until the exclusive instant `until`. Raises NotAllowed, NotThere (no such school), Unkept."""
    # The school's row is the lock: two officers who open the same school come one after the other.
    school = School.objects.select_for_update(no_key=True).filter(pk=school_id).first()
    if school is None:
        raise NotThere()
    by = _allowed("open", "open", school_id, actor)
    reason = reason.strip()[:LONGEST_REASON]
    _must_be_later(programme, until, reason, at)
    opening = LateOpening.objects.create(programme=programme.id, school=school, until=until, reason=reason, made_by_id=by.user, made_at=at)
    words = {"school": school.key, "programme": programme.id, "until": until.isoformat(), "reason": reason}
    trail.write(LATE_OPENING, opening.pk, "open", words, by=by, at=at)
    return opening


def _must_be_later(programme: Programme, until: datetime.datetime, reason: str, at: datetime.datetime) -> None:
    before = deadline_among(programme, None, {})
    if not reason:
        raise NotAllowed(Text("請寫明原因。", "Say why."))
    if before is None:
        raise NotAllowed(Text("這個計畫沒有截止日，不需要逾期開放。", "This programme has no deadline: there is nothing to open."))
    if until <= before or until <= at:
        told = closes(before) if before > at else None
        zh = f"全市截止的 {told.zh}" if told is not None else "現在"
        en = f"the city's deadline, {told.en}" if told is not None else "now"
        raise NotAllowed(Text(f"開放到的日子要晚於{zh}。", f"It must be open until later than {en}."))


@whole
def end_opening(opening_id: int, *, reason: str, actor: Actor, at: datetime.datetime) -> LateOpening:
    """End an opening early; what was submitted meanwhile stays. Raises NotAllowed, NotThere, Stale (it has ended already), Unkept."""
    opening = LateOpening.objects.select_for_update(no_key=True).filter(pk=opening_id).first()
    if opening is None or not may(LATE_OPENING, "view", _ties(actor, opening.school_id), state_of(opening)).yes:
        raise NotThere()
    reason = reason.strip()[:LONGEST_REASON]
    if opening.ended_at is not None:
        raise Stale("ended", 0)
    by = _allowed("end", state_of(opening), opening.school_id, actor)
    if not reason:
        raise NotAllowed(Text("請寫明原因。", "Say why."))
    opening.ended_by_id, opening.ended_at = by.user, at
    opening.save(update_fields=["ended_by", "ended_at"])
    trail.write(LATE_OPENING, opening.pk, "end", {"reason": reason}, by=by, at=at)
    return opening


def state_of(opening: LateOpening) -> str:
    """Its state as the workflow's table names it. One whose time has run out is open still, and lets nobody in."""
    return "ended" if opening.ended_at is not None else "open"


def openings_seen(actor: Actor, programme_id: str) -> QuerySet[LateOpening]:
    """The openings of a programme that `actor` may see, newest first: all, those of the own school, or none."""
    rows = LateOpening.objects.filter(programme=programme_id)
    if may(LATE_OPENING, "view", _ties(actor, None), "open").yes:
        return rows
    schools = {held.school for held in actor.posts if held.school is not None}
    return rows.filter(school__in=[key for key in schools if may(LATE_OPENING, "view", _ties(actor, key), "open").yes])


def may_open(actor: Actor) -> bool:
    """Whether `actor` may open a school late."""
    return may(LATE_OPENING, "open", _ties(actor, None), "open").yes


def _allowed(verb: str, state: str, school_id: int, actor: Actor) -> Capacity:
    answer = may(LATE_OPENING, verb, _ties(actor, school_id), state)
    if not answer.yes:
        raise NotAllowed(answer.reason)
    return capacity(actor, answer.by, school_id)


def _ties(actor: Actor, school_id: int | None) -> tuple[Tie, ...]:
    own = (Tie(held.role, "own_school") for held in actor.posts if held.school is not None and held.school == school_id)
    return (*(Tie(held.role, "any") for held in actor.posts), *own)
