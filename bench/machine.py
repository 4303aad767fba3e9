"""What the machine allows, so that a figure can be compared with one measured elsewhere."""

import os
import platform
from pathlib import Path


def limits() -> str:
    """One line: processor, cores, memory, Python."""
    return f"{processor()}, {cores()}, {memory()}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"


def processor() -> str:
    """The processor's own name, where Linux tells it."""
    lines = read("/proc/cpuinfo").splitlines()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def cores() -> str:
    """How many cores this process may use, and how much of them."""
    quota, _, period = (read("/sys/fs/cgroup/cpu.max").strip() or "max 1").partition(" ")
    count = len(os.sched_getaffinity(0))
    return f"{count} cores" if quota == "max" else f"{count} cores limited to {int(quota) / int(period):.1f}"


def memory() -> str:
    """How much memory there is, and the limit of our group where it is lower."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    allowed = read("/sys/fs/cgroup/memory.max").strip()
    return f"{min(total, int(allowed) if allowed.isdigit() else total) / 2**30:.1f} GiB"


def read(path: str) -> str:
    """The file's text, empty where this machine has no such file."""
    try:
        return Path(path).read_text("utf-8")
    except OSError:
        return ""
