"""The applications in the files of a command line: `.json`, `.ndjson`, a filled form as `.docx` or `.odt`, `-` for standard input."""

import errno
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO, Final

import msgspec

from gongxue.rules import exchange
from gongxue.rules.application import Application
from gongxue.rules.malformed import MalformedError, WrongPlace
from gongxue.rules.text import Text

if TYPE_CHECKING:
    from gongxue.documents.reading import UnreadCell
    from gongxue.rules.programme import Programme

JSON: Final = ".json"
NDJSON: Final = ".ndjson"
FORMS: Final = (".docx", ".odt")
STANDARD_INPUT: Final = "-"


class Input(msgspec.Struct, frozen=True, gc=False):
    """One application, or why it cannot be read. `unread` tells of cells of a form that were not understood."""

    source: str
    outcome: Application | MalformedError
    unread: tuple[Text, ...] = ()

    @property
    def application(self) -> Application:
        """The application; raises MalformedError."""
        if isinstance(self.outcome, MalformedError):
            raise self.outcome
        return self.outcome


def applications(names: Iterable[str], programmes: "Sequence[Programme]" = ()) -> Iterator[Input]:
    """Every application of every file, in order; what cannot be opened stands in its place as malformed.

    `programmes` are those that a form may be of, besides the shipped ones.
    """
    for name in names:
        source = name.encode("utf-8", "replace").decode()
        try:
            yield from _in_file(source, name, programmes)
        except OSError as error:
            yield Input(source, unopened(error))


def contents(name: str) -> bytes:
    """All of a file; raises OSError."""
    with _opened(name) as file:
        return file.read()


def unopened(error: OSError) -> MalformedError:
    """Why a file cannot be opened."""
    if isinstance(error, FileNotFoundError):
        return MalformedError.whole("沒有這個檔案", "there is no such file")
    if isinstance(error, IsADirectoryError):
        return MalformedError.whole("這是資料夾，應為檔案", "this is a folder; a file was expected")
    if isinstance(error, PermissionError):
        return MalformedError.whole("沒有讀取權限", "may not be read (permission denied)")
    return MalformedError.whole(f"打不開（{error.strerror}）", f"cannot be opened ({error.strerror})")


def _opened(name: str) -> BinaryIO:
    try:
        return open(name, "rb")
    except ValueError:
        # NUL, half a surrogate pair: no file has such a name.
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)) from None


def _in_file(source: str, name: str, programmes: "Sequence[Programme]") -> Iterator[Input]:
    ending = "." + name.rpartition(".")[2].lower()
    if name == STANDARD_INPUT:
        if sys.stdin is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        yield from _lines(source, sys.stdin.buffer)
        return
    with _opened(name) as file:
        if ending == JSON:
            yield _read(source, file.read(), 1)
        elif ending == NDJSON:
            yield from _lines(source, file)
        elif ending in FORMS:
            yield _form(source, name, programmes)
        else:
            known = "、".join((JSON, NDJSON, *FORMS))
            yield Input(source, MalformedError.whole(f"副檔名應為 {known} 其中之一", f"the file's name must end in one of {known}"))


def _lines(source: str, file: BinaryIO) -> Iterator[Input]:
    for number, line in enumerate(file, 1):
        data = line.rstrip()
        if data and data != exchange.BOM:
            yield _read(f"{source}:{number}", data, number)


def _read(source: str, data: bytes, first_line: int) -> Input:
    try:
        return Input(source, exchange.read(data, first_line))
    except MalformedError as error:
        return Input(source, error)


def _form(source: str, name: str, programmes: "Sequence[Programme]") -> Input:
    # Office files need more machinery than JSON may pay for.
    from pathlib import Path

    from gongxue.documents.reading import FormError, read_form

    try:
        reading = read_form(Path(name), source, programmes)
    except FormError as error:
        return Input(source, MalformedError((WrongPlace(error.text),)))
    return Input(source, reading.application, tuple(map(_not_understood, reading.unread)))


def _not_understood(cell: "UnreadCell") -> Text:
    return Text(f"{cell.place.zh}：{cell.reason.zh}", f"{cell.place.en}: {cell.reason.en}")
