"""Many applications as NDJSON through one `gongxue check`, on one core: how many a second, and how much memory."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from bench.figure import BrokenBenchError, Figure, at_least, at_most

RATE_LIMIT = 8_000
MEMORY_LIMIT = 150
NAME = re.compile("社群[0-9]+".encode())
SAMPLES = ("autonomous", "cross-school", "with-errors")


class Run(NamedTuple):
    """Seconds from start to end of the process, seconds of the processor among them, and the most memory it held, in MB."""

    seconds: float
    worked: float
    peak: float


def measure() -> Iterator[Figure]:
    """The rate with 10,000, start-up included; the memory with ten times as many, which must not show."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder, "few.ndjson"), Path(folder, "many.ndjson")
        write(few, 10_000)
        write(many, 100_000)
        for form in ("text", "json"):
            yield rate(f"output as {form}", min(check(few, form) for _ in range(3)))
        yield rate("on standard input", min(check(few, "json", on_input=True) for _ in range(3)))
        yield at_most("NDJSON, 100,000 applications, peak memory", check(many, "json").peak, MEMORY_LIMIT, "MB")


def rate(what: str, run: Run) -> Figure:
    """Applications a second by the clock; beside it by the processor's time, which other work on the machine does not change."""
    name = f"NDJSON, 10,000 applications, {what} ({10_000 / run.worked:,.0f} a second of processor time)"
    return at_least(name, 10_000 / run.seconds, RATE_LIMIT, "a second on one core")


def write(path: Path, count: int) -> None:
    """Applications that differ in their names: two good ones to each that has errors."""
    samples = [json.loads(Path("samples", f"{name}.json").read_text("utf-8")) for name in SAMPLES]
    with path.open("w", encoding="utf-8") as lines:
        for number in range(count):
            application = samples[number % len(samples)] | {"name": f"社群{number}"}
            lines.write(json.dumps(application, ensure_ascii=False) + "\n")


def check(path: Path, form: str, *, on_input: bool = False) -> Run:
    """One whole `gongxue check`, held to one core. What it printed must tell of every application, or the figure is worth nothing."""
    command = [str(Path(sys.executable).with_name("gongxue")), "check", *(["--format", "json"] if form == "json" else [])]
    with path.open("rb") as lines, tempfile.TemporaryFile() as printed:
        run = timed([*command, "-" if on_input else str(path)], lines, printed)
        printed.seek(0)
        told = len({name for line in printed for name in NAME.findall(line)})
        lines.seek(0)
        given = sum(1 for _ in lines)
    if told != given:
        raise BrokenBenchError(f"gongxue check told of {told:,} of {given:,} applications")
    return run


def timed(command: list[str], given: IO[bytes], printed: IO[bytes]) -> Run:
    """Runs the command on one core."""
    core = min(os.sched_getaffinity(0))
    start = time.perf_counter()
    pinned = ["/usr/bin/taskset", "-c", str(core), *command]
    process = subprocess.Popen(pinned, stdin=given, stdout=printed, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        raise BrokenBenchError(f"{' '.join(command)} ended with {process.returncode}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
