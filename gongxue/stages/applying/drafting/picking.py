"""Members picked from the list of a school's people: a page of its own, so that it works without JavaScript."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from gongxue.records.changes import Change
from gongxue.records.listings.people import colleagues, people_of_school
from gongxue.records.models import Application, School
from gongxue.rules.deadlines import TAIPEI
from gongxue.site import guard
from gongxue.site.request import Request
from gongxue.stages.applying.drafting import actions, pages
from gongxue.stages.applying.drafting.draft import Draft
from gongxue.stages.applying.drafting.sections.members import joined
from gongxue.stages.applying.drafting.sections.pasted import who


@guard.on_application("edit")
def pick(request: Request, application: Application) -> HttpResponse:
    """Look for people of a school, tick them, and add them to the members."""
    desk = Draft(application)
    school = _school(request, application)
    if request.method == "POST":
        actions.save(application.pk, _chosen(request, desk, school), actor=request.actor, at=request.at)
        return redirect("drafting:section", application.pk, "members")
    return render(request, "drafting/pick.html", {**pages.head(desk), **_found(request, desk, school)})


def _school(request: Request, application: Application) -> School | None:
    """The school that is looked through: the one asked for, else the application's, else one's own."""
    asked = (request.POST if request.method == "POST" else request.GET).get("school", "")
    if asked:
        return School.objects.filter(key=asked[:32]).first()
    own = [held.school for held in request.actor.posts if held.school is not None]
    return application.fiscal_school or School.objects.filter(pk__in=own[:1]).first()


def _chosen(request: Request, desk: Draft, school: School | None) -> list[Change]:
    users = {int(each) for each in request.POST.getlist("user") if each.isascii() and each.isdigit() and len(each) < 10}
    day = request.at.astimezone(TAIPEI).date()
    found = colleagues(request.actor, school.pk, users, day) if school is not None else ()
    where = (school.full_name or school.name) if school is not None else ""
    return joined(desk, [{"school": where, "name": each.name, "subject": each.subject} for each in found])


def _found(request: Request, desk: Draft, school: School | None) -> dict[str, object]:
    """What the page shows; `people` are pairs of somebody and whether they are in the community already."""
    asked = request.GET.get("q", "")[:50]
    day = request.at.astimezone(TAIPEI).date()
    register = desk.programme.register
    rows = (*(desk.document.get("members") or ()), desk.document.get("convener") or {})
    known = {who(row, register) for row in rows}
    found = people_of_school(request.actor, school.pk, asked, day) if school is not None else ()
    people = [(each, who({"name": each.name, "school": each.school}, register) in known) for each in found]
    return {"people": people, "q": asked, "school": school, "schools": School.objects.filter(participates=True)}
