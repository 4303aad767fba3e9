"""What can happen in this room. Each verb ends in a door of the records."""

import datetime
import uuid

from gongxue.records import completion, partners, signing
from gongxue.records.actor import Actor
from gongxue.records.doors import move
from gongxue.records.models import Application, Post
from gongxue.records.stamped import Stamped


def sign(*, application: uuid.UUID, version: int, digest: str, actor: Actor, at: datetime.datetime) -> Application:
    """Seal what was shown."""
    return signing.sign(application, version=version, digest=digest, actor=actor, at=at)


def take_scan(*, application: uuid.UUID, stamped: Stamped, actor: Actor, at: datetime.datetime) -> Application:
    """Take in a stamped paper."""
    return signing.sign_on_paper(application, stamped, actor=actor, at=at)


def send_back(
    *, application: uuid.UUID, of_completion: bool, reason: str, version: int, actor: Actor, at: datetime.datetime
) -> Application:
    """Return it, or what was completed of it, to the convener with a reason; the seals are void."""
    if of_completion:
        return completion.return_completion(application, reason=reason, version=version, actor=actor, at=at)
    return move(application, "return", actor=actor, at=at, version=version, reason=reason)


def recall(*, application: uuid.UUID, version: int, actor: Actor, at: datetime.datetime) -> Application:
    """Take it back to change it; the seals are void."""
    return move(application, "recall", actor=actor, at=at, version=version)


def name_stand_in(*, application: uuid.UUID, role: str, person: int, last: datetime.date, actor: Actor, at: datetime.datetime) -> Post:
    """Name who seals in the place of whoever holds `role`."""
    return signing.name_chain_stand_in(application, role, person, last=last, actor=actor, at=at)


def confirm(*, application: uuid.UUID, school: int, people: str, undo: bool, actor: Actor, at: datetime.datetime) -> None:
    """A partner school confirms its members, or takes that back."""
    if undo:
        partners.unconfirm_members(application, school, actor=actor, at=at)
    else:
        partners.confirm_members(application, school, people, actor=actor, at=at)
