"""The permission table of papers."""

from typing import Any

from gongxue.records.snapshots import freeze
from tests.site.permissions import CITY, OWN, SCHOOL, SEE_AN_APPLICATION, Expect, everywhere

SCHOOLS = everywhere("member", "clerk", "director", "accountant", "principal")
LOOKS_BACK = OWN | SCHOOL | CITY
WRITES = OWN | {"clerk"}


def _frozen(world: Any) -> None:
    for application in (world.ours, world.theirs):
        freeze(application, "edit")


ROUTES = {
    "papers:preview": Expect(SEE_AN_APPLICATION, on="application"),
    "papers:print": Expect(SEE_AN_APPLICATION, on="application", address={"kind": "odt"}),
    "papers:history": Expect(LOOKS_BACK, on="application"),
    "papers:compare": Expect(LOOKS_BACK, on="application", ready=_frozen),
    "papers:timeline": Expect(LOOKS_BACK, on="application", address={"kind": "csv"}),
    "papers:restore": Expect(WRITES, on="application", address={"version": 2}, ready=_frozen),
    "papers:read_in": Expect(SCHOOLS),
    "papers:start": Expect(SCHOOLS),
    "papers:read_over": Expect(WRITES, on="application"),
    "papers:replace": Expect(WRITES, on="application"),
    "papers:copy": Expect(SCHOOLS),
    "papers:copy_as": Expect(SCHOOLS, address={"kind": "csv"}),
}
