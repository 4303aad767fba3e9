"""One application as the city looks at it: facts, what a reviewer should know, whom it waits for, what happened, what can be done."""

import datetime
from typing import Any, Final

import msgspec
from django.urls import reverse
from django.utils.translation import gettext as _

from gongxue.records.document import application_of
from gongxue.records.listings.history import Moment, timeline, words_of
from gongxue.records.listings.likeness import likenesses
from gongxue.records.listings.school_desk import unconfirmed_of, waits_for
from gongxue.records.listings.signing import Link, chain_now, lost_seals
from gongxue.records.models import Application, LateOpening, Receipt
from gongxue.records.openings import deadline
from gongxue.records.programmes import programme_of
from gongxue.records.signatures import signable
from gongxue.rules.access import ROLES, may
from gongxue.rules.check import check
from gongxue.rules.deadlines import TAIPEI
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION, leaving, state
from gongxue.site.request import Request
from gongxue.stages.applying.overseeing.desk import seals_of

MOMENTS: Final = 8
STEPS: Final = {"ask_completion": "ask_completion", "mark_ineligible": "mark_ineligible", "reinstate": "reinstate", "withdraw": "withdraw"}
"""The transitions that the city makes here, and their routes in this room."""
BEFORE_THE_CITY: Final = ("draft", "returned", "signing", "signed")


class Entry(msgspec.Struct, frozen=True):
    """One moment as the timeline shows it."""

    at: datetime.datetime
    what: Text
    who: str
    role: Text | str
    words: str


def page_of(request: Request, application: Application) -> dict[str, Any]:
    """The page of one application, in a fixed number of queries."""
    programme = programme_of(application.programme, application.programme_version)
    facts = application_of(application.document)
    links = chain_now(application, request.at.astimezone(TAIPEI).date())
    found = check(facts, programme)
    before = deadline(programme, application.fiscal_school_id) if application.state in BEFORE_THE_CITY else None
    return {
        "application": application,
        "programme": programme,
        "facts": facts,
        "tier": programme.tier(application.tier),
        "errors": [each for each in found if each.severity == "error"],
        "warnings": [each for each in found if each.severity == "warning"],
        "alike": likenesses(request.actor, programme.id, [application.pk]).get(application.pk, ()),
        "chain": seals_of(links),
        "waiting": _waiting(application, links),
        "lost": lost_seals(application, signable(application).digest, request.at) if application.submitted_at is not None else (),
        "before": before,
        "opened": _opening(application) if before is not None else None,
        "receipt": Receipt.objects.filter(application=application, voided_at__isnull=True).values_list("text", flat=True).first(),
        "entries": [_entry(moment) for moment in timeline(application, size=MOMENTS)],
        "steps": steps(request, application),
        "done": _done(request.GET.get("done", ""), application),
    }


def _waiting(application: Application, links: tuple[Link, ...]) -> dict[str, Any]:
    """Whom it waits for, by name where somebody holds the post, and since when."""
    turn = next((link for link in links if link.is_next), None)
    unconfirmed = tuple(unconfirmed_of([application.pk])[application.pk])
    who = Text(turn.label, ROLES[turn.role].en) if turn is not None else waits_for(application.state, None, unconfirmed)
    return {
        "who": who,
        "names": turn.holders if turn is not None else (),
        "since": turn.since if turn is not None else application.changed_at,
    }


def _opening(application: Application) -> LateOpening | None:
    rows = LateOpening.objects.filter(programme=application.programme, school=application.fiscal_school_id, ended_at__isnull=True)
    return rows.order_by("-until").first()


def steps(request: Request, application: Application) -> list[tuple[str, Text, str]]:
    """The transitions open to this person now: name, label, address."""
    return [
        (row.name, row.label, reverse(f"overseeing:{row.name}", args=[application.pk]))
        for row in leaving(APPLICATION, application.state)
        if row.name in STEPS and may(APPLICATION, row.verb, request.bonds, application.state).yes
    ]


def _done(name: str, application: Application) -> Text | None:
    """What was done a moment ago, where the page was reached by doing it."""
    label = state(APPLICATION, application.state).label
    told = {
        "ask_completion": Text("已請學校補件，並通知召集人與承辦人。", "The school was asked for completion; convener and clerk are told."),
        "mark_ineligible": Text("已標示為不符資格，並通知學校。", "Marked ineligible; the school is told."),
        "reinstate": Text("已恢復資格，並通知學校。", "Reinstated; the school is told."),
        "withdraw": Text("已撤回這件申請，並通知學校。", "Withdrawn; the school is told."),
    }
    return Text(f"{told[name].zh}目前的狀態：{label.zh}。", f"{told[name].en} It is now: {label.en}.") if name in told else None


def _entry(moment: Moment) -> Entry:
    stands_in = _("（代理 %(name)s）") % {"name": moment.stands_in_for} if moment.stands_in_for else ""
    reason = _("原因：%(reason)s") % {"reason": moment.reason} if moment.reason else ""
    again = {True: _("（要重新核章）"), False: _("（不必重新核章）"), None: ""}[moment.seals_again]
    return Entry(moment.at, words_of(moment.verb), moment.who + stands_in, ROLES.get(moment.role, ""), reason + again)
