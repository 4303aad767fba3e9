"""What the pages of a community's people show."""

from typing import Any

from gongxue.records.listings.people import Person, open_invitations, people_of_school, persons_of
from gongxue.records.models import Application, School
from gongxue.records.refusals import NotAllowed, NotThere
from gongxue.records.sight import may_on
from gongxue.rules.access import may
from gongxue.rules.deadlines import TAIPEI
from gongxue.rules.workflow import APPLICATION
from gongxue.site.request import Request
from gongxue.stages.applying.drafting.forms import InvitationForm


def page_of(request: Request, application: Application, form: InvitationForm | None = None) -> dict[str, Any]:
    """Everything on the page. E-mail addresses are for those who write with the community."""
    persons = persons_of(application)
    is_own = any(person.user == request.actor.user for person in persons)
    can_invite, can_hand_over = (may(APPLICATION, verb, request.bonds, application.state).yes for verb in ("invite", "hand_over"))
    context = {
        "application": application,
        "persons": persons,
        "is_own": is_own,
        "can_invite": can_invite,
        "can_hand_over": can_hand_over,
        "form": form,
    }
    return context | (_looking(request, application, persons) if can_invite else {})


def _looking(request: Request, application: Application, persons: tuple[Person, ...]) -> dict[str, Any]:
    """What the convener looks for: colleagues of a school by name. Who writes along already is told so."""
    schools = list(School.objects.filter(participates=True).values_list("pk", "key", "name"))
    asked, query = request.GET.get("school", ""), request.GET.get("q", "").strip()
    own = next((held.school for held in request.actor.posts if held.school is not None), None)
    place = next((pk for pk, key, _ in schools if key == asked), own)
    day = request.at.astimezone(TAIPEI).date()
    found = people_of_school(request.actor, place, query, day) if place is not None and (query or asked) else ()
    here = {person.user for person in persons}
    return {
        "schools": [(key, name, pk == place) for pk, key, name in schools],
        "query": query,
        "looked": bool(query or asked),
        "found": [(colleague, colleague.user in here) for colleague in found],
        "invitations": open_invitations(application.pk, request.at),
    }


def removable(request: Request, application: Application, user: int) -> Person:
    """The member whose access is to be taken away, by the convener or by the member; raises NotThere, NotAllowed."""
    person = _person(application, user)
    answer = may_on(request.actor, "invite", application)
    if user != request.actor.user and not answer.yes:
        raise NotAllowed(answer.reason)
    return person


def heir(application: Application, user: int) -> Person:
    """The member who is to become the convener; raises NotThere."""
    person = _person(application, user)
    if person.role != "member":
        raise NotThere()
    return person


def _person(application: Application, user: int) -> Person:
    found = next((person for person in persons_of(application) if person.user == user), None)
    if found is None:
        raise NotThere()
    return found
