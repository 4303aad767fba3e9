"""What the background does every night: seals and verifies the trail, takes away what has served its purpose, makes a backup."""

import datetime
from pathlib import Path
from typing import Any, Final

import structlog
from django.conf import settings
from django.contrib.sessions.models import Session
from django_q.models import Task

from gongxue.records import files, trail
from gongxue.records.backup import NAME, back_up
from gongxue.records.models import Message, PostKey, Presence, TrailEntry
from gongxue.records.whole import whole
from gongxue.site import background, clock
from gongxue.site.background import Regular

SEAL: Final = "seal"
TIDY: Final = "tidy"
BACKUP: Final = "backup"
FILES: Final = "files"
KEYS_LAST: Final = datetime.timedelta(days=30)
"""After this a form that was left open can be sent a second time."""
LETTERS_LAST: Final = datetime.timedelta(days=180)
"""So long the words of a letter are kept after it is over; that it was sent, to whom and when, stays."""
FAULTS_LAST: Final = datetime.timedelta(days=30)
"""So long a task that failed is shown."""
_OVER: Final = ("sent", "dropped")
_log = structlog.get_logger("gongxue.nightly")


def register() -> None:
    """Give the jobs their names, and their hours in Taipei."""
    background.register(SEAL, seal, regular=Regular(SEAL, hour=datetime.time(3, 0)))
    background.register(TIDY, tidy, regular=Regular(TIDY, hour=datetime.time(3, 30)))
    background.register(FILES, sweep_files, regular=Regular(FILES, hour=datetime.time(3, 45)))
    background.register(BACKUP, save, regular=Regular(BACKUP, hour=datetime.time(4, 0)))


def seal(at: datetime.datetime) -> dict[str, Any]:
    """Seal the heads of all chains of the trail, and verify the whole of it; what was sealed and what does not hold."""
    sealed = trail.seal(at)
    faults = trail.verify()
    if faults:
        _log.error("trail", faults=len(faults))
    return {
        "subjects": sealed.subjects,
        "entries": TrailEntry.objects.count(),
        "digest": sealed.digest[:12],
        "faults": len(faults),
        "first": [f"{each.subject} {each.subject_id} #{each.number}" for each in faults[:5]],
    }


def save(at: datetime.datetime) -> dict[str, Any]:
    """Make a backup under its real time and take away the oldest; what it holds. Raises what `back_up` raises."""
    if settings.BACKUPS_KEPT < 1:
        return {"kept": 0}
    folder = Path(settings.BACKUPS)
    folder.mkdir(parents=True, exist_ok=True)
    made = back_up(folder, clock.real_now())
    kept = sorted(folder.glob(NAME), reverse=True)
    for old in kept[settings.BACKUPS_KEPT :]:
        old.unlink()
    return {
        "name": made.path.name,
        "bytes": made.path.stat().st_size,
        "rows": sum(made.manifest.counts.values()),
        "files": len(made.manifest.members) - 1,
        "kept": min(len(kept), settings.BACKUPS_KEPT),
    }


def sweep_files(at: datetime.datetime) -> dict[str, Any]:
    """Take away files that no row is about, and look for rows whose file is gone; how many of each."""
    swept = files.sweep(clock.real_now())
    lost = files.missing()
    if lost:
        _log.error("files", missing=len(lost))
    return {"aside": swept.aside, "removed": swept.removed, "back": swept.back, "missing": len(lost)}


@whole
def tidy(at: datetime.datetime) -> dict[str, Any]:
    """Take away old keys of POSTs, sessions that have ended, who was on a page, and the words of old letters; how many of each."""
    keys, _ = PostKey.objects.filter(at__lt=at - KEYS_LAST).delete()
    sessions, _ = Session.objects.filter(expire_date__lt=clock.real_now()).delete()
    Presence.objects.filter(at__lt=at - datetime.timedelta(days=1)).delete()
    Task.objects.filter(success=False, stopped__lt=clock.real_now() - FAULTS_LAST).delete()
    letters = Message.objects.filter(state__in=_OVER, made_at__lt=at - LETTERS_LAST).exclude(body="").update(body="")
    return {"keys": keys, "sessions": sessions, "letters": letters}
