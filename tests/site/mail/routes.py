"""The permission table of the outbox."""

from typing import Any

from gongxue.records.models import Message
from tests.records.city import NOON
from tests.site.permissions import Expect

KEEPERS = {"officer", "supervisor", "centre_staff"}


def _failed(world: Any) -> dict[str, dict[str, Any]]:
    told = {"to": "a@example.edu.tw", "title": "t", "body": "b", "message_id": "<1@x>", "made_at": NOON}
    return {"ours": {"message": Message.objects.create(state="failed", **told).pk}}


ROUTES = {
    "mail:outbox": Expect(KEEPERS),
    "mail:sheet": Expect(KEEPERS, address={"kind": "csv"}),
    "mail:act": Expect(KEEPERS, post={"officer", "centre_staff"}, address={"name": "send_again"}, data={"seen": "failed"}, ready=_failed),
}
