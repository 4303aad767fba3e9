"""How the site itself fares, for those who keep it: letters, the queue, regular work, the trail, the disk, backups, versions."""

import datetime
import platform
import shutil
from typing import Any, Final
from urllib.parse import urlsplit

import django
import msgspec
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _
from django_q.models import OrmQ, Task

import gongxue
from gongxue.records.listings.letters import counts
from gongxue.records.models import Chore
from gongxue.site import background, nightly, upkeep
from gongxue.site.mail.delivering import mailing

WORK: Final[dict[str, Any]] = {
    "deliver": _("寄信"),
    nightly.SEAL: _("封存並查核歷程"),
    nightly.TIDY: _("清理過期資料"),
    "backup": _("備份"),
    "sweep_bundles": _("清理過期的 ZIP"),
    "compare": _("比對可能重複的申請"),
    "compare_all": _("比對所有申請"),
}
"""What regular work, and what was enqueued, is called."""
SHOWN: Final = 10
"""So many failed tasks are shown, the newest."""


class Failed(msgspec.Struct, frozen=True):
    """A task that failed: its name, when last, how often, and the kind of the fault with its place."""

    name: Any
    at: datetime.datetime
    attempts: int
    words: str


def facts() -> dict[str, Any]:
    """What the page of upkeep shows. Seven queries."""
    chores = {chore.name: chore for chore in Chore.objects.all()}
    disk = shutil.disk_usage(settings.VAR)
    return {
        "letters": counts(),
        "mailing": mailing(),
        "mail_host": urlsplit(settings.MAIL_URL).hostname or "",
        "queue": OrmQ.objects.count(),
        "failed": _failed(),
        "alive": background.is_alive(chores.get(background.HEART)),
        "is_starting": background.is_starting(chores.get(background.HEART)),
        "works": [(WORK.get(name, name), chore) for name, chore in sorted(chores.items(), key=lambda pair: _order(pair[0]))],
        "seal": chores.get(nightly.SEAL),
        "backup": chores.get("backup"),
        "free": disk.free // 2**30,
        "total": disk.total // 2**30,
        "disk_is_low": disk.free < upkeep.LEAST_FREE * 5,
        "versions": _versions(),
    }


def _order(name: str) -> int:
    return list(WORK).index(name) if name in WORK else len(WORK)


def _failed() -> list[Failed]:
    rows = Task.objects.filter(success=False).order_by("-stopped")[:SHOWN]
    return [
        Failed(WORK.get(row.name, row.name), row.stopped, row.attempt_count, str(row.result).partition(" : Traceback")[0]) for row in rows
    ]


def _versions() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        database = str(cursor.fetchone()[0])
    return [
        ("Gongxue", gongxue.__version__),
        ("Python", platform.python_version()),
        ("Django", django.get_version()),
        ("SQLite" if connection.vendor == "sqlite" else "PostgreSQL", database),
    ]
