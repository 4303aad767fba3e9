"""A real installation to try commands on: a folder of its own, a database of its own, and `gongxue` as a process of its own."""

import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

ROOT = Path(__file__).parent.parent.parent
OFFICER = "officer@city.example"
PATIENCE = 30.0


class Done(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def told(self) -> list[str]:
        """What was told, without the lines of the log."""
        return [line for line in self.err.splitlines() if not line.startswith("{")]


class Installation:
    """`run` does a command, `python` runs code beside it, `serving` serves it; `var` is its folder."""

    def __init__(self, folder: Path, url: str = "", **settings: str) -> None:
        self.var, self.url = folder / "var", url
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GONGXUE_", "PYTEST_", "DATABASE_URL"))}
        self.environment = kept | {"GONGXUE_VAR": str(self.var)} | ({"DATABASE_URL": url} if url else {}) | settings

    def run(self, *arguments: str | Path, **settings: str) -> Done:
        return self._run([sys.executable, "-m", "gongxue", *map(str, arguments)], settings)

    def python(self, code: str, **settings: str) -> str:
        """What a program inside the site prints."""
        done = self._run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}"], {"DJANGO_SETTINGS_MODULE": "gongxue.settings", **settings}
        )
        assert done.status == 0, done.err
        return done.out.strip()

    def _run(self, command: list[str], settings: dict[str, str]) -> Done:
        ran = subprocess.run(
            command, cwd=ROOT, env=self.environment | settings, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120
        )
        return Done(ran.returncode, ran.stdout, ran.stderr)

    @contextmanager
    def serving(self, *arguments: str, **settings: str) -> Iterator["Served"]:
        port = free_port()
        command = [sys.executable, "-m", "gongxue", "serve", "--port", str(port), *arguments]
        self.var.mkdir(exist_ok=True)
        with (self.var / "served.log").open("w+", encoding="utf-8") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment | settings, stdout=subprocess.PIPE, stderr=log, text=True, encoding="utf-8"
            )
            try:
                yield Served(process, port, self.var / "served.log")
            finally:
                for each in [process.pid, *family_of(process.pid)]:
                    with suppress(ProcessLookupError):
                        os.kill(each, signal.SIGKILL)
                process.wait(PATIENCE)
                if process.stdout is not None:
                    process.stdout.close()


class Served:
    """A site that is being served: `line` is what it said when it was ready."""

    def __init__(self, process: subprocess.Popen[str], port: int, log: Path) -> None:
        self.process, self.port, self.log = process, port, log

    def ready(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError(self.log.read_text("utf-8"))
        return line

    def get(self, path: str, **headers: str) -> int:
        """The status with which a page answers."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request("GET", path, headers=headers)
            with connection.getresponse() as response:
                response.read()
                return response.status

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def children(process: int) -> list[int]:
    """The processes that one started; none where it has ended."""
    try:
        return [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()]
    except OSError:
        return []


def family_of(process: int) -> list[int]:
    """Whatever a process started, and what that started, down to the last."""
    return [each for child in children(process) for each in (child, *family_of(child))]


def until(holds: object, what: str) -> None:
    """Wait until `holds()`; what did not come to pass is named."""
    assert callable(holds)
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.05)


@contextmanager
def database_beside(url: str, like: str = "") -> Iterator[str]:
    """A new database on the PostgreSQL server of `url`, a copy of the one `like`, gone afterwards; "" where the tests run on SQLite."""
    if not url.startswith("postgres"):
        yield ""
        return
    import psycopg
    from psycopg import sql

    name, model = f"installation_{secrets.token_hex(6)}", urlsplit(like).path.strip("/") or "template1"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(model)))
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
