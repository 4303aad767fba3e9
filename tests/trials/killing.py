"""Eight writers on one database, killed in the middle: `python -m tests.trials.killing ROUNDS SEED`, on DATABASE_URL.

Each writer notes what it is about to do, does it through a door, and notes that it was confirmed: in a file of its own, which outlives it.
After each round everything that was confirmed must be there, the trail must hold, and nothing may be there by halves. Prints how much was
done as JSON; an AssertionError says what was lost.
"""

import contextlib
import json
import os
import random
import signal
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

WRITERS = 8
DRAFTS = 3
PATIENCE = 60.0
"""Seconds until writers that do not begin are given up."""


def main(rounds: int, seed: int) -> None:
    """Run the rounds on an empty database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongxue.settings")
    django.setup()
    from django.core.management import call_command

    from tests.trials import killing_city

    call_command("migrate", verbosity=0)
    drafts, writers = killing_city.found(WRITERS, DRAFTS)
    told = {"rounds": 0, "edit": 0, "start": 0, "move": 0, "refused": 0}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds):
            dice = random.Random(seed * 1000 + number)  # noqa: S311  # for rounds that can be repeated, not for secrets
            notes = [Path(folder) / f"{number}-{writer}" for writer in range(WRITERS)]
            run(dice, notes, drafts, writers)
            lines = [read(path) for path in notes]
            killing_city.check_all(drafts, lines)
            told["rounds"] += 1
            for line in (line for each in lines for line in each):
                told[line["did"]] = told.get(line["did"], 0) + 1
    sys.stdout.write(json.dumps(told) + "\n")


def run(dice: random.Random, notes: list[Path], drafts: list[uuid.UUID], writers: list[Any]) -> None:
    """One round: the writers write, and are killed one after the other within a moment."""
    from django.db import connection

    connection.close()
    children = [_fork(number, notes[number], dice.random(), drafts, writers[number]) for number in range(WRITERS)]
    until = time.monotonic() + PATIENCE
    while not all(any(line["did"] != "intent" for line in read(path)) for path in notes):
        assert time.monotonic() < until, "the writers do not write"
        time.sleep(0.02)
    time.sleep(dice.random() * 0.4)
    for child in dice.sample(children, len(children)):
        os.kill(child, signal.SIGKILL)
        time.sleep(dice.random() * 0.03)
    for child in children:
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "a writer stopped by itself"


def _fork(number: int, note: Path, luck: float, drafts: list[uuid.UUID], writer: Any) -> int:
    note.touch()
    child = os.fork()
    if child:
        return child
    status = 1
    with contextlib.suppress(BaseException):
        from tests.trials import killing_city

        with note.open("ab", buffering=0) as file:
            dice = random.Random(luck)  # noqa: S311  # as above
            killing_city.write_for_ever(dice, lambda line: file.write(json.dumps(line).encode() + b"\n"), drafts, writer, number)
    os._exit(status)


def read(path: Path) -> list[dict[str, Any]]:
    """What a writer noted; the last line may have been cut off."""
    return list(_lines(path.read_bytes()))


def _lines(data: bytes) -> Iterator[dict[str, Any]]:
    for line in data.splitlines(keepends=True):
        if line.endswith(b"\n"):
            yield json.loads(line)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
