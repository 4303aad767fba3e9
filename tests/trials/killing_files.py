"""Four people hand files in and are killed in the middle: `python -m tests.trials.killing_files ROUNDS`, on DATABASE_URL and GONGXUE_VAR.

After each round every row has its file, every confirmed one is there, and after the sweep no file is without a row. An AssertionError says
what was lost.
"""

import contextlib
import datetime
import os
import random
import signal
import sys
import time
from pathlib import Path

import django

WRITERS = 4
PATIENCE = 60.0
"""Seconds until writers that do not begin are given up."""
LATE = datetime.timedelta(days=3)


def main(rounds: int) -> None:
    """Run the rounds on an empty database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongxue.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from tests.records.city import found_city

    call_command("migrate", verbosity=0)
    by = found_city().clerk.user
    confirmed: set[str] = set()
    for number in range(rounds):
        notes = [Path(os.environ["GONGXUE_VAR"]) / f"note-{number}-{writer}" for writer in range(WRITERS)]
        connection.close()
        children = [_fork(note, number * WRITERS + writer, by) for writer, note in enumerate(notes)]
        until = time.monotonic() + PATIENCE
        while not all(note.read_bytes() for note in notes):
            assert time.monotonic() < until, "nobody hands anything in"
            time.sleep(0.02)
        time.sleep(random.Random(number).random() * 0.2)  # noqa: S311  # for rounds that can be repeated
        for child in children:
            os.kill(child, signal.SIGKILL)
        for child in children:
            os.waitpid(child, 0)
        confirmed |= {line for note in notes for line in note.read_text("ascii").splitlines() if len(line) == 64}
        _check(confirmed)
    sys.stdout.write(f"{len(confirmed)} confirmed, killed and whole\n")


def _fork(note: Path, seed: int, by: int) -> int:
    note.touch()
    child = os.fork()
    if child:
        return child
    with contextlib.suppress(BaseException):
        _hand_in_for_ever(note, random.Random(seed), by)  # noqa: S311  # as above
    os._exit(1)


def _hand_in_for_ever(note: Path, dice: random.Random, by: int) -> None:
    from gongxue.records.files import Clean, keep
    from gongxue.records.refusals import Unkept
    from gongxue.records.whole import whole
    from tests.records.city import NOON

    @whole
    def hand_in(data: bytes) -> str:
        return keep(Clean("pdf", data, 1, "x.pdf"), "application", "x", by=by, at=NOON).sha256

    with note.open("a", encoding="ascii") as file:
        while True:
            with contextlib.suppress(Unkept):
                file.write(hand_in(dice.randbytes(200_000)) + "\n")
                file.flush()


def _check(confirmed: set[str]) -> None:
    from django.conf import settings

    from gongxue.records.files import missing, sweep
    from gongxue.records.models import StoredFile

    rows = set(StoredFile.objects.values_list("sha256", flat=True))
    assert confirmed <= rows, f"{len(confirmed - rows)} confirmed files have no row"
    assert missing(thorough=True) == [], "a row has no file"
    now = datetime.datetime.now(datetime.UTC)
    sweep(now + LATE)
    sweep(now + 2 * LATE)
    there = {path.name for path in Path(settings.FILES).glob("*/*")}
    assert there == rows, f"{len(there - rows)} files have no row, {len(rows - there)} rows no file"


if __name__ == "__main__":
    main(int(sys.argv[1]))
