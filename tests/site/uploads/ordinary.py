"""Files as people hand them in: photos of phones, scans of copiers, papers of this very program. Each maker gives name and bytes."""

import base64
import random
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, ImageDraw

HEIC = base64.b64decode(
    """
AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAa1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAACAAAA
EGlkYXQAAAAAAEAAMAAAADhpbG9jAQAAAERAAAIAAQAAAAAAAAHRAAEAAAAAAAAATAACAAEAAAAAAAAAAQAAAAAAAAAIAAAAOGlpbmYAAAAAAAIAAAAVaW5m
ZQIAAAEAAQAAaHZjMQAAAAAVaW5mZQIAAAAAAgAAZ3JpZAAAAADYaXBycAAAALZpcGNvAAAAdmh2Y0MBA3AAAAAAAAAAAAAe8AD8/fj4AAAPAyAAAQAYQAEM
Af//A3AAAAMAkAAAAwAAAwAeugJAIQABACpCAQEDcAAAAwCQAAADAAADAB6gIIEFlurkprm4EBAwIAAAAwAgAAADACEiAAEABkQBwXPAiQAAABRpc3BlAAAA
AAAAAEAAAABAAAAAFGlzcGUAAAAAAAAAQAAAADAAAAAQcGl4aQAAAAADCAgIAAAAGmlwbWEAAAAAAAAAAgABAoECAAICA4QAAAAaaXJlZgAAAAAAAAAOZGlt
ZwACAAEAAQAAAFRtZGF0AAAASCgBrxmA99kVb6MAxv+BJsV4q1dNhnS72rVGH4Y1FERU9RcAigCEjB9G64rsprpn30II+5d27klsNPuB29zGP7KhuHsj2/Bd
gA==
"""
)
"""A red box on white, 64 × 48, as phones write it."""


def drawn(width: int, height: int, mode: str = "RGB", seed: int = 1) -> Image.Image:
    """A picture with something on it."""
    chance = random.Random(seed)  # noqa: S311  # the same each time
    picture = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(picture)
    for _ in range(20):
        x, y = chance.randrange(width), chance.randrange(height)
        pen.ellipse((x, y, x + width // 5, y + height // 5), fill=tuple(chance.randrange(256) for _ in range(3)))
    return picture.convert(mode)


def picture(kind: str, width: int = 320, height: int = 240, mode: str = "RGB", seed: int = 1, **options: Any) -> bytes:
    """A picture file; `kind` as Pillow calls it."""
    out = BytesIO()
    drawn(width, height, mode, seed).save(out, kind, **options)
    return out.getvalue()


def exif(**tags: Any) -> Image.Exif:
    """EXIF as phones write it: where it was taken, how it was held."""
    told = Image.Exif()
    told[0x0112] = tags.get("orientation", 1)
    told[0x010F] = tags.get("maker", "Phone")
    told.get_ifd(0x8825).update({1: "N", 2: (24.0, 48.0, 0.0), 3: "E", 4: (120.0, 58.0, 0.0)})
    return told


def pdf(pages: int = 1, **parts: Any) -> bytes:
    """A scanned PDF; `parts` go into its root."""
    with Pdf.new() as book:
        add_pages(book, pages)
        for key, value in parts.items():
            book.Root[f"/{key}"] = value
        return saved(book)


def add_pages(book: Pdf, pages: int = 1) -> None:
    """Pages with a scan each, and their size where copiers write it: in the node above."""
    for number in range(pages):
        scan = Stream(
            book, picture("JPEG", 160, 220, seed=number), Type=Name.XObject, Subtype=Name.Image, Width=160, Height=220,
            ColorSpace=Name.DeviceRGB, BitsPerComponent=8, Filter=Name.DCTDecode,
        )  # fmt: skip
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, 595, 842]),
            Resources=Dictionary(XObject=Dictionary(F=book.make_indirect(scan))),
            Contents=Stream(book, b"q 595 0 0 842 0 0 cm /F Do Q"),
        )
        book.pages.append(pikepdf.Page(book.make_indirect(page)))


def saved(book: Pdf, **options: Any) -> bytes:
    """The bytes of a PDF."""
    out = BytesIO()
    book.save(out, **options)
    return out.getvalue()


def files(seed: int = 111) -> Iterator[tuple[str, bytes]]:
    """A hundred ordinary files."""
    chance = random.Random(seed)  # noqa: S311  # the same each time
    for number in range(100):
        wide, high = chance.choice([(1600, 1200), (1200, 1600), (640, 480), (2480, 3508), (99, 40)])
        kind = ("JPEG", "PNG", "WEBP", "PDF", "HEIC", "JPEG")[number % 6]
        if kind == "HEIC":
            yield f"IMG_{number:04}.HEIC", HEIC
        elif kind == "PDF":
            yield f"核章 {number}.pdf", pdf(chance.randrange(1, 6))
        elif kind == "JPEG":
            told = exif(orientation=chance.randrange(1, 9))
            yield f"IMG_{number:04}.JPG", picture("JPEG", wide, high, chance.choice(["RGB", "L", "CMYK"]), number, exif=told)
        else:
            mode = chance.choice(["RGB", "RGBA"] if kind == "WEBP" else ["RGB", "RGBA", "L", "LA", "P", "1"])
            yield f"掃描{number}.{kind.lower()}", picture(kind, wide, high, mode, number)
