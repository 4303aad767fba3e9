"""The load: `python -m bench.afternoon.load PORT SECONDS EVERY PAGES`, with everybody who takes part as JSON on standard input.

Each editor saves one changed field EVERY so many seconds, over a connection of its own, as the page's own script does; PAGES public pages
a second are opened beside, and clerks submit at even distances. Written on bare streams, since it shares two cores with what it measures.
Prints latencies in milliseconds, what went wrong, and all that was confirmed.
"""

import asyncio
import json
import random
import re
import sys
import time
from typing import Any
from urllib.parse import urlencode

import msgspec

from bench.afternoon.database import Cast
from bench.afternoon.editors import Editor
from bench.afternoon.submissions import Submission

SECRET = "c" * 32
PUBLIC = ("/", "/call/", "/call/clauses/", "/accounts/login/", "/verify/")
PATIENCE = 30.0
_VERSION = re.compile(rb'"version": ?(\d+)')


class Told:
    """What came of it."""

    def __init__(self) -> None:
        self.saves: list[float] = []
        self.pages: list[float] = []
        self.submissions: list[float] = []
        self.wrong: list[str] = []
        self.submitted: list[str] = []
        self.confirmed: dict[str, dict[str, Any]] = {}


class Line:
    """A connection that is opened when it is needed, and again when the server has closed it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, head: str, body: bytes = b"") -> tuple[int, bytes]:
        """Status and body of the answer to one request."""
        for again in (True, False):
            fresh = self.streams is None
            if self.streams is None:
                self.streams = await asyncio.open_connection("127.0.0.1", self.port)
            try:
                return await asyncio.wait_for(self._ask(*self.streams, head, body), PATIENCE)
            except (ConnectionError, asyncio.IncompleteReadError):
                self.close()
                if fresh or not again:
                    raise
        raise AssertionError("the second try returns or raises")

    async def _ask(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: str, body: bytes) -> tuple[int, bytes]:
        writer.write(head.encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", answer, re.IGNORECASE)
        content = await reader.readexactly(int(length[1])) if length else b""
        return int(answer[9:12]), content

    def close(self) -> None:
        """Hang up."""
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None


async def edit(editor: Editor, port: int, seconds: float, every: float, told: Told) -> None:
    """One editor from its first pause to the end."""
    line, dice = Line(port), random.Random(editor.person)  # noqa: S311  # for phases that can be repeated
    until = time.monotonic() + seconds
    version, turn, unsure = editor.version, 0, ""
    kept = told.confirmed[editor.application] = {"saves": 0, "values": {path: text for _, path, text in editor.fields}}
    await asyncio.sleep(dice.random() * every)
    while time.monotonic() < until:
        started = time.monotonic()
        section, path, text = editor.fields[turn % len(editor.fields)]
        value = f"{text[:60]}{turn}"
        change = {"kind": "set", "path": path, "base": kept["values"][path], "raw": value}
        body = json.dumps({"person": editor.person, "version": version, "changes": [change]}).encode()
        try:
            status, answer = await line.ask(_save(editor, section, len(body)), body)
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            status, answer = 0, repr(error).encode()
        if status == 200 and (found := _VERSION.search(answer)) and b'"clashes": []' in answer and b'"refused": {}' in answer:
            told.saves.append((time.monotonic() - started) * 1000)
            kept["saves"], kept["values"][path], version, unsure = kept["saves"] + 1, value, int(found[1]), ""
            turn += 1
        else:
            told.wrong.append(f"{status} {section} {answer[:300].decode(errors='replace')}")
            unsure = path  # whether it had an effect nobody knows: it is sent again
        await asyncio.sleep(max(0.0, every - (time.monotonic() - started)))
    kept["values"].pop(unsure, None)
    line.close()


def _save(editor: Editor, section: str, length: int) -> str:
    return (
        f"POST /applications/{editor.application}/sections/{section}/save/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Cookie: session={editor.session}; csrftoken={SECRET}\r\nX-CSRFToken: {SECRET}\r\nHX-Request: true\r\n"
        f"Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    )


async def visit(port: int, seconds: float, a_second: float, told: Told) -> None:
    """Public pages, each by a visitor of its own, at even distances whether or not the last has been answered."""
    begun, tasks = time.monotonic(), []
    for number in range(int(seconds * a_second)):
        await asyncio.sleep(max(0.0, begun + number / a_second - time.monotonic()))
        tasks.append(asyncio.create_task(_visit(port, PUBLIC[number % len(PUBLIC)], told)))
    await asyncio.gather(*tasks)


async def _visit(port: int, path: str, told: Told) -> None:
    started, line = time.monotonic(), Line(port)
    try:
        status, _ = await line.ask(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
        told.wrong.append(f"{path} {error!r}")
        return
    finally:
        line.close()
    if status == 200:
        told.pages.append((time.monotonic() - started) * 1000)
    else:
        told.wrong.append(f"{status} {path}")


async def submit_all(rows: list[Submission], port: int, seconds: float, told: Told) -> None:
    """Every application once, at even distances over the time."""
    begun, tasks = time.monotonic(), []
    for number, row in enumerate(rows):
        await asyncio.sleep(max(0.0, begun + number * seconds / len(rows) - time.monotonic()))
        tasks.append(asyncio.create_task(_submit(row, port, told)))
    await asyncio.gather(*tasks)


async def _submit(row: Submission, port: int, told: Told) -> None:
    started, line = time.monotonic(), Line(port)
    body = urlencode({"pick": row.pick, "post_key": row.application}).encode()
    head = (
        f"POST /schools/{row.school}/submit/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: session={row.session}; csrftoken={SECRET}\r\n"
        f"X-CSRFToken: {SECRET}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    try:
        status, answer = await line.ask(head, body)
    except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
        status, answer = 0, repr(error).encode()
    finally:
        line.close()
    if status == 200:
        told.submissions.append((time.monotonic() - started) * 1000)
        told.submitted.append(row.application)
    else:
        told.wrong.append(f"{status} submission {answer[:300].decode(errors='replace')}")


async def main(port: int, seconds: float, every: float, a_second: float) -> None:
    """Play everybody, and print what came of it."""
    cast = msgspec.json.decode(sys.stdin.buffer.read(), type=Cast)
    told = Told()
    everybody = (edit(each, port, seconds, every, told) for each in cast.editors)
    await asyncio.gather(visit(port, seconds, a_second, told), submit_all(cast.submissions, port, seconds, told), *everybody)
    sys.stdout.buffer.write(msgspec.json.encode(vars(told)))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), *map(float, sys.argv[2:])))
