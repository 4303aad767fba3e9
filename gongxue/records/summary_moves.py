"""The doors of a school's summary (附件一): what the school says of itself, and every step from open to sent.

As with applications: the row is locked, the access table asked, the version compared, the trail written, all in one transaction.
"""

import datetime
from collections.abc import Callable
from typing import Any

import msgspec

from gongxue.records import trail
from gongxue.records.actor import Actor, Capacity, capacity
from gongxue.records.document import tidy
from gongxue.records.files import keep
from gongxue.records.models import School, SchoolSummary
from gongxue.records.refusals import NotAllowed, NotThere, Stale
from gongxue.records.signatures import held_for, seal, stands_in_way, turn, unsealed, valid
from gongxue.records.stamped import Stamped, stamps
from gongxue.records.summaries import (
    AFTER_SUMMARY_MOVE,
    MUST_SAY,
    applications_of,
    facts_of,
    freeze_summary,
    hold,
    missing_facts,
    reopen,
    signable_summary,
)
from gongxue.records.whole import whole
from gongxue.rules.access import Answer, Tie, may
from gongxue.rules.programme import Programme
from gongxue.rules.school_facts import SchoolFacts
from gongxue.rules.text import Text, listed
from gongxue.rules.workflow import SCHOOL_SUMMARY, Transition, transition


def ties_at(actor: Actor, school_id: int) -> tuple[Tie, ...]:
    """How `actor` is bound to the summary of a school."""
    own = (Tie(held.role, "own_school") for held in actor.posts if held.school == school_id)
    return (*(Tie(held.role, "any") for held in actor.posts), *own)


def may_on_summary(actor: Actor, verb: str, summary: SchoolSummary) -> Answer:
    """Whether `actor` may do `verb` to a summary as it stands."""
    return may(SCHOOL_SUMMARY, verb, ties_at(actor, summary.school_id), summary.state)


def summary_of(actor: Actor, school: School, programme: Programme, at: datetime.datetime) -> SchoolSummary:
    """A school's summary as it stands; an open one that nobody has touched is not kept yet. Raises NotThere for who may not see it."""
    found = SchoolSummary.objects.select_related("school").filter(school=school, programme=programme.id).first()
    summary = found or _new(school, programme, at)
    if not may_on_summary(actor, "view", summary).yes:
        raise NotThere()
    return summary


def _new(school: School, programme: Programme, at: datetime.datetime) -> SchoolSummary:
    return SchoolSummary(school=school, programme=programme.id, programme_version=programme.version, version=1, changed_at=at)


def _locked(school: School, programme: Programme, actor: Actor, at: datetime.datetime) -> SchoolSummary:
    """The summary under its lock, made now where there was none; NotThere where the actor may not see it."""
    new = _new(school, programme, at)
    if not may_on_summary(actor, "view", new).yes:
        raise NotThere()
    told = {"programme_version": programme.version, "changed_at": at}
    SchoolSummary.objects.get_or_create(school=school, programme=programme.id, defaults=told)
    rows = SchoolSummary.objects.select_for_update(of=("self",), no_key=True).select_related("school")
    return rows.get(school=school, programme=programme.id)


def _must(summary: SchoolSummary, verb: str, version: int, actor: Actor) -> Capacity:
    """In what capacity the actor does it; raises NotAllowed, or Stale where it is not the version that was seen."""
    answer = may_on_summary(actor, verb, summary)
    if version != summary.version:
        raise Stale(summary.state, summary.version)
    if not answer.yes:
        raise NotAllowed(answer.reason)
    return capacity(actor, answer.by, summary.school_id)


def _bump(summary: SchoolSummary, actor: Actor, at: datetime.datetime) -> None:
    summary.version += 1
    summary.changed_at, summary.changed_by_id = max(at, summary.changed_at), actor.user


@whole
def say_facts(
    school: School, programme: Programme, facts: SchoolFacts, *, version: int, actor: Actor, at: datetime.datetime
) -> SchoolSummary:
    """What the school says of itself. The same again changes nothing. Raises NotThere, NotAllowed, Stale, ChangeError, Unkept."""
    summary = _locked(school, programme, actor, at)
    by = _must(summary, "edit", version, actor)
    said = _tidied(msgspec.to_builtins(msgspec.structs.replace(facts, school=None)), "")
    if said != summary.facts:
        before, summary.facts = summary.facts, said
        _bump(summary, actor, at)
        summary.save(force_update=True)
        words = {"before": before, "after": said}
        trail.write(SCHOOL_SUMMARY, str(summary.pk), "edit", words, by=by, at=at, version=summary.version)
    return summary


def _tidied(said: Any, path: str) -> Any:
    if isinstance(said, dict):
        return {name: found for name, each in said.items() if (found := _tidied(each, name)) not in (None, "", {})}
    return tidy(said.strip(), path) if isinstance(said, str) else said


@whole
def move_summary(
    school: School, programme: Programme, name: str, *, version: int, actor: Actor, at: datetime.datetime, reason: str = ""
) -> SchoolSummary:
    """Make the transition `name`: send_to_sign, sign, return, recall or send. `version` is what the actor saw.

    Raises NotThere, Stale, NotAllowed (what is missing; another's turn), Unkept; KeyError for a transition that is none.
    """
    row = transition(SCHOOL_SUMMARY, name)
    if name == "send_to_sign":
        hold(school.pk, programme.id)
    summary = _locked(school, programme, actor, at)
    by = _must(summary, row.verb, version, actor)
    reason = tidy(reason.strip(), "reason")
    if summary.state not in row.sources:
        raise Stale(summary.state, summary.version)
    if row.asks_reason and not reason:
        raise NotAllowed(Text("請寫明原因。", "Say why."))
    for condition in row.conditions:
        if (stands := _CONDITIONS[condition](summary, actor)) is not None:
            raise NotAllowed(stands)
    if row.target == "open":
        reopen(summary, name, by, at, actor, {}, reason)
    elif name == "sign":
        _forward(summary, row, *_sealed(summary, actor, at))
    else:
        _forward(summary, row, by, actor, at)
    return summary


@whole
def sign_summary_on_paper(school: School, programme: Programme, stamped: Stamped, *, actor: Actor, at: datetime.datetime) -> SchoolSummary:
    """Take a stamped 附件一 in: it bears the seals of the posts of which it is told whose hand they are, over its digest.

    Raises NotThere, Stale (the paper was printed from other content), NotAllowed (as `stamps`), Unkept.
    """
    summary = _locked(school, programme, actor, at)
    by = _must(summary, "sign_on_paper", stamped.version, actor)
    paper = signable_summary(summary)
    if stamped.digest != paper.digest:
        raise Stale(summary.state, summary.version)
    if actor.user is None:
        raise TypeError("a capacity is somebody's")
    new = stamps(paper, valid(SCHOOL_SUMMARY, paper.subject_id), stamped.told, at)
    kept = keep(stamped.scan, SCHOOL_SUMMARY, paper.subject_id, by=actor.user, at=at)
    for stamp in new:
        seal(paper, stamp.role, by=by, stands_in_for=stamp.stands_in_for, at=at, scan=kept, hand=stamp.hand)
    words = {"roles": [stamp.role for stamp in new], "stamped": [stamp.words() for stamp in new], "scan": kept.sha256}
    _forward(summary, transition(SCHOOL_SUMMARY, "sign_on_paper"), by, actor, at, words)
    return summary


def _forward(
    summary: SchoolSummary, row: Transition, by: Capacity, actor: Actor, at: datetime.datetime, words: dict[str, Any] | None = None
) -> None:
    source = summary.state
    summary.state = row.target
    _bump(summary, actor, at)
    if row.name == "send_to_sign":
        freeze_summary(summary, actor.user, at)
    summary.sent_at = at if row.target == "sent" else None
    summary.save(force_update=True)
    told = {**(words or {}), "from": source, "to": row.target, "digest": summary.digest}
    trail.write(SCHOOL_SUMMARY, str(summary.pk), row.name, told, by=by, at=at, version=summary.version)
    for after in AFTER_SUMMARY_MOVE:
        after(summary, row, [], actor, at)


def _sealed(summary: SchoolSummary, actor: Actor, at: datetime.datetime) -> tuple[Capacity, Actor, datetime.datetime, dict[str, Any]]:
    """Write the seal of whoever's turn it is, in the post that has it; the condition before has found that it is the actor's."""
    paper = signable_summary(summary)
    step = turn(paper.chain, valid(SCHOOL_SUMMARY, paper.subject_id))
    held = held_for(step, paper.school, actor) if step is not None else None
    if held is None:
        raise Stale(summary.state, summary.version)
    by = Capacity(actor.user, held.role, held.post)
    seal(paper, held.role, by=by, stands_in_for=held.stands_in_for, at=at)
    return by, actor, at, {"role": held.role, "stands_in": held.stands_in_for is not None}


def _facts_complete(summary: SchoolSummary, actor: Actor) -> Text | None:
    missing = listed([MUST_SAY[name] for name in missing_facts(facts_of(summary))])
    return Text(f"學校基本資料還缺：{missing.zh}。", f"The school's facts lack: {missing.en}.") if missing.zh else None


def _covers_something(summary: SchoolSummary, actor: Actor) -> Text | None:
    if applications_of(summary.school_id, summary.programme).exists():
        return None
    return Text(
        "還沒有核章完成的申請書，附件一上沒有可以列的社群。", "No application has all its signatures yet: there is nothing to list."
    )


def _next_in_chain(summary: SchoolSummary, actor: Actor) -> Text | None:
    return stands_in_way(signable_summary(summary), valid(SCHOOL_SUMMARY, str(summary.pk)), actor)


def _chain_complete(summary: SchoolSummary, actor: Actor) -> Text | None:
    return unsealed(signable_summary(summary))


_CONDITIONS: dict[str, Callable[[SchoolSummary, Actor], Text | None]] = {
    "facts_complete": _facts_complete,
    "covers_something": _covers_something,
    "next_in_chain": _next_in_chain,
    "chain_complete": _chain_complete,
}
