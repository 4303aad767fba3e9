"""Dates laid by weekday and rhythm pass over what has no school."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxue.rules.application import Application, Lecturer, Session
from gongxue.rules.programme_file import load_programme
from gongxue.rules.schedule import Tally, even_rhythm, lay, tally

PROGRAMME = load_programme("hsinchu-111")
WEDNESDAY = 2


def test_wednesdays_every_four_weeks() -> None:
    laid = lay(PROGRAMME, 8, WEDNESDAY, 4, datetime.date(2022, 9, 1))
    assert [day.isoformat() for day in laid.dates] == [
        "2022-09-07", "2022-10-05", "2022-11-02", "2022-11-30", "2022-12-28", "2023-02-15", "2023-03-15", "2023-04-12",
    ]  # fmt: skip
    assert [day.isoformat() for day in laid.passed_over] == ["2023-01-25", "2023-02-01", "2023-02-08"]


@pytest.mark.parametrize("count", [6, 8, 12])
def test_the_even_rhythm_fits_the_tiers_minimum(count: int) -> None:
    weeks = even_rhythm(PROGRAMME, count, WEDNESDAY)
    assert len(lay(PROGRAMME, count, WEDNESDAY, weeks).dates) == count


@given(st.integers(1, 60), st.integers(0, 6), st.integers(1, 20), st.dates(datetime.date(2022, 1, 1), datetime.date(2023, 12, 31)))
def test_every_date_is_in_the_period_on_its_weekday_and_has_school(count: int, weekday: int, weeks: int, first: datetime.date) -> None:
    laid = lay(PROGRAMME, count, weekday, weeks, first)
    assert len(laid.dates) <= count
    assert list(laid.dates) == sorted(set(laid.dates))
    for day in laid.dates:
        assert day.weekday() == weekday
        assert max(first, datetime.date(2022, 8, 1)) <= day <= datetime.date(2023, 6, 30)
        assert weekday >= 5 or PROGRAMME.is_school_day(day)


@pytest.mark.parametrize(("count", "weekday", "weeks"), [(0, 1, 1), (61, 1, 1), (6, 7, 1), (6, -1, 1), (6, 1, 0), (6, 1, 21)])
def test_a_rhythm_that_is_none_is_refused(count: int, weekday: int, weeks: int) -> None:
    with pytest.raises(ValueError, match="count"):
        lay(PROGRAMME, count, weekday, weeks)


def test_a_schedule_is_counted() -> None:
    sessions = (
        Session(methods=("public_lesson", "professional_feedback")),
        Session(classroom_practice=True, online=True, lecturer=Lecturer("葉", periods=1.5)),
        Session(lecturer=Lecturer("石", periods=2)),
    )
    assert tally(Application("hsinchu-111", sessions=sessions), PROGRAMME) == Tally(3, 1, 1, 1, 3.5)
