"""An office file as the ZIP it is: opened in memory, its parts by name, within bounds. Nothing is ever unpacked to disk."""

import io
import zipfile
import zlib
from typing import Final

from gongxue.documents.reading import refusals
from gongxue.documents.reading.outcome import FormError

MOST_BYTES: Final = 20_000_000
"""Of the file as it comes; a filled form with a few pictures is under one million."""
MOST_ENTRIES: Final = 2_000
MOST_UNPACKED: Final = 200_000_000
"""Of all parts together, as the file states them."""
MOST_OF_A_PART: Final = 16_000_000
"""Of one part that is read; a form of 1,000 rows has about three million."""
MOST_RATIO: Final = 300
"""How many times larger than its packed size a part may be, once it is over `ALWAYS_FINE`."""
ALWAYS_FINE: Final = 2_000_000

_ENTRY_SIGN: Final = b"PK\x01\x02"
_ENCRYPTED_FLAG: Final = 0x1
_BROKEN: Final = (
    zipfile.BadZipFile,  # its own word for what is damaged
    zlib.error,  # a packed stream that is broken
    EOFError,  # one that ends early
    ValueError,  # places before the file's beginning, dates that are none
    NotImplementedError,  # zipfile's word for a way of packing, or a version, that it does not know
    RuntimeError,  # and for a part that asks for a password
    OSError,  # a place outside the file
    LookupError,  # other packers' tables (LZMA, bzip2) that lead nowhere
)
"""What the standard library raises on ZIP files that are damaged, or that use means no office program uses."""


class Package:
    """The parts of a ZIP file by name. Names are compared as the office formats do: capitals and small letters alike, no leading slash.

    A name is only ever looked up, never made a path, so `../` in it does nothing.
    """

    def __init__(self, data: bytes) -> None:
        if data.count(_ENTRY_SIGN) > MOST_ENTRIES:  # before Python makes an object of each
            raise FormError(refusals.TOO_MANY_PARTS)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            raise FormError(refusals.DAMAGED) from None
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise FormError(refusals.UNPACKS_TOO_LARGE)
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self._doubled: set[str] = set()
        for entry in entries:
            name = _normal(entry.filename)
            if name in self._entries:
                self._doubled.add(name)
            self._entries[name] = entry

    def __contains__(self, name: str) -> bool:
        return _normal(name) in self._entries

    def has_folder(self, name: str) -> bool:
        """Whether any part lies in that folder."""
        return any(part.startswith(f"{name.lower()}/") for part in self._entries)

    def part(self, name: str) -> bytes | None:
        """The content of a part, None where there is none. Raises FormError: encrypted, damaged, abnormally large, there twice."""
        key = _normal(name)
        entry = self._entries.get(key)
        if entry is None:
            return None
        if key in self._doubled:
            raise FormError(refusals.AMBIGUOUS)
        if entry.flag_bits & _ENCRYPTED_FLAG:
            raise FormError(refusals.ENCRYPTED)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # all that the office formats allow
            raise FormError(refusals.DAMAGED)
        if entry.file_size > MOST_OF_A_PART or entry.file_size > max(ALWAYS_FINE, MOST_RATIO * entry.compress_size):
            raise FormError(refusals.UNPACKS_TOO_LARGE)
        return self._unpack(entry)

    def needed(self, name: str) -> bytes:
        """As `part`, for one without which the file is damaged."""
        data = self.part(name)
        if data is None:
            raise FormError(refusals.DAMAGED)
        return data

    def _unpack(self, entry: zipfile.ZipInfo) -> bytes:
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(MOST_OF_A_PART + 1)  # the stated size may be a lie
        except _BROKEN:
            raise FormError(refusals.DAMAGED) from None
        if len(data) > MOST_OF_A_PART:
            raise FormError(refusals.UNPACKS_TOO_LARGE)
        return data


def _normal(name: str) -> str:
    return name.replace("\\", "/").removeprefix("/").lower()
