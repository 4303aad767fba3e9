"""Pictures, drawn anew: only what can be seen goes on, turned upright. No EXIF (which tells where a photo was taken), no profile, no
comment, nothing behind the end. Runs in the child only.
"""

import warnings
from io import BytesIO
from typing import Final

import pi_heif
from PIL import Image, ImageOps

from gongxue.site.uploads.unfit import MOST_PIXELS, UnfitError

FORMATS: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/heic": "HEIF"}
"""What is decoded, and by what name Pillow knows it; no other decoder is ever asked."""
LONGEST: Final = 3600
"""Pixels of the longer side of what is kept: A4 at 300 dpi has 3,508."""
MOST_DRAFTED: Final = 220_000_000
"""Pixels of a JPEG: its decoder makes it smaller as it goes."""
QUALITY: Final = 85


def redrawn(data: bytes, kind: str) -> bytes:
    """The picture as a JPEG of its own; raises UnfitError."""
    pi_heif.register_heif_opener()
    pi_heif.options.DECODE_THREADS = 1  # each thread takes address space, of which there is little
    pi_heif.options.THUMBNAILS = False
    Image.MAX_IMAGE_PIXELS = None  # judged below, before anything is decoded
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # odd tags are no reason to refuse what can be drawn
        try:
            return _drawn(data, FORMATS[kind])
        except (MemoryError, UnfitError):
            raise
        except Exception as error:  # decoders of many hands raise whatever they like at what is not a picture
            raise UnfitError("damaged") from error


def _drawn(data: bytes, name: str) -> bytes:
    with Image.open(BytesIO(data), formats=[name]) as picture:
        width, height = picture.size
        if name == "JPEG":
            picture.draft("RGB", (LONGEST, LONGEST))
        if min(width, height) < 1 or width * height > (MOST_DRAFTED if name == "JPEG" else MOST_PIXELS):
            raise UnfitError("size")
        if picture.size[0] * picture.size[1] > MOST_PIXELS:
            raise UnfitError("size")
        picture.load()
        if picture.mode not in ("P", "1") and not picture.mode.startswith("I;16"):
            picture.thumbnail((LONGEST, LONGEST))  # before anything copies it, for there is room for few copies
        seen = _flat(ImageOps.exif_transpose(picture))
    seen.thumbnail((LONGEST, LONGEST))
    clean = Image.new("RGB", seen.size)
    clean.paste(seen)
    out = BytesIO()
    clean.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _flat(picture: Image.Image) -> Image.Image:
    """In plain colours; what is transparent on white, as on paper."""
    if picture.mode.startswith("I;16"):
        picture = picture.point(lambda value: value / 256).convert("L")
    if picture.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in picture.info:
        solid = picture.convert("RGBA")
        white = Image.new("RGBA", solid.size, "white")
        white.alpha_composite(solid)
        picture = white
    return picture.convert("RGB")
