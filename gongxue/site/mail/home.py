"""What mail puts on the home page: letters that did not arrive, for those who can do something about it."""

from typing import Any

from gongxue.records.listings.letters import ATTENTION, letters
from gongxue.records.outbox import may_act
from gongxue.site.request import Request


def panel(request: Request) -> dict[str, Any] | None:
    """How many letters wait for a person; None where there are none, or where this person only looks on. At most one query."""
    if not may_act("send_again", request.actor, ATTENTION[0]).yes:
        return None
    count = letters(request.actor, state="attention").count()
    return {"count": count} if count else None
