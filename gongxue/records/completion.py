"""Completion (補件): the city says with its request whether the changed content is to be signed again.

If it is, the chain signs while the application is completed, online once the convener has asked it to; it goes to the city when every
seal is over the very content that stands. An edit voids the seals as always, and the chain is to be asked again; so it is when the school
returns it to the convener with a reason. If it is not, what is handed in stands as it is, and pages say which seals no longer cover it
(`listings.signing.lost_seals`).
"""

import datetime
import uuid
from typing import Final

from gongxue.records import doors
from gongxue.records.actor import Actor
from gongxue.records.doors import locked, move
from gongxue.records.models import Application
from gongxue.records.receipts import handed_in
from gongxue.records.signatures import signable, unsealed
from gongxue.records.whole import whole
from gongxue.rules.text import Text
from gongxue.rules.workflow import Transition

_COLUMNS: Final = ["seals_again", "seals_asked_at"]


@whole
def ask_completion(
    application_id: uuid.UUID, *, seals_again: bool, reason: str, version: int | None, actor: Actor, at: datetime.datetime
) -> Application:
    """Return an application for completion; `seals_again`: what changes has to be signed again. Raises as `move`."""

    def effect(application: Application, _: Transition) -> None:
        _keep(application, seals_again, None)

    words = {"seals_again": seals_again}
    return move(application_id, "ask_completion", actor=actor, at=at, version=version, reason=reason, effect=effect, words=words)


@whole
def ask_seals(application_id: uuid.UUID, *, version: int, actor: Actor, at: datetime.datetime) -> Application:
    """Ask the chain to sign what was completed; whose turn it is gets told. Raises as `move`."""

    def effect(application: Application, _: Transition) -> None:
        _keep(application, True, at)

    return move(application_id, "ask_seals", actor=actor, at=at, version=version, effect=effect)


@whole
def return_completion(application_id: uuid.UUID, *, reason: str, version: int, actor: Actor, at: datetime.datetime) -> Application:
    """The chain sends what was completed back to the convener: its seals are void, and it is asked anew. Raises as `move`."""

    def effect(application: Application, _: Transition) -> None:
        _keep(application, True, None)

    return move(application_id, "return_completion", actor=actor, at=at, version=version, reason=reason, effect=effect)


@whole
def reinstate(application_id: uuid.UUID, *, reason: str, version: int | None, actor: Actor, at: datetime.datetime) -> Application:
    """Reinstate what was found ineligible: it is submitted again. Where its content was changed in a completion, and nobody has handed that
    in, the completion goes on instead. Raises as `move`."""
    name = "reinstate" if handed_in(locked(application_id, actor)) else "reinstate_completing"
    return move(application_id, name, actor=actor, at=at, version=version, reason=reason)


def waits_for_seals(application: Application) -> bool:
    """Whether its chain has been asked to sign: for the first time, or what was completed."""
    return application.state == "signing" or (application.state == "completing" and application.seals_asked_at is not None)


def can_be_sealed(application: Application) -> bool:
    """Whether a seal would be taken at all in the state that it is in."""
    return application.state == "signing" or (application.state == "completing" and application.seals_again)


def _keep(application: Application, seals_again: bool, asked_at: datetime.datetime | None) -> None:
    application.seals_again, application.seals_asked_at = seals_again, asked_at
    application.save(update_fields=_COLUMNS)


def _after_move(application: Application, row: Transition, actor: Actor, at: datetime.datetime, told: object) -> None:
    """What was asked is done with when the application leaves its completion; what is found ineligible may come back to it, and then its
    chain is asked anew."""
    if row.target != "completing" and (application.seals_again or application.seals_asked_at is not None):
        _keep(application, application.seals_again and row.target == "ineligible", None)


def _after_edit(application: Application, actor: Actor, at: datetime.datetime) -> None:
    """What the chain was asked to sign is no longer what stands: it is asked anew when the convener is done."""
    if application.seals_asked_at is not None:
        _keep(application, application.seals_again, None)


def _handed_in(application: Application, actor: Actor) -> Text | None:
    if handed_in(application):
        return None
    return Text("補件的內容還沒有送出，恢復後要繼續補件。", "What was completed has not been sent: reinstated, the completion goes on.")


def _not_handed_in(application: Application, actor: Actor) -> Text | None:
    if not handed_in(application):
        return None
    return Text("內容和送件時一樣，恢復後就是已送件。", "It stands as it was handed in: reinstated, it is submitted.")


def _seals_again(application: Application, actor: Actor) -> Text | None:
    if application.seals_again:
        return None
    return Text("教育處沒有要求這次補件重新核章。", "The city did not ask for this completion to be signed again.")


def _seals_asked(application: Application, actor: Actor) -> Text | None:
    if application.seals_asked_at is not None:
        return None
    return Text(
        "這份補件還沒有送學校重新核章，現在由召集人修改，不必退回。",
        "It has not been sent to be signed again: the convener has it, and there is nothing to return.",
    )


def _sealing_asked(application: Application, actor: Actor) -> Text | None:
    if application.seals_asked_at is not None:
        return None
    return Text(
        "這份補件還在修改，召集人送學校重新核章以後才能核章。",
        "This completion is still being written: it can be signed once the convener has sent it to be signed again.",
    )


def _seals_wanting(application: Application, actor: Actor) -> Text | None:
    if unsealed(signable(application)) is not None:
        return None
    return Text("這一版的核章都有效，可以直接補件送出。", "Every seal is over this version: it can be sent as it is.")


def _completion_sealed(application: Application, actor: Actor) -> Text | None:
    missing = unsealed(signable(application)) if application.seals_again else None
    if missing is None:
        return None
    return Text(
        f"教育處要求補件的內容重新核章：{missing.zh}請先送學校重新核章，核完再送出。",
        f"The city asked for the completion to be signed again. {missing.en} Have it signed again, then send it.",
    )


def tie() -> None:
    """Put what the doors ask about completions in its place; called once, when the app is ready."""
    doors.CONDITIONS |= {"handed_in": _handed_in, "not_handed_in": _not_handed_in}
    doors.CONDITIONS |= {"seals_again": _seals_again, "seals_asked": _seals_asked, "sealing_asked": _sealing_asked}
    doors.CONDITIONS |= {"seals_wanting": _seals_wanting, "completion_sealed": _completion_sealed}
    doors.AFTER_MOVE.append(_after_move)
    doors.AFTER_EDIT.append(_after_edit)
