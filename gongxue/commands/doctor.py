"""`gongxue doctor`: looks at everything a site needs, and says in plain words what is well and what to do about the rest."""

from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from gongxue.commands.arguments import Arguments
from gongxue.commands.console import Console
from gongxue.commands.site_at_hand import set_up
from gongxue.rules.text import Text

WELL: Final = 0
UNWELL: Final = 1
LEAST_FREE: Final = 1_000_000_000
"""Bytes: room for a day of scans and for the next backup's beginnings."""
MARKS: Final = {True: "✓", False: "✗", None: "•"}


class Seen(msgspec.Struct, frozen=True):
    """One thing that was looked at: well, not well, or (None) something to know that stops nothing."""

    well: bool | None
    text: Text


def run(arguments: Arguments, console: Console) -> int:
    """Look at everything; 1 where anything is not well."""
    if not set_up(console):
        return UNWELL
    looks: tuple[Callable[[], Iterator[Seen]], ...] = (_settings, _fonts, _disk, _database, _mail, _background)
    status = WELL
    for look in looks:
        for seen in look():
            console.say(f"{MARKS[seen.well]} {seen.text.in_language(console.language)}")
            if seen.well is False:
                status = UNWELL
    end = Text("一切正常", "all is well") if status == WELL else Text("有 ✗ 的項目要處理", "see to what has a ✗")
    console.say("", end.in_language(console.language))
    return status


def _settings() -> Iterator[Seen]:
    from django.conf import settings

    from gongxue.site import production

    faults = production.faults()
    if settings.PRODUCTION:
        yield from (Seen(False, Text(f"設定 {fault.zh}", f"setting {fault.en}")) for fault in faults)
    elif faults:
        zh = f"不是正式站（GONGXUE_PRODUCTION 未設），正式站還缺 {len(faults)} 項設定：gongxue serve --production 會列出"
        yield Seen(None, Text(zh, f"not a production site; it would lack {len(faults)} settings: gongxue serve --production lists them"))
    if not settings.PRODUCTION or faults:
        return
    yield Seen(True, Text("設定齊全", "every setting is there"))


def _fonts() -> Iterator[Seen]:
    from gongxue.documents import fonts

    named, faces = fonts.named_folder(), [face.family for face in fonts.known_faces()]
    if named is not None:
        yield Seen(named.is_dir(), Text(f"字型資料夾 {named}", f"the folder of fonts {named}"))
    elif not faces:
        yield Seen(False, fonts.NO_FONTS)
    else:
        yield Seen(True, Text(f"中文字型：{'、'.join(faces)}", f"Chinese fonts: {', '.join(faces)}"))


def _disk() -> Iterator[Seen]:
    import shutil
    from pathlib import Path

    from django.conf import settings

    for folder in dict.fromkeys((Path(settings.VAR), Path(settings.FILES), Path(settings.BACKUPS))):
        there = next(each for each in (folder, *folder.parents) if each.exists())
        free = shutil.disk_usage(there).free
        gigabytes = f"{free / 1e9:,.1f} GB"
        yield Seen(free >= LEAST_FREE, Text(f"{folder} 的磁碟還有 {gigabytes}", f"{gigabytes} are free for {folder}"))


def _database() -> Iterator[Seen]:
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError, connection

    from gongxue.records import soundness

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
            [version] = cursor.fetchone()
        yield Seen(True, Text(f"資料庫 {connection.display_name} {version}", f"database {connection.display_name} {version}"))
        faults = soundness.thorough()
        yield from (Seen(False, fault) for fault in faults)
        if not faults:
            yield Seen(
                True,
                Text("資料庫版本、保護、歷程、欄位、檔案都核對無誤", "version, protections, trail, columns and files of the database hold"),
            )
            yield from _clock()
    except (DatabaseError, ImproperlyConfigured) as error:
        yield Seen(False, Text(f"資料庫不能用：{error}", f"the database cannot be used: {error}"))


def _clock() -> Iterator[Seen]:
    """No machine's clock may stand before what was already done by it."""
    from gongxue.records.models import TrailEntry
    from gongxue.rules.deadlines import TAIPEI
    from gongxue.site.clock import now

    at = now()
    last = TrailEntry.objects.order_by("-at").values_list("at", flat=True).first()
    told = f"{at.astimezone(TAIPEI):%Y-%m-%d %H:%M:%S}"
    if last is not None and last > at:
        zh = f"時鐘 {told} 早於已有的紀錄 {last.astimezone(TAIPEI):%Y-%m-%d %H:%M:%S}：請校時（NTP）"
        yield Seen(False, Text(zh, f"the clock says {told}, before the last entry of the trail: set it (NTP)"))
    else:
        yield Seen(True, Text(f"時鐘（臺北）{told}；請與手錶核對", f"the clock says {told} in Taipei: compare it with your watch"))


def _mail() -> Iterator[Seen]:
    """Connect, greet and log in; nothing is sent."""
    from urllib.parse import urlsplit

    from django.conf import settings

    from gongxue.site.mail.line import greet, server_at

    if not settings.MAIL_URL:
        yield Seen(
            None, Text("沒有設定寄信伺服器（GONGXUE_MAIL_URL），信都留在待寄", "no mail server is set (GONGXUE_MAIL_URL): letters wait")
        )
        return
    own = urlsplit(settings.ADDRESS).hostname or "localhost"
    try:
        error = greet(server_at(settings.MAIL_URL, patience=settings.MAIL_PATIENCE, name=own))
    except ValueError as wrong:
        error = str(wrong)
    if error:
        yield Seen(False, Text(f"寄信伺服器連不上：{error}", f"the mail server cannot be used: {error}"))
    else:
        yield Seen(True, Text("寄信伺服器可以登入", "the mail server lets us in"))


def _background() -> Iterator[Seen]:
    from django.db import DatabaseError

    from gongxue.records.models import Chore, Message

    try:
        chores = {chore.name: chore for chore in Chore.objects.all()}
        stuck = Message.objects.filter(state__in=["failed", "uncertain"]).count()
    except DatabaseError:
        return
    backup = chores.get("backup")
    if backup is None or backup.done_at is None:
        yield Seen(None, Text("還沒有每夜備份", "no nightly backup has been made yet"))
    else:
        yield Seen(
            bool(backup.ok), Text(f"上次備份 {backup.done_at:%Y-%m-%d %H:%M} UTC", f"last backup {backup.done_at:%Y-%m-%d %H:%M} UTC")
        )
    if stuck:
        yield Seen(None, Text(f"有 {stuck} 封信沒有寄到，請承辦人處理", f"{stuck} letters did not arrive: the officer sees to them"))
