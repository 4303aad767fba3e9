"""`gongxue serve` on an existing database: until the first page is there, and what a web worker then holds."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figure import BrokenBenchError, Figure, at_most

ROUNDS = 3
SECONDS = 2.0
MEGABYTES = 120
PAGES = ("/", "/call/", "/accounts/login/", "/verify/")
PATIENCE = 20.0


def measure() -> Iterator[Figure]:
    """The slowest of a few starts; the largest worker after pages of several kinds."""
    with tempfile.TemporaryDirectory(prefix="gongxue-bench-") as folder:
        settings = {name: value for name, value in os.environ.items() if not name.startswith(("GONGXUE_", "DATABASE_URL"))}
        settings["GONGXUE_VAR"] = folder
        made = subprocess.run([gongxue(), "init", "--officer", "a@b.example"], env=settings, capture_output=True, check=False)
        if made.returncode:
            raise BrokenBenchError("gongxue init failed")
        starts = [started(settings) for _ in range(ROUNDS)]
    yield at_most("gongxue serve until the first page is there", max(seconds for seconds, _ in starts), SECONDS, "s")
    yield at_most("resident memory of a web worker", max(memory for _, memory in starts), MEGABYTES, "MB")


def gongxue() -> str:
    """The console script of this interpreter."""
    return str(Path(sys.executable).with_name("gongxue"))


def started(settings: dict[str, str]) -> tuple[float, float]:
    """Seconds until the first page, and the MB of the largest worker after a few pages."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    start = time.perf_counter()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen([gongxue(), "serve", "--port", str(port)], env=settings, stdout=quiet, stderr=quiet)
    try:
        while not page(port, "/"):
            if time.perf_counter() - start > PATIENCE or process.poll() is not None:
                raise BrokenBenchError("gongxue serve does not serve")
            time.sleep(0.005)
        seconds = time.perf_counter() - start
        for path in PAGES * 5:
            page(port, path)
        return seconds, max(resident(worker) for web in children(process.pid) for worker in children(web))
    finally:
        process.terminate()
        process.wait()


def page(port: int, path: str) -> bool:
    """Whether the page comes, whole."""
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(http.client.HTTPConnection("127.0.0.1", port)) as line:
        line.request("GET", path)
        with line.getresponse() as answer:
            return answer.status == 200 and answer.read() != b""
    return False


def children(process: int) -> list[int]:
    """The processes that one started."""
    return [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()]


def resident(process: int) -> float:
    """Resident memory in MB, what it shares with others included."""
    lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024
