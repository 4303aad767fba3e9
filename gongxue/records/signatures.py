"""Sign-offs (核章): who seals what in which order, and when a seal no longer holds. Kept for any paper that has a chain.

A signature binds the digest of the content that was shown. It is written under the lock of its paper, in the transaction of the move
that it belongs to; whatever changes the content goes through the same lock, and voids it. Who signs an application: `signing.py`.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from gongxue.records import doors, trail
from gongxue.records.actor import Actor, Capacity, Held
from gongxue.records.models import Application, Signature, StoredFile
from gongxue.records.programmes import programme_of
from gongxue.records.snapshots import digest_of
from gongxue.records.trail import canonical
from gongxue.records.whole import in_transaction
from gongxue.rules.access import ROLES
from gongxue.rules.programme import Programme, Step
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION, Transition

HEAD_ALONE: Final = (Step(label="校長", posts=("principal",)),)
"""The chain where a plan names none: nothing leaves a school without its head."""
AFTER_VOID: list[Callable[[Application, list[Signature], datetime.datetime], None]] = []
"""Who tells the signers that content changed after they signed: called in the same transaction, with the signatures that it voided."""


class Signable(msgspec.Struct, frozen=True):
    """A paper as it stands now: which one, the version and the digest of its content, its chain, the school whose posts sign, its name."""

    subject: str
    subject_id: str
    version: int
    digest: str
    chain: tuple[Step, ...]
    school: int | None
    name: str


def chain_of(programme: Programme, form: str) -> tuple[Step, ...]:
    """Who signs a form of the programme, in order."""
    found = programme.forms.get(form)
    return found.chain if found is not None and found.chain else HEAD_ALONE


def signable(application: Application) -> Signable:
    """An application as a paper to be signed: 附件二 with its chain, sealed by the posts of its fiscal school."""
    programme = programme_of(application.programme, application.programme_version)
    digest = digest_of(canonical(application.document))
    chain = chain_of(programme, "application")
    return Signable(APPLICATION, str(application.pk), application.version, digest, chain, application.fiscal_school_id, application.name)


def valid(subject: str, subject_id: str) -> dict[str, Signature]:
    """The signatures of a paper that hold, by role. One query."""
    rows = Signature.objects.filter(subject=subject, subject_id=subject_id, voided_at__isnull=True)
    return {row.role: row for row in rows.select_related("user", "post", "stands_in_for__user", "scan")}


def turn(chain: tuple[Step, ...], signed: Iterable[str]) -> Step | None:
    """Whose turn it is: the first step without a seal; None once the chain is complete."""
    roles = set(signed)
    return next((step for step in chain if not roles & set(step.posts)), None)


def held_for(step: Step, school: int | None, actor: Actor) -> Held | None:
    """The post in which `actor` would seal `step`: one of its own before one stood in for."""
    fits = [held for held in actor.posts if held.role in step.posts and held.school == school and school is not None]
    return min(fits, key=lambda held: held.stands_in_for is not None, default=None)


def stands_in_way(paper: Signable, signed: Mapping[str, Signature], actor: Actor) -> Text | None:
    """Why `actor` cannot seal `paper` online now, or None: it is another's turn, or the person has sealed this chain already."""
    step = turn(paper.chain, signed)
    if step is None:
        return Text("這一份已經核完章。", "This has all its seals.")
    if held_for(step, paper.school, actor) is None:
        en = ", ".join(ROLES[role].en for role in step.posts)
        return Text(f"現在等「{step.label}」核章，還沒輪到您。", f"It is the turn of: {en}.")
    mine = next((row for row in signed.values() if row.is_by(actor.user, actor.name)), None)
    if mine is None:
        return None
    return Text(
        f"您已經以「{ROLES[mine.role].zh}」核過章，同一個人不核兩次。請校長（或職務次一順位的主任）指定「{step.label}」的代理人來核。",
        f"You have signed this as {ROLES[mine.role].en}; nobody signs twice. Let the principal, or the next in rank, name a stand-in.",
    )


class Hand(msgspec.Struct, frozen=True):
    """Whose hand stamped a seal on paper: the account where there is one, and the name."""

    user: int | None
    name: str


def seal(
    paper: Signable,
    role: str,
    *,
    by: Capacity,
    stands_in_for: int | None,
    at: datetime.datetime,
    scan: StoredFile | None = None,
    hand: Hand | None = None,
) -> Signature:
    """Write one seal: online by whoever acts, or by `hand` on the paper of `scan`.

    The caller holds the paper's lock, has allowed it, and found its turn; the constraints hold what a bug would not.
    """
    in_transaction()
    if by.user is None:
        raise TypeError("a seal is somebody's")
    return Signature.objects.create(
        subject=paper.subject,
        subject_id=paper.subject_id,
        version=paper.version,
        digest=paper.digest,
        role=role,
        user_id=by.user,
        post_id=by.post,
        stands_in_for_id=stands_in_for,
        at=at,
        how="paper" if scan is not None else "online",
        scan=scan,
        stamped_by_id=hand.user if hand is not None else None,
        stamped_name=hand.name if hand is not None else "",
    )


def void(subject: str, subject_id: str, why: str, *, actor: Actor, at: datetime.datetime, but: str = "") -> list[Signature]:
    """Void every signature of a paper that holds, but those over the digest `but`; which they were. The caller holds the paper's lock."""
    in_transaction()
    rows = Signature.objects.filter(subject=subject, subject_id=subject_id, voided_at__isnull=True).exclude(digest=but)
    voided = list(rows.select_related("user"))
    if voided:
        rows.update(voided_at=at, voided_by=actor.user, why=why)
    return voided


def unsealed(paper: Signable) -> Text | None:
    """What is missing of the chain: None when every step has a seal over the very content that stands now."""
    rows = Signature.objects.filter(subject=paper.subject, subject_id=paper.subject_id, voided_at__isnull=True, digest=paper.digest)
    step = turn(paper.chain, rows.values_list("role", flat=True))
    if step is None:
        return None
    en = ", ".join(ROLES[role].en for role in step.posts)
    return Text(f"「{step.label}」尚未核章。", f"Not yet signed by: {en}.")


def _next_in_chain(application: Application, actor: Actor) -> Text | None:
    return _in_turn(application, actor, last=False)


def _last_in_chain(application: Application, actor: Actor) -> Text | None:
    return _in_turn(application, actor, last=True)


def _in_turn(application: Application, actor: Actor, *, last: bool) -> Text | None:
    paper = signable(application)
    signed = valid(APPLICATION, str(application.pk))
    way = stands_in_way(paper, signed, actor)
    if way is None and is_last(paper, signed) != last:
        return Text("核章順序不符，請重新載入這一頁。", "That is another step of the chain: reload the page.")
    return way


def is_last(paper: Signable, signed: Mapping[str, Signature]) -> bool:
    """Whether one seal more completes the chain."""
    step = turn(paper.chain, signed)
    return step is not None and turn(paper.chain, {*signed, *step.posts}) is None


def _chain_complete(application: Application, actor: Actor) -> Text | None:
    return unsealed(signable(application))


def _after_move(application: Application, row: Transition, actor: Actor, at: datetime.datetime, words: object) -> None:
    if row.voids_signatures:
        void(APPLICATION, str(application.pk), row.name, actor=actor, at=at)


def _after_edit(application: Application, actor: Actor, at: datetime.datetime) -> None:
    """Content that changed is not what was signed: the seals are void, and those who set them are told."""
    paper = signable(application)
    voided = void(APPLICATION, paper.subject_id, "edit", actor=actor, at=at, but=paper.digest)
    if voided:
        words = {"roles": [row.role for row in voided], "signatures": [row.pk for row in voided]}
        trail.write(APPLICATION, paper.subject_id, "void_signatures", words, by=Capacity(actor.user), at=at, version=application.version)
        for tell in AFTER_VOID:
            tell(application, voided, at)


def tie() -> None:
    """Put what the doors ask about signatures in its place; called once, when the app is ready."""
    doors.CONDITIONS |= {"next_in_chain": _next_in_chain, "last_in_chain": _last_in_chain, "chain_complete": _chain_complete}
    doors.AFTER_MOVE.append(_after_move)
    doors.AFTER_EDIT.append(_after_edit)
