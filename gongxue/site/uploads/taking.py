"""Takes in what somebody hands in: each file is looked at by a child process, which this one never does.

Done before any transaction is opened: a child may take its ten seconds, and nobody else should wait for the database meanwhile.
"""

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Final, Protocol

import msgspec

from gongxue.documents.child import ChildError, ask
from gongxue.records.files import LONGEST_NAME, Clean
from gongxue.rules.filenames import plan_file_name
from gongxue.site import clock
from gongxue.site.uploads.protocol import Answer, Question
from gongxue.site.uploads.unfit import MOST_BYTES, UnfitError

WORKER: Final = "gongxue.site.uploads.worker"
SECONDS: Final = 10.0
MOST_FILES: Final = 20
TOGETHER: Final = 60.0
"""Seconds for all files of one scan: twenty photos take ten; meanwhile this worker of the web server answers nobody else."""


class Handed(Protocol):
    """A file of a form, as Django gives it."""

    name: str | None

    def read(self, num_bytes: int | None = ...) -> bytes:
        """The next bytes."""


def take(name: str, data: bytes) -> Clean:
    """One file, judged by its content and made harmless; `name` is what the device called it. Raises UnfitError."""
    if not data:
        raise UnfitError("empty")
    if len(data) > MOST_BYTES:
        raise UnfitError("bytes")
    return _asked(Question((data,)), name)


def take_scan(files: Sequence[Handed], seconds: float = TOGETHER) -> Clean:
    """A stamped paper: one PDF, or photos of its pages, which are bound into one PDF in their order; no file is begun after `seconds`.

    Raises UnfitError.
    """
    if not files:
        raise UnfitError("empty")
    if len(files) > MOST_FILES:
        raise UnfitError("mixed")
    until, parts = clock.stopwatch() + seconds, list[Clean]()
    for file in files:
        if parts and clock.stopwatch() > until:
            raise UnfitError("size")
        parts.append(take(str(file.name or ""), _data(file)))
        if len(files) > 1 and parts[-1].kind != "jpeg":
            raise UnfitError("mixed")
    if len(parts) == 1:
        return parts[0]
    return _asked(Question(tuple(part.data for part in parts), bind=True), parts[0].name)


def _data(file: Handed) -> bytes:
    """The bytes, one more than is taken at most: what is too big is refused, not read."""
    return file.read(MOST_BYTES + 1) or b""


def _asked(question: Question, name: str) -> Clean:
    try:
        answer = msgspec.msgpack.decode(ask(WORKER, msgspec.msgpack.encode(question), SECONDS), type=Answer)
    except ChildError as error:
        raise UnfitError("damaged" if error.why == "crash" else "size") from error
    if answer.unfit:
        raise UnfitError(answer.unfit)
    return Clean(answer.kind, answer.data, answer.pages, shown_name(name, answer.kind))


def shown_name(name: str, kind: str) -> str:
    """The name as it is shown: of any path its end, without what cannot be seen or turns letters round, with the ending of what it is."""
    stem = PurePosixPath(name.replace("\\", "/")).name.rsplit(".", 1)[0][:LONGEST_NAME]
    extension = "jpg" if kind == "jpeg" else kind
    return plan_file_name("{community}", "", stem, "", extension)[-LONGEST_NAME:]
