"""附件一 of a school as a page and as a paper: what stands on it, who has signed, what can be done now."""

import datetime
from typing import TYPE_CHECKING, Any, Final

import msgspec
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gongxue.records.actor import Actor
from gongxue.records.listings.applications import Filters
from gongxue.records.listings.school_desk import school_desk
from gongxue.records.models import School, SchoolSummary, Signature, TrailEntry
from gongxue.records.people import held_on
from gongxue.records.refusals import NotThere
from gongxue.records.signatures import held_for, stands_in_way, turn, valid
from gongxue.records.summaries import MUST_SAY, NOT_COVERED, Covered, covered_of, facts_of, missing_facts, signable_summary
from gongxue.records.summary_moves import may_on_summary, summary_of
from gongxue.rules.deadlines import TAIPEI
from gongxue.rules.filenames import plan_file_name
from gongxue.rules.programme import Programme
from gongxue.rules.text import listed
from gongxue.rules.workflow import SCHOOL_SUMMARY
from gongxue.site import printing
from gongxue.site.accounts import proving
from gongxue.site.request import Request
from gongxue.site.templatetags.pieces import Seal

if TYPE_CHECKING:
    from gongxue.documents.blocks import Paper

NOT_KEPT: Final = "尚未定稿（預覽）"
"""Stands for the hash while nothing is frozen: it would lead nowhere."""
VERBS: Final = ("edit", "send_to_sign", "sign", "return", "recall", "send")


def page(request: Request, school: School, programme: Programme, error: str = "") -> dict[str, Any]:
    """Everything on the page of 附件一; `error` is why a signature was not accepted."""
    summary = summary_of(request.actor, school, programme, request.at)
    covered, facts = covered_of(summary), facts_of(summary)
    signed = valid(SCHOOL_SUMMARY, str(summary.pk)) if summary.state != "open" else {}
    can = {verb: may_on_summary(request.actor, verb, summary).yes for verb in VERBS}
    return {
        "school": school,
        "programme": programme,
        "form": programme.forms.get("school_summary"),
        "summary": summary,
        "facts": facts,
        "missing": listed([MUST_SAY[name] for name in missing_facts(facts)]),
        "covered": covered,
        "opened": _opened(summary),
        "not_yet": _not_yet(request.actor, school, programme),
        "html": _drawn(paper(summary, covered)),
        "kinds": tuple(printing.KINDS),
        "seals": _seals(summary, signed),
        "can": can,
        **_turn(request, summary, signed, can["sign"]),
        "error": error,
    }


def _turn(request: Request, summary: SchoolSummary, signed: dict[str, Signature], may_sign: bool) -> dict[str, Any]:
    """Whose turn it is, and whether it is the reader's."""
    if summary.state != "signing":
        return {"step": None, "held": None, "way": None}
    chain = signable_summary(summary)
    step = turn(chain.chain, signed)
    way = stands_in_way(chain, signed, request.actor) if may_sign and step is not None else None
    held = held_for(step, chain.school, request.actor) if step is not None and may_sign and way is None else None
    return {"step": step, "held": held, "way": way, "asks_password": proving.asks_password(request), "person": request.user}


def _opened(summary: SchoolSummary) -> dict[str, str]:
    """Why an open summary is open again: the last thing that happened to it, where that was a return or a change; {} otherwise."""
    if summary.state != "open":
        return {}
    entry = TrailEntry.objects.filter(subject=SCHOOL_SUMMARY, subject_id=str(summary.pk)).order_by("-number").first()
    if entry is None or entry.verb not in ("return", "reopen"):
        return {}
    return {"verb": entry.verb, "reason": str(entry.words.get("reason", ""))}


def _not_yet(actor: Actor, school: School, programme: Programme) -> list[Any]:
    """The school's own communities that do not stand on it yet."""
    states = tuple(state for state in NOT_COVERED if state != "withdrawn")
    return list(school_desk(actor, school.pk, Filters(programme.id, states=states), "fiscal").rows)


def _seals(summary: SchoolSummary, signed: dict[str, Signature]) -> list[Seal]:
    chain = signable_summary(summary).chain
    coming = turn(chain, signed) if summary.state == "signing" else None
    found = []
    for step in chain:
        by = next((signed[role] for role in step.posts if role in signed), None)
        name, at, stands_in = (by.user.name, by.at, by.stands_in_for_id is not None) if by is not None else ("", None, False)
        found.append(Seal(step.posts[0], step.label, name, at, stands_in, step is coming))
    return found


def paper(summary: SchoolSummary, covered: tuple[Covered, ...]) -> "Paper":
    """附件一 as the form: of what is frozen, or of what it would say now."""
    from gongxue.documents.school_summary import school_summary  # a page that prints nothing does not pay for it
    from gongxue.records.programmes import programme_of

    programme = programme_of(summary.programme, summary.programme_version)
    facts = tuple(each.facts for each in covered)
    return school_summary(facts, programme, facts_of(summary), str(summary.version), summary.digest or NOT_KEPT)


def _drawn(sheet: "Paper") -> SafeString:
    from gongxue.documents.html import render_fragment

    return mark_safe(render_fragment(sheet).data.decode())  # noqa: S308  # the renderer escapes every word, and its tests hold it to that


def file_of(actor: Actor, school: School, programme: Programme, kind: str, at: datetime.datetime) -> printing.File:
    """附件一 as a file; raises NotThere for a kind that there is not, Unavailable."""
    if kind not in printing.KINDS:
        raise NotThere()
    summary = summary_of(actor, school, programme, at)
    form = programme.forms.get("school_summary")
    title = form.title if form is not None else programme.title.zh
    name = plan_file_name("{community}-{school}", school.name, title, "", kind)
    return printing.File(name, printing.KINDS[kind], printing.printed(paper(summary, covered_of(summary)), kind))


def facts_page(actor: Actor, school: School, programme: Programme, at: datetime.datetime) -> dict[str, Any]:
    """The form of what the school says of itself, with what is known filled in: what it said before, else who holds the posts today."""
    summary = summary_of(actor, school, programme, at)
    said = msgspec.to_builtins(facts_of(summary))
    initial = {"classes": said.get("classes"), "seen": summary.version}
    for who in ("principal", "clerk"):
        told = said.get(who) or {}
        known = told if any(told.values()) else _held(school, who, at)
        initial |= {f"{who}_{name}": value for name, value in known.items()}
    return {"school": school, "summary": summary, "initial": initial, "back": reverse("submitting:summary", args=[school.key])}


def _held(school: School, role: str, at: datetime.datetime) -> dict[str, str]:
    posts = held_on(at.astimezone(TAIPEI).date()).filter(school=school, role=role, stands_in_for=None)
    post = posts.select_related("user").order_by("first", "pk").first()
    if post is None:
        return {}
    user = post.user
    return {"name": user.name, "title": user.title, "phone": user.phone, "email": user.email}
