"""Runs the tests: all of them on SQLite, then those that use the database once more on PostgreSQL. usage: run_tests.py [PYTEST ARGUMENT …]

The last line sums both: N passed, N failed. The exit status is that of the first that failed. Where PostgreSQL is not installed, that
run is named as not run.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

SCRIPTS = Path(__file__).parent
NOTHING_COLLECTED = 5
"""pytest's status where no test was chosen: with arguments that name a few, PostgreSQL may have none."""
_COUNT = re.compile(r"(\d+) (passed|failed|errors?)\b")


def main(arguments: list[str]) -> int:
    """Run both; the exit status."""
    pytest = [sys.executable, "-m", "pytest", "-n", "auto", *(["--color=yes"] if sys.stdout.isatty() else []), *arguments]
    first, passed, failed = run(pytest, {})
    print("\nThe tests that use the database, on PostgreSQL:", flush=True)
    beside = [sys.executable, str(SCRIPTS / "with_postgresql.py"), *pytest]
    second, passed_too, failed_too = run(beside, {"GONGXUE_TESTS": "database"})
    if second == NOTHING_COLLECTED:
        second = 0
    status = first or second
    failed += failed_too
    # What broke before pytest could count is told all the same.
    print(f"\n{passed + passed_too} passed, {failed or (1 if status else 0)} failed", flush=True)
    return status


def run(command: list[str], settings: dict[str, str]) -> tuple[int, int, int]:
    """The command's exit status, and how many tests passed and failed by its closing line."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | settings
    closing = ""
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8", errors="replace") as process:
        if process.stdout is not None:
            for line in process.stdout:
                sys.stdout.write(line)
                sys.stdout.flush()
                if _COUNT.search(line) and " in " in line:
                    closing = line
    passed, failed = tally(closing)
    return process.returncode, passed, failed


def tally(closing: str) -> tuple[int, int]:
    """How many passed, and failed or broke, by pytest's closing line."""
    found = [(int(count), what) for count, what in _COUNT.findall(re.sub(r"\x1b\[[0-9;]*m", "", closing))]
    return sum(count for count, what in found if what == "passed"), sum(count for count, what in found if what != "passed")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
