"""The permission table of the city's desk."""

import datetime
from typing import Any

from gongxue.records.bundles import ask_for, finished
from gongxue.records.openings import open_late
from gongxue.rules.programme_file import load_programme
from gongxue.stages.applying.overseeing import bundling
from tests.records.city import NOON
from tests.site.permissions import CITY, LOGGED_IN, Expect

OPENS = {"officer", "supervisor"}
OUTSIDE = LOGGED_IN - CITY


def _opening(world: Any) -> dict[str, dict[str, Any]]:
    until = NOON + datetime.timedelta(days=20)
    programme, school = load_programme("hsinchu-111"), world.schools["own"].pk
    opening = open_late(school, programme, until=until, reason="x", actor=world.people["officer"], at=NOON)
    return {"ours": {"opening": opening.pk}}


def _bundle(world: Any) -> dict[str, dict[str, Any]]:
    bundle = ask_for([world.ours.pk], actor=world.people["officer"], at=NOON)
    return {"ours": {"bundle": bundle.pk}}


def _packed(world: Any) -> dict[str, dict[str, Any]]:
    made = _bundle(world)
    file = bundling.file_of(made["ours"]["bundle"])
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"PK")
    finished(made["ours"]["bundle"], left_out=0, size=2, at=NOON)
    return made


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
    "overseeing:pack": Expect(CITY),
    # To others of the city a bundle of the officer's is not there; by the other method there is a 405 for the whole city.
    "overseeing:bundle": Expect({"officer"}, told=OUTSIDE, ready=_bundle, methods=("GET",)),
    "overseeing:cancel_bundle": Expect({"officer"}, told=OUTSIDE, ready=_bundle, methods=("POST",)),
    "overseeing:fetch_bundle": Expect({"officer"}, told=OUTSIDE, ready=_packed, methods=("GET",)),
    "overseeing:openings": Expect(CITY),
    "overseeing:export_openings": Expect(CITY, address={"kind": "csv"}),
    "overseeing:open_late": Expect(OPENS),
    "overseeing:end_opening": Expect(OPENS, ready=_opening),
    "overseeing:reminders": Expect(CITY),
    "overseeing:export_reminders": Expect(CITY, address={"kind": "csv"}),
    "overseeing:remind": Expect({"officer", "centre_staff"}),
    "overseeing:send_reminders": Expect({"officer", "centre_staff"}),
}
