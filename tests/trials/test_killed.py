"""Writers are killed in the middle of writing, and nothing that was confirmed is lost."""

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
    """What the trial on a database did, after it found nothing lost."""
    environment = {**os.environ, "DATABASE_URL": url, "GONGXUE_VAR": str(folder)}
    command = [sys.executable, "-m", "tests.trials.killing", str(rounds), "1"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_what_sqlite_confirmed_outlives_its_writers(tmp_path: Path, rounds: Rounds) -> None:
    told = trial(f"sqlite:///{tmp_path / 'trial.sqlite3'}", tmp_path, rounds(2, 40))
    assert (told["rounds"], told["edit"] > 0, told["start"] >= 0) == (rounds(2, 40), True, True)


@pytest.mark.needs("postgresql")
def test_what_postgresql_confirmed_outlives_its_writers(tmp_path: Path, rounds: Rounds) -> None:
    folder = programs()
    assert folder is not None
    with Server(folder) as server:
        told = trial(server.url, tmp_path, rounds(2, 40))
    assert (told["rounds"], told["edit"] > 0) == (rounds(2, 40), True)
