"""What a process that wants PDFs and the child that makes them say to each other: frames of a length and a message in MessagePack."""

from collections.abc import Callable
from typing import Literal

import msgspec

from gongxue.documents.blocks import Paper

_LENGTH = 4


class Job(msgspec.Struct, frozen=True, gc=False):
    """One paper to print; its `number` comes back with the answer."""

    number: int
    paper: Paper


class Answer(msgspec.Struct, frozen=True, gc=False):
    """The PDF of job `number` and the code points printed as 〓; or what went wrong: no Chinese font is there, or Typst failed.

    `shaken` says that Typst broke down on the way, though the answer may be good: the child is better replaced.
    """

    number: int
    data: bytes = b""
    missing: tuple[str, ...] = ()
    wrong: Literal["", "fonts", "typst"] = ""
    told: str = ""
    shaken: bool = False


def framed(message: Job | Answer) -> bytes:
    """The message as a frame. Raises UnicodeEncodeError for text with half a surrogate pair."""
    body = msgspec.msgpack.encode(message)
    return len(body).to_bytes(_LENGTH, "big") + body


def next_frame(read: Callable[[int], bytes | None]) -> bytes | None:
    """The body of the next frame, None at the end of the stream, which may come in the middle of a frame."""
    head = _exactly(read, _LENGTH)
    return None if head is None else _exactly(read, int.from_bytes(head, "big"))


def _exactly(read: Callable[[int], bytes | None], size: int) -> bytes | None:
    parts = []
    while size:
        part = read(min(size, 1 << 20))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
