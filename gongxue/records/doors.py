"""The two doors: `edit()` for content, `move()` for state; `start()` makes what goes through them. Nothing else writes an application.

Both lock the application first, so that two clicks cannot both win and no edit slips under a signature. Time and actor are passed in. Every
door is whole or not at all, and raises a `Refused` where it does not open.
"""

import datetime
import uuid
from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec
from django.db import IntegrityError, transaction

from gongxue.records import trail
from gongxue.records.actor import Actor, capacity, ties
from gongxue.records.changes import Change, Clash, merge
from gongxue.records.columns import save_with_columns
from gongxue.records.document import Document, application_of, checked, tidy, with_new_ids
from gongxue.records.models import Application, ApplicationPerson, Snapshot
from gongxue.records.openings import deadline
from gongxue.records.programmes import UnknownProgrammeError, programme_of
from gongxue.records.refusals import ChangeError, Clashed, NotAllowed, NotThere, RulesBroken, Stale, TooLate
from gongxue.records.sight import capacity_on, may_on, visible_to
from gongxue.records.snapshots import freeze, freeze_before_edit
from gongxue.records.whole import in_transaction, whole
from gongxue.rules.access import Answer, may
from gongxue.rules.check import check
from gongxue.rules.deadlines import is_late, passed
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION, Transition, transition

Effect = Callable[[Application, Transition], None]
Follows = Callable[[Application, Document], Sequence[Change]]
"""What follows from changes: told the application as it was and the document as it would be, it answers what else has to change."""
CONDITIONS: dict[str, Callable[[Application, Actor], Text | None]] = {}
"""The conditions that transitions name: each answers None, or why it does not hold. Filled by the modules that keep what they look at."""
_NO_MORE_SUBMITTED: Final = ("recall_submission", "restore")
"""Transitions after which an application counts as one that was never submitted; one that was withdrawn keeps when it had been."""
AFTER_MOVE: list[Callable[[Application, Transition, Actor, datetime.datetime, dict[str, Any]], None]] = []
"""What happens inside the same transaction after a move: signatures voided, notices written."""
AFTER_EDIT: list[Callable[[Application, Actor, datetime.datetime], None]] = []
"""What happens inside the same transaction after content changed, by whatever road: signatures over what stood before are voided."""


class Edited(msgspec.Struct, frozen=True):
    """What an edit did: the application after it, the changes made, and the fields that clashed."""

    application: Application
    done: tuple[Change, ...]
    clashes: tuple[Clash, ...]


@whole
def start(
    document: Document, *, actor: Actor, at: datetime.datetime, key: uuid.UUID | None = None, copied_from: Application | None = None
) -> Application:
    """A new draft with `actor` as its convener; its rows get ids of their own. The same `key` twice gives the same draft.

    Raises NotAllowed (no post at a school), ChangeError (the document does not fit), Unkept.
    """
    answer = may(APPLICATION, "start", ties(actor, "", None, frozenset()), "draft")
    user = actor.user
    if user is None or not answer.yes:
        raise NotAllowed(answer.reason)
    if key is not None and (known := _started(key, actor)) is not None:
        return known
    application = _new(with_new_ids(checked(document)), key, user, at, copied_from)
    try:
        with transaction.atomic():
            save_with_columns(application, new=True)
    except IntegrityError:
        # Another click with the same key was faster: the same person's, or the key is none of this person's.
        if not Application.objects.filter(pk=application.pk).exists():
            raise
        if (known := _started(application.pk, actor)) is None:
            raise NotThere() from None
        return known
    ApplicationPerson.objects.create(application=application, user_id=user, role="convener")
    words = {"name": application.name, "copied_from": str(copied_from.pk) if copied_from else ""}
    trail.write(APPLICATION, str(application.pk), "start", words, by=capacity(actor, answer.by), at=at, version=1)
    return application


def _started(key: uuid.UUID, actor: Actor) -> Application | None:
    return Application.objects.filter(pk=key, made_by=actor.user).first()


def _new(document: Document, key: uuid.UUID | None, user: int, at: datetime.datetime, copied_from: Application | None) -> Application:
    try:
        programme = programme_of(document["programme"])
    except UnknownProgrammeError:
        raise ChangeError("programme", Text("沒有這個計畫", "there is no such programme")) from None
    return Application(
        id=key or uuid.uuid4(),
        programme=programme.id,
        programme_version=programme.version,
        document=document,
        made_by_id=user,
        made_at=at,
        changed_at=at,
        changed_by_id=user,
        copied_from=copied_from,
    )


def locked(application_id: uuid.UUID, actor: Actor) -> Application:
    """The application under a lock, or NotThere where the actor may not see it. Raises TransactionManagementError outside a transaction."""
    in_transaction()
    application = visible_to(actor).select_for_update(of=("self",), no_key=True).filter(pk=application_id).first()
    if application is None:
        raise NotThere()
    return application


def allowed(verb: str, application: Application, actor: Actor) -> Answer:
    """The answer that allows `verb`; raises NotAllowed with the reason where it does not."""
    answer = may_on(actor, verb, application)
    if not answer.yes:
        raise NotAllowed(answer.reason)
    return answer


@whole
def edit(
    application_id: uuid.UUID,
    changes: Sequence[Change],
    *,
    actor: Actor,
    at: datetime.datetime,
    strict: bool = False,
    follows: Follows | None = None,
) -> Edited:
    """Change content, field by field. What the other did not touch is merged; what both touched comes back in `clashes`.

    With `strict` a clash refuses the whole edit (Clashed). `follows` adds what follows from the changes, under the same lock. Nothing
    changed leaves the version as it was, so that sending the same changes again does no harm. Raises NotThere, NotAllowed, ChangeError,
    Clashed, Unkept.
    """
    application = locked(application_id, actor)
    answer = allowed("edit", application, actor)
    merged = merge(application.document, changes)
    if strict and merged.clashes:
        raise Clashed(merged.clashes)
    if merged.done and follows is not None and (more := follows(application, merged.document)):
        merged = merge(application.document, [*changes, *more])
    if merged.done:
        freeze_before_edit(application, actor, at)
        rewrite(application, merged.document, actor, at)
        words = {"changes": [_told(change) for change in merged.done]}
        by = capacity_on(actor, answer, application)
        trail.write(APPLICATION, str(application.pk), "edit", words, by=by, at=at, version=application.version)
    return Edited(application, merged.done, merged.clashes)


def _told(change: Change) -> dict[str, Any]:
    """A change as the trail keeps it: what stood before and after, and what of the rest is not blank."""
    row = {name: value for name, value in (("row", change.row), ("after", change.after)) if value}
    return {"kind": change.kind, "path": change.path, "base": change.base, "value": change.value, **row}


@whole
def move(
    application_id: uuid.UUID,
    name: str,
    *,
    actor: Actor,
    at: datetime.datetime,
    version: int | None = None,
    reason: str = "",
    effect: Effect | None = None,
    words: dict[str, Any] | None = None,
) -> Application:
    """Make the transition `name`, whole or not at all: may, state, version, deadline, conditions, rules, then state, trail, snapshot,
    notices.

    `version` is what the actor saw; another one refuses (Stale). `effect` runs inside the transaction (a signature row, say). Raises
    NotThere, Stale, NotAllowed, TooLate, RulesBroken, Unkept; KeyError for a transition that is none.
    """
    row = transition(APPLICATION, name)
    application = locked(application_id, actor)
    reason = tidy(reason.strip(), "reason")
    answer = _must(application, row, at, version, reason, actor)
    by = capacity_on(actor, answer, application)
    source = application.state
    application.state = row.target
    _bump(application, actor, at)
    if name in ("submit", *_NO_MORE_SUBMITTED):
        application.submitted_at = at if name == "submit" else None
    application.save(force_update=True)
    snapshot = freeze(application, name)
    if effect is not None:
        effect(application, row)
    told = {**(words or {}), "from": source, "to": row.target, "reason": reason, "digest": snapshot.digest}
    trail.write(APPLICATION, str(application.pk), name, told, by=by, at=at, version=application.version)
    for after in AFTER_MOVE:
        after(application, row, actor, at, told)
    return application


def _must(application: Application, row: Transition, at: datetime.datetime, version: int | None, reason: str, actor: Actor) -> Answer:
    """The answer that allows a move; raises the refusal that stands in its way."""
    if version is not None and version != application.version:
        raise Stale(application.state, application.version)
    answer = allowed(row.verb, application, actor)
    if application.state not in row.sources:
        raise Stale(application.state, application.version)
    if row.asks_reason and not reason:
        raise NotAllowed(Text("請寫明原因。", "Say why."))
    programme = programme_of(application.programme, application.programme_version)
    due = deadline(programme, application.fiscal_school_id, row.before) if row.before else None
    if due is not None and is_late(at, due):
        raise TooLate(passed(due))
    for name in row.conditions:
        if (stands := CONDITIONS[name](application, actor)) is not None:
            raise NotAllowed(stands)
    if row.rules_hold:
        errors = [finding for finding in check(application_of(application.document), programme) if finding.severity == "error"]
        if errors:
            raise RulesBroken(errors)
    return answer


def rewrite(application: Application, document: Document, actor: Actor, at: datetime.datetime) -> None:
    """Put a checked document in the place of the present one, as a new version. For doors, which lock, allow, and tell the trail."""
    application.document = document
    _bump(application, actor, at)
    save_with_columns(application)
    for after in AFTER_EDIT:
        after(application, actor, at)


def _bump(application: Application, actor: Actor, at: datetime.datetime) -> None:
    application.version += 1
    # Requests take their time as they enter, and may reach the lock in another order.
    application.changed_at, application.changed_by_id = max(at, application.changed_at), actor.user


@whole
def restore(application_id: uuid.UUID, version: int, *, actor: Actor, at: datetime.datetime, seen: int | None = None) -> Edited:
    """Bring back the content of a frozen version, as an edit like any other: nothing after it is lost from the history.

    `seen` is the version that the actor looked at; another one refuses (Stale), because a whole content goes over what others wrote
    meanwhile. Raises NotThere (also for a version that was never frozen), NotAllowed, Stale, Unkept.
    """
    application = locked(application_id, actor)
    snapshot = Snapshot.objects.filter(application=application, version=version).first()
    if snapshot is None:
        raise NotThere()
    answer = allowed("edit", application, actor)
    if seen is not None and seen != application.version:
        raise Stale(application.state, application.version)
    before = freeze(application, "restore")
    if before.digest != snapshot.digest:
        rewrite(application, msgspec.json.decode(snapshot.content), actor, at)
        words = {"restored": version, "before": before.digest, "after": snapshot.digest}
        by = capacity_on(actor, answer, application)
        trail.write(APPLICATION, str(application.pk), "restore_version", words, by=by, at=at, version=application.version)
    return Edited(application, (), ())
