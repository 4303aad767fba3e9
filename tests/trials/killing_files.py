"""Four people hand files in and are killed in the middle: `python -m tests.trials.killing_files ROUNDS`, on DATABASE_URL and GONGXUE_VAR.

One of them hands in stamped summaries (附件一) through their door. After each round every row has its file, every confirmed one is there, a
scan has all its seals, and after the sweep no file is without a row. An AssertionError says what was lost.
"""

import contextlib
import datetime
import hashlib
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import django

WRITERS = 4
PATIENCE = 60.0
"""Seconds until writers that do not begin are given up."""
HandIn = Callable[[bytes], str]
"""Hands bytes in, and answers their digest once they are kept."""
LATE = datetime.timedelta(days=3)


def main(rounds: int) -> None:
    """Run the rounds on an empty database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongxue.settings")
    django.setup()
    from django.db import connection

    city = _founded()
    confirmed: set[str] = set()
    for number in range(rounds):
        notes = [Path(os.environ["GONGXUE_VAR"]) / f"note-{number}-{writer}" for writer in range(WRITERS)]
        connection.close()
        children = [_fork(note, number * WRITERS + writer, city) for writer, note in enumerate(notes)]
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


def _founded() -> SimpleNamespace:
    """A city with a school whose 附件一 can be sent for signing."""
    from django.core.management import call_command

    from gongxue.records.summary_moves import say_facts
    from gongxue.rules.programme_file import load_programme
    from tests.records.city import NOON, OWN, found_city, found_draft, take_to_signed
    from tests.records.test_summaries import FACTS

    call_command("migrate", verbosity=0)
    city = found_city()
    take_to_signed(city, found_draft(city))
    say_facts(city.schools[OWN], load_programme("hsinchu-111"), FACTS, version=1, actor=city.clerk, at=NOON)
    return city


def _fork(note: Path, seed: int, city: SimpleNamespace) -> int:
    note.touch()
    child = os.fork()
    if child:
        return child
    with contextlib.suppress(BaseException):
        hand_in = _stamped_summary(city) if seed % WRITERS == 0 else _any_file(city)
        _hand_in_for_ever(note, random.Random(seed), hand_in)  # noqa: S311  # as above
    os._exit(1)


def _any_file(city: SimpleNamespace) -> HandIn:
    from gongxue.records.files import Clean, keep
    from gongxue.records.whole import whole
    from tests.records.city import NOON

    @whole
    def hand_in(data: bytes) -> str:
        return keep(Clean("pdf", data, 1, "x.pdf"), "application", "x", by=city.clerk.user, at=NOON).sha256

    return hand_in


def _stamped_summary(city: SimpleNamespace) -> HandIn:
    """The stamped 附件一 of a school, through its door: sent for signing, handed in, recalled."""
    from gongxue.records.files import Clean
    from gongxue.records.models import SchoolSummary
    from gongxue.records.stamped import Stamped
    from gongxue.records.summary_moves import move_summary, sign_summary_on_paper
    from gongxue.rules.programme_file import load_programme
    from tests.records.city import LATER, OWN, told_of

    school, programme = city.schools[OWN], load_programme("hsinchu-111")

    def hand_in(data: bytes) -> str:
        summary = SchoolSummary.objects.get()
        if summary.state == "signing":
            summary = move_summary(school, programme, "recall", version=summary.version, actor=city.clerk, at=LATER)
        summary = move_summary(school, programme, "send_to_sign", version=summary.version, actor=city.clerk, at=LATER)
        told = told_of(city, "clerk", "director")
        stamped = Stamped(Clean("pdf", data, 1, "x.pdf"), told, summary.version, summary.digest)
        sign_summary_on_paper(school, programme, stamped, actor=city.clerk, at=LATER)
        return hashlib.sha256(data).hexdigest()

    return hand_in


def _hand_in_for_ever(note: Path, dice: random.Random, hand_in: HandIn) -> None:
    from gongxue.records.refusals import Unkept

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
    of_summaries = StoredFile.objects.filter(subject="school_summary")
    assert all(each.signatures.count() == 2 for each in of_summaries), "a scan has not all its seals"
    now = datetime.datetime.now(datetime.UTC)
    sweep(now + LATE)
    sweep(now + 2 * LATE)
    there = {path.name for path in Path(settings.FILES).glob("*/*")}
    assert there == rows, f"{len(there - rows)} files have no row, {len(rows - there)} rows no file"


if __name__ == "__main__":
    main(int(sys.argv[1]))
