"""What can happen at the convener's desk."""

import datetime
import uuid
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from gongxue.records import completion
from gongxue.records.actor import Actor
from gongxue.records.changes import Change, Clash, merge
from gongxue.records.document import Document
from gongxue.records.doors import edit, move, start
from gongxue.records.models import Application, School, User
from gongxue.records.programmes import programme_of
from gongxue.records.refusals import ChangeError
from gongxue.rules.programme import Programme
from gongxue.rules.text import Text
from gongxue.stages.applying.drafting.sections import SECTIONS

MOST_REFUSED: Final = 20
"""So many fields that cannot be kept are told one by one; a request with more is refused whole."""


class Kept(msgspec.Struct, frozen=True):
    """What came of a save: the application after it, what was done, what clashed, and the fields that cannot be kept, by their path."""

    application: Application
    done: tuple[Change, ...]
    clashes: tuple[Clash, ...]
    refused: dict[str, Text]


def begin(programme: Programme, *, name: str, tier: str, actor: Actor, at: datetime.datetime) -> Application:
    """A new draft under `programme`, with what is known of its convener filled in. Raises NotAllowed, ChangeError, Unkept."""
    user = User.objects.filter(pk=actor.user or 0).first()
    schools = [held.school for held in actor.posts if held.school is not None]
    school = School.objects.filter(pk=schools[0]).first() if schools else None
    known = _known(user, school) if user is not None else {}
    return start({"programme": programme.id, "name": name, "tier": tier, **known}, actor=actor, at=at)


def _known(user: User, school: School | None) -> dict[str, Any]:
    where = (school.full_name or school.name) if school is not None else ""
    about = {"title": user.title, "school": where, "subject": user.subject, "email": user.email, "phone": user.phone}
    return {"convener": {"name": user.name, **about}, "fiscal_school": where, "cross_school": False}


def save(application_id: uuid.UUID, changes: Sequence[Change], *, actor: Actor, at: datetime.datetime) -> Kept:
    """Make these changes and what follows from them, as one edit. A field that cannot be kept holds back no other: it comes back in
    `refused`. Sending the same changes again does no harm. Raises NotThere, NotAllowed, ChangeError, Unkept.
    """
    left, refused = list(changes), dict[str, Text]()
    while True:
        try:
            edited = edit(application_id, left, actor=actor, at=at, follows=_what_follows)
            return Kept(edited.application, edited.done, edited.clashes, refused)
        except ChangeError as error:
            wrong = [change for change in left if _is_about(change, error.path)]
            if not wrong or len(refused) >= MOST_REFUSED:
                raise
            refused[error.path] = error.told
            left = [change for change in left if change not in wrong]


def _is_about(change: Change, path: str) -> bool:
    """Whether an error at `path` is this change's doing; an inserted row's is at a field of the row."""
    return path in (change.path, f"{change.path}/{change.row}") or (
        change.kind == "insert" and path.startswith(f"{change.path}/{change.row}/")
    )


def _what_follows(application: Application, document: Document) -> list[Change]:
    """What each section reckons anew from a document that has changed."""
    programme = programme_of(application.programme, application.programme_version)
    following = list[Change]()
    for section in SECTIONS:
        if more := section.follows(document, programme):
            document = merge(document, more).document
            following += more
    return following


def hand_on(name: str, *, application: uuid.UUID, version: int, actor: Actor, at: datetime.datetime) -> Application:
    """Send it to the school, have its completion signed again, or send that to the city: the transition `name`, of what was seen."""
    if name == "ask_seals":
        return completion.ask_seals(application, version=version, actor=actor, at=at)
    return move(application, name, actor=actor, at=at, version=version)
