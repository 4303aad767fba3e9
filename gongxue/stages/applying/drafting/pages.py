"""What the desk's pages show."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gongxue.records import presence
from gongxue.records.changes import Clash
from gongxue.records.document import ROWS
from gongxue.records.models import Application
from gongxue.rules.access import Tie, may
from gongxue.rules.field_names import name_of
from gongxue.rules.finding import Finding
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION, state
from gongxue.site.request import Request
from gongxue.stages.applying.drafting import places, typed
from gongxue.stages.applying.drafting.doorways import ROOMS, WAYS, address
from gongxue.stages.applying.drafting.draft import Draft
from gongxue.stages.applying.drafting.findings import filled, marked, told
from gongxue.stages.applying.drafting.sections import SECTIONS
from gongxue.stages.applying.drafting.sections.section import Section
from gongxue.stages.applying.drafting.states import State, state_of

CHECK_NAME = "check"
CHECK = Text("檢核與送出", "Check and send")


class Task(msgspec.Struct, frozen=True):
    """A section in the task list, as the piece of that name draws it."""

    name: str
    label: Text
    link: str
    state: State
    note: Text | str
    is_here: bool = False


class Both(msgspec.Struct, frozen=True):
    """A field that two people changed: both texts, for one to be chosen. `is_row` where the row itself is at stake."""

    path: str
    label: Text
    theirs: str
    yours: str
    raw: str
    is_gone: bool = False


def tasks(draft: Draft, here: str = "") -> list[Task]:
    """The sections with how far each is, and the check at the end."""
    check = Task(CHECK_NAME, CHECK, check_address(draft.application.pk), _check_state(draft), "", here == CHECK_NAME)
    sections = [
        Task(
            section.name,
            section.label,
            section_address(draft.application.pk, section.name),
            state_of(section.fields, draft.document, [each for _, each in draft.findings_of(section.fields)], section.given),
            section.note(draft),
            section.name == here,
        )
        for section in SECTIONS
    ]
    return [*sections, check]


def _check_state(draft: Draft) -> State:
    """Done once it has left its writers."""
    return "todo" if state(APPLICATION, draft.application.state).open or draft.application.state == "withdrawn" else "done"


def section_page(draft: Draft, section: Section, can_edit: bool, **more: Any) -> dict[str, Any]:
    """Everything on the page of one section."""
    application = draft.application
    names = [each.name for each in SECTIONS]
    at = names.index(section.name)
    following = SECTIONS[at + 1] if at + 1 < len(SECTIONS) else None
    known = context(draft, section)
    return {
        **head(draft),
        "section": section,
        "tasks": tasks(draft, section.name),
        "step": at + 1,
        "steps": len(names),
        "following": following,
        "next_address": section_address(application.pk, following.name) if following else check_address(application.pk),
        "can_edit": can_edit,
        "fields": fields(draft, section, known),
        "blanks": blanks(draft, section, known) if can_edit else [],
        "base": base(draft, section),
        "panel": panel(draft, section),
        "beside": part(draft, section, section.beside, known) if section.beside else "",
        **more,
    }


def present(request: Request, application: Application, section: Section, can_edit: bool) -> tuple[presence.Present, ...]:
    """Who else has the draft open; whoever may edit it is noted as being here, too."""
    user = request.actor.user or 0
    if user and can_edit:
        return presence.touch(application.pk, user, section.name, request.at)
    return presence.who_else(application.pk, user, request.at)


def head(draft: Draft) -> dict[str, Any]:
    """What stands at the head of every page of a draft."""
    return {"draft": draft, "application": draft.application, "tier": draft.programme.tier(draft.facts.tier), "due": draft.due}


def fields(draft: Draft, section: Section, known: dict[str, Any], refused: Mapping[str, str] | None = None) -> SafeString:
    """The section's fields as markup, with what is wrong marked; `known` is its context, `refused` what was typed and cannot be kept."""
    html = filled(render_to_string(section.template, known), refused or {})
    wrong = [*(refused or ()), *(path for path, finding in draft.findings_of(section.fields) if finding.severity == "error")]
    return mark_safe(marked(html, dict.fromkeys(wrong)))  # noqa: S308  # rendered by our own templates just above


def context(draft: Draft, section: Section) -> dict[str, Any]:
    """What a section's template gets."""
    return {"draft": draft, "spots": draft.spots, **section.context(draft)}


def blanks(draft: Draft, section: Section, known: dict[str, Any]) -> list[tuple[str, SafeString]]:
    """For each list that can grow: a blank row, for the browser to take out. Rows that are drawn one by one are drawn alone; others stand
    in their section, drawn with nothing else in it."""
    empty = {name: list[Any]() for name in section.fields if name in ROWS}
    found = []
    for name in section.blank_rows:
        row = section.dress(draft, [draft.blank_row(name)])[0]
        html = row.get("html") or render_to_string(section.template, {**known, "spots": {}, **empty, name: [row]})
        found.append((name, html))
    return found


def base(draft: Draft, section: Section) -> str:
    """The section's part of the document as JSON: what the page was drawn from."""
    return msgspec.json.encode({name: draft.document.get(name) for name in section.fields}).decode()


def panel(draft: Draft, section: Section) -> dict[str, Any]:
    """What the side panel says: the section's findings with links to their fields, what other sections lack, its note, its rows."""
    found = draft.findings_of(section.fields)
    errors = [(path, each) for path, each in found if each.severity == "error"]
    others = [(path, each) for path, each in found if each.severity != "error"]
    return {
        "errors": _said(errors),
        "others": _said(others),
        "left": draft.errors,
        "elsewhere": draft.errors - len(errors),
        "note": section.note(draft),
        "overview": section.overview(draft),
    }


def _said(pairs: Sequence[tuple[str, Finding]]) -> list[SafeString]:
    return [told(finding, f"#{places.anchor_of(path)}") for path, finding in pairs]


def part(draft: Draft, section: Section, name: str, known: dict[str, Any]) -> str:
    """One of a section's partials, drawn anew."""
    return render_to_string(f"{section.template}#{name}", known)


def both(clashes: Sequence[Clash], draft: Draft) -> list[Both]:
    """The clashes as two texts each, in words."""
    numbers = places.numbers_of(draft.document)
    return [_both(clash, numbers) for clash in clashes]


def _both(clash: Clash, numbers: Mapping[str, int]) -> Both:
    label = name_of(clash.path, numbers.get(places.row_of(clash.path), 0))
    if places.row_of(clash.path) == clash.path:
        theirs = "；".join(str(value) for key, value in (clash.theirs or {}).items() if key != "id" and value not in (None, "", [], False))
        return Both(clash.path, label, theirs, "", "", is_gone=True)
    raw = "\n".join(clash.yours) if isinstance(clash.yours, list) else typed.shown(clash.path, clash.yours)
    return Both(clash.path, label, _words(clash.path, clash.theirs), _words(clash.path, clash.yours), raw)


def _words(path: str, value: Any) -> str:
    if isinstance(value, bool):
        return "✓" if value else ""
    return typed.shown(path, value)


def other_ways() -> list[tuple[str, Text]]:
    """Other ways to begin, as far as there are any: address and words."""
    return [(link, each.label) for each in WAYS if (link := address(each.route))]


def doors(ties: tuple[Tie, ...], application: Application) -> list[tuple[str, Text]]:
    """What else there is of an application for somebody with these ties: address and words."""
    return [
        (link, each.label)
        for each in ROOMS
        if application.state not in each.not_in
        and (link := address(each.route, application.pk))
        and may(APPLICATION, each.verb, ties, application.state).yes
    ]


def section_address(application: uuid.UUID, section: str) -> str:
    """Where a section of an application is."""
    return reverse("drafting:section", args=[application, section])


def check_address(application: uuid.UUID) -> str:
    """Where an application is checked and sent."""
    return address("drafting:check", application) or reverse("drafting:draft", args=[application])


def labels_of(paths: Sequence[str], draft: Draft) -> dict[str, Text]:
    """What fields are called, with the numbers of their rows."""
    numbers = places.numbers_of(draft.document)
    return {path: name_of(path, numbers.get(places.row_of(path), 0)) for path in paths}
