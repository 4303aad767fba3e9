"""Hostile files cost a moment and a sentence: each is read or refused within ten seconds and 512 MB, and for the right reason."""

import time

import pytest

from gongxue.documents.reading import FormError, FormReading, read_form, refusals
from gongxue.documents.reading.worker import MEMORY
from tests.documents.reading.hostile_files import FILES

SECONDS = 10
PROCESS_GAVE_UP = {refusals.TOO_SLOW.zh, refusals.TOO_HEAVY.zh}


def outcome(data: bytes) -> FormReading | FormError:
    """What reading gives; any other exception goes on, and fails the test."""
    try:
        return read_form(data, "hostile.docx")
    except FormError as error:
        return error


def test_sixty_files_are_tried_and_the_reader_may_use_512_mb() -> None:
    assert len(FILES) >= 60
    assert MEMORY == 512 * 1024 * 1024


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_read_or_refused_for_the_right_reason(name: str) -> None:
    make, expected = FILES[name]
    data = make()
    started = time.monotonic()
    result = outcome(data)
    assert time.monotonic() - started < SECONDS
    if expected is not None:
        assert isinstance(result, FormError)
        assert result.text.zh == expected.zh
    elif isinstance(result, FormError):
        assert result.text.zh not in PROCESS_GAVE_UP
        assert "異常結束" not in result.text.zh
