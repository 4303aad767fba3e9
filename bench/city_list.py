"""The city's desk over 40,000 applications, in process, on SQLite and PostgreSQL: the list with all its sums, search, filters, the page.

Each database is measured by a process of its own. Times are medians, warm; of several words or filters the slowest counts.
"""

import json
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from bench.databases import POSTGRESQL, SQLITE, measured_on, opened
from bench.figure import BrokenBenchError, Figure, at_most

COUNT = 40_000
ROUNDS = 9
PROGRAMME = "hsinchu-111"
WORDS = ("雙語", "社群", "陳婷柏", "雙語 陳", "沒有這個詞")
COMPARED = "comparing all with all, which the background does"
LIMITS = {
    "list of 50, newest first, with every sum": 15.0,
    "search, slowest word": 50.0,
    "filter, slowest": 50.0,
    "order, slowest": 50.0,
    "the whole page, as the server answers": 60.0,
    COMPARED: 10_000.0,
}


def measure() -> Iterator[Figure]:
    """On SQLite, and on PostgreSQL where it is installed."""
    for database in (SQLITE, POSTGRESQL):
        for name, milliseconds in measured_on(database, "bench.city_list").items():
            yield at_most(f"city of {COUNT:,} on {database}: {name}", milliseconds, LIMITS[name], "ms")


def main() -> None:
    """What one process measures, as a line of JSON."""
    opened()
    from django.db import connection

    from bench import crowd
    from gongxue.records.lookalikes import bring_up_to_date

    officer = crowd.found_city()
    crowd.fill(COUNT, officer)
    compared = once(partial(bring_up_to_date, PROGRAMME))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as its own housekeeping would have done within the minute
    print(json.dumps({**measured(officer), COMPARED: compared}))


def measured(officer: Any) -> dict[str, float]:
    """Milliseconds of each figure."""
    from bench import crowd
    from gongxue.records.listings.applications import FLAGS, ORDERS, Filters, applications
    from gongxue.site.acting import actor_of

    actor = actor_of(officer, crowd.AT)
    narrow = [Filters(PROGRAMME, states=("submitted",)), Filters(PROGRAMME, tier="thematic"), Filters(PROGRAMME, school=actor_school())]
    narrow += [Filters(PROGRAMME, flags=(flag,)) for flag in FLAGS]
    everything = Filters(PROGRAMME)
    calls: list[list[Callable[[], object]]] = [
        [partial(applications, actor, everything)],
        [partial(applications, actor, Filters(PROGRAMME, text=word)) for word in WORDS],
        [partial(applications, actor, each) for each in narrow],
        [partial(applications, actor, everything, order=order) for order in ORDERS],
        [page_of(officer)],
    ]
    return {name: max(median(call) for call in each) for name, each in zip(LIMITS, calls, strict=False)}


def actor_school() -> int:
    """Any school."""
    from gongxue.records.models import School

    return School.objects.filter(participates=True).values_list("pk", flat=True)[0]


def page_of(officer: Any) -> Callable[[], object]:
    """The desk's page, as somebody who has logged in gets it."""
    from django.test import Client

    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")

    def page() -> object:
        answer = client.get("/city/applications/", SERVER_NAME="127.0.0.1")
        if answer.status_code != 200:
            raise BrokenBenchError(f"the page answers {answer.status_code}")
        return answer

    return page


def once(call: Callable[[], object]) -> float:
    """The time of one call in milliseconds, cold."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def median(call: Callable[[], object]) -> float:
    """The median time of a call in milliseconds, once it is warm."""
    call()
    return statistics.median(once(call) for _ in range(ROUNDS))


if __name__ == "__main__":
    main()
