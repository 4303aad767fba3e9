"""The background compares all with all: what looks like another is kept, what does so no more is let go."""

import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from gongxue.records import lookalikes
from gongxue.records.changes import Change
from gongxue.records.doors import edit, start
from gongxue.records.lookalikes import Compared, bring_up_to_date, programmes
from gongxue.records.models import Application, TrailEntry
from tests.records.city import NOON, document, put_into

PROGRAMME = "hsinchu-111"


def named(city: SimpleNamespace, name: str) -> Application:
    """A draft of that name, of one person nobody else has."""
    content = document() | {"name": name, "members": []}
    content["convener"] |= {"name": f"召集人{Application.objects.count()}"}
    return start(content, actor=city.convener, at=NOON)


def marked() -> set[Any]:
    return set(Application.objects.filter(alike=True).values_list("pk", flat=True))


def test_what_looks_like_another_is_kept_and_what_does_so_no_more_is_let_go(city: SimpleNamespace) -> None:
    first, second, _alone = named(city, "數學遊戲社群"), named(city, "數學遊戲社群"), named(city, "自然觀察社群")
    assert bring_up_to_date(PROGRAMME) == Compared(alike=2, new=2, gone=0)
    assert marked() == {first.pk, second.pk}
    edit(second.pk, [Change("set", "name", base="數學遊戲社群", value="英語繪本社群")], actor=city.convener, at=NOON)
    assert bring_up_to_date(PROGRAMME) == Compared(alike=0, new=0, gone=2)
    assert marked() == set()


def test_a_second_time_changes_nothing(city: SimpleNamespace) -> None:
    pair = {named(city, "數學遊戲社群").pk, named(city, "數學遊戲社群").pk}
    bring_up_to_date(PROGRAMME)
    assert bring_up_to_date(PROGRAMME) == Compared(alike=2, new=0, gone=0)
    assert marked() == pair


def test_what_has_ended_is_let_go(city: SimpleNamespace) -> None:
    first, _second = named(city, "數學遊戲社群"), named(city, "數學遊戲社群")
    bring_up_to_date(PROGRAMME)
    put_into(first, "withdrawn")
    assert bring_up_to_date(PROGRAMME) == Compared(alike=0, new=0, gone=2)


def test_neither_version_nor_trail_nor_time_of_change_tells_of_it(city: SimpleNamespace) -> None:
    named(city, "數學遊戲社群"), named(city, "數學遊戲社群")
    before = (sorted(Application.objects.values_list("pk", "version", "changed_at")), TrailEntry.objects.count())
    bring_up_to_date(PROGRAMME)
    assert (sorted(Application.objects.values_list("pk", "version", "changed_at")), TrailEntry.objects.count()) == before


def test_many_are_written_in_portions(city: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookalikes, "PORTION", 2)
    many = {named(city, "數學遊戲社群").pk for _ in range(5)}
    assert bring_up_to_date(PROGRAMME) == Compared(alike=5, new=5, gone=0)
    assert marked() == many


@pytest.mark.parametrize("count", [2, 4])
def test_three_queries_compare_and_each_portion_is_one_write(city: SimpleNamespace, django_assert_num_queries: Any, count: int) -> None:
    for _ in range(count):
        named(city, "數學遊戲社群")
    with django_assert_num_queries(3 + 3):  # the write stands between two savepoints
        bring_up_to_date(PROGRAMME)
    with django_assert_num_queries(3):
        bring_up_to_date(PROGRAMME)


def test_the_programmes_in_which_something_changed(city: SimpleNamespace) -> None:
    named(city, "數學遊戲社群")
    assert (programmes(), programmes(since=NOON), programmes(since=NOON + datetime.timedelta(seconds=1))) == ([PROGRAMME], [PROGRAMME], [])
