"""Pieces that reckon something before they are drawn; the plain ones are templates in site/pieces/ to include."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongxue.records.listings.signing import Link
from gongxue.rules import deadlines, workflow
from gongxue.rules.access import ROLES
from gongxue.rules.finding import Finding
from gongxue.rules.text import Text
from gongxue.site.acting import language
from gongxue.site.templatetags.gongxue import money, text

register = template.Library()

TONES = {
    "draft": "grey", "returned": "amber", "signing": "amber", "signed": "teal", "submitted": "green", "completing": "amber",
    "first_review": "blue", "revising": "amber", "second_review": "blue", "approved": "green", "waiting": "blue", "declined": "seal",
    "withdrawn": "grey", "ineligible": "seal", "open": "grey", "sent": "green", "ended": "grey",
    "working": "amber", "ready": "green", "cancelled": "grey", "failed": "seal", "gone": "grey",
}  # fmt: skip
"""What a state's colour means: amber waits for somebody at the school, blue for the city, green is done, red is refused."""
SEAL_LETTERS = {"director": "主", "accountant": "會", "principal": "校", "clerk": "承", "convener": "召"}


class Seal(msgspec.Struct, frozen=True):
    """One seal of a chain: `role` and its official `label`; who stamped it, when, and for whom, once that is done; `is_next` waits now."""

    role: str
    label: str
    by: str = ""
    at: datetime.datetime | None = None
    stands_in: bool = False
    is_next: bool = False

    @property
    def letter(self) -> str:
        """The one character in the square."""
        return SEAL_LETTERS.get(self.role, self.label[:1])

    @property
    def called(self) -> str:
        """What the post is called: as the form has it, in English as the post."""
        return ROLES[self.role].en if language() == "en" and self.role in ROLES else self.label


class Supplement(msgspec.Struct, frozen=True):
    """One part of a ceiling beyond the tier's cap."""

    label: Text
    amount: int


@register.inclusion_tag("site/pieces/deadline.html", takes_context=True)
def deadline(context: dict[str, Any], before: datetime.datetime, label: Text | str = "") -> dict[str, Any]:
    """The deadline chip: amber under 7 days, red under 2, told as passed once it is."""
    at = context["at"]
    days = deadlines.days_left(at, before)
    late = deadlines.is_late(at, before)
    tone = "grey" if late or days >= 7 else "amber" if days >= 2 else "seal"
    return {
        "label": text(label),
        "closes": text(deadlines.closes(before)),
        "left": days_words(at, before),
        "tone": tone,
        "late": late,
        "before": before,
    }


def days_words(at: datetime.datetime, before: datetime.datetime) -> str:
    """還有 6 天; 今天截止; 已截止."""
    days = deadlines.days_left(at, before)
    if deadlines.is_late(at, before):
        return _("已截止")
    return ngettext("還有 %(days)s 天", "還有 %(days)s 天", days) % {"days": days} if days else _("今天截止")


@register.filter
def days_told(before: datetime.datetime, at: datetime.datetime) -> str:
    """`days_words` for a sentence of the page's own."""
    return days_words(at, before)


@register.inclusion_tag("site/pieces/state.html")
def state_badge(subject: str, name: str) -> dict[str, str]:
    """The state of a subject as a badge."""
    return {"label": text(workflow.state(subject, name).label), "tone": TONES[name]}


@register.inclusion_tag("site/pieces/stages.html")
def stage_line(subject: str, state: str) -> dict[str, Any]:
    """The stage line of one community: what is done, where it stands, what comes; a state that ended it stops the line there."""
    row = workflow.state(subject, state)
    names = [name for name, _label in workflow.STEPS]
    now = names.index(row.step)
    stopped = row.final and state != "approved"
    steps = [
        {"label": text(label), "kind": "done" if at < now else "stopped" if at == now and stopped else "now" if at == now else "todo"}
        for at, (_name, label) in enumerate(workflow.STEPS)
    ]
    return {"steps": steps}


@register.inclusion_tag("site/pieces/seals.html")
def seals(chain: Sequence[Seal | Link], size: str = "") -> dict[str, Any]:
    """A chain of seals, dashed until stamped; `size` "large" for the page of one paper."""
    return {"chain": [each if isinstance(each, Seal) else _seal(each) for each in chain], "size": size}


def _seal(link: Link) -> Seal:
    return Seal(link.role, link.label, link.by, link.at, link.stands_in, link.is_next)


@register.inclusion_tag("site/pieces/finding.html")
def finding(found: Finding, link: str = "") -> dict[str, Any]:
    """One finding; `link` leads to the field that it is about, where that is elsewhere."""
    return {"finding": found, "link": link, "word": severity_word(found.severity)}


def severity_word(severity: str) -> str:
    """What a severity is called."""
    return {"error": _("要改正"), "warning": _("請留意"), "info": _("建議")}[severity]


@register.inclusion_tag("site/pieces/findings.html")
def findings_panel(findings: Iterable[Finding], base: str = "") -> dict[str, Any]:
    """What still stands in the way, counted, then what is only noted. `base` is put before `#path` to lead to the fields."""
    found = list(findings)
    return {
        "errors": [each for each in found if each.severity == "error"],
        "others": [each for each in found if each.severity != "error"],
        "base": base,
    }


@register.inclusion_tag("site/pieces/money_bar.html")
def money_bar(asked: int, cap: int, supplements: Sequence[Supplement] = ()) -> dict[str, Any]:
    """Asked against the ceiling: solid up to it, red beyond; stripes show what each supplement adds and is not asked."""
    ceiling = cap + sum(each.amount for each in supplements)
    whole = max(asked, ceiling, 1)
    marks, reached = [], cap
    for each in supplements:
        marks.append(_part(reached, whole))
        reached += each.amount
    within, over = min(asked, ceiling), max(asked - ceiling, 0)
    parts = "＋".join([_("上限 %(cap)s") % {"cap": money(cap)}, *(f"{text(each.label)} {money(each.amount)}" for each in supplements)])
    return {
        "asked": asked, "ceiling": ceiling, "over": over, "parts": parts, "has_parts": bool(supplements), "marks": marks,
        "within_width": _part(within, whole), "over_from": _part(within, whole), "over_width": _part(over, whole),
        "room_from": _part(max(within, cap), whole), "room_to": _part(ceiling, whole), "has_room": ceiling > max(within, cap),
    }  # fmt: skip


def _part(amount: int, whole: int) -> str:
    """Hundredths of the bar, with a decimal point in every language."""
    return f"{amount * 100 / whole:.2f}"


@register.inclusion_tag("site/pieces/diff.html")
def diff(spans: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """A text's changes in place: spans of ("same" | "gone" | "new", words)."""
    return {"spans": list(spans)}
