"""PDF by Typst: PDF/A-2b with tags and a text layer. Typst runs in a child process with limits of memory and time, never in this one."""

import atexit
import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from itertools import count
from threading import Lock, Thread
from typing import Final

import msgspec

from gongxue.documents.blocks import Paper
from gongxue.documents.fonts import NO_FONTS
from gongxue.documents.printed import Printed, printable
from gongxue.documents.typst_protocol import Answer, Job, framed, next_frame
from gongxue.rules.text import Text

TIME_LIMIT: Final = 30.0
"""Seconds a paper may take, the start of a child and a paper before it included; three pages take 0.05."""
PAPERS_PER_CHILD: Final = 2000
"""After so many papers a child is replaced, as a precaution: over 600 papers its memory stayed flat."""
MOST_CHILDREN: Final = 8
_BROKEN: Final = Text(
    "這份文件無法排版：太大、記憶體不足或排版程式中途結束",
    "this paper cannot be set: it is too large, memory ran out, or the typesetter broke down",
)

_ENVIRONMENT: Final = {"MALLOC_ARENA_MAX": "1", "RAYON_NUM_THREADS": "1", "RUST_BACKTRACE": "0"}
"""One heap and one thread, for there is a child for each core; no traces of breakdowns, which are answered for."""


class PaperError(Exception):
    """A paper that could not be made, and why, in words for a person."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class _GoneError(Exception):
    """The child ended before it answered."""


def render_pdf(paper: Paper) -> Printed:
    """Prints a paper. The same paper gives the same bytes on the same fonts. Any thread may call.

    Raises PaperError where there is no Chinese font, or Typst fails, takes too long or wants too much memory.
    """
    return _settled(_submitted(paper))


def render_pdfs(papers: Iterable[Paper]) -> Iterator[Printed]:
    """Prints papers in order, all cores at work, and takes no more papers in advance than keeps them busy. Raises as `render_pdf`."""
    flying: deque[_Flight] = deque()
    for paper in papers:
        flying.append(_submitted(paper))
        if len(flying) > 2 * _most_children():
            yield _settled(flying.popleft())
    while flying:
        yield _settled(flying.popleft())


class _Flight(msgspec.Struct, frozen=True):
    """A paper on its way: with the child that has it, and the characters that could not even be sent there."""

    paper: Paper
    missing: dict[str, None]
    child: "_Child"
    answer: "Future[Answer]"


class _Child:
    """A running child, which prints one paper after another."""

    def __init__(self) -> None:
        """`-P` keeps Python from importing what lies in the current folder."""
        command = [sys.executable, "-P", "-m", "gongxue.documents.typst_worker"]
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, **_ENVIRONMENT}
        )
        self._numbers = count()
        self._waiting: dict[int, Future[Answer]] = {}
        self._lock = Lock()
        self.fit = True
        Thread(target=self._listen, daemon=True).start()

    @property
    def load(self) -> int:
        """How many papers it has."""
        return len(self._waiting)

    def ask(self, paper: Paper) -> "Future[Answer]":
        """Sends a paper. Raises _GoneError where the child has ended, UnicodeEncodeError for text with half a surrogate pair."""
        answer: Future[Answer] = Future()
        with self._lock:
            number = next(self._numbers)
            frame = framed(Job(number, paper))
            if not self.fit or self._process.stdin is None or self._process.stdin.closed:
                raise _GoneError
            self._waiting[number] = answer
            try:
                self._process.stdin.write(frame)
                self._process.stdin.flush()
            except OSError:
                self._waiting.pop(number)
                self.fit = False
                raise _GoneError from None
            if number + 1 >= PAPERS_PER_CHILD:
                self._let_go()
        return answer

    def retire(self) -> None:
        """Takes no more papers; the child answers what it has and ends."""
        with self._lock:
            self._let_go()

    def kill(self) -> None:
        """Ends the child at once; who waits for an answer gets _GoneError."""
        self.fit = False
        self._process.kill()

    def _let_go(self) -> None:
        self.fit = False
        if self._process.stdin is not None:
            try:
                self._process.stdin.close()
            except OSError:
                return  # it ended first: nothing is left to be told

    def _listen(self) -> None:
        """Hands out answers until the child ends."""
        stdout = self._process.stdout
        while stdout is not None and (frame := next_frame(stdout.read)) is not None:
            answer = msgspec.msgpack.decode(frame, type=Answer)
            if answer.shaken:
                self.retire()
            self._waiting.pop(answer.number).set_result(answer)
        self.retire()
        self._process.kill()
        self._process.wait()
        for waiting in self._waiting.values():
            waiting.set_exception(_GoneError())
        if stdout is not None:
            stdout.close()


_children: list[_Child] = []
_choosing = Lock()


def _submitted(paper: Paper) -> _Flight:
    """Sends the paper to the child that has least to do. Children that ended since (idle, or killed) are passed over."""
    missing: dict[str, None] = {}
    while True:
        child = _least_busy()
        try:
            return _Flight(paper, missing, child, child.ask(paper))
        except UnicodeEncodeError:
            paper = _sendable(paper, missing)
        except _GoneError:
            continue


def _least_busy() -> _Child:
    """A child with nothing to do, else a new one, as many as there are cores; else the one that has least."""
    with _choosing:
        _children[:] = [child for child in _children if child.fit]
        if not _children or (min(child.load for child in _children) and len(_children) < _most_children()):
            _children.append(_Child())
        return min(reversed(_children), key=lambda child: child.load)


def _settled(flight: _Flight) -> Printed:
    """The printed paper. A child may have died of another paper: whose child is gone gets another for itself alone."""
    try:
        answer = _awaited(flight.answer, flight.child)
    except _GoneError:
        alone = _Child()
        try:
            answer = _awaited(alone.ask(flight.paper), alone)
        except _GoneError:
            raise PaperError(
                Text("這份文件太大或無法排版，已停止製作", "this paper is too large or cannot be set; it was given up")
            ) from None
        finally:
            alone.retire()
    if answer.wrong == "fonts":
        raise PaperError(NO_FONTS)
    if answer.wrong:
        raise PaperError(Text(f"這份文件無法排版（{answer.told}）", f"this paper cannot be set ({answer.told})"))
    return Printed(answer.data, (*flight.missing, *answer.missing))


def _awaited(answer: "Future[Answer]", child: _Child) -> Answer:
    try:
        return answer.result(TIME_LIMIT)
    except TimeoutError:
        child.kill()
        told = Text(
            f"這份文件排版超過 {TIME_LIMIT:g} 秒，已停止製作", f"setting this paper took over {TIME_LIMIT:g} seconds; it was given up"
        )
        raise PaperError(told) from None


def _sendable(paper: Paper, missing: dict[str, None]) -> Paper:
    """The paper with unprintable characters already as 〓: half a surrogate pair cannot be sent."""

    def cleaned(part: object) -> object:
        if isinstance(part, str):
            return printable(part, missing)
        if isinstance(part, list | tuple):
            return [cleaned(each) for each in part]
        return {name: cleaned(each) for name, each in part.items()} if isinstance(part, dict) else part

    return msgspec.convert(cleaned(msgspec.to_builtins(paper)), Paper)


def _most_children() -> int:
    """One for each core that this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_CHILDREN)


def _end() -> None:
    for child in _children:
        child.retire()


def _forget() -> None:
    """A forked process has a copy of the pipes and no thread that listens: it starts children of its own."""
    global _choosing
    _choosing = Lock()
    _children.clear()


atexit.register(_end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
