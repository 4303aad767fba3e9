"""A file from somebody's device, read as an application: a filled 附件二 (DOCX, ODT), or JSON in the exchange format.

What it is, is judged by its content, never by its name. Office files are read in a child process with limits; JSON here, within bounds.
Nothing is kept: what was read goes along in the page, and is judged again when it comes back.
"""

from typing import Any, Final

import msgspec
from django.core.files.uploadedfile import UploadedFile

from gongxue.documents.reading import FormError, read_form
from gongxue.documents.reading.outcome import UnreadCell
from gongxue.documents.reading.package import MOST_BYTES
from gongxue.documents.reading.refusals import EMPTY, FILE_TOO_LARGE
from gongxue.records.document import MOST_BYTES as MOST_JSON
from gongxue.records.document import Document, application_of, checked, without_ids
from gongxue.records.refusals import ChangeError
from gongxue.rules.application import Application
from gongxue.rules.check import Verdict, checker
from gongxue.rules.exchange import BOM
from gongxue.rules.exchange import read as read_exchange
from gongxue.rules.malformed import MalformedError, WrongPlace
from gongxue.rules.programme import Programme
from gongxue.rules.text import Text
from gongxue.site.slots import slot

LONGEST_NAME: Final = 120
SLOT: Final = 15
"""Seconds after which a reader counts as gone; one takes 9 at most. One reads at a time: a file made to be slow holds one web worker, never
all of them.
"""
_BUSY: Final = Text(
    "現在正在讀別人的檔案，請等幾秒，回上一頁再按一次「讀讀看」。",
    "Another file is being read just now: wait a few seconds, go back and press “Read it” again.",
)


class Reading(msgspec.Struct, frozen=True):
    """What a file holds: the exchange document under the programme that it will be used with, and the cells that could not be read.

    `other_programme` is the programme that the file names, where that is another one.
    """

    name: str
    document: Document
    unread: tuple[UnreadCell, ...]
    verdict: Verdict
    other_programme: str = ""

    @property
    def content(self) -> str:
        """The document as JSON, which the page carries along."""
        return msgspec.json.encode(self.document).decode()


def read_upload(file: "UploadedFile[Any]", programme: Programme) -> Reading:
    """Read a file for an application under `programme`. Raises MalformedError: every wrong place that can be told at once."""
    name = (file.name or "")[:LONGEST_NAME]
    if (file.size or 0) > MOST_BYTES:
        raise _unread(FILE_TOO_LARGE)
    data = file.read()
    if not data.strip():
        raise _unread(EMPTY)
    if data.removeprefix(BOM).lstrip()[:1] in (b"{", b"["):
        return taken(data, programme, name)
    try:
        with slot("read_form", seconds=SLOT, busy=_BUSY):
            form = read_form(data, name)
    except FormError as error:
        raise _unread(error.text) from error
    return _reading(form.application, programme, name, form.unread)


def taken(data: bytes, programme: Programme, name: str = "") -> Reading:
    """The same for JSON: of a file, or as a page brings it back. Raises MalformedError."""
    if len(data) > MOST_JSON:
        raise _unread(
            Text(f"超過 {MOST_JSON // 1000:,} KB，不像一份申請書", f"over {MOST_JSON // 1000:,} kB, too large for an application")
        )
    return _reading(read_exchange(data), programme, name)


def _reading(application: Application, programme: Programme, name: str, unread: tuple[UnreadCell, ...] = ()) -> Reading:
    content: dict[str, Any] = {**msgspec.to_builtins(application), "programme": programme.id}
    try:
        document = without_ids(checked(content))
    except ChangeError as error:
        raise MalformedError((WrongPlace(error.told, error.path),)) from error
    other = application.programme if application.programme != programme.id else ""
    return Reading(name, document, unread, checker(programme).verdict(application_of(document)), other)


def _unread(text: Text) -> MalformedError:
    return MalformedError((WrongPlace(text),))
