"""Two hundred files that should be refused or made harmless, with the names they come under."""

import gzip
import random
import struct
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.site.uploads import hostile_pdfs
from tests.site.uploads.ordinary import HEIC, drawn, exif, pdf, picture

HTML = b"<!doctype html><html><script>alert(document.cookie)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
ZIP = b"PK\x03\x04" + b"\0" * 26 + b"run.exe" + b"PK\x05\x06" + b"\0" * 18
LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>'


def png(width: int, height: int, depth: int = 8, colour: int = 2, data: bytes = b"", before: bytes = b"") -> bytes:
    """A PNG written by hand."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + before + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def chunk(name: bytes, data: bytes) -> bytes:
    """A part of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def zeros(size: int) -> bytes:
    """So many zeros, packed."""
    machine = zlib.compressobj(9)
    pieces = [machine.compress(bytes(min(2**20, size - at))) for at in range(0, size, 2**20)]
    return b"".join([*pieces, machine.flush()])


def jpeg_head(width: int, height: int) -> bytes:
    """A JPEG whose size says `width` × `height`."""
    data = bytearray(picture("JPEG", 64, 64))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def moving(kind: str, frames: int, **options: Any) -> bytes:
    """A picture that moves."""
    out = BytesIO()
    first, *others = (drawn(64, 64, seed=number) for number in range(frames))
    first.save(out, kind, save_all=True, append_images=others, **options)
    return out.getvalue()


def told(key: str, words: str) -> PngInfo:
    """Words in a PNG."""
    info = PngInfo()
    info.add_text(key, words, zip=True)
    return info


PICTURES: dict[str, Callable[[], bytes]] = {
    "PNG of 900 megapixels": lambda: png(30_000, 30_000, 1, 0, zeros(30_000 * 3751)),
    "PNG of 2.5 gigapixels without any": lambda: png(50_000, 50_000),
    "PNG as large as can be": lambda: png(2**31 - 1, 2**31 - 1),
    "PNG of nothing": lambda: png(0, 0),
    "PNG one pixel high": lambda: png(40_000_000, 1, 1, 0, zeros(5_000_001)),
    "PNG whose words unpack to 200 MB": lambda: png(1, 1, 8, 0, zeros(2), chunk(b"zTXt", b"a\0\0" + zeros(200 * 2**20))),
    "PNG whose profile unpacks to 200 MB": lambda: png(1, 1, 8, 0, zeros(2), chunk(b"iCCP", b"a\0\0" + zeros(200 * 2**20))),
    "PNG with 100,000 parts": lambda: png(1, 1, 8, 0, zeros(2), chunk(b"tEXt", b"a\0b") * 100_000),
    "PNG with a script in its words": lambda: picture("PNG", pnginfo=told("Comment", HTML.decode())),
    "PNG with a false checksum": lambda: picture("PNG").replace(b"IDAT", b"IDAU", 1),
    "JPEG of 4 gigapixels": lambda: jpeg_head(65_500, 65_500),
    "JPEG one pixel high": lambda: jpeg_head(65_500, 1),
    "JPEG of nothing": lambda: jpeg_head(0, 0),
    "JPEG with a script in its comment": lambda: picture("JPEG", comment=HTML),
    "JPEG with a script in its EXIF": lambda: picture("JPEG", exif=exif(maker=HTML.decode())),
    "JPEG that tells where it was taken": lambda: picture("JPEG", exif=exif()),
    "JPEG of many passes": lambda: picture("JPEG", 2000, 2000, progressive=True),
    "JPEG with 3,000 restarts": lambda: picture("JPEG").replace(b"\xff\xd9", b"\xff\xd0" * 3000 + b"\xff\xd9"),
    "WebP of 268 megapixels": lambda: picture("WEBP", 64, 64).replace(b"\x9d\x01\x2a\x40\x00\x40\x00", b"\x9d\x01\x2a\xff\x3f\xff\x3f"),
    "WebP that moves": lambda: moving("WEBP", 30, duration=20),
    "WebP with a false length": lambda: b"RIFF\xff\xff\xff\xff" + picture("WEBP")[8:],
    "PNG that moves": lambda: moving("PNG", 30, duration=20),
    "HEIC that says it is huge": lambda: HEIC.replace(struct.pack(">II", 64, 48), struct.pack(">II", 60_000, 60_000)),
    "HEIC without its picture": lambda: HEIC[: HEIC.index(b"mdat") + 4],
    "HEIC of boxes within boxes": lambda: HEIC[:40] + b"".join(struct.pack(">I", 8) + b"meta" for _ in range(50_000)),
    "GIF": lambda: picture("GIF"),
    "GIF that is a script": lambda: b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)",
    "BMP": lambda: picture("BMP"),
    "TIFF": lambda: picture("TIFF"),
    "ICO": lambda: picture("ICO", 64, 64),
    "AVIF": lambda: picture("AVIF"),
    "PPM": lambda: picture("PPM"),
    "EPS": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(%pipe%id) (r) file\n",
    "SVG": lambda: SVG,
    "SVG of many laughs": lambda: LAUGHS,
    "SVG packed": lambda: gzip.compress(SVG),
}
OTHERS: dict[str, Callable[[], bytes]] = {
    "page": lambda: HTML,
    "page in UTF-16": lambda: HTML.decode().encode("utf-16"),
    "page that begins like a PNG": lambda: b"\x89PNG\r\n\x1a\n" + HTML,
    "page that begins like a JPEG": lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + HTML,
    "page that begins like a WebP": lambda: b"RIFF\x40\x00\x00\x00WEBPVP8 " + HTML,
    "page that begins like a HEIC": lambda: b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + HTML,
    "JPEG and ZIP": lambda: picture("JPEG") + ZIP,
    "JPEG and page": lambda: picture("JPEG") + HTML,
    "JPEG and PDF": lambda: picture("JPEG") + pdf(),
    "PNG and page": lambda: picture("PNG") + HTML,
    "PNG and program": lambda: picture("PNG") + b"MZ" + b"\0" * 300,
    "WebP and ZIP": lambda: picture("WEBP") + ZIP,
    "HEIC and page": lambda: HEIC + HTML,
    "ZIP": lambda: ZIP,
    "program of Windows": lambda: b"MZ\x90\0" + b"\0" * 500,
    "program of Linux": lambda: b"\x7fELF\x02\x01\x01" + b"\0" * 500,
    "shell script": lambda: b"#!/bin/sh\nrm -rf ~\n",
    "macro document": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "RTF": lambda: b"{\\rtf1 {\\object\\objdata 01}}",
    "film": lambda: b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41" + b"\0" * 200,
    "noise": lambda: random.Random(1).randbytes(5000),  # noqa: S311  # the same each time
    "one byte": lambda: b"\0",
    "blanks": lambda: b" " * 10_000,
    "nothing": lambda: b"",
    "21 MB": lambda: picture("JPEG") + b"\0" * (21 * 2**20),
}
NAMES = (
    "\u202egpj.exe", "../../../etc/passwd", "..\\..\\windows\\system32\\x.jpg", "a\0.jpg", "長" * 300 + ".jpg", "", ".", "..", "CON.jpg",
    "a\nb\r\nSet-Cookie: x.jpg",
    "<script>alert(1)</script>.jpg", "a\"; filename=\"b.html", "​.jpg", "x.jpg.exe", "=cmd|' /C calc'!A0.jpg", "e\u0301" * 80,
)  # fmt: skip
GOOD: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: picture("JPEG"), "png": lambda: picture("PNG"), "webp": lambda: picture("WEBP"), "heic": lambda: HEIC, "pdf": pdf,
}  # fmt: skip


def broken(seed: int = 111) -> Iterator[tuple[str, bytes]]:
    """Good files, cut off, with bytes turned, with a piece blanked: 19 of each kind."""
    for kind, make in GOOD.items():
        good, chance = make(), random.Random(f"{seed}{kind}")  # noqa: S311  # the same each time
        for part in range(1, 7):
            yield f"cut {part}.{kind}", good[: len(good) * part // 7]
        for number in range(9):
            data = bytearray(good)
            for _ in range(chance.choice((1, 5, 50))):
                data[chance.randrange(12, len(data))] ^= 1 << chance.randrange(8)
            yield f"turned {number}.{kind}", bytes(data)
        for number in range(4):
            at = chance.randrange(12, len(good))
            yield f"blanked {number}.{kind}", good[:at] + b"\0" * min(64, len(good) - at) + good[at + 64 :]


def files() -> list[tuple[str, str, Callable[[], bytes]]]:
    """All of them: what each is, the name it comes under, and how it is made."""
    found: list[tuple[str, str, Callable[[], bytes]]] = []
    for group, suffix in ((hostile_pdfs.FILES, "pdf"), (PICTURES, "jpg"), (OTHERS, "jpg")):
        found += [(what, f"{what}.{suffix}", make) for what, make in group.items()]
    found += [(f"named {name[:20]!r}", name, GOOD["jpeg"]) for name in NAMES]
    found += [(name, name, lambda data=data: data) for name, data in broken()]  # type: ignore[misc]  # bound now
    return found


def is_picture(data: bytes) -> Image.Image:
    """The picture, decoded whole."""
    opened = Image.open(BytesIO(data), formats=["JPEG"])
    opened.load()
    return opened
