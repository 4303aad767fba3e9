"""The front page of an application: its task list, what to go on with, who writes along, where else one can go."""

from typing import Any

from gongxue.records import presence
from gongxue.records.completion import waits_for_seals
from gongxue.records.listings.history import why_stopped
from gongxue.records.listings.people import persons_of
from gongxue.records.notices import who_confirms
from gongxue.rules.access import may
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION
from gongxue.site.request import Request
from gongxue.stages.applying.drafting import pages
from gongxue.stages.applying.drafting.doorways import NEXT, address
from gongxue.stages.applying.drafting.draft import Draft


def front_page(request: Request, draft: Draft) -> dict[str, Any]:
    """Everything on the front page. The same queries however many rows the draft has."""
    application = draft.application
    tasks = pages.tasks(draft)
    ties = request.bonds
    can = {verb: may(APPLICATION, verb, ties, application.state).yes for verb in ("edit", "invite", "recall", "withdraw", "restore")}
    return {
        **pages.head(draft),
        "tasks": tasks,
        "go_on": next((task for task in tasks if task.state != "done"), tasks[-1]),
        "persons": persons_of(application),
        "present": presence.who_else(application.pk, request.actor.user or 0, request.at),
        "can_edit": can["edit"],
        "can_invite": can["invite"],
        "sent": can["recall"] or can["withdraw"] or can["restore"],
        "reasons": why_stopped(application),
        "doors": pages.doors(ties, application),
        "waits": _waits(request, draft),
    }


def _waits(request: Request, draft: Draft) -> tuple[str, Text] | None:
    """What waits for somebody with a post at the school: address and words; None where nothing does, or where the room is not there."""
    application, ties = draft.application, request.bonds
    for verb, step in (("sign", "sign"), ("submit", "submit"), ("confirm_members", "confirm")):
        doorway = NEXT[step]
        if verb == "sign" and not waits_for_seals(application):
            continue
        if not may(APPLICATION, verb, ties, application.state).yes:
            continue
        if verb == "confirm_members" and request.actor.user not in who_confirms(application, request.at):
            continue
        if link := address(doorway.route, application.pk):
            return link, doorway.label
    return None
