"""Reminders to schools that are behind: what was written to whom, on record with its trail. The letters themselves are the outbox's."""

import datetime
from collections.abc import Collection
from typing import Final

from django.db.models import QuerySet

from gongxue.records import trail
from gongxue.records.actor import Actor, Capacity, capacity
from gongxue.records.document import tidy
from gongxue.records.models import Post, Reminder, School
from gongxue.records.people import held_on
from gongxue.records.refusals import NotAllowed, NotThere
from gongxue.records.whole import whole
from gongxue.rules.access import Tie, may
from gongxue.rules.deadlines import TAIPEI
from gongxue.rules.text import Text
from gongxue.rules.workflow import REMINDER

READERS: Final = ("clerk", "director", "principal")
"""Who a reminder may go to at a school; the first two unless somebody chooses otherwise."""
USUAL: Final = ("clerk", "director")
LONGEST_TITLE: Final = 200
LONGEST_BODY: Final = 5000


@whole
def remind(
    school_id: int, programme: str, *, mark: int, title: str, body: str, to: Collection[int], actor: Actor, at: datetime.datetime
) -> Reminder:
    """Keep what is written to a school. Whoever calls posts the letters in the same transaction.

    Raises NotAllowed (not the city's, nothing said or too much, nobody to read it), ChangeError (what cannot be kept), NotThere (no such
    school, or no reader of that school), Unkept.
    """
    by = _allowed(actor)
    school = School.objects.select_for_update(no_key=True).filter(pk=school_id).first()
    if school is None:
        raise NotThere()
    title, body = " ".join(tidy(title, "title").split()), tidy(body.strip(), "body")
    if len(title) > LONGEST_TITLE or len(body) > LONGEST_BODY:
        zh = f"主旨最多 {LONGEST_TITLE} 字，內容最多 {LONGEST_BODY:,} 字。"
        raise NotAllowed(Text(zh, f"A subject has at most {LONGEST_TITLE} characters, a text {LONGEST_BODY:,}."))
    if not title or not body:
        raise NotAllowed(Text("主旨與內容都要寫。", "Both subject and text are needed."))
    if not to:
        raise NotAllowed(Text(f"{school.name}沒有選收件人。", f"No reader is chosen for {school.name}."))
    if set(to) - {post.user_id for post in readers(at.astimezone(TAIPEI).date(), [school_id])}:
        raise NotThere()
    reminder = Reminder.objects.create(
        programme=programme, school=school, mark=mark, title=title, body=body, to=sorted(set(to)), made_by_id=actor.user, made_at=at
    )
    words = {"school": school.key, "mark": mark, "title": title, "body": body, "to": reminder.to}
    trail.write(REMINDER, reminder.pk, "remind", words, by=by, at=at)
    return reminder


def readers(day: datetime.date, schools: Collection[int]) -> list[Post]:
    """Who can be written to at these schools on `day`, clerks first. One query."""
    rows = held_on(day).filter(school__in=schools, role__in=READERS).select_related("user", "school")
    return sorted(rows, key=lambda post: (post.school_id or 0, READERS.index(post.role), post.pk))


def reminders(actor: Actor, programme: str) -> QuerySet[Reminder]:
    """The reminders of a programme, newest first, for whoever may see them; none for others."""
    seen = may(REMINDER, "view", _ties(actor), "sent").yes
    rows = Reminder.objects.filter(programme=programme).select_related("school", "made_by")
    return rows if seen else rows.none()


def may_remind(actor: Actor) -> bool:
    """Whether `actor` may write to schools."""
    return may(REMINDER, "send", _ties(actor), "sent").yes


def _allowed(actor: Actor) -> Capacity:
    answer = may(REMINDER, "send", _ties(actor), "sent")
    if not answer.yes:
        raise NotAllowed(answer.reason)
    return capacity(actor, answer.by)


def _ties(actor: Actor) -> tuple[Tie, ...]:
    return tuple(Tie(held.role, "any") for held in actor.posts)
