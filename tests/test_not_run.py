"""A test that this machine cannot run is named at the end of the run, with what would bring it; it is never passed over silently."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parent / "conftest.py"

THREE_TESTS = """
import pytest

@pytest.mark.needs("soffice")
def test_an_office_opens_the_form():
    pass

@pytest.mark.needs("soffice", "poppler")
def test_an_office_prints_the_form():
    pass

def test_sums():
    assert 1 + 1 == 2
"""


def run_where_nothing_is_installed(folder: Path, tests: str, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "tests").mkdir()
    (folder / "tests" / "conftest.py").write_text(CONFTEST.read_text("utf-8"), "utf-8")
    (folder / "tests" / "test_three.py").write_text(tests, "utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = needs\n", "utf-8")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")} | {"PATH": str(folder)}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("options", [["-n", "0"], ["-n", "2"]], ids=["one process", "two workers"])
def test_what_is_missing_is_named_with_every_test_it_stops(tmp_path: Path, options: list[str]) -> None:
    run = run_where_nothing_is_installed(tmp_path, THREE_TESTS, *options)
    lines = run.stdout.splitlines()
    start = lines.index("not run: 1 test, because poppler is missing (Debian package poppler-utils brings it)")
    assert lines[start + 1 : start + 5] == [
        "  tests/test_three.py::test_an_office_prints_the_form",
        "not run: 2 tests, because soffice is missing (Debian package libreoffice-writer-nogui brings it)",
        "  tests/test_three.py::test_an_office_opens_the_form",
        "  tests/test_three.py::test_an_office_prints_the_form",
    ]
    assert "1 passed" in lines[-1]
    assert run.returncode == 0


def test_a_need_that_nobody_knows_stops_the_run(tmp_path: Path) -> None:
    run = run_where_nothing_is_installed(tmp_path, "import pytest\n\n@pytest.mark.needs('sofice')\ndef test_typo():\n    pass\n")
    assert "tests/test_three.py::test_typo needs 'sofice'" in run.stdout + run.stderr
    assert run.returncode == pytest.ExitCode.USAGE_ERROR
