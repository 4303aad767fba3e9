"""What can happen in this room: the school submits, takes a submission back, sends a completion, withdraws an application."""

import datetime
import uuid
from collections.abc import Mapping

from gongxue.records import submission, summary_moves
from gongxue.records.actor import Actor
from gongxue.records.doors import move
from gongxue.records.models import Application, School, SchoolSummary
from gongxue.records.stamped import Stamped
from gongxue.records.submission import Outcome
from gongxue.rules.programme import Programme
from gongxue.rules.school_facts import SchoolFacts


def submit(*, seen: Mapping[uuid.UUID, int | None], actor: Actor, at: datetime.datetime) -> tuple[Outcome, ...]:
    """Submit these applications, each as the version that was seen; what became of each."""
    return submission.submit(seen, actor=actor, at=at)


def recall_submission(*, application: uuid.UUID, seen: int, actor: Actor, at: datetime.datetime) -> Application:
    """Take a submission back before the deadline: it can be submitted again, its signatures hold."""
    return move(application, "recall_submission", actor=actor, at=at, version=seen)


def complete(*, application: uuid.UUID, seen: int, actor: Actor, at: datetime.datetime) -> Application:
    """Send what the city asked for."""
    return move(application, "complete", actor=actor, at=at, version=seen)


def withdraw(*, application: uuid.UUID, seen: int, reason: str, actor: Actor, at: datetime.datetime) -> Application:
    """Withdraw an application, with a reason."""
    return move(application, "withdraw", actor=actor, at=at, version=seen, reason=reason)


def say_facts(
    *, school: School, programme: Programme, facts: SchoolFacts, version: int, actor: Actor, at: datetime.datetime
) -> SchoolSummary:
    """Keep what the school says of itself on 附件一."""
    return summary_moves.say_facts(school, programme, facts, version=version, actor=actor, at=at)


def move_summary(
    *, school: School, programme: Programme, name: str, version: int, reason: str, actor: Actor, at: datetime.datetime
) -> SchoolSummary:
    """Take 附件一 one step: send_to_sign, sign, return, recall or send."""
    return summary_moves.move_summary(school, programme, name, version=version, reason=reason, actor=actor, at=at)


def take_scan(*, school: School, programme: Programme, stamped: Stamped, actor: Actor, at: datetime.datetime) -> SchoolSummary:
    """Take in a stamped 附件一."""
    return summary_moves.sign_summary_on_paper(school, programme, stamped, actor=actor, at=at)
