"""The afternoon before the deadline: 400 open editors that save every 10 seconds, and 10 public pages a second, on two cores with the load.

`python -m bench.deadline_afternoon --seconds 30 --database sqlite` runs a part of it.
"""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from bench.afternoon.served import Site
from bench.figure import BrokenBenchError, Figure, at_most
from scripts.with_postgresql import Server, programs

EDITORS, EVERY, PAGES, SECONDS = 400, 10.0, 10.0, 180.0
SAVE_LIMIT = 200.0
"""Milliseconds within which 95 of 100 saves are answered."""


class Outcome(msgspec.Struct):
    """What the load tells: milliseconds of saves and pages, what went wrong, what was confirmed for each draft."""

    saves: list[float]
    pages: list[float]
    wrong: list[str]
    confirmed: dict[str, msgspec.Raw]


def measure() -> Iterator[Figure]:
    """The whole afternoon on both databases."""
    for database in ("sqlite", "postgresql"):
        yield from afternoon(database, EDITORS, SECONDS)


def afternoon(database: str, editors: int, seconds: float) -> Iterator[Figure]:
    """The figures of one database; none where PostgreSQL is not installed."""
    with tempfile.TemporaryDirectory(prefix="gongxue-bench-") as name:
        folder = Path(name)
        if database == "sqlite":
            yield from played(f"sqlite:///{folder / 'bench.sqlite3'}", folder, "SQLite", editors, seconds)
        elif (found := programs()) is not None:
            with Server(found) as server:
                yield from played(server.url, folder, "PostgreSQL", editors, seconds)


def played(url: str, folder: Path, name: str, editors: int, seconds: float) -> Iterator[Figure]:
    """Fill, serve, load, and see what was kept."""
    site = Site(url, folder)
    made = site.run("bench.afternoon.editors", "make", str(editors))
    with site:
        told = site.run("bench.afternoon.load", str(site.port), str(seconds), str(EVERY), str(PAGES), given=made)
    outcome = msgspec.json.decode(told, type=Outcome)
    if not outcome.saves:
        raise BrokenBenchError(f"nothing was saved on {name}: {outcome.wrong[:3]}")
    lacking = msgspec.json.decode(site.run("bench.afternoon.editors", "check", given=msgspec.json.encode(outcome.confirmed).decode()))
    for each in (*outcome.wrong[:5], *lacking[:5]):
        print(f"    {each}", flush=True)
    told_of = f"{name}, {editors} editors, {PAGES:.0f} pages/s, {seconds:.0f} s"
    middle, most = percentile(outcome.saves, 50), percentile(outcome.saves, 95)
    yield at_most(f"autosave p95 ({told_of}; {len(outcome.saves):,} saves, median {middle:.0f} ms)", most, SAVE_LIMIT, "ms")
    yield at_most(f"public page p95 ({name}; {len(outcome.pages):,} pages)", percentile(outcome.pages, 95), 1000, "ms")
    yield at_most(f"errors ({name})", len(outcome.wrong), 0, "answers")
    yield at_most(f"confirmed and not kept ({name})", len(lacking), 0, "changes")


def percentile(values: list[float], share: int) -> float:
    """The value under which `share` of 100 lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)] if ordered else 0.0


def main() -> None:
    """Measure a part, and print it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--editors", type=int, default=EDITORS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    given = parser.parse_args()
    for figure in afternoon(given.database, given.editors, given.seconds):
        print(f"{figure.name}: {figure.measured} (limit {figure.limit}) {'holds' if figure.holds else 'MISSED'}")


if __name__ == "__main__":
    main()
