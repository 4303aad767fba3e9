"""附件一 of a school as a page and as a paper: what stands on it, who has signed, what can be done now."""

import datetime
from typing import TYPE_CHECKING, Any, Final

import msgspec
from django.http import HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gongxue.records.actor import Actor
from gongxue.records.listings.applications import Filters
from gongxue.records.listings.school_desk import school_desk
from gongxue.records.listings.signing import summary_chain_now
from gongxue.records.models import School, SchoolSummary, Signature, StoredFile, TrailEntry
from gongxue.records.people import held_on
from gongxue.records.refusals import NotThere
from gongxue.records.signatures import held_for, stands_in_way, turn, valid
from gongxue.records.summaries import (
    MUST_SAY,
    NOT_COVERED,
    Covered,
    covered_of,
    facts_of,
    missing_facts,
    signable_summary,
    version_on_paper,
)
from gongxue.records.summary_moves import may_on_summary, summary_of
from gongxue.rules.deadlines import TAIPEI
from gongxue.rules.filenames import plan_file_name
from gongxue.rules.programme import Programme
from gongxue.rules.text import listed
from gongxue.rules.workflow import SCHOOL_SUMMARY
from gongxue.site import printing
from gongxue.site.accounts import proving
from gongxue.site.chains import Step, steps_of
from gongxue.site.request import Request
from gongxue.site.uploads import serving
from gongxue.site.uploads.stamping import asked_of

if TYPE_CHECKING:
    from gongxue.documents.blocks import Paper

NOT_KEPT: Final = "尚未定稿（預覽）"
"""Stands for the hash while nothing is frozen: it would lead nowhere."""
VERBS: Final = ("edit", "send_to_sign", "sign", "sign_on_paper", "return", "recall", "send")


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
        "steps": _steps(summary, school, request.at),
        "version_on_paper": version_on_paper(summary),
        "can": can,
        "names_stand_in": summary.state == "signing"
        and any(each.role == "principal" and each.school == school.pk for each in request.actor.posts),
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


def _steps(summary: SchoolSummary, school: School, at: datetime.datetime) -> list[Step]:
    chain = summary_chain_now(summary, at.astimezone(TAIPEI).date())
    return steps_of(chain, at, lambda key: reverse("submitting:summary_scanned", args=[school.key, key]))


def scan_page(request: Request, school: School, programme: Programme) -> dict[str, Any] | None:
    """What the page shows that takes a stamped scan of 附件一; None where nothing is to be stamped now, or not by this person."""
    summary = summary_of(request.actor, school, programme, request.at)
    if not may_on_summary(request.actor, "sign_on_paper", summary).yes:
        return None
    paper = signable_summary(summary)
    asked = asked_of(paper, valid(SCHOOL_SUMMARY, paper.subject_id), request.at)
    told = {"school": school, "summary": summary, "paper": paper, "asked": asked, "version_on_paper": version_on_paper(summary)}
    return {**told, "steps": _steps(summary, school, request.at), "back": reverse("submitting:summary", args=[school.key])}


def scan_of(actor: Actor, school: School, programme: Programme, file: int, at: datetime.datetime) -> HttpResponse:
    """A stamped scan of 附件一 as a file; raises NotThere, Unavailable."""
    summary = summary_of(actor, school, programme, at)
    stored = StoredFile.objects.filter(pk=file, subject=SCHOOL_SUMMARY, subject_id=str(summary.pk)).first()
    if stored is None:
        raise NotThere()
    return serving.attachment(stored, f"{school.name}-{_('附件一')}-{_('核章掃描檔')}-{stored.at.astimezone(TAIPEI):%Y%m%d}")


def paper(summary: SchoolSummary, covered: tuple[Covered, ...]) -> "Paper":
    """附件一 as the form: of what is frozen, or of what it would say now."""
    from gongxue.documents.school_summary import school_summary  # a page that prints nothing does not pay for it
    from gongxue.records.programmes import programme_of

    programme = programme_of(summary.programme, summary.programme_version)
    facts = tuple(each.facts for each in covered)
    return school_summary(facts, programme, facts_of(summary), str(version_on_paper(summary)), summary.digest or NOT_KEPT)


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
    brought_in = False
    for who in ("principal", "clerk"):
        told = said.get(who) or {}
        known = told if any(told.values()) else _held(school, who, at)
        brought_in |= known is not told and bool(known)
        initial |= {f"{who}_{name}": value for name, value in known.items()}
    told_here = {"school": school, "summary": summary, "brought_in": brought_in}
    return {**told_here, "initial": initial, "back": reverse("submitting:summary", args=[school.key])}


def _held(school: School, role: str, at: datetime.datetime) -> dict[str, str]:
    posts = held_on(at.astimezone(TAIPEI).date()).filter(school=school, role=role, stands_in_for=None)
    post = posts.select_related("user").order_by("first", "pk").first()
    if post is None:
        return {}
    user = post.user
    return {"name": user.name, "title": user.title, "phone": user.phone, "email": user.email}
