"""Where commands write: results to standard output, what could not be done to standard error."""

import errno
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import BinaryIO, TextIO

from gongxue.rules.malformed import MalformedError, visible
from gongxue.rules.text import Language, Text


class Console:
    """Standard output and standard error in one language. Nothing that a file holds can move the cursor, or fails to be encoded."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._out = _Stream(sys.stdout)
        self._err = _Stream(sys.stderr)

    def write(self, data: bytes) -> None:
        """Bytes to standard output, in large pieces unless a person watches. Raises OSError where they cannot go."""
        self._out.write(data)

    def say(self, *lines: str) -> None:
        """Lines of text to standard output."""
        self._out.write_lines(lines)

    def tell(self, source: str, text: Text | str) -> None:
        """One line to standard error, about `source` ("" for none), after all that was written before."""
        self.flush()
        words = text if isinstance(text, str) else text.in_language(self.language)
        colon = "：" if self.language == "zh" else ": "
        # Who closed standard error does not want to be told.
        with suppress(OSError):
            self._err.write_lines((f"{source}{colon}{words}" if source else words,))
            self._err.flush()

    def tell_malformed(self, source: str, error: MalformedError) -> None:
        """Every wrong place of `source` to standard error, a line each."""
        for line in error.in_language(self.language):
            self.tell(source, line)

    def flush(self) -> None:
        """Send on what waits."""
        self._out.flush()


class _Stream:
    """A standard stream as bytes; one that was closed before we came takes nothing."""

    def __init__(self, stream: TextIO | None) -> None:
        self._bytes: BinaryIO | None = stream.buffer if stream is not None else None
        self._encoding = stream.encoding if stream is not None else "utf-8"
        self._attended = stream is not None and stream.isatty()

    def write(self, data: bytes) -> None:
        if self._bytes is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        self._bytes.write(data)
        if self._attended:
            self._bytes.flush()

    def write_lines(self, lines: Iterable[str]) -> None:
        text = "".join([line + "\n" if line.isprintable() else visible(line) + "\n" for line in lines])
        self.write(text.encode(self._encoding, "backslashreplace"))

    def flush(self) -> None:
        if self._bytes is not None:
            self._bytes.flush()


def let_go() -> None:
    """Nobody can take standard output any more: give it an end that takes everything, so that the interpreter can close in peace."""
    if sys.stdout is not None:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
