"""What crosses between us and the process that reads a form."""

import msgspec

from gongxue.documents.reading.outcome import FormReading
from gongxue.rules.programme import Programme
from gongxue.rules.text import Text


class Question(msgspec.Struct, frozen=True):
    """A file as it came, its name, and the programmes that are not shipped."""

    data: bytes
    name: str
    programmes: tuple[Programme, ...] = ()


class Answer(msgspec.Struct, frozen=True):
    """The reading, or why there is none."""

    reading: FormReading | None = None
    refused: Text | None = None
