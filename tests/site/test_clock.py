"""The one place that reads the clock."""

import datetime
import re
from pathlib import Path

import pytest
from pytest_django import Settings

from gongxue.site import clock
from tests.records.city import NOON

SECOND = datetime.timedelta(seconds=1)
ROOT = Path(__file__).parent.parent.parent


def test_outside_the_demo_it_is_the_real_clock_and_cannot_be_set(settings: Settings) -> None:
    settings.DEMO = False
    assert abs(clock.now() - clock.real_now()) < SECOND
    for move in (clock.move_to, clock.start_over):
        with pytest.raises(clock.ClockError):
            move(NOON + 100_000 * datetime.timedelta(days=1) if move is clock.move_to else NOON)


def test_the_demos_clock_goes_on_from_where_it_was_set(stopped_clock: datetime.datetime) -> None:
    assert datetime.timedelta() <= clock.now() - NOON < 5 * SECOND


def test_it_moves_forward_and_only_starting_over_goes_back(stopped_clock: datetime.datetime) -> None:
    deadline_day = NOON + datetime.timedelta(days=6)
    clock.move_to(deadline_day)
    assert datetime.timedelta() <= clock.now() - deadline_day < 5 * SECOND
    with pytest.raises(clock.ClockError, match="forward"):
        clock.move_to(NOON)
    clock.start_over()
    assert datetime.timedelta() <= clock.now() - clock.FIRST < 5 * SECOND


def test_an_instant_has_a_time_zone(stopped_clock: datetime.datetime) -> None:
    assert clock.now().utcoffset() == datetime.timedelta()


def test_nobody_else_reads_the_clock() -> None:
    reading = re.compile(r"datetime\.now\(|\.today\(|utcnow|timezone\.now\(|\btime\.(time|monotonic|perf_counter)\(|auto_now|\{%\s*now\s")
    code = [*(ROOT / "gongxue").rglob("*.py"), *(ROOT / "gongxue").rglob("*.html")]
    found = [str(file.relative_to(ROOT)) for file in code if reading.search(file.read_text("utf-8"))]
    assert found == ["gongxue/site/clock.py"]
