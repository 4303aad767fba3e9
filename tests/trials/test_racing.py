"""Signing and writing at once: no seal that holds is over content that has changed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scripts.with_postgresql import Server, programs
from tests.conftest import Rounds


def trial(url: str, folder: Path, rounds: int) -> dict[str, Any]:
    """Who got through how often, after nothing was found wrong."""
    environment = {**os.environ, "DATABASE_URL": url, "GONGXUE_VAR": str(folder)}
    command = [sys.executable, "-m", "tests.trials.racing", str(rounds)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_no_seal_is_over_changed_content_on_sqlite(tmp_path: Path, rounds: Rounds) -> None:
    told = trial(f"sqlite:///{tmp_path / 'trial.sqlite3'}", tmp_path, rounds(8, 200))
    assert told["rounds"] == sum(count for name, count in told.items() if name.startswith("signed")) == rounds(8, 200)


@pytest.mark.needs("postgresql")
def test_no_seal_is_over_changed_content_on_postgresql(tmp_path: Path, rounds: Rounds) -> None:
    folder = programs()
    assert folder is not None
    with Server(folder) as server:
        told = trial(server.url, tmp_path, rounds(8, 200))
    assert told["rounds"] == sum(count for name, count in told.items() if name.startswith("signed")) == rounds(8, 200)
