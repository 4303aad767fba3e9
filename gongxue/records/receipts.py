"""Receipts (送件回執): written in the transaction of the submission they answer to, voided in that which takes it back.

A receipt says at which instant the request came in: the one that was compared with the deadline, once, where the door let it through.
"""

import datetime
from typing import Any, Final

from gongxue.records import trail
from gongxue.records.actor import Actor, Capacity
from gongxue.records.doors import AFTER_MOVE
from gongxue.records.models import Application, Receipt, ReceiptBook, TrailEntry
from gongxue.records.openings import deadline
from gongxue.records.programmes import programme_of
from gongxue.records.signatures import valid
from gongxue.records.snapshots import digest_of
from gongxue.records.trail import canonical
from gongxue.rules.workflow import APPLICATION, Transition

RECEIPT: Final = "receipt"
"""What the trail calls them; their subject's key is the receipt's own."""
ISSUE: Final = ("submit", "complete")
"""The transitions that are answered with a receipt."""
VOID: Final = ("recall_submission", "withdraw")
"""Those that take it back. A completion replaces the receipt before it."""


def follow(application: Application, row: Transition, actor: Actor, at: datetime.datetime, told: dict[str, Any]) -> None:
    """Keep receipts in step with a move, inside its transaction."""
    if row.subject != APPLICATION or row.name not in (*ISSUE, *VOID):
        return
    by = _capacity(application, actor)
    _void(application, row.name, by, at)
    if row.name in ISSUE:
        _issue(application, row.name, str(told["digest"]), by, at)


def tie() -> None:
    """Let the doors call `follow` after every move; called once, when the app is ready."""
    AFTER_MOVE.append(follow)


def handed_in(application: Application) -> bool:
    """Whether an application stands as its receipt says; one without a receipt stands as it does. At most one query."""
    kept = Receipt.objects.filter(application=application, voided_at__isnull=True).values_list("digest", flat=True).first()
    return kept is None or kept == digest_of(canonical(application.document))


def _capacity(application: Application, actor: Actor) -> Capacity:
    """In what capacity the move was made: as the trail's last entry says."""
    entries = TrailEntry.objects.filter(subject=APPLICATION, subject_id=str(application.pk), version=application.version)
    role, post = entries.order_by("-number").values_list("role", "post")[0]
    return Capacity(actor.user, role, post)


def _issue(application: Application, why: str, digest: str, by: Capacity, at: datetime.datetime) -> Receipt:
    programme = programme_of(application.programme, application.programme_version)
    number = _next_number(application.programme)
    receipt = Receipt(
        programme=application.programme,
        number=number,
        text=number_text(programme.school_year, number),
        application=application,
        version=application.version,
        digest=digest,
        at=at,
        before=deadline(programme, application.fiscal_school_id),
        by_id=by.user,
        role=by.role,
        why=why,
        how=_how(application, digest),
    )
    receipt.seal = seal_of(receipt)
    receipt.save(force_insert=True)
    words = {"number": receipt.text, "application": str(application.pk), "version": receipt.version, "seal": receipt.seal}
    trail.write(RECEIPT, receipt.pk, "issue", words, by=by, at=at, version=receipt.version)
    return receipt


def number_text(school_year: int, number: int) -> str:
    """111-0001."""
    return f"{school_year}-{number:04}"


def _next_number(programme: str) -> int:
    """The next number of a programme. Whoever asks waits for the one before, so that a number is neither doubled nor left out."""
    ReceiptBook.objects.get_or_create(programme=programme)
    book = ReceiptBook.objects.select_for_update(no_key=True).get(programme=programme)
    book.last += 1
    book.save(update_fields=["last"])
    return book.last


def seal_of(receipt: Receipt) -> str:
    """The digest of what a receipt says, which stands in its foot: nobody can change a word of it and keep the digest."""
    said = {
        "number": receipt.text,
        "programme": receipt.programme,
        "application": str(receipt.application_id),
        "version": receipt.version,
        "digest": receipt.digest,
        "at": receipt.at.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
        "before": receipt.before.astimezone(datetime.UTC).isoformat() if receipt.before else None,
        "by": receipt.by_id,
        "role": receipt.role,
        "why": receipt.why,
        "how": receipt.how,
    }
    return digest_of(canonical(said))


def _how(application: Application, digest: str) -> str:
    """How the content with this digest was signed: online, on paper, both; "" where nobody signed it."""
    hows = {row.how for row in valid(APPLICATION, str(application.pk)).values() if row.digest == digest}
    return "both" if len(hows) > 1 else next(iter(hows), "")


def _void(application: Application, why: str, by: Capacity, at: datetime.datetime) -> None:
    for receipt in Receipt.objects.select_for_update(no_key=True).filter(application=application, voided_at__isnull=True):
        receipt.voided_at, receipt.voided_by_id, receipt.void_why = at, by.user, why
        receipt.save(update_fields=["voided_at", "voided_by", "void_why"])
        trail.write(RECEIPT, receipt.pk, "void", {"number": receipt.text, "why": why}, by=by, at=at, version=receipt.version)
