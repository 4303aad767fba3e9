"""Writes the trail, verifies it, seals it, and blanks personal data in it.

An entry of an edit holds the changes with what stood before: names, e-mail addresses, telephone numbers and whatever people wrote. When the
purpose they were kept for has ended, `blank` empties these words (and the salt, so that nobody can try out names against the digest). Who
did what and when stays, and the chain with it: it covers a salted digest of the words, not the words.
"""

import datetime
import hashlib
import secrets
from collections.abc import Collection, Iterator
from typing import Any

import msgspec
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from gongxue.records.actor import Capacity
from gongxue.records.models import TrailEntry, TrailSeal
from gongxue.records.whole import in_transaction, whole


def canonical(content: Any) -> bytes:
    """JSON with sorted keys: the same content always gives the same bytes."""
    return msgspec.json.encode(content, order="deterministic")


def _sha256(*parts: str | bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def write(
    subject: str, subject_id: str | int, verb: str, words: dict[str, Any], *, by: Capacity, at: datetime.datetime, version: int = 0
) -> TrailEntry:
    """Append one entry; the caller holds the lock on the subject, inside a transaction."""
    in_transaction()
    subject_id = str(subject_id)
    last = TrailEntry.objects.filter(subject=subject, subject_id=subject_id).order_by("-number").values_list("number", "digest").first()
    number, previous = (last[0] + 1, last[1]) if last else (1, "")
    salt = secrets.token_hex(16)
    entry = TrailEntry(
        subject=subject,
        subject_id=subject_id,
        number=number,
        at=at,
        user_id=by.user,
        role=by.role,
        post_id=by.post,
        verb=verb,
        version=version,
        words=words,
        salt=salt,
        words_digest=_sha256(salt, canonical(words)),
        previous=previous,
    )
    entry.digest = _link(entry)
    entry.save(force_insert=True)
    return entry


def _link(entry: TrailEntry) -> str:
    when = entry.at.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    who = f"{entry.user_id or ''}|{entry.role}|{entry.post_id or ''}"
    return _sha256(
        entry.previous, entry.subject, entry.subject_id, str(entry.number), when, who, entry.verb, str(entry.version), entry.words_digest
    )


class Broken(msgspec.Struct, frozen=True):
    """The first entry of a chain that does not hold, or the seal (`subject` is "seal") that does not cover what it says."""

    subject: str
    subject_id: str
    number: int


def broken(subject: str, subject_id: str | int) -> int | None:
    """The number of the first entry whose chain does not hold, or None. Blanked words are passed over, their digest still binds."""
    found = next(_faults(TrailEntry.objects.filter(subject=subject, subject_id=str(subject_id))), None)
    return found.number if found is not None else None


def verify() -> list[Broken]:
    """Everything in the trail that does not hold: the first fault of each chain, then seals. Reads the whole trail."""
    return [*_faults(TrailEntry.objects.all()), *_seal_faults()]


def _faults(entries: QuerySet[TrailEntry]) -> Iterator[Broken]:
    chain, number, previous, told = ("", ""), 0, "", False
    for entry in entries.order_by("subject", "subject_id", "number").iterator(chunk_size=500):
        if (entry.subject, entry.subject_id) != chain:
            chain, number, previous, told = (entry.subject, entry.subject_id), 0, "", False
        number += 1
        words_hold = (entry.salt == "" and not entry.words) or entry.words_digest == _sha256(entry.salt, canonical(entry.words))
        holds = entry.number == number and entry.previous == previous and entry.digest == _link(entry) and words_hold
        if not holds and not told:
            told = True
            yield Broken(*chain, number)
        previous = entry.digest


@whole
def blank(
    subject: str, subject_id: str | int, *, by: Capacity, at: datetime.datetime, numbers: Collection[int] | None = None, why: str = ""
) -> int:
    """Empty the words of a subject's entries (of those `numbers`, or of all so far), and say so in an entry of its own; how many there
    were.

    The caller holds the lock on the subject. Frozen versions keep theirs: what was signed and printed can be printed again.
    """
    entries = TrailEntry.objects.filter(subject=subject, subject_id=str(subject_id)).exclude(salt="")
    if numbers is not None:
        entries = entries.filter(number__in=numbers)
    emptied = sorted(entries.values_list("number", flat=True))
    entries.update(words={}, salt="")
    write(subject, subject_id, "blank", {"entries": emptied, "why": why}, by=by, at=at)
    return len(emptied)


@whole
def seal(at: datetime.datetime) -> TrailSeal:
    """Seal the heads of all chains under one digest that covers the seal before it."""
    if connection.vendor == "postgresql":
        # An entry that another transaction has numbered and not yet committed would come in below the seal afterwards: wait for it.
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {TrailEntry._meta.db_table}, {TrailSeal._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    before = TrailSeal.objects.order_by("pk").last()
    newest = TrailEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    subjects, digest = _sealed(newest, before.digest if before is not None else "")
    return TrailSeal.objects.create(
        at=at, subjects=subjects, last_entry=newest, digest=digest, previous=before.digest if before is not None else ""
    )


def _sealed(newest: int, previous: str) -> tuple[int, str]:
    """How many chains there are up to the entry `newest`, and the digest over their heads."""
    until = TrailEntry.objects.filter(pk__lte=newest)
    later = until.filter(subject=OuterRef("subject"), subject_id=OuterRef("subject_id"), number__gt=OuterRef("number"))
    heads = until.filter(~Exists(later)).order_by().values_list("subject", "subject_id", "digest")
    listed = sorted(heads.iterator(chunk_size=2000))  # here, because databases sort text each in their own way
    return len(listed), _sha256(previous, canonical(listed))


def _seal_faults() -> Iterator[Broken]:
    """Seals out of their row, and the newest where it does not cover the heads: it covers all that the older ones do."""
    previous, seals = "", list(TrailSeal.objects.order_by("pk"))
    for number, kept in enumerate(seals, start=1):
        covers = number < len(seals) or (kept.subjects, kept.digest) == _sealed(kept.last_entry, previous)
        if kept.previous != previous or not covers:
            yield Broken("seal", str(kept.pk), number)
        previous = kept.digest
