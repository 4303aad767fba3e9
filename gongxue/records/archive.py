"""A backup as a file: one ZIP with the database, the files that people handed in, and a manifest that says what must be found in it.

The manifest has the size and SHA-256 of every member, the number of rows of every table, and the migrations that the database had. It is
written last, so that a backup that was cut off has none.
"""

import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final

import msgspec

from gongxue.records.refusals import Refused
from gongxue.rules.text import Text

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
DATABASE: Final = "database"
FILES: Final = "files/"
LARGEST_MANIFEST: Final = 100_000_000
_PIECE: Final = 1 << 20
_BROKEN: Final = (
    zipfile.BadZipFile,  # its own word for what is damaged
    zlib.error,  # a packed stream that is broken
    EOFError,  # one that ends early
    NotImplementedError,  # zipfile's word for a way of packing that it does not know: no backup of ours
    RuntimeError,  # and for a member that asks for a password
)
"""What the standard library raises while it reads an archive that is damaged, or that nobody here made."""


class ArchiveError(Refused):
    """A backup that cannot be used: damaged, cut off, newer than this program, of another kind of database."""


class Member(msgspec.Struct, frozen=True):
    """What must be found under a name."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a backup holds: `vendor` is sqlite or postgresql, `made_at` ISO, `counts` the rows of each table."""

    format: int
    program: str
    made_at: str
    vendor: str
    migrations: tuple[str, ...]
    counts: dict[str, int]
    members: dict[str, Member]


class _Head(msgspec.Struct):
    """What every format's manifest begins with."""

    format: int


def write(target: Path, database: Path, files: Iterable[tuple[str, Path]], manifest: Manifest) -> Manifest:
    """Write the backup `target`, whole or not at all, for its owner's eyes only; its manifest, members filled in. Raises OSError.

    `files` are names below the folder of files, and where they lie; one that is gone when its turn comes is left out.
    """
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    members: dict[str, Member] = {}
    try:
        with unfinished.open("xb") as out:
            unfinished.chmod(0o600)
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                members[DATABASE] = _add(archive, DATABASE, database)
                for name, path in files:
                    try:
                        members[FILES + name] = _add(archive, FILES + name, path)
                    except FileNotFoundError:
                        continue
                whole = msgspec.structs.replace(manifest, members=members)
                archive.writestr(MANIFEST, msgspec.json.encode(whole))
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return whole


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> Member:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as into:
        while piece := source.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            into.write(piece)
    return Member(size, digest.hexdigest())


def read(path: Path) -> Manifest:
    """The manifest of a backup of which every byte was found as it says. Raises ArchiveError, OSError."""
    with _opened(path) as archive:
        manifest = _manifest(archive)
        for name, member in manifest.members.items():
            for _ in _pieces(archive, name, member):
                pass
    return manifest


def extract(path: Path, name: str, member: Member, target: Path) -> None:
    """Write one member to `target`, compared as it is written. Raises ArchiveError, OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with _opened(path) as archive, target.open("xb") as into:
        for piece in _pieces(archive, name, member):
            into.write(piece)
        into.flush()
        os.fsync(into.fileno())


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except zipfile.BadZipFile:
        raise damaged(Text("不是備份檔，或沒有寫完", "it is no backup, or was cut off")) from None


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    names = archive.namelist()
    try:
        if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise damaged(Text("清單過大", "its manifest is too large"))
        data = archive.read(MANIFEST)
        if msgspec.json.decode(data, type=_Head).format > FORMAT:
            raise ArchiveError(
                Text("備份是較新版本的共學做的，請改用那個版本還原", "a newer version made this backup: restore it with that one")
            )
        manifest = msgspec.json.decode(data, type=Manifest)
    except (*_BROKEN, KeyError, msgspec.DecodeError):
        raise damaged(Text("沒有清單，或清單不完整", "its manifest is missing or broken")) from None
    if sorted(names) != sorted([MANIFEST, *manifest.members]) or DATABASE not in manifest.members:
        raise damaged(Text("內容與清單不符", "it does not hold what its manifest says"))
    for name in manifest.members:
        parts = name.split("/")
        if name != DATABASE and (parts[0] != "files" or len(parts) < 2 or {"", ".", ".."} & set(parts) or "\\" in name or "\0" in name):
            raise damaged(Text("清單裡有不合規定的檔名", "its manifest has a name that is not allowed"))
    return manifest


def _pieces(archive: zipfile.ZipFile, name: str, member: Member) -> Iterator[bytes]:
    """A member piece by piece; raises ArchiveError where it is not what the manifest says, at the latest after its last piece."""
    digest, left = hashlib.sha256(), member.size
    try:
        with archive.open(name) as source:
            while piece := _next(source, left):
                digest.update(piece)
                left -= len(piece)
                yield piece
    except _BROKEN:
        left = -1
    if left or digest.hexdigest() != member.sha256:
        raise damaged(Text(f"{name} 的內容變了", f"the content of {name} has changed"))


def _next(source: IO[bytes], left: int) -> bytes:
    """The next piece, never much more than was announced."""
    return source.read(min(_PIECE, max(left, 0) + 1))


def damaged(why: Text) -> ArchiveError:
    """That a backup is damaged, and why."""
    return ArchiveError(Text(f"這份備份不能用：{why.zh}。資料沒有更動。", f"this backup cannot be used: {why.en}. Nothing was touched."))
