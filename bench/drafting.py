"""The desk: each section of a full draft (fifty sessions) as a page, and the answer to a save in it; the same queries as for one row."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median

import msgspec

from bench.figure import BrokenBenchError, Figure, at_most

PAGE_LIMIT, SAVE_LIMIT, ROUNDS = 15.0, 30.0, 40
"""Milliseconds of one core within which the longest section is drawn, and a change in it is saved and answered, in process, middleware and
all."""


class Measured(msgspec.Struct):
    """What a section took: the median milliseconds of a full draft's page and of a save in it, and the queries of both with fifty rows and
    with one."""

    section: str
    page: float
    save: float
    page_queries: tuple[int, int]
    save_queries: tuple[int, int]
    kilobytes: float


def measure() -> Iterator[Figure]:
    """A process of its own, with a database of its own."""
    with tempfile.TemporaryDirectory(prefix="gongxue-bench-") as folder:
        run = subprocess.run(
            [sys.executable, "-m", "bench.drafting"], capture_output=True, text=True, check=False, env=environment(Path(folder))
        )
    if run.returncode:
        raise BrokenBenchError(run.stderr[-2000:])
    for each in msgspec.json.decode(run.stdout.splitlines()[-1], type=list[Measured]):
        yield at_most(f"page: {each.section} of a full draft ({each.kilobytes:.0f} kB)", each.page, PAGE_LIMIT, "ms")
        yield at_most(f"autosave: {each.section}", each.save, SAVE_LIMIT, "ms")
        more = max(many - one for many, one in (each.page_queries, each.save_queries))
        yield at_most(f"queries beyond those for one row: {each.section}", max(more, 0), 0, "queries")


def environment(folder: Path) -> dict[str, str]:
    """The site on an SQLite file in `folder`."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("GONGXUE_") and name != "DATABASE_URL"}
    return known | {"DJANGO_SETTINGS_MODULE": "gongxue.settings", "GONGXUE_VAR": str(folder), "GONGXUE_LOG_LEVEL": "CRITICAL"}


def measured() -> list[Measured]:
    """Every section, in this process."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from bench.desk import Desk

    desk, found = Desk(), []
    for section in desk.sections():
        full, many, one = desk.draft(), desk.draft(50), desk.draft(1)
        size = desk.page(full, section).size / 1000  # and templates are read once
        pages, saves = list[float](), list[float]()
        for number in range(ROUNDS):
            pages.append(desk.page(full, section).milliseconds)
            saves.append(desk.save(full, section, number).milliseconds)
        asked = [desk.queries(partial(desk.page, draft, section)) for draft in (many, one)]
        told = [desk.queries(partial(desk.save, draft, section, ROUNDS)) for draft in (many, one)]
        found.append(Measured(section, median(pages), median(saves), (asked[0], asked[1]), (told[0], told[1]), size))
    return found


if __name__ == "__main__":
    print(msgspec.json.encode(measured()).decode())
