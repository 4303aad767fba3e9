"""The city's list taken away: 10,000 applications as XLSX, ODS, CSV and in the exchange format."""

import json
import time
from collections.abc import Iterator

from bench.databases import SQLITE, measured_on, opened
from bench.figure import BrokenBenchError, Figure, at_most

COUNT = 10_000
LIMIT = 3.0


def measure() -> Iterator[Figure]:
    """On SQLite; what takes time is the writing, not the reading."""
    for kind, seconds in measured_on(SQLITE, "bench.exports").items():
        yield at_most(f"{COUNT:,} applications as {kind}", seconds, LIMIT, "s")


def main() -> None:
    """What one process measures, as a line of JSON."""
    opened()
    from bench import crowd
    from gongxue.records.listings.applications import Filters
    from gongxue.rules.programme_file import load_programme
    from gongxue.site.acting import actor_of
    from gongxue.stages.applying.overseeing.desk import KINDS
    from gongxue.stages.applying.overseeing.exporting import export

    officer = crowd.found_city()
    crowd.fill(COUNT, officer)
    programme, actor, found = load_programme("hsinchu-111"), actor_of(officer, crowd.AT), {}
    for kind, _label in KINDS:
        start = time.perf_counter()
        size = sum(len(part) for part in export(kind, actor, Filters(programme=programme.id), programme))
        found[kind] = time.perf_counter() - start
        if size < COUNT:
            raise BrokenBenchError(f"{kind} of {size} bytes")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
