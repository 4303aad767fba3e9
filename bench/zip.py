"""All papers of a list in one archive, as the background makes it: 300 PDFs, frozen, named and packed, with two presses."""

import json
import time
import zipfile
from collections.abc import Iterator

from bench.databases import SQLITE, measured_on, opened
from bench.figure import BrokenBenchError, Figure, at_most

COUNT = 300
LIMIT = 20.0


def measure() -> Iterator[Figure]:
    """On SQLite, presses started included."""
    for name, seconds in measured_on(SQLITE, "bench.zip").items():
        yield at_most(name, seconds, LIMIT, "s")


def main() -> None:
    """What one process measures, as a line of JSON."""
    opened()
    from bench import crowd
    from gongxue.records import bundles
    from gongxue.records.models import Application
    from gongxue.site.acting import actor_of
    from gongxue.stages.applying.overseeing import bundling

    officer = crowd.found_city()
    crowd.fill(COUNT, officer)
    keys = list(Application.objects.values_list("pk", flat=True))
    bundle = bundles.ask_for(keys, actor=actor_of(officer, crowd.AT), at=crowd.AT)
    start = time.perf_counter()
    bundling.make(bundle.pk, crowd.AT)
    seconds = time.perf_counter() - start
    with zipfile.ZipFile(bundling.file_of(bundle)) as archive:
        count = len([name for name in archive.namelist() if name.endswith(".pdf")])
    if count != COUNT:
        raise BrokenBenchError(f"{count} of {COUNT} papers in the archive")
    print(json.dumps({f"{COUNT} PDFs in one archive": seconds}))


if __name__ == "__main__":
    main()
