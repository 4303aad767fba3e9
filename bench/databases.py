"""Runs a bench in a process of its own, on a database of its own: SQLite in a temporary folder, or a PostgreSQL server beside it."""

import json
import os
import subprocess
import sys
import tempfile

from bench.figure import BrokenBenchError

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"


def measured_on(database: str, module: str) -> dict[str, float]:
    """What `python -m module` prints as its last line, a JSON object; nothing where this machine has no such server."""
    server = ["scripts/with_postgresql.py", sys.executable] if database == POSTGRESQL else []
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, *server, "-m", module]
        run = subprocess.run(command, env={**environment, "GONGXUE_VAR": folder}, capture_output=True, text=True, check=False)
    lines = run.stdout.strip().splitlines()
    if lines and lines[-1].startswith("not run"):
        return {}
    if run.returncode or not lines:
        raise BrokenBenchError(f"{database}: {run.stderr[-300:]}")
    found: dict[str, float] = json.loads(lines[-1])
    return found


def opened() -> None:
    """Django on the database that this process was given, migrated."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongxue.settings")
    os.environ.setdefault("GONGXUE_LOG_LEVEL", "ERROR")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
