"""Runs a command beside a PostgreSQL server of its own: usage: with_postgresql.py COMMAND [ARGUMENT …]

The server lives in a temporary folder, listens on a free loopback port with a password of its own, and is gone afterwards. The command
finds it by DATABASE_URL. Nothing is synchronised to the disk (fsync off): it is for tests and measurements, where the machine going down
loses nothing. Where PostgreSQL is not installed the command does not run, and this is said.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType, TracebackType

INSTALLED = Path("/usr/lib/postgresql")
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
}
PATIENCE = 30.0
"""Seconds until a server that does not answer is given up."""


def programs() -> Path | None:
    """The folder of the newest PostgreSQL that is installed, or None."""
    found = sorted(INSTALLED.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return found[-1].parent if found else None


class Server:
    """A server that runs from `with` to its end; `url` is its DATABASE_URL. As root it runs as the user `postgres`, which it insists on."""

    def __init__(self, folder: Path) -> None:
        self.programs = folder
        self.user = "postgres" if os.geteuid() == 0 else None
        self.password = secrets.token_urlsafe(16)

    def __enter__(self) -> "Server":
        self.home = Path(tempfile.mkdtemp(prefix="gongxue-postgresql-"))
        secret = self.home / "password"
        secret.write_text(self.password, "ascii")
        if self.user:
            for path in (self.home, secret):
                shutil.chown(path, self.user, self.user)
        words = ["-D", str(self.home / "data"), "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-A", "scram-sha-256"]
        made = subprocess.run(
            [self.programs / "initdb", *words, "--pwfile", str(secret), "--no-sync"],
            user=self.user,
            cwd=self.home,
            capture_output=True,
            check=False,
        )
        if made.returncode:
            raise SystemExit(f"initdb failed:\n{made.stderr.decode(errors='replace')}")
        self._start()
        return self

    def _start(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            self.port = taken.getsockname()[1]
        settings = [word for name, value in {**SETTINGS, "port": str(self.port)}.items() for word in ("-c", f"{name}={value}")]
        self.log = (self.home / "log").open("wb")
        command: list[str | Path] = [self.programs / "postgres", "-D", str(self.home / "data"), *settings]
        self.process = subprocess.Popen(command, user=self.user, cwd=self.home, stdout=self.log, stderr=self.log)
        ready: list[str | Path] = [self.programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        until = time.monotonic() + PATIENCE
        while subprocess.run(ready, check=False).returncode:
            if self.process.poll() is not None or time.monotonic() > until:
                told = (self.home / "log").read_text("utf-8", "replace")
                self.__exit__(None, None, None)
                raise SystemExit(f"PostgreSQL does not start:\n{told}")
            time.sleep(0.05)

    @property
    def url(self) -> str:
        """What Django connects by."""
        return f"postgres://postgres:{self.password}@127.0.0.1:{self.port}/postgres"

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.process.send_signal(signal.SIGINT)  # fast: whoever is still connected is sent away
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()
        self.log.close()
        shutil.rmtree(self.home, ignore_errors=True)


def main(command: list[str]) -> int:
    """Run `command` beside a server; its exit status."""
    if not command:
        print(__doc__)
        return 2
    folder = programs()
    if folder is None:
        print(f"not run: {' '.join(command)} on PostgreSQL, because postgresql is missing (Debian package postgresql brings it)")
        return 0

    def stop(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, stop)
    with Server(folder) as server, subprocess.Popen(command, env={**os.environ, "DATABASE_URL": server.url}) as child:
        try:
            return child.wait()
        except BaseException:
            child.terminate()
            raise


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
