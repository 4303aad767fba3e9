"""A child process that goes wrong takes nothing with it, and what became of it is told."""

import sys
from pathlib import Path

import pytest

from gongxue.documents.child import ChildError, ask

SERVE = "from gongxue.documents.child import serve\n"


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module `trial_child` that a test writes; children find it beside what this process finds."""
    monkeypatch.setenv("PYTHONPATH", ":".join([str(tmp_path), *filter(None, sys.path)]))
    return tmp_path / "trial_child.py"


def why(seconds: float = 20.0) -> tuple[str, int]:
    with pytest.raises(ChildError) as caught:
        ask("trial_child", b"request", seconds)
    return caught.value.why, caught.value.status


def test_a_child_answers_its_request(child: Path) -> None:
    child.write_text(f"{SERVE}serve(lambda request: request[::-1], 512 << 20, 10)", "utf-8")
    assert ask("trial_child", bytes(range(256)) * 1000, 20) == (bytes(range(256)) * 1000)[::-1]


def test_a_child_that_sleeps_is_ended_when_its_time_is_over(child: Path) -> None:
    child.write_text("import time\ntime.sleep(60)", "utf-8")
    assert why(0.5) == ("time", 0)


def test_a_child_that_only_computes_is_ended_when_its_processor_time_is_over(child: Path) -> None:
    child.write_text(f"{SERVE}def endless(request):\n    while True:\n        pass\nserve(endless, 512 << 20, 1)", "utf-8")
    assert why()[0] == "time"


def test_a_child_that_wants_too_much_memory_gets_none(child: Path) -> None:
    child.write_text(f"{SERVE}serve(lambda request: bytes(1 << 30), 256 << 20, 10)", "utf-8")
    assert why() == ("memory", 77)


def test_a_child_that_raises_or_dies_is_told_with_its_status(child: Path) -> None:
    child.write_text(f"{SERVE}serve(lambda request: 1 / 0, 512 << 20, 10)", "utf-8")
    assert why() == ("crash", 1)
    child.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)", "utf-8")
    assert why() == ("crash", -11)


def test_a_child_can_write_no_file(child: Path, tmp_path: Path) -> None:
    written = tmp_path / "written"
    child.write_text(f"{SERVE}serve(lambda request: open({str(written)!r}, 'wb').write(b'x' * 100000), 512 << 20, 10)", "utf-8")
    assert why()[0] == "crash"
    assert written.read_bytes() == b""


def test_a_child_imports_nothing_from_the_folder_it_is_started_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "this.py").write_text("print('hijacked')", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert ask("this", b"", 20).startswith(b"The Zen of Python")
