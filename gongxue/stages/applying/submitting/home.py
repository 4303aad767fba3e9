"""What this room puts on the home page: a school's summary that waits for the reader."""

from typing import Any

from gongxue.records.listings.signing import signed_of
from gongxue.records.models import SchoolSummary, Signature
from gongxue.records.signatures import held_for, stands_in_way, turn
from gongxue.records.summaries import signable_summary
from gongxue.records.summary_moves import may_on_summary
from gongxue.rules.access import SCHOOL_ROLES
from gongxue.rules.workflow import SCHOOL_SUMMARY
from gongxue.site.request import Request


def panel(request: Request) -> dict[str, Any] | None:
    """The summaries that wait for this person's seal, or to be sent; None where there are none. At most two queries."""
    schools = {held.school for held in request.actor.posts if held.role in SCHOOL_ROLES and held.school is not None}
    if not schools:
        return None
    found = list(SchoolSummary.objects.filter(school__in=schools, state="signing").select_related("school").order_by("school__key"))
    signed = signed_of([str(each.pk) for each in found], SCHOOL_SUMMARY)
    waiting = [(each, step) for each in found if (step := _step(request, each, signed.get(str(each.pk), {})))]
    return {"waiting": waiting} if waiting else None


def _step(request: Request, summary: SchoolSummary, signed: dict[str, Signature]) -> str:
    """What this person has to do with it: "sign", "send", or "" for nothing."""
    paper = signable_summary(summary)
    step = turn(paper.chain, signed)
    if step is None:
        return "send" if may_on_summary(request.actor, "send", summary).yes else ""
    mine = held_for(step, paper.school, request.actor) is not None and stands_in_way(paper, signed, request.actor) is None
    return "sign" if mine else ""
