"""Processes that end when whoever started them ends, in whatever way, kill -9 included: none is left to keep a port or a connection.

Linux tells a process of its parent's death where it asked for that; elsewhere nothing is asked. The wish survives a start of another
program (exec), not a fork: whoever forks asks again in each child. `subprocess` asks nothing by itself: what it starts ends with its pipes.
"""

import ctypes
import os
import signal
import sys
from typing import Final

_PR_SET_PDEATHSIG: Final = 1


def end_with(parent: int) -> None:
    """Ask, in the process `parent` has just made, for SIGTERM when `parent` dies; where it has died already, end here and now."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)  # nothing has been begun that would have to be ended in order


def forks_end_with_us() -> None:
    """From now on whatever is forked from this process, and from what it forks, ends with the one it was forked from."""
    parent = os.getpid()

    def before() -> None:
        nonlocal parent
        parent = os.getpid()

    os.register_at_fork(before=before, after_in_child=lambda: end_with(parent))
