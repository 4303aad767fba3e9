"""Work on what others made is done in a child process: one that dies, hangs or eats memory takes nothing with it.

The child takes one request on standard input, gives one answer on standard output, and sets its own limits before it looks at the request.
"""

import os
import sys
from collections.abc import Callable
from typing import Final, Literal

_NO_MEMORY: Final = 77
"""The exit status of a child that ran out of its memory."""

_CPU_SIGNAL: Final = 24
"""SIGXCPU, on Linux and macOS: all processor seconds are used up."""


class ChildError(Exception):
    """A child gave no answer: it took too long, wanted too much memory, or broke down with the given exit status."""

    def __init__(self, why: Literal["time", "memory", "crash"], status: int = 0) -> None:
        super().__init__(f"the child process gave no answer: {why} ({status})")
        self.why, self.status = why, status


def ask(module: str, request: bytes, seconds: float) -> bytes:
    """The answer of `python -m module` to `request`, within `seconds` of wall time. Raises ChildError.

    `-P` keeps Python from importing what lies in the current folder, which may be the one the foreign file came in.
    """
    import subprocess  # costs the child's own start 5 ms, which asks nobody

    command = [sys.executable, "-P", "-m", module]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and a module of ours
            command, input=request, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise ChildError("time") from None
    if done.returncode == 0:
        return done.stdout
    if done.returncode == -_CPU_SIGNAL:
        raise ChildError("time", done.returncode)
    raise ChildError("memory" if done.returncode == _NO_MEMORY else "crash", done.returncode)


def serve(answer: Callable[[bytes], bytes], memory: int, cpu_seconds: int) -> None:
    """The child's side of `ask`: one request, one answer, with at most `memory` bytes of address space and `cpu_seconds`."""
    limit(memory, cpu_seconds)
    try:
        sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))
        sys.stdout.buffer.flush()
    except MemoryError:
        os._exit(_NO_MEMORY)  # at once: nothing that needs memory can be relied on now


def limit(memory: int, cpu_seconds: int) -> None:
    """Binds this process, for good: address space in bytes, processor seconds, no file written, no memory image left behind.

    Windows has no such limits; there the time given to `ask` is the only one.
    """
    if sys.platform == "win32":
        return
    import resource

    limits = ((resource.RLIMIT_CORE, 0, 0), (resource.RLIMIT_FSIZE, 0, 0), (resource.RLIMIT_AS, memory, memory))
    for kind, soft, hard in (
        *limits,
        (resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1),
    ):  # at `soft` a signal that tells, at `hard` the end
        _, most = resource.getrlimit(kind)
        if most != resource.RLIM_INFINITY:
            soft, hard = min(soft, most), min(hard, most)
        try:
            resource.setrlimit(kind, (soft, hard))
        except ValueError:
            continue  # macOS knows a limit of address space by name, and refuses to set it
