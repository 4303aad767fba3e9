"""What is started ends with whoever started it, and at once where that one has ended already."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
FAMILY = """
import os, signal, sys, time
from gongxue.site import orphans

orphans.forks_end_with_us()
heard, told = os.pipe()
if os.fork() == 0:
    if os.fork() == 0:
        os.write(told, b"born")
        time.sleep(60)
    time.sleep(60)
os.read(heard, 4)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_child_and_its_child_end_with_who_was_killed() -> None:
    """All three hold the pipe, so that it ends when the last of them does."""
    ran = subprocess.run([sys.executable, "-c", FAMILY], cwd=ROOT, stdout=subprocess.PIPE, timeout=30, check=False)
    assert (ran.returncode, ran.stdout) == (-9, b"")


def test_a_child_whose_parent_died_before_it_could_ask_ends_at_once() -> None:
    """The parent that it names is not the one it has."""
    code = f"from gongxue.site import orphans; orphans.end_with({os.getpid()}); print('goes on')"
    named = subprocess.run([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, timeout=30, check=False)
    code = f"import os; from gongxue.site import orphans; orphans.end_with({os.getpid()} + 1); print('goes on')"
    another = subprocess.run([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, timeout=30, check=False)
    assert [(each.returncode, each.stdout) for each in (named, another)] == [(0, b"goes on\n"), (1, b"")]
