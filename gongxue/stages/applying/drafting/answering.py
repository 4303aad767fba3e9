"""What autosave is answered: the version, what could not be done, and every part of the page that has changed by it."""

from typing import Any, Final

import msgspec
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from gongxue.records.changes import Change
from gongxue.records.models import Application
from gongxue.records.presence import Present
from gongxue.records.refusals import ChangeError
from gongxue.rules.access import may
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION
from gongxue.site.request import Request
from gongxue.site.templatetags.gongxue import clock, text
from gongxue.stages.applying.drafting import pages, typed
from gongxue.stages.applying.drafting.actions import Kept
from gongxue.stages.applying.drafting.draft import Draft
from gongxue.stages.applying.drafting.posted import value_at
from gongxue.stages.applying.drafting.sections.section import Section

_UNREADABLE: Final = Text("這次儲存的內容不完整，請重新載入頁面。", "What was sent is incomplete: reload the page.")


class Wanted(msgspec.Struct, frozen=True):
    """One change as a browser sends it: a `set` with the `raw` text (or list of texts) that was typed, or a row's `value`."""

    kind: str
    path: str
    base: Any = None
    raw: Any = None
    value: Any = None
    row: str = ""
    after: str = ""


class Sent(msgspec.Struct, frozen=True):
    """What autosave sends. `person` is who was logged in when it was typed; `version` what the page shows."""

    person: int
    version: int
    changes: list[Wanted]


class Read(msgspec.Struct, frozen=True):
    """What was sent, as changes; and what cannot be read, by its path."""

    sent: Sent
    changes: list[Change]
    refused: dict[str, Text]


def read(body: bytes) -> Read:
    """What autosave sent. Raises ChangeError where it is no such thing."""
    try:
        sent = msgspec.json.decode(body, type=Sent)
    except msgspec.DecodeError:
        raise ChangeError("", _UNREADABLE) from None
    changes, refused = list[Change](), dict[str, Text]()
    for each in sent.changes:
        if each.kind != "set":
            changes.append(Change(each.kind, each.path, each.base, each.value, each.row, each.after))
            continue
        try:
            changes.append(Change("set", each.path, each.base, typed.read(each.path, each.raw)))
        except ChangeError as error:
            refused[each.path] = error.told
    return Read(sent, changes, refused)


def answer(request: Request, section: Section, told: Read, kept: Kept) -> JsonResponse:
    """The answer to a save."""
    draft = Draft(kept.application)
    known = pages.context(draft, section)
    others = pages.present(request, draft.application, section, can_edit=True)
    body = _page(draft, section, known, others) | {
        "saved": clock(request.at),
        "values": {each.path: value_at(draft.document, each.path) for each in told.changes if each.kind == "set"},
        "refused": {path: text(words) for path, words in {**told.refused, **kept.refused}.items()},
        "clashes": [each.path for each in kept.clashes],
        "shown": _shown(told, draft),
    }
    if kept.clashes:
        shell = {"clashes": pages.both(kept.clashes, draft)}
        body["parts"]["clashes"] = render_to_string("drafting/section.html#clashes", shell)
    if _others_wrote(told, kept, section):
        body |= {"fields": str(pages.fields(draft, section, known)), "base": pages.base(draft, section)}
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def _page(draft: Draft, section: Section, known: dict[str, Any], others: tuple[Present, ...]) -> dict[str, Any]:
    """Everything on the page that follows from the document: parts, small texts, what is said and what is wrong."""
    application = draft.application
    shell = {
        "panel": pages.panel(draft, section),
        "tasks": pages.tasks(draft, section.name),
        "present": others,
        "application": application,
        "section": section,
    }
    parts = {name: render_to_string(f"drafting/section.html#{name}", shell) for name in ("panel", "tasks", "bar", "present")}
    return {
        "version": application.version,
        "parts": parts | {name: pages.part(draft, section, name, known) for name in section.parts},
        "texts": section.texts(draft),
        "said": {spot: str(html) for spot, html in draft.spots.items() if spot.split("/")[0] in section.fields},
        "wrong": sorted({path for path, each in draft.findings_of(section.fields) if each.severity == "error"}),
    }


def _shown(told: Read, draft: Draft) -> dict[str, str]:
    """How what was typed is shown now that it is kept: dates and money in one spelling."""
    paths = [each.path for each in told.changes if each.kind == "set"]
    return {path: typed.shown(path, value_at(draft.document, path)) for path in paths if typed.kind_of(path) not in ("ticks", "yes")}


def _others_wrote(told: Read, kept: Kept, section: Section) -> bool:
    """Whether the page lacks something: somebody else saved meanwhile, or more followed from the changes than was sent."""
    if kept.application.version != told.sent.version + bool(kept.done):
        return True
    sent = {(each.kind, each.path, each.row) for each in told.changes}
    return any((each.kind, each.path, each.row) not in sent for each in kept.done if each.path.split("/")[0] in section.fields)


def present(request: Request, application: Application, section: Section) -> JsonResponse:
    """Who else is on the draft, and its version; with `version`, which the page shows, the fields where they are no longer the newest."""
    can_edit = may(APPLICATION, "edit", request.bonds, application.state).yes
    others = pages.present(request, application, section, can_edit)
    shell = {"present": others, "application": application}
    body: dict[str, Any] = {
        "version": application.version,
        "person": request.actor.user,
        "token": get_token(request),
        "open": can_edit,
        "parts": {"present": render_to_string("drafting/section.html#present", shell)},
    }
    if request.GET.get("version", str(application.version)) != str(application.version):
        draft = Draft(application)
        known = pages.context(draft, section)
        body |= _page(draft, section, known, others) | {
            "fields": str(pages.fields(draft, section, known)),
            "base": pages.base(draft, section),
        }
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})
