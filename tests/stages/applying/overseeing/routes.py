"""The permission table of the city's desk."""

import datetime
from typing import Any

from gongxue.records.openings import open_late
from gongxue.rules.programme_file import load_programme
from tests.records.city import NOON
from tests.site.permissions import CITY, Expect

OPENS = {"officer", "supervisor"}


def _opening(world: Any) -> dict[str, dict[str, Any]]:
    until = NOON + datetime.timedelta(days=20)
    programme, school = load_programme("hsinchu-111"), world.schools["own"].pk
    opening = open_late(school, programme, until=until, reason="x", actor=world.people["officer"], at=NOON)
    return {"ours": {"opening": opening.pk}}


ROUTES = {
    "overseeing:applications": Expect(CITY),
    "overseeing:export": Expect(CITY, address={"kind": "csv"}),
    "overseeing:schools": Expect(CITY),
    "overseeing:export_schools": Expect(CITY, address={"kind": "csv"}),
    "overseeing:application": Expect(CITY, on="application"),
    "overseeing:ask_completion": Expect({"officer"}, on="application", state="submitted"),
    "overseeing:mark_ineligible": Expect({"officer"}, on="application", state="submitted"),
    "overseeing:reinstate": Expect(OPENS, on="application", state="ineligible"),
    "overseeing:withdraw": Expect({"officer"}, on="application", state="submitted"),
    "overseeing:openings": Expect(CITY),
    "overseeing:export_openings": Expect(CITY, address={"kind": "csv"}),
    "overseeing:open_late": Expect(OPENS),
    "overseeing:end_opening": Expect(OPENS, ready=_opening),
}
