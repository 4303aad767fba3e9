"""The summaries of schools for whoever oversees them: which are there, which are missing."""

import datetime

import msgspec
from django.db.models import Count, Q

from gongxue.records.actor import Actor
from gongxue.records.models import School, SchoolSummary
from gongxue.records.sight import visible_to
from gongxue.rules.access import grants
from gongxue.rules.workflow import SCHOOL_SUMMARY


class SummaryRow(msgspec.Struct, frozen=True):
    """A school that has submitted something, and where its 附件一 stands. `state` is "" where nobody has begun one."""

    school_id: int
    key: str
    school: str
    submitted: int
    state: str
    sent_at: datetime.datetime | None

    @property
    def missing(self) -> bool:
        """Whether the city still waits for it."""
        return self.state != "sent"


def summaries_of_city(actor: Actor, programme: str) -> tuple[SummaryRow, ...]:
    """Every school with a submitted application of its own, by key: for the posts that may view any school's summary. Three queries."""
    may_view = {role for grant in grants(SCHOOL_SUMMARY, "view") if grant.relation == "any" for role in grant.roles}
    if not actor.roles() & may_view:
        return ()
    seen = visible_to(actor).filter(programme=programme, submitted_at__isnull=False).exclude(state="withdrawn")
    counts = dict(seen.order_by().values_list("fiscal_school").annotate(Count("pk")))
    kept = SchoolSummary.objects.filter(programme=programme).values_list("school", "state", "sent_at")
    states = {school: (state, sent_at) for school, state, sent_at in kept}
    schools = School.objects.filter(Q(pk__in=[key for key in counts if key is not None])).values_list("pk", "key", "name")
    return tuple(SummaryRow(pk, key, name, counts[pk], *states.get(pk, ("", None))) for pk, key, name in schools)
