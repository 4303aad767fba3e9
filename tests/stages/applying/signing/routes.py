"""The permission table of signing."""

from typing import Any

from gongxue.records.files import Clean, keep
from gongxue.rules.workflow import APPLICATION
from tests.records.city import NOON
from tests.site.permissions import CITY, OWN, SCHOOL, SEE_AN_APPLICATION, Expect, everywhere


def _scanned(world: Any) -> dict[str, dict[str, Any]]:
    by = world.people["clerk"].user
    kept = {
        where: keep(Clean("jpeg", where.encode(), 1, "x.jpg"), APPLICATION, str(application.pk), by=by, at=NOON).pk
        for where, application in (("ours", world.ours), ("theirs", world.theirs))
    }
    return {where: {"file": key} for where, key in kept.items()}


ROUTES = {
    "signing:waiting": Expect(everywhere("director", "accountant", "principal")),
    "signing:waiting_as": Expect(everywhere("director", "accountant", "principal"), address={"kind": "csv"}),
    "signing:partners": Expect(everywhere("clerk", "director")),
    "signing:partners_as": Expect(everywhere("clerk", "director"), address={"kind": "csv"}),
    "signing:paper": Expect(SEE_AN_APPLICATION, on="application"),
    "signing:sign": Expect({"director", "accountant", "principal"}, on="application", state="signing", data={"password": "x"}),
    "signing:signed": Expect(SEE_AN_APPLICATION, on="application"),
    "signing:send_back": Expect(SCHOOL, on="application", state="signing"),
    "signing:recall": Expect({"convener"}, on="application", state="signing"),
    "signing:scan": Expect(SCHOOL, on="application", state="signing"),
    "signing:scanned": Expect(OWN | SCHOOL | CITY, on="application", address={"file": 1}, ready=_scanned),
    "signing:stand_in": Expect({"principal", "director"}, on="application", state="signing"),
    "signing:partner": Expect({"partner_clerk", "partner_director"}, on="application"),
}
