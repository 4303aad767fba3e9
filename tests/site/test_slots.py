"""One at a time on the whole site: the second waits a little and is told, and nobody holds a slot for ever."""

import pytest
from django.core.cache import cache

from gongxue.rules.text import Text
from gongxue.site.refusing import Unavailable
from gongxue.site.slots import slot

BUSY = Text("忙", "busy")


def test_the_second_is_told_and_the_next_gets_in(db: None) -> None:
    with slot("work", seconds=60, busy=BUSY), pytest.raises(Unavailable, match="busy"), slot("work", seconds=60, busy=BUSY):
        pass
    with slot("work", seconds=60, busy=BUSY), slot("other", seconds=60, busy=BUSY):
        assert cache.get("slot:work") != cache.get("slot:other")


def test_who_breaks_down_gives_it_back(db: None) -> None:
    with pytest.raises(RuntimeError), slot("work", seconds=60, busy=BUSY):
        raise RuntimeError
    assert cache.get("slot:work") is None


def test_who_lost_it_does_not_take_it_from_the_next(db: None) -> None:
    with slot("work", seconds=60, busy=BUSY):
        cache.set("slot:work", "of the next", 60)
    assert cache.get("slot:work") == "of the next"
