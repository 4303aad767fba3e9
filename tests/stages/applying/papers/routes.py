"""The permission table of papers."""

from typing import Any

from gongxue.records.snapshots import freeze
from tests.site.permissions import CITY, OWN, SCHOOL, SEE_AN_APPLICATION, Expect


def _frozen(world: Any) -> None:
    for application in (world.ours, world.theirs):
        freeze(application, "edit")


ROUTES = {
    "papers:preview": Expect(SEE_AN_APPLICATION, on="application"),
    "papers:print": Expect(SEE_AN_APPLICATION, on="application", address={"kind": "odt"}),
    "papers:history": Expect(OWN | SCHOOL | CITY, on="application"),
    "papers:compare": Expect(OWN | SCHOOL | CITY, on="application", ready=_frozen),
    "papers:timeline": Expect(OWN | SCHOOL | CITY, on="application", address={"kind": "csv"}),
    "papers:restore": Expect(OWN | {"clerk"}, on="application", address={"version": 2}, ready=_frozen),
}
