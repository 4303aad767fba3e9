"""Just after a start the background need not have done anything yet; that is told calmly, and only then."""

import datetime

import pytest
from pytest_django import Settings

from gongxue.records.models import Chore
from gongxue.site import background, clock

MINUTE = datetime.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("started", "beat", "calm"),
    [(None, None, False), (MINUTE, None, True), (3 * MINUTE, None, False), (MINUTE, 9 * MINUTE, True), (MINUTE, MINUTE / 2, False)],
    ids=["not served", "just started", "started and silent", "its beat is of before", "at work"],
)
def test_the_background_is_starting(
    settings: Settings, started: datetime.timedelta | None, beat: datetime.timedelta | None, calm: bool
) -> None:
    now = clock.real_now()
    settings.STARTED = (now - started).timestamp() if started else 0.0
    assert background.is_starting(Chore(name=background.HEART, begun_at=now - beat) if beat else None) == calm
