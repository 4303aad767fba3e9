"""Runs `gongxue` inside the test's own process, with standard streams of its own."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from gongxue.cli import main


class Outcome(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def told(self) -> list[str]:
        return self.err.splitlines()


def gongxue(*arguments: str | Path, given: bytes = b"") -> Outcome:
    """What `gongxue ARGUMENTS` does with `given` on standard input."""
    with streams(given) as (out, err):
        status = main([str(argument) for argument in arguments])
    return Outcome(status, out.getvalue().decode(), err.getvalue().decode())


@contextmanager
def streams(given: bytes) -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    usual = sys.stdin, sys.stdout, sys.stderr
    out, err = io.BytesIO(), io.BytesIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(given), "utf-8")
    sys.stdout, sys.stderr = io.TextIOWrapper(out, "utf-8"), io.TextIOWrapper(err, "utf-8")
    try:
        yield out, err
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.detach()
        sys.stdin, sys.stdout, sys.stderr = usual
