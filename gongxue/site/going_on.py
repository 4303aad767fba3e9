"""Where somebody goes on who was refused: to the paper that the address names, as it is now, where that may still be seen."""

from uuid import UUID

import msgspec
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from gongxue.records.listings.history import last_change, words_of
from gongxue.records.models import Application, School, SchoolSummary
from gongxue.records.sight import may_on, visible_to
from gongxue.rules.access import CITY_ROLES, ROLES, SCHOOL_ROLES
from gongxue.rules.deadlines import TAIPEI
from gongxue.rules.taiwan import english_date, roc_date
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION, SCHOOL_SUMMARY
from gongxue.site.programme import current
from gongxue.site.request import ours

FRONT = {"signing": "signing:paper", "overseeing": "overseeing:application"}
"""Where the rooms show an application to those who work there; else its own front page."""
SUMMARY = "summary"
"""How the names of the addresses of a school's 附件一 begin."""


class Way(msgspec.Struct, frozen=True):
    """A way on: its address, what stands there, and what last changed in it, where the reader came too late and may know that."""

    link: str
    label: Text
    last: Text | None = None


def way_on(request: HttpRequest) -> Way | None:
    """The way on from what a request asked; None where its address names nothing that the reader may see. At most three queries."""
    match = request.resolver_match
    if match is None or ours(request).actor.user is None:
        return None
    try:
        if "application" in match.kwargs:
            return _to_application(request, match.kwargs["application"], FRONT.get(match.namespace, "drafting:draft"))
        if "school" in match.kwargs:
            return _to_school(request, match.kwargs["school"], str(match.url_name or ""))
    except NoReverseMatch:
        return None  # a site without that room
    return None


def _to_application(request: HttpRequest, key: UUID, route: str) -> Way | None:
    application = visible_to(ours(request).actor).filter(pk=key).first()
    if application is None:
        return None
    name = application.name or "—"
    label = Text(f"看「{name}」現在的情形", f"See “{name}” as it is now")
    told = may_on(ours(request).actor, "view_history", application).yes
    return Way(reverse(route, args=[application.pk]), label, _last_change(request, application) if told else None)


def _last_change(request: HttpRequest, paper: Application | SchoolSummary) -> Text | None:
    """Who was faster; only where a form was sent, which a page had offered until something changed."""
    last = last_change(paper) if request.method == "POST" else None
    if last is None:
        return None
    verb = words_of(last.verb, APPLICATION if isinstance(paper, Application) else SCHOOL_SUMMARY)
    day, clock = last.at.astimezone(TAIPEI).date(), f"{last.at.astimezone(TAIPEI):%H:%M}"
    role = ROLES.get(last.role, Text("", ""))
    who_zh, who_en = last.who + (f"（{role.zh}）" if role.zh else ""), last.who + (f" ({role.en})" if role.en else "")
    return Text(
        f"最近一次變動：{roc_date(day, with_weekday=True)}{clock}，{who_zh}：{verb.zh}。",
        f"Last change: {english_date(day)} {clock}, {who_en}: {verb.en}.",
    )


def _to_school(request: HttpRequest, key: str, route: str) -> Way | None:
    school = School.objects.filter(key=key).first()
    here = {held.role for held in ours(request).actor.posts if school is not None and held.school in (school.pk, None)}
    if school is None or not here & {*SCHOOL_ROLES, *CITY_ROLES}:
        return None
    if route.startswith(SUMMARY):
        words = Text(f"看{school.name}現在的附件一", f"See the 附件一 of {school.name} as it is now")
        summary = SchoolSummary.objects.filter(school=school, programme=current().id).first()
        return Way(reverse("submitting:summary", args=[school.key]), words, _last_change(request, summary) if summary is not None else None)
    return Way(
        reverse("submitting:school", args=[school.key]), Text(f"看{school.name}現在的申請", f"See the applications of {school.name} now")
    )
