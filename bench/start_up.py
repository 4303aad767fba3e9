"""Whole-process time of `gongxue check` on one file, against the same interpreter doing nothing."""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figure import BrokenBenchError, Figure, at_most

ROUNDS = 25
LIMIT = 8


def measure() -> Iterator[Figure]:
    """Interleaved, so that a busy moment of the machine falls on both alike."""
    nothing = [sys.executable, "-c", "pass"]
    check = [str(Path(sys.executable).with_name("gongxue")), "check", "samples/autonomous.json"]
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        spent[0].append(milliseconds(nothing))
        spent[1].append(milliseconds(check))
    empty, whole = map(statistics.median, spent)
    yield at_most(f"gongxue check, one file ({whole:.0f} ms; python -c pass {empty:.0f} ms)", whole / empty, LIMIT, "times")


def milliseconds(command: list[str]) -> float:
    """How long the whole process takes, from start to end."""
    start = time.perf_counter()
    status = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode
    spent = (time.perf_counter() - start) * 1000
    if status:
        raise BrokenBenchError(f"{' '.join(command)} ended with {status}")
    return spent
