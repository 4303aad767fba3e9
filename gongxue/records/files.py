"""Files that people hand in: their bytes under settings.FILES, named by their SHA-256; a row for each time one was handed in.

The bytes are on the disk before the row is: written beside, synchronised, renamed. So no row is ever without its file, however the
process ends. A file whose row never came (a kill, a rollback) is an orphan, which the sweep takes away. It does so in two steps: a sweep
renames what has had no row for a day, a later one removes it, or brings it back where a row has come meanwhile; so that an upload in the
same instant loses nothing.
"""

import contextlib
import datetime
import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec
from django.conf import settings

from gongxue.records.models import StoredFile
from gongxue.records.refusals import Unkept
from gongxue.records.whole import in_transaction
from gongxue.rules.text import Text

GRACE: Final = datetime.timedelta(days=1)
"""So old is what a sweep takes for an orphan: longer than any request or transaction lasts."""
ORPHAN: Final = ".orphan"
LONGEST_NAME: Final = 100


class Clean(msgspec.Struct, frozen=True):
    """A file that was judged and made harmless: `kind` is pdf or jpeg, `name` what it was called, for people to read."""

    kind: str
    data: bytes
    pages: int
    name: str


class MissingFileError(Exception):
    """A row's file is not on the disk, or holds other bytes."""


def keep(clean: Clean, subject: str, subject_id: str, *, by: int, at: datetime.datetime) -> StoredFile:
    """Keep a file for a subject; the caller holds the subject's lock and has allowed it. Raises Unkept."""
    in_transaction()
    digest = hashlib.sha256(clean.data).hexdigest()
    try:
        _write(path_of(digest), clean.data)
    except OSError as error:
        raise Unkept(Text("磁碟空間已滿或不能寫入", "the disk is full, or cannot be written to")) from error
    return StoredFile.objects.create(
        sha256=digest,
        kind=clean.kind,
        size=len(clean.data),
        pages=clean.pages,
        name=clean.name[:LONGEST_NAME],
        subject=subject,
        subject_id=subject_id,
        by_id=by,
        at=at,
    )


def path_of(digest: str) -> Path:
    """Where the bytes with this digest lie."""
    return Path(settings.FILES) / digest[:2] / digest


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, and on the disk for good when this returns."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # what people hand in is for nobody else on this machine
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    for folder in (path.parent, path.parent.parent):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def read(stored: StoredFile) -> bytes:
    """The bytes of a file; raises MissingFileError where they are not there, or not the same."""
    path = path_of(stored.sha256)
    for place in (path, path.with_name(path.name + ORPHAN), path):
        with contextlib.suppress(FileNotFoundError):
            data = place.read_bytes()
            if hashlib.sha256(data).hexdigest() == stored.sha256:
                return data
    raise MissingFileError(stored.sha256)


class Swept(msgspec.Struct, frozen=True):
    """What a sweep did: files set aside, removed, brought back."""

    aside: int
    removed: int
    back: int


def sweep(now: datetime.datetime, grace: datetime.timedelta = GRACE) -> Swept:
    """Take away files without a row. `now` is the real time, which the disk keeps, too."""
    counts = {"aside": 0, "removed": 0, "back": 0}
    before = (now - grace).timestamp()
    known = set(StoredFile.objects.values_list("sha256", flat=True).distinct())
    for path in _files():
        with contextlib.suppress(FileNotFoundError):  # somebody has just put the same file in anew
            if path.stat().st_mtime < before and (done := _settle(path, path.name.split(".", 1)[0] in known, now)):
                counts[done] += 1
    return Swept(**counts)


def _settle(path: Path, has_row: bool, now: datetime.datetime) -> str:
    """What was done with one old file: "back", "removed", "aside", or "" for one that is at its place."""
    if path.suffix == ORPHAN and has_row:
        path.replace(path.with_suffix(""))
        return "back"
    if path.suffix in (ORPHAN, ".new"):
        path.unlink()
        return "removed"
    if has_row:
        return ""
    aside = path.with_name(path.name + ORPHAN)
    path.replace(aside)
    os.utime(aside, (now.timestamp(), now.timestamp()))
    return "aside"


def _files() -> Iterator[Path]:
    folder = Path(settings.FILES)
    return (path for path in sorted(folder.glob("*/*")) if path.is_file()) if folder.is_dir() else iter(())


def missing(*, thorough: bool = False) -> list[str]:
    """The digests of rows whose file is not there or has another size; `thorough` reads every byte of every file."""
    found = set()
    for stored in StoredFile.objects.order_by("sha256").iterator(chunk_size=500):
        if not (_is_whole(stored) if thorough else _has_its_size(stored)):
            found.add(stored.sha256)
    return sorted(found)


def _is_whole(stored: StoredFile) -> bool:
    try:
        read(stored)
    except MissingFileError:
        return False
    return True


def _has_its_size(stored: StoredFile) -> bool:
    path = path_of(stored.sha256)
    for place in (path, path.with_name(path.name + ORPHAN)):
        with contextlib.suppress(FileNotFoundError):
            return place.stat().st_size == stored.size
    return False
