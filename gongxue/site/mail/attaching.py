"""What goes with a letter: made by a named maker when the letter is sent, so that the outbox holds no files.

A maker may be called twice for one letter; it must give the same file.
"""

from collections.abc import Callable

import msgspec


class Attachment(msgspec.Struct, frozen=True):
    """A file that goes with a letter; `kind` is its media type, such as application/pdf."""

    name: str
    kind: str
    data: bytes


Maker = Callable[..., Attachment]
_makers: dict[str, Maker] = {}


def register(name: str, maker: Maker) -> None:
    """Give a maker its name; called by an app's `ready()`. It is called with the letter's `maker_args`."""
    if _makers.setdefault(name, maker) is not maker:
        raise ValueError(f"two makers are called {name!r}")


def make(name: str, *args: str | int) -> Attachment:
    """The file; KeyError where no maker has this name, and whatever its maker raises."""
    return _makers[name](*args)


def known(name: str) -> bool:
    """Whether a maker has this name."""
    return name in _makers
