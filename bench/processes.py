"""How much memory and processor time a process and everything that it started take together."""

import os
from collections import defaultdict
from pathlib import Path


def family_memory(first: int) -> float:
    """In MB, what several of them share counted once (Linux: the proportional set size)."""
    children: dict[int, list[int]] = defaultdict(list)
    for status in Path("/proc").glob("[0-9]*/stat"):
        words = read(status).rpartition(")")[2].split()
        if words:
            children[int(words[1])].append(int(status.parent.name))
    family, kilobytes = [first], 0
    for process in family:
        family += children[process]
        kilobytes += share(process)
    return kilobytes / 1024


def share(process: int) -> int:
    """The proportional set size in kB; 0 when the process has ended."""
    for line in read(Path(f"/proc/{process}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def read(path: Path) -> str:
    """The file's text, empty when its process has ended."""
    try:
        return path.read_text("utf-8")
    except OSError:
        return ""


def processor_seconds(first: int) -> float:
    """What the living ones of a process and everything under it have spent so far (Linux)."""
    family, ticks = [first], 0
    for process in family:
        for task in sorted(Path(f"/proc/{process}/task").glob("*/children")):
            family += map(int, read(task).split())
        words = read(Path(f"/proc/{process}/stat")).rpartition(")")[2].split()
        ticks += sum(map(int, words[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")
