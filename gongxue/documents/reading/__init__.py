"""A filled form 附件二 comes back: from a DOCX or ODT file to an application, in a child process that foreign files cannot take along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gongxue.documents.reading.outcome import FormError, FormReading, UnreadCell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gongxue.rules.programme import Programme

__all__ = ["FormError", "FormReading", "UnreadCell", "read_form"]

SECONDS: Final = 9.0
"""Of wall time for one file; a usual form takes a fifth of one."""


def read_form(source: Path | bytes, name: str, programmes: Sequence[Programme] = ()) -> FormReading:
    """Reads a form from a file, or from its bytes; `name` is what its owner calls it.

    `programmes` are known besides the shipped ones, and before one of the same id. Raises FormError for all that is no filled form: it says
    why, and what to do; and OSError for a file that cannot be opened.
    """
    import msgspec

    from gongxue.documents.child import ChildError, ask
    from gongxue.documents.reading import refusals
    from gongxue.documents.reading.package import MOST_BYTES
    from gongxue.documents.reading.question import Answer, Question

    data = source if isinstance(source, bytes) else _beginning(source, MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise FormError(refusals.FILE_TOO_LARGE)
    question = Question(data, name, tuple(programmes))
    try:
        answer = ask("gongxue.documents.reading.worker", msgspec.msgpack.encode(question, enc_hook=_written), SECONDS)
    except ChildError as error:
        reasons = {"time": refusals.TOO_SLOW, "memory": refusals.TOO_HEAVY, "crash": refusals.broke_down(error.status)}
        raise FormError(reasons[error.why]) from None
    try:
        reply = msgspec.msgpack.decode(answer, type=Answer)
    except msgspec.DecodeError:
        reply = Answer()
    if reply.reading is None:
        raise FormError(reply.refused or refusals.broke_down(0))
    return reply.reading


def _beginning(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        return file.read(most)


def _written(value: Any) -> str:
    """The one type among a programme's values that msgpack has no form for: exact fractions."""
    if type(value).__name__ == "Fraction":
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be sent to the reader")
