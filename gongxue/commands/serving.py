"""`gongxue serve`: the web server and the background under one roof, watched, and stopped together.

This process stays small: it starts the two, starts again what died, and imports neither Django nor the server. Each of the two dies with
it, however it ends.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from gongxue.commands.arguments import Arguments, UsageError
from gongxue.commands.console import Console
from gongxue.rules.text import Text
from gongxue.site.clock import real_now, stopwatch
from gongxue.site.orphans import end_with

STOPPED: Final = 0
REFUSED: Final = 1
WEB_REFUSES: Final = 3
"""The web server's exit status where it must not serve; it has said why."""
BREATH: Final = 0.05
WATCH: Final = 0.5
GRACE: Final = 25.0
"""Seconds until what does not stop is killed: longer than a slow page or a paper takes."""
PAUSES: Final = (0.5, 2.0, 10.0, 30.0)
"""Seconds before a process that died is started again; the last for all further times."""
STEADY: Final = 60.0
"""Seconds after which a process that dies counts as having been well."""


def run(arguments: Arguments, console: Console) -> int:
    """Serve until told to stop; 1 where the site must not or cannot be served."""
    host, port = arguments.one("--host"), _number(arguments, "--port", 65535)
    workers = _number(arguments, "--workers", 64)
    environment = dict(os.environ, PYTHONUNBUFFERED="1", GONGXUE_MESSAGES=console.language, GONGXUE_STARTED=str(real_now().timestamp()))
    if arguments.has("--production"):
        environment["GONGXUE_PRODUCTION"] = "1"
    else:
        environment.setdefault("GONGXUE_ADDRESS", _address(host, port, {}).rstrip("/"))  # where links in letters lead
    if not _is_free(host, port):
        told = Text(
            f"{host}:{port} 已經有別的程式在用，請以 --port 改用別的埠", f"something else uses {host}:{port}: choose another --port"
        )
        console.tell("", told)
        return REFUSED
    web = Watched(
        Text("網站程序", "the web server"), [sys.executable, "-m", "gongxue.site.web", host, str(port), str(workers)], environment
    )
    background = Watched(Text("背景程序", "the background"), [sys.executable, "-m", "gongxue.site.work"], environment)
    return House([web, background], console).live(lambda: _answers(host, port), _address(host, port, environment))


def _number(arguments: Arguments, flag: str, most: int) -> int:
    text = arguments.one(flag)
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        raise UsageError(f"{flag} 應為 1 至 {most} 的整數", f"{flag} must be a whole number from 1 to {most}", "serve")
    return int(text)


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError:
        return False
    return True


def _reached(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # compared with, not bound to


def _answers(host: str, port: int) -> bool:
    """Whether the site answers; that a real city's does not know the name localhost is an answer too."""
    try:
        with socket.create_connection((_reached(host), port), timeout=2) as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return connection.recv(64).startswith((b"HTTP/1.1 2", b"HTTP/1.1 4"))
    except OSError:
        return False


def _address(host: str, port: int, environment: dict[str, str]) -> str:
    name = _reached(host)
    demo = "demo/" if environment.get("GONGXUE_DEMO", "").lower() in ("1", "true", "yes", "on") else ""
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/{demo}"


class Watched:
    """A process that is started again when it dies."""

    def __init__(self, name: Text, command: list[str], environment: dict[str, str]) -> None:
        self.name, self.command, self.environment = name, command, environment
        self.process: subprocess.Popen[bytes] | None = None
        self.started = self.due = 0.0
        self.died = 0

    def start(self) -> None:
        """Start it, in a session of its own: Ctrl+C reaches us, and we stop it in order."""
        self.started = stopwatch()
        us = os.getpid()
        self.process = subprocess.Popen(  # noqa: S603  # our own modules, with numbers that were looked at
            self.command, env=self.environment, start_new_session=True, preexec_fn=lambda: end_with(us)
        )

    def status(self) -> int | None:
        """Its exit status, or None while it lives."""
        return self.process.poll() if self.process is not None else None

    def revive(self) -> int | None:
        """Start it again where it died, after a pause; the status with which it just died."""
        status = self.status()
        if self.process is not None and status is not None:
            self.died = self.died + 1 if stopwatch() - self.started < STEADY else 1
            self.due = stopwatch() + PAUSES[min(self.died, len(PAUSES)) - 1]
            self._clear()
            return status
        if self.process is None and stopwatch() >= self.due:
            self.start()
        return None

    def ask_to_stop(self) -> None:
        """Send SIGTERM."""
        if self.process is not None and self.status() is None:
            self.process.terminate()

    def gone(self, until: float) -> None:
        """Wait for its end; from `until` (monotonic) on, kill it."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, until - stopwatch()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._clear()

    def _clear(self) -> None:
        """Kill what a process that ended has left behind in its session: it would keep the port."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process = None


class House:
    """The processes (the web server first), and how they live and end together."""

    def __init__(self, processes: list[Watched], console: Console) -> None:
        self.web, *self.others = processes
        self.console = console
        self.stop = threading.Event()

    def live(self, answers: Callable[[], bool], address: str) -> int:
        """Start, say the address as soon as the site answers, watch, and stop all when told to."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stop.set())
        self.web.start()
        try:
            while not self.stop.wait(BREATH):
                if (status := self.web.status()) is not None:
                    return REFUSED if status else STOPPED
                if answers():
                    self.console.say(f"共學已開啟 | the site is at:  {address}    （Ctrl+C 結束 | stops it）")
                    self.console.flush()
                    return self._watch()
            return STOPPED
        finally:
            self._end()

    def _watch(self) -> int:
        """Until told to stop. What is not running yet is started, too: the others begin when the first page can be seen."""
        while not self.stop.wait(WATCH):
            for each in (self.web, *self.others):
                status = each.revive()
                if status is not None:
                    self.console.tell(
                        "", Text(f"{each.name.zh}結束（{status}），重新啟動", f"{each.name.en} ended with {status}; it is started again")
                    )
                if each is self.web and status == WEB_REFUSES:
                    return REFUSED
        return STOPPED

    def _end(self) -> None:
        """The web first takes no more requests; the background ends what it has begun."""
        until = stopwatch() + GRACE
        for each in (self.web, *self.others):
            each.ask_to_stop()
        for each in (self.web, *self.others):
            each.gone(until)
