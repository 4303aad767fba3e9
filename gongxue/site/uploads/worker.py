"""The child process that opens what people hand in: `python -m gongxue.site.uploads.worker`, one question in, one answer out, msgpack.

It has 512 MB of address space and 10 seconds, writes no file, and knows neither settings nor database.
"""

from io import BytesIO
from typing import Final

import filetype
import msgspec

from gongxue.documents.child import serve
from gongxue.site.uploads.protocol import Answer, Question
from gongxue.site.uploads.unfit import MOST_BYTES, UnfitError

MEMORY: Final = 512 * 1024 * 1024
CPU_SECONDS: Final = 9
HEIC: Final = ("image/heic", "image/heif")


def answer(request: bytes) -> bytes:
    """The answer to one question; a file that is not taken is an answer too."""
    question = msgspec.msgpack.decode(request, type=Question)
    try:
        reply = _bound(question.parts) if question.bind else _clean(question.parts[0])
    except UnfitError as error:
        reply = Answer(unfit=error.code)
    return msgspec.msgpack.encode(reply)


def _clean(data: bytes) -> Answer:
    if not data:
        raise UnfitError("empty")
    if len(data) > MOST_BYTES:
        raise UnfitError("bytes")
    kind = _kind(data)
    if kind == "application/pdf":
        from gongxue.site.uploads.pdfs import rewritten  # a picture does not pay for it

        clean, pages = rewritten(data)
        return Answer("pdf", clean, pages)
    from gongxue.site.uploads.pictures import FORMATS, redrawn  # the same

    if kind not in FORMATS:
        raise UnfitError("kind")
    return Answer("jpeg", redrawn(data, kind), 1)


def _kind(data: bytes) -> str:
    """What a file is by its content; its name and the type a browser sends are not asked."""
    kind = str(filetype.guess_mime(data[:8192]) or "")
    return "image/heic" if kind in HEIC or _is_heif(data) else kind


def _is_heif(data: bytes) -> bool:
    """Phones write several brands that are all read by the same decoder."""
    return data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc")


def _bound(pictures: tuple[bytes, ...]) -> Answer:
    from PIL import Image

    from gongxue.site.uploads.pdfs import bound

    sizes = []
    for data in pictures:
        with Image.open(BytesIO(data), formats=["JPEG"]) as picture:
            sizes.append(picture.size)
    return Answer("pdf", bound(list(pictures), sizes), len(pictures))


if __name__ == "__main__":
    serve(answer, MEMORY, CPU_SECONDS)
