"""The history of an application for its page: versions, what differs between two, and the trail in words, narrowed and in portions."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, cast

import msgspec
from django.core.paginator import Paginator
from django.http import FileResponse
from django.utils.translation import gettext as _

from gongxue.records.listings.history import (
    Moment,
    Timeline,
    Version,
    compared,
    history,
    people_in,
    verbs_in,
    words_of,
)
from gongxue.records.models import Application
from gongxue.records.programmes import programme_of
from gongxue.rules.access import ROLES
from gongxue.rules.field_names import FIELD_NAMES
from gongxue.rules.text import Text, listed
from gongxue.rules.workflow import APPLICATION, state
from gongxue.site.request import Request
from gongxue.site.sheets import Cell, Column, sheet
from gongxue.site.templatetags.gongxue import role, text
from gongxue.stages.applying.papers.forms import number
from gongxue.stages.applying.papers.wording import Told, Wording

VERSIONS_A_PAGE: Final = 12
MOMENTS_A_PAGE: Final = 30


class Entry(msgspec.Struct, frozen=True):
    """One moment as the timeline shows it."""

    at: Any
    what: Text
    who: str
    role: Text | str
    words: str


def narrowed(request: Request, application: Application) -> Timeline:
    """The timeline as the address narrows it: `by` a person's key, `verb`. What is no key is nobody's, and finds nothing."""
    by, verb = request.GET.get("by", ""), request.GET.get("verb", "")
    return Timeline(application, user=(number(by) or -1) if by else None, verb=verb)


def page_of(request: Request, application: Application) -> dict[str, Any]:
    """What the page of the history shows. Six queries."""
    versions = history(application)
    # A timeline can be counted and cut, which is all that a paginator does to a sequence.
    moments = Paginator(cast(Sequence[Moment], narrowed(request, application)), MOMENTS_A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "application": application,
        "versions": Paginator(versions, VERSIONS_A_PAGE).get_page(request.GET.get("versions")),
        "all_versions": versions,
        "why": {version.version: words_of(version.why) for version in versions if version.why},
        "moments": moments,
        "entries": [entry_of(moment) for moment in moments.object_list],
        "people": people_in(application),
        "verbs": [(verb, words_of(verb)) for verb in verbs_in(application)],
        "by": request.GET.get("by", ""),
        "verb": request.GET.get("verb", ""),
        "query": query.urlencode(),
    }


def just_done(request: Request, versions: tuple[Version, ...]) -> dict[str, int | None]:
    """What the address says was just done, as far as it can be so: the version brought back or a file, and the version before, kept."""
    known = {version.version for version in versions}
    done = {name: number(request.GET.get(name)) for name in ("restored", "replaced", "was")}
    return done if done["was"] in known and done["restored"] in (None, *known) else dict.fromkeys(done)


def entry_of(moment: Moment) -> Entry:
    """A moment of the trail in words."""
    stands_in = _("（代理 %(name)s）") % {"name": moment.stands_in_for} if moment.stands_in_for else ""
    what = words_of(moment.verb)
    return Entry(moment.at, what, moment.who + stands_in, ROLES.get(moment.role, ""), "　".join(_words(moment)))


def _words(moment: Moment) -> Iterator[str]:
    """What there is to say of a moment: reason, fields, version."""
    if moment.reason:
        yield _("原因：%(reason)s") % {"reason": moment.reason}
    if moment.paths:
        yield text(fields_of(moment))
    if moment.target and moment.source != moment.target:
        yield text(state(APPLICATION, moment.target).label)
    if moment.blanked:
        yield _("（內容已清除）")
    if moment.version:
        yield _("第 %(version)s 版") % {"version": moment.version}


def fields_of(moment: Moment) -> Text:
    """The fields that an edit changed, each by its part of the form, once."""
    tops = dict.fromkeys(path.split("/")[0] for path in moment.paths)
    return listed([FIELD_NAMES.get(top, Text(top, top)) for top in tops])


def differences(application: Application, before: int, after: int) -> list[Told]:
    """What two versions differ in, in words; raises NotThere for a version that was never kept."""
    wording = Wording(programme_of(application.programme, application.programme_version))
    return [wording.told(difference) for difference in compared(application, before, after)]


def pair(request: Request, versions: tuple[Version, ...]) -> tuple[int, int]:
    """The two versions that the address names, the older first; the last kept one and the present one where it names none."""
    known = [version.version for version in versions]
    usual = (known[1] if len(known) > 1 else known[0], known[0])
    named = [number(request.GET.get(name)) for name in ("before", "after")]
    before, after = (other if value is None else value for value, other in zip(named, usual, strict=True))
    return min(before, after), max(before, after)


def exported(request: Request, application: Application, kind: str) -> FileResponse:
    """The timeline as a sheet, narrowed as the page is."""
    columns = (
        Column("number", _("序號"), "int", 6), Column("at", _("時間"), "instant", 20), Column("who", _("人"), width=14),
        Column("role", _("職務"), width=12), Column("stands_in_for", _("代理"), width=12), Column("what", _("事項"), width=16),
        Column("version", _("版本"), "int", 6), Column("state", _("狀態"), width=12), Column("reason", _("原因"), width=40),
        Column("fields", _("改了哪些"), width=40),
    )  # fmt: skip
    title = _("歷程-%(name)s") % {"name": application.name}
    return sheet(kind, title, columns, map(_row, narrowed(request, application)))


def _row(moment: Moment) -> list[Cell]:
    now = text(state(APPLICATION, moment.target).label) if moment.target else ""
    return [
        moment.number, moment.at, moment.who, role(moment.role), moment.stands_in_for, text(words_of(moment.verb)), moment.version, now,
        moment.reason, text(fields_of(moment)),
    ]  # fmt: skip
