"""PDFs, put together anew from what their pages show. Runs in the child only.

Nothing but pages is taken over, and of a page nothing but what draws it: no scripts, no actions, no attached files, no forms, no links, no
outlines, no metadata. What a form or a note shows is drawn into its page first.
"""

import zlib
from io import BytesIO
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from gongxue.site.uploads.unfit import MOST_PAGES, UnfitError

_OF_A_PAGE: Final = ("/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group")
_OF_NO_STREAM: Final = (
    "/F",
    "/FFilter",
    "/FDecodeParms",
    "/Ref",
    "/OPI",
    "/AF",
    "/Metadata",
    "/PieceInfo",
    "/StructParent",
    "/StructParents",
)
"""Keys that lead a stream's reader to other files, or carry what is not seen."""
MOST_UNPACKED: Final = 400 * 1024 * 1024
"""Bytes of all streams together, unpacked: more would stop whoever opens the file."""
MOST_PIXELS: Final = 200_000_000
"""Of one picture in it: A3 at 600 dpi has 70 million."""
_CHUNK: Final = 1 << 20
_A4: Final = (595.28, 841.89)


def rewritten(data: bytes) -> tuple[bytes, int]:
    """The PDF made anew, and its pages; raises UnfitError."""
    try:
        return _rewritten(data)
    except pikepdf.PasswordError as error:
        raise UnfitError("encrypted") from error
    except (MemoryError, UnfitError):
        raise
    except Exception as error:  # of qpdf's many ways to say that this is no PDF
        raise UnfitError("damaged") from error


def _rewritten(data: bytes) -> tuple[bytes, int]:
    with Pdf.open(BytesIO(data), attempt_recovery=False, suppress_warnings=True) as source:
        if source.is_encrypted:
            raise UnfitError("encrypted")
        if not 1 <= len(source.pages) <= MOST_PAGES:
            raise UnfitError("size" if len(source.pages) else "damaged")
        _draw_annotations(source)
        for page in source.pages:
            for key in set(page.obj.keys()) - set(_OF_A_PAGE):
                if key != "/Parent":
                    del page.obj[key]
        with Pdf.new() as clean:
            clean.pages.extend(source.pages)
            _check_streams(clean)
            out = BytesIO()
            clean.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            return out.getvalue(), len(clean.pages)


def _draw_annotations(source: Pdf) -> None:
    """What is filled into a form, or noted on a page, is seen: it becomes a part of the page."""
    if any("/Annots" in page.obj for page in source.pages):
        source.flatten_annotations("screen")


def _check_streams(clean: Pdf) -> None:
    left = MOST_UNPACKED
    for each in clean.objects:
        if isinstance(each, Stream):
            for key in _OF_NO_STREAM:
                if key in each:
                    del each[key]
            if each.get("/Subtype") == Name.PS or each.get("/Subtype2") == Name.PS:
                raise UnfitError("damaged")
            if int(each.get("/Width", 0)) * int(each.get("/Height", 0)) > MOST_PIXELS:
                raise UnfitError("size")
            left = _unpacked(each, left)
        elif isinstance(each, Dictionary) and ("/JS" in each or "/EF" in each):
            raise UnfitError("damaged")  # nothing that draws leads there: whoever made this page hid it


def _unpacked(stream: Stream, left: int) -> int:
    """What of `left` remains after unpacking a stream as far as zlib packs it; raises UnfitError when nothing does."""
    filters = _filters(stream.get("/Filter"))
    if len(filters) > 3:
        raise UnfitError("size")
    data = stream.read_raw_bytes()
    for name in filters:
        if name != "/FlateDecode":
            return left - len(data)
        data, left = _inflated(data, left)
    return left - len(data)


def _filters(given: Object | None) -> list[str]:
    if given is None:
        return []
    return [str(each) for each in given] if isinstance(given, Array) else [str(given)]


def _inflated(data: bytes, left: int) -> tuple[bytes, int]:
    """Unpacked, up to a chunk more than is left; only what a second filter may need is kept."""
    machine, kept, size = zlib.decompressobj(), [], 0
    rest = data
    while rest:
        try:
            piece = machine.decompress(rest, _CHUNK)
        except zlib.error:
            break  # what cannot be unpacked draws nothing
        rest = machine.unconsumed_tail
        size += len(piece)
        if size > left:
            raise UnfitError("size")
        if size <= 8 * _CHUNK:
            kept.append(piece)
        if not piece and not rest:
            break
    return b"".join(kept), left - size


def bound(pictures: list[bytes], sizes: list[tuple[int, int]]) -> bytes:
    """One PDF of clean JPEGs, a page each, as they are; an A4 page upright or lying, as the picture is."""
    with Pdf.new() as book:
        for data, (width, height) in zip(pictures, sizes, strict=True):
            paper = _A4 if height >= width else _A4[::-1]
            scale = min(paper[0] / width, paper[1] / height)
            wide, high = width * scale, height * scale
            drawn = f"q {wide:.2f} 0 0 {high:.2f} {(paper[0] - wide) / 2:.2f} {(paper[1] - high) / 2:.2f} cm /P Do Q"
            image = Stream(
                book, data, Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height, ColorSpace=Name.DeviceRGB,
                BitsPerComponent=8, Filter=Name.DCTDecode,
            )  # fmt: skip
            page = Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, *paper]),
                Resources=Dictionary(XObject=Dictionary(P=book.make_indirect(image))),
                Contents=Stream(book, drawn.encode()),
            )
            book.pages.append(pikepdf.Page(book.make_indirect(page)))
        out = BytesIO()
        book.save(out)
        return out.getvalue()
