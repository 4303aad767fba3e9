"""The last page before an application leaves its writers: what it says, what stands in the way, and what can be done with it now."""

import datetime
from typing import Any, Final

import msgspec
from django.utils.safestring import SafeString

from gongxue.records.completion import waits_for_seals
from gongxue.records.listings.history import why_stopped
from gongxue.records.models import Application
from gongxue.records.signatures import signable, unsealed
from gongxue.rules.access import ROLES, Tie, may
from gongxue.rules.deadlines import is_late
from gongxue.rules.reckoning import room
from gongxue.rules.text import Text, listed
from gongxue.rules.workflow import APPLICATION, Transition, leaving
from gongxue.site.request import Request
from gongxue.site.templatetags.gongxue import money, text
from gongxue.stages.applying.drafting import pages, places
from gongxue.stages.applying.drafting.doorways import address
from gongxue.stages.applying.drafting.draft import Draft
from gongxue.stages.applying.drafting.findings import told
from gongxue.stages.applying.drafting.sections import SECTIONS

SENDING: Final = ("send_to_school", "ask_seals", "complete")
"""What hands the paper on: a tick declares it true, and no rule may find an error. The first that is open is the one to do."""
OURS: Final = (*SENDING, "recall", "withdraw", "restore")
"""The transitions that start from this desk."""


class Answer(msgspec.Struct, frozen=True):
    """One line of what the application says, and where it is changed."""

    label: Text
    value: Text | str
    link: str


class Stop(msgspec.Struct, frozen=True):
    """What the rules say of one section; `label` "" for what no section of the desk owns."""

    label: Text | str
    link: str
    errors: int
    said: list[SafeString]


def moves_of(ties: tuple[Tie, ...], application: Application) -> tuple[Transition, ...]:
    """The transitions of this desk that somebody with these ties may start now, as far as the access table tells."""
    rows = (row for row in leaving(APPLICATION, application.state) if row.name in OURS)
    found = tuple(row for row in rows if may(APPLICATION, row.verb, ties, application.state).yes)
    shut = _shut(application) if any(row.name == "complete" for row in found) else ()
    return tuple(row for row in found if row.name not in shut)


def _shut(application: Application) -> tuple[str, ...]:
    """Which ways out of a completion are shut: it goes to the city once it has the seals that were asked for, and to the chain before."""
    if not application.seals_again or unsealed(signable(application)) is None:
        return ("ask_seals",)
    return ("complete", "ask_seals") if application.seals_asked_at is not None else ("complete",)


def check_page(request: Request, application: Application) -> dict[str, Any]:
    """Everything on the page of the check."""
    draft = Draft(application)
    ties = request.bonds
    moves = {row.name: row for row in moves_of(ties, application)}
    sending = next((moves[name] for name in SENDING if name in moves), None)
    due = draft.due
    return {
        **pages.head(draft),
        "tasks": pages.tasks(draft, pages.CHECK_NAME),
        "answers": answers(draft),
        "stops": stops(draft),
        "sending": sending,
        "recall": moves.get("recall"),
        "withdraw": moves.get("withdraw"),
        "restore": moves.get("restore"),
        "can_edit": may(APPLICATION, "edit", ties, application.state).yes,
        "is_late": due is not None and is_late(request.at, due),
        "reasons": why_stopped(application),
        "chain": chain_of(draft),
        "is_being_sealed": application.state == "completing" and sending is None and waits_for_seals(application),
        "preview": address("papers:preview", application.pk),
    }


def chain_of(draft: Draft) -> list[str]:
    """Who signs off in the school, in order: as the form has it, in English by their posts."""
    form = draft.programme.forms.get("application")
    steps = form.chain if form is not None else ()
    return [text(Text(step.label, listed([ROLES[role] for role in step.posts]).en)) for step in steps]


def answers(draft: Draft) -> list[Answer]:
    """What the application says in a few lines, each with the section where it is changed."""
    facts, totals, bar = draft.facts, draft.verdict.totals, room(draft.facts, draft.programme)
    tier = draft.programme.tier(facts.tier)
    ceiling = Text(f"／上限 {money(bar.ceiling)}", f" of at most {money(bar.ceiling)}") if bar.ceiling is not None else Text("", "")
    lines = [
        ("basics", Text("社群名稱", "Name"), facts.name or ""),
        ("basics", Text("申請類別", "Tier"), tier.label if tier is not None else ""),
        ("basics", Text("辦理經費核銷的學校", "School that handles the money"), facts.fiscal_school or ""),
        ("basics", Text("召集人", "Convener"), (facts.convener.name if facts.convener else "") or ""),
        ("members", Text("社群人數", "People"), Text(f"{totals.people} 人{_across(draft).zh}", f"{totals.people}{_across(draft).en}")),
        ("schedule", Text("場次", "Sessions"), Text(f"{totals.sessions} 場", str(totals.sessions))),
        ("outcomes", Text("預期效益", "Expected outcomes"), Text(f"{_whole(draft)} 項", str(_whole(draft)))),
        (
            "budget",
            Text("申請金額", "Asked"),
            Text(f"{money(totals.requested)}{ceiling.zh} 元", f"{money(totals.requested)}{ceiling.en} dollars"),
        ),
    ]
    known = {section.name for section in SECTIONS}
    return [
        Answer(label, value, pages.section_address(draft.application.pk, name) if name in known else "") for name, label, value in lines
    ]


def _across(draft: Draft) -> Text:
    return Text("，跨校", ", cross-school") if draft.facts.cross_school else Text("", "")


def _whole(draft: Draft) -> int:
    return sum(bool(each.outcome and each.check) for each in draft.facts.outcomes or ())


def stops(draft: Draft) -> list[Stop]:
    """What the rules say, section by section, each with a link to its field; sections of which nothing is said are left out."""
    found, owned = [], set[str]()
    for section in SECTIONS:
        owned.update(section.fields)
        where = pages.section_address(draft.application.pk, section.name)
        pairs = draft.findings_of(section.fields)
        errors = sum(finding.severity == "error" for _, finding in pairs)
        found.append(Stop(section.label, where, errors, [told(finding, f"{where}#{places.anchor_of(path)}") for path, finding in pairs]))
    others = [(path, each) for path, told_here in draft.found.items() if path.split("/")[0] not in owned for each in told_here]
    found.append(Stop("", "", sum(each.severity == "error" for _, each in others), [told(each) for _, each in others]))
    return [each for each in found if each.said]


class SentPage(msgspec.Struct, frozen=True):
    """What the done page tells: when it was sent, under which digest, who signs, and by when the school has to submit."""

    at: datetime.datetime
    digest: str
    chain: list[str]
    due: datetime.datetime | None
    school: str


def sent_page(application: Application) -> SentPage:
    """The receipt of an application that is with the school, or with the city."""
    draft = Draft(application)
    frozen = application.snapshots.order_by("-version").values_list("made_at", "digest").first()
    at, digest = frozen if frozen is not None else (application.changed_at, "")
    return SentPage(at, digest, chain_of(draft), draft.due, draft.facts.fiscal_school or "")
