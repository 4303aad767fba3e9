"""The afternoon before the deadline, on two cores with the load: 400 open editors that save every 10 seconds and 10 public pages a second;
and the same with 150 submissions a minute, whose papers and letters follow.

`python -m bench.deadline_afternoon --seconds 30 --database sqlite --a-minute 150` runs a part of it.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from bench.afternoon.post_office import PostOffice
from bench.afternoon.served import Site
from bench.figure import BrokenBenchError, Figure, at_most
from scripts.with_postgresql import Server, programs

EDITORS, EVERY, PAGES, SECONDS, A_MINUTE = 400, 10.0, 10.0, 180.0, 150.0
SAVE_LIMIT, SUBMISSION_LIMIT, PAGE_LIMIT = 200.0, 1000.0, 1000.0
"""Milliseconds within which 95 of 100 are answered."""
MAIL_LIMIT = 10.0
"""Minutes until the last letter has gone."""


class Outcome(msgspec.Struct):
    """What the load tells: milliseconds of each kind, what went wrong, what was confirmed for each draft, which were submitted."""

    saves: list[float]
    pages: list[float]
    submissions: list[float]
    wrong: list[str]
    confirmed: dict[str, msgspec.Raw]
    submitted: list[str]


def measure() -> Iterator[Figure]:
    """The whole afternoon on both databases, without submissions and with them."""
    for database in ("sqlite", "postgresql"):
        for a_minute in (0.0, A_MINUTE):
            yield from afternoon(database, EDITORS, SECONDS, a_minute)


def afternoon(database: str, editors: int, seconds: float, a_minute: float) -> Iterator[Figure]:
    """The figures of one database; none where PostgreSQL is not installed."""
    with tempfile.TemporaryDirectory(prefix="gongxue-bench-") as name:
        folder = Path(name)
        if database == "sqlite":
            yield from played(f"sqlite:///{folder / 'bench.sqlite3'}", folder, "SQLite", editors, seconds, a_minute)
        elif (found := programs()) is not None:
            with Server(found) as server:
                yield from played(server.url, folder, "PostgreSQL", editors, seconds, a_minute)


def played(url: str, folder: Path, name: str, editors: int, seconds: float, a_minute: float) -> Iterator[Figure]:
    """Fill, serve, load, wait for the letters, and see what was kept."""
    with PostOffice() as office:
        # A real site, since the demo mails nothing; where nobody submits the demo's clock stands at that afternoon.
        settings = {"GONGXUE_DEMO": "", "GONGXUE_MAIL_URL": office.url} if a_minute else {}
        site = Site(url, folder, settings=settings)
        made = site.run("bench.afternoon.database", "make", str(editors), str(round(a_minute * seconds / 60)))
        with site:
            spent = -site.processor_seconds()
            told = site.run("bench.afternoon.load", str(site.port), str(seconds), str(EVERY), str(PAGES), given=made)
            outcome, spent = msgspec.json.decode(told, type=Outcome), spent + site.processor_seconds()
            minutes = drained(site) if a_minute else 0.0
    if not outcome.saves:
        raise BrokenBenchError(f"nothing was saved on {name}: {outcome.wrong[:3]}")
    kept = msgspec.json.encode({"confirmed": outcome.confirmed, "submitted": outcome.submitted}).decode()
    lacking = msgspec.json.decode(site.run("bench.afternoon.database", "check", given=kept), type=list[str])
    for each in (*outcome.wrong[:5], *lacking[:5]):
        print(f"    {each}", flush=True)
    told_of = (
        f"{name}, {editors} editors, {PAGES:.0f} pages/s, {a_minute:.0f} submissions/min, {seconds:.0f} s, {spent / seconds:.1f} cores"
    )
    yield from figures(told_of, outcome)
    yield at_most(f"  confirmed and not kept ({name})", len(lacking), 0, "changes")
    if a_minute:
        papers = 2 * len(outcome.submitted) - office.papers
        yield at_most(f"  letters with a receipt that did not come ({name}; {office.letters:,} letters came)", papers, 0, "letters")
        yield at_most(f"  until the last letter had gone ({name})", minutes, MAIL_LIMIT, "min")


def figures(told_of: str, outcome: Outcome) -> Iterator[Figure]:
    """How long people waited, and how often it went wrong."""
    middle, most = percentile(outcome.saves, 50), percentile(outcome.saves, 95)
    yield at_most(f"autosave p95 ({told_of}; {len(outcome.saves):,} saves, median {middle:.0f} ms)", most, SAVE_LIMIT, "ms")
    if outcome.submissions:
        yield at_most(f"  submission p95 ({len(outcome.submissions):,})", percentile(outcome.submissions, 95), SUBMISSION_LIMIT, "ms")
    yield at_most(f"  public page p95 ({len(outcome.pages):,} pages)", percentile(outcome.pages, 95), PAGE_LIMIT, "ms")
    yield at_most("  errors", len(outcome.wrong), 0, "answers")


def drained(site: Site) -> float:
    """Minutes until no letter waits any longer; a little over the limit where some still do."""
    begun = time.monotonic()
    while (minutes := (time.monotonic() - begun) / 60) <= MAIL_LIMIT:
        states = msgspec.json.decode(site.run("bench.afternoon.database", "letters"), type=dict[str, int])
        if not states.get("waiting", 0) + states.get("sending", 0):
            break
        time.sleep(3)
    return minutes


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
    parser.add_argument("--a-minute", type=float, default=0.0)
    given = parser.parse_args()
    for figure in afternoon(given.database, given.editors, given.seconds, given.a_minute):
        print(f"{figure.name}: {figure.measured} (limit {figure.limit}) {'holds' if figure.holds else 'MISSED'}", flush=True)


if __name__ == "__main__":
    main()
