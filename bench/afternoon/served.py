"""The site as it is served for people, in processes of its own: to load it, and to see what it kept."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from bench.figure import BrokenBenchError
from bench.processes import processor_seconds

PATIENCE = 30.0
"""Seconds until a site that does not answer is given up."""
GONGXUE = Path(sys.executable).with_name("gongxue")


class Site:
    """A site that is served from `with` to its end, on a database and a folder of files; `port` and `address` tell where.

    `background` is the whole of `gongxue serve`; without it the web server alone, as that command starts it.
    """

    def __init__(
        self, database: str, folder: Path, workers: int = 2, background: bool = True, settings: Mapping[str, str] | None = None
    ) -> None:
        self.workers, self.background, self.log = workers, background, folder / "log"
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ, "DATABASE_URL": database, "GONGXUE_VAR": str(folder), "GONGXUE_DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "gongxue.settings", **(settings or {}),
        }  # fmt: skip
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Site":
        self.start()
        return self

    def start(self) -> None:
        """Serve, and wait until it answers. It leads a group of its own, so that all of it can be killed at once."""
        whole = [str(GONGXUE), "serve", "--port", str(self.port), "--workers", str(self.workers)]
        web = [sys.executable, "-m", "gongxue.site.web", "127.0.0.1", str(self.port), str(self.workers)]
        command = whole if self.background else web
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, start_new_session=True)
        until = time.monotonic() + PATIENCE
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > until:
                raise BrokenBenchError(f"the site does not start: {self.log.read_text('utf-8')[-2000:]}")
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether it says that it is able to serve."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as connection:
                connection.sendall(b"GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                return b" 200 " in connection.recv(100)
        except OSError:
            return False

    def processor_seconds(self) -> float:
        """What all its processes have spent so far."""
        return processor_seconds(self.process.pid) if self.process is not None else 0.0

    def stop(self) -> None:
        """Ask it to stop, and wait."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
            self.process = None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def run(self, module: str, *arguments: str, given: str = "") -> str:
        """What `python -m module …` writes, on the same database; BrokenBenchError with its words where it fails."""
        command = [sys.executable, "-m", module, *arguments]
        done = subprocess.run(command, env=self.environment, input=given, capture_output=True, text=True, check=False)
        if done.returncode:
            raise BrokenBenchError(f"{module} failed: {done.stderr[-2000:]}")
        return done.stdout


def free_port() -> int:
    """A port that nobody uses at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port
