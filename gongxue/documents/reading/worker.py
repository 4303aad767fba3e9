"""The child process that reads a form: `python -m gongxue.documents.reading.worker`, one request in, one answer out, both msgpack."""

from fractions import Fraction
from typing import Any, Final

import msgspec

from gongxue.documents.child import serve
from gongxue.documents.reading.extract import read_sheet
from gongxue.documents.reading.interpret import interpret
from gongxue.documents.reading.outcome import FormError
from gongxue.documents.reading.question import Answer, Question
from gongxue.rules.programme import Programme
from gongxue.rules.programme_file import known_programmes, load_programme

MEMORY: Final = 512 * 1024 * 1024
CPU_SECONDS: Final = 6


def answer(request: bytes) -> bytes:
    """The answer to one question; a file that is no form is an answer too."""
    question = msgspec.msgpack.decode(request, type=Question, dec_hook=_exact)
    try:
        reply = Answer(reading=interpret(read_sheet(question.data, question.name), _known(question.programmes)))
    except FormError as error:
        reply = Answer(refused=error.text)
    return msgspec.msgpack.encode(reply)


def _known(given: tuple[Programme, ...]) -> tuple[Programme, ...]:
    """The programmes given, and the shipped ones that none of them replaces by its id."""
    replaced = {programme.id for programme in given}
    return (*given, *(load_programme(each) for each in known_programmes() if each not in replaced))


def _exact(kind: type, written: Any) -> Any:
    if kind is Fraction:
        return Fraction(written)
    raise TypeError(f"{kind.__name__} cannot be read from a question")


if __name__ == "__main__":
    serve(answer, MEMORY, CPU_SECONDS)
