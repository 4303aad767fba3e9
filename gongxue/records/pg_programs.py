"""Runs PostgreSQL's own programs, which dump a database and read it back."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from django.db import connection

from gongxue.records.refusals import Refused
from gongxue.rules.text import Text

INSTALLED: Final = Path("/usr/lib/postgresql")


class PgProgramError(Refused):
    """A program of PostgreSQL's that is missing, or failed; nothing was kept."""


def find(name: str) -> str | None:
    """Where the program is: the newest that Debian has, else the one of PATH; a newer one reads older servers."""
    found = sorted(INSTALLED.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    return str(found[-1]) if found else shutil.which(name)


def run(name: str, *arguments: str) -> None:
    """Run the program on our database. Raises PgProgramError with its own last words."""
    program = find(name)
    if program is None:
        told = Text(f"找不到 {name}：請安裝 Debian 套件 postgresql-client", f"{name} is missing: install Debian's postgresql-client")
        raise PgProgramError(told)
    environment = {**os.environ, **_environment()}
    ran = subprocess.run([program, *arguments], env=environment, capture_output=True, check=False)  # noqa: S603  # PostgreSQL's own
    if ran.returncode:
        words = ran.stderr.decode(errors="replace").strip().splitlines()[-1:] or [str(ran.returncode)]
        raise PgProgramError(Text(f"{name} 失敗：{words[0]}", f"{name} failed: {words[0]}"))


def _environment() -> dict[str, str]:
    """How the program finds the database: never on its command line, where everybody could read the password."""
    told = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    options = {"PGSSLMODE": "sslmode", "PGSSLROOTCERT": "sslrootcert"}
    given = {name: str(told[key]) for name, key in names.items() if told.get(key)}
    return given | {name: str(told["OPTIONS"][key]) for name, key in options.items() if told.get("OPTIONS", {}).get(key)}
