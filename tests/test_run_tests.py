"""What `make test` sums up, and what it chooses for the second database."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.run_tests import tally

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("closing", "counts"),
    [
        ("3141 passed in 61.20s (0:01:01)", (3141, 0)),
        ("=== 2 failed, 12 passed, 3 deselected, 1 error in 5s ===", (12, 3)),
        ("\x1b[31m\x1b[1m1 failed\x1b[0m, \x1b[32m5 passed\x1b[0m, 2 errors in 1s", (5, 3)),
        ("no tests ran in 0.01s", (0, 0)),
        ("", (0, 0)),
    ],
)
def test_the_closing_line_is_counted(closing: str, counts: tuple[int, int]) -> None:
    assert tally(closing) == counts


def collected(path: str) -> int:
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", "-p", "no:cacheprovider", path]
    ran = subprocess.run(command, cwd=ROOT, env=os.environ | {"GONGXUE_TESTS": "database"}, capture_output=True, text=True, check=False)
    return sum("::" in line for line in ran.stdout.splitlines())


def test_the_second_database_gets_what_uses_one_and_nothing_else() -> None:
    assert collected("tests/rules/test_taiwan.py") == 0
    assert collected("tests/records/test_trail.py") > 0
