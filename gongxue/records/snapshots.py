"""Frozen versions: canonical JSON and its SHA-256. What is printed, signed, compared and restored."""

import datetime
import hashlib

from gongxue.records.actor import Actor
from gongxue.records.models import Application, Snapshot
from gongxue.records.trail import canonical

PAUSE = datetime.timedelta(minutes=10)
"""After so long a new entry in the history begins, also while one person keeps writing."""
TURN = datetime.timedelta(minutes=1)
"""Where two people write by turns, at most one entry in so long: the trail has each change, the history is for reading."""


def digest_of(content: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def freeze(application: Application, why: str) -> Snapshot:
    """Freeze the application as it stands, under the name of whoever wrote it last; the same version is frozen once."""
    content = canonical(application.document)
    snapshot, _ = Snapshot.objects.get_or_create(
        application=application,
        version=application.version,
        defaults={
            "content": content.decode(),
            "digest": digest_of(content),
            "made_by_id": application.changed_by_id,
            "made_at": application.changed_at,
            "why": why,
        },
    )
    return snapshot


def freeze_before_edit(application: Application, actor: Actor, at: datetime.datetime) -> None:
    """Freeze what stands before an edit that starts a new spell of writing: by another person, after a pause, or at the very first."""
    last = Snapshot.objects.filter(application=application).order_by("-version").values_list("made_at", flat=True).first()
    turned = application.changed_by_id != actor.user and last is not None and at - last > TURN
    rested = at - application.changed_at > PAUSE
    if last is None or turned or rested or at - last > PAUSE:
        freeze(application, "edit")
