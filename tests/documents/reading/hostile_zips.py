"""ZIP files made to hurt whoever opens them: bombs, lies about what is inside, files that are two things at once."""

import io
import zipfile
import zlib
from collections.abc import Callable
from typing import Final

from gongxue.documents.reading import refusals
from gongxue.rules.text import Text
from tests.documents.reading.office_files import docx, docx_parts, odt_parts, w_paragraph, zipped

MAIN: Final = "word/document.xml"
WORDS: Final = w_paragraph("附件二")
Hostile = tuple[Callable[[], bytes], Text | None]
"""What makes the file, and the reason it should be refused for; None for a file that is only odd, and may be read."""


def with_main(content: str | bytes) -> bytes:
    """A DOCX whose main part is this."""
    return zipped(docx_parts("") | {MAIN: content})


def bomb(megabytes: int) -> bytes:
    """A DOCX whose main part unpacks to so many megabytes of spaces."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block, check = b" " * 1_000_000, 0
    packed = b""
    for _ in range(megabytes):
        packed += packer.compress(block)
        check = zlib.crc32(block, check)
    packed += packer.flush()
    data = zipped(docx_parts("") | {MAIN: b""}, zipfile.ZIP_STORED)
    return with_entry(data, MAIN, packed, megabytes * 1_000_000, check)


def with_entry(data: bytes, name: str, packed: bytes, size: int, check: int) -> bytes:
    """The ZIP file with the entry `name` filled by bytes that are already deflated; the last entry's place in the file is not changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for entry in source.infolist():
            if entry.filename != name:
                target.writestr(entry.filename, source.read(entry))
        start = buffer.tell()
        header = zipfile.ZipInfo(name)
        header.compress_type, header.file_size, header.compress_size, header.CRC = zipfile.ZIP_DEFLATED, size, len(packed), check
        header.header_offset = start
        buffer.write(header.FileHeader() + packed)
        target.filelist.append(header)
        target.NameToInfo[name] = header
        target.start_dir = buffer.tell()
        target._didModify = True  # type: ignore[attr-defined] # nothing public takes an entry that is already packed
    return buffer.getvalue()


def lying_bomb() -> bytes:
    """A bomb that says it is small."""
    data = bytearray(bomb(20))
    size = (20_000_000).to_bytes(4, "little")
    while (place := data.find(size)) >= 0:
        data[place : place + 4] = (1_000).to_bytes(4, "little")
    return bytes(data)


def overlapping() -> bytes:
    """Many entries of one name that all lead to the same bytes."""
    data = docx(WORDS)
    start = data.find(b"PK\x01\x02")
    end = data.find(b"PK\x05\x06")
    entries = data[start:end]
    tail = bytearray(data[end:])
    count = int.from_bytes(tail[10:12], "little") * 50
    tail[8:10] = tail[10:12] = count.to_bytes(2, "little")
    tail[12:16] = (len(entries) * 50).to_bytes(4, "little")
    return data[:start] + entries * 50 + bytes(tail)


def russian_doll() -> bytes:
    """A ZIP file in a ZIP file in a ZIP file, each with many copies."""
    data = zipped({"0": bytes(1_000_000)})
    for _ in range(5):
        data = zipped({f"{number}.zip": data for number in range(16)})
    return data


def spoilt(place: int, value: bytes) -> bytes:
    """A DOCX with other bytes at `place` of the entry of its main part in the list of parts."""
    data = bytearray(docx(WORDS))
    entry = data.rfind(b"PK\x01\x02", 0, data.rfind(MAIN.encode()))
    data[entry + place : entry + place + len(value)] = value
    return bytes(data)


MAIN_TEXT: Final = docx_parts(w_paragraph("TEXT"))[MAIN]

ZIP_FILES: Final[dict[str, Hostile]] = {
    "bomb of 300 MB": (lambda: bomb(300), refusals.UNPACKS_TOO_LARGE),
    "bomb of 20 MB": (lambda: bomb(20), refusals.UNPACKS_TOO_LARGE),
    "bomb that says it is small": (lying_bomb, refusals.DAMAGED),
    "well packed padding": (lambda: with_main(" " * 3_000_000 + MAIN_TEXT), refusals.UNPACKS_TOO_LARGE),
    "entries that overlap": (overlapping, refusals.AMBIGUOUS),
    "ZIP in ZIP in ZIP": (russian_doll, refusals.PLAIN_ZIP),
    "3,000 entries": (lambda: zipped(docx_parts(WORDS) | {str(number): "" for number in range(3_000)}), refusals.TOO_MANY_PARTS),
    "cut in half": (lambda: docx(WORDS)[: len(docx(WORDS)) // 2], refusals.DAMAGED),
    "last byte cut off": (lambda: docx(WORDS)[:-1], refusals.DAMAGED),
    "only the list of entries": (lambda: b"PK\x03\x04" + docx(WORDS)[docx(WORDS).find(b"PK\x01\x02") :], refusals.DAMAGED),
    "PDF before the ZIP": (lambda: b"%PDF-1.7\n" + docx(WORDS), refusals.PDF),
    "picture before the ZIP": (lambda: b"\xff\xd8\xff\xe0" + docx(WORDS), refusals.PICTURE),
    "PDF behind the ZIP": (lambda: docx(WORDS) + b"%PDF-1.7\n%%EOF", None),
    "two documents in one file": (lambda: docx(WORDS) + docx(w_paragraph("別的")), None),
    "Word and OpenDocument at once": (lambda: zipped(docx_parts(WORDS) | odt_parts("")), refusals.AMBIGUOUS),
    "encrypted entry": (lambda: spoilt(8, b"\x01\x00"), refusals.ENCRYPTED),
    "unknown method": (lambda: spoilt(10, b"\x63\x00"), refusals.DAMAGED),
    "wrong checksum": (lambda: spoilt(16, b"\x00\x00\x00\x00"), refusals.DAMAGED),
    "offset out of the file": (lambda: spoilt(42, b"\xf0\xff\xff\x7f"), refusals.DAMAGED),
    "comment longer than the file": (lambda: docx(WORDS)[:-2] + b"\xff\xff", None),
    "names that lead out": (lambda: zipped({"../../../etc/passwd": "x", "C:\\x": "x", **docx_parts(WORDS)}), None),
    "names that are no text": (lambda: zipped(docx_parts(WORDS) | {"\udc80".encode("utf-8", "surrogatepass").decode("cp437"): "x"}), None),
}
