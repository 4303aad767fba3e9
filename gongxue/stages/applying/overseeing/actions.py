"""What the city can do at this desk: each ends in a door, with the reason on record."""

import datetime
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gongxue.records.actor import Actor
from gongxue.records.completion import ask_completion, reinstate
from gongxue.records.doors import move
from gongxue.records.models import Application, LateOpening, User
from gongxue.records.openings import end_opening, open_late
from gongxue.records.people import held_on
from gongxue.records.reminders import remind
from gongxue.records.whole import whole
from gongxue.rules.deadlines import TAIPEI
from gongxue.rules.programme import Programme
from gongxue.site.mail.posting import post_letter
from gongxue.site.programme import current

if TYPE_CHECKING:
    from gongxue.stages.applying.overseeing.reminding import Draft


def step(
    name: str, *, application: uuid.UUID, version: int, reason: str, seals_again: bool, actor: Actor, at: datetime.datetime
) -> Application:
    """Return for completion, mark ineligible, reinstate, withdraw: the transition `name`, with its reason.

    `seals_again`: what changes in a completion has to be signed again.
    """
    if name == "ask_completion":
        return ask_completion(application, seals_again=seals_again, reason=reason, version=version, actor=actor, at=at)
    if name == "reinstate":
        return reinstate(application, reason=reason, version=version, actor=actor, at=at)
    return move(application, name, actor=actor, at=at, version=version, reason=reason)


@whole
def open_school(
    *, school: int, programme: Programme, until: datetime.datetime, reason: str, actor: Actor, at: datetime.datetime, url: str
) -> LateOpening:
    """Open a late submission for a school, and write to its clerk and head. Raises as `open_late`."""
    opening = open_late(school, programme, until=until, reason=reason, actor=actor, at=at)
    _tell(opening, "opened", at, url)
    return opening


@whole
def close_school(*, opening: int, reason: str, actor: Actor, at: datetime.datetime, url: str) -> LateOpening:
    """End an opening early, and write to the school. Raises as `end_opening`."""
    ended = end_opening(opening, reason=reason, actor=actor, at=at)
    _tell(ended, "closed", at, url, reason=reason)
    return ended


@whole
def remind_schools(*, letters: Sequence["Draft"], mark: int, actor: Actor, at: datetime.datetime) -> int:
    """Send these letters as they are, each to whoever is chosen; how many letters went into the outbox. Raises as `remind`."""
    count = 0
    for letter in letters:
        to = [each.user for each in letter.readers if each.chosen]
        kept = remind(letter.school.id, current().id, mark=mark, title=letter.title, body=letter.body, to=to, actor=actor, at=at)
        for user in User.objects.filter(pk__in=kept.to).order_by("pk"):
            words = {"title": kept.title, "body": kept.body}
            post_letter("overseeing/reminder", user, words, at=at, urgent=False, event=f"reminder:{kept.pk}:{user.pk}")
            count += 1
    return count


def _tell(opening: LateOpening, letter: str, at: datetime.datetime, url: str, **words: str) -> None:
    posts = held_on(at.astimezone(TAIPEI).date()).filter(school=opening.school_id, role__in=("clerk", "principal"))
    context = {"opening": opening, "school": opening.school, "url": url, **words}
    for user in {post.user_id: post.user for post in posts.select_related("user").order_by("pk")}.values():
        post_letter(f"overseeing/{letter}", user, context, at=at, event=f"{letter}:{opening.pk}:{user.pk}")
