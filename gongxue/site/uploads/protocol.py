"""What the site and its child say to each other about files: msgpack, one question, one answer."""

import msgspec


class Question(msgspec.Struct, frozen=True):
    """One file to be made harmless; or several pictures that are clean already, to be bound into one PDF."""

    parts: tuple[bytes, ...]
    bind: bool = False


class Answer(msgspec.Struct, frozen=True):
    """The clean file: `kind` is pdf or jpeg; or the code of why it is not taken."""

    kind: str = ""
    data: bytes = b""
    pages: int = 0
    unfit: str = ""
