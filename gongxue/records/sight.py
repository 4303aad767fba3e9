"""Who sees, and may do, what to which applications: querysets and answers, both built from the access table's rows."""

from django.db.models import Q, QuerySet

from gongxue.records.actor import Actor, Capacity, capacity, ties
from gongxue.records.models import Application, ApplicationPerson, ApplicationSchool
from gongxue.rules.access import Answer, Tie, grants, may
from gongxue.rules.workflow import APPLICATION, states

_ALL_STATES = frozenset(state.name for state in states(APPLICATION))


def visible_to(actor: Actor) -> QuerySet[Application]:
    """The applications that `actor` may view."""
    return permitted(actor, "view")


def sees_all(actor: Actor) -> bool:
    """Whether `actor` may view every application, in whatever state it is."""
    return any(
        _ALL_STATES.issubset(grant.states) and not all(_conditions(actor, grant.roles, grant.relation))
        for grant in grants(APPLICATION, "view")
    )


def permitted(actor: Actor, verb: str) -> QuerySet[Application]:
    """The applications to which `actor` may do `verb`, each in the state it is in."""
    allowed = Q(pk__in=[])
    for grant in grants(APPLICATION, verb):
        state = Q() if _ALL_STATES.issubset(grant.states) else Q(state__in=grant.states)
        for condition in _conditions(actor, grant.roles, grant.relation):
            if not condition and not state:
                return Application.objects.all()
            allowed |= condition & state
    return Application.objects.filter(allowed)


def _conditions(actor: Actor, roles: tuple[str, ...], relation: str) -> list[Q]:
    held = [each for each in actor.posts if each.role in roles]
    schools = [each.school for each in held if each.school is not None]
    if relation == "any":
        return [Q()] if held else []
    if relation == "own" and actor.user is not None:
        own = ApplicationPerson.objects.filter(user_id=actor.user, role__in=roles)
        return [Q(pk__in=own.values("application"))]
    if relation == "own_school" and schools:
        return [Q(fiscal_school__in=schools)]
    if relation == "partner_school":
        # School by school: somebody with posts at two may be a partner with one of them, and not with the other.
        there = ((school, ApplicationSchool.objects.filter(school=school)) for school in schools)
        return [Q(pk__in=rows.values("application")) & ~Q(fiscal_school=school) for school, rows in there]
    return []


def ties_to(actor: Actor, application: Application) -> tuple[Tie, ...]:
    """How `actor` is bound to `application`."""
    role = ""
    if actor.user is not None:
        role = application.persons.filter(user_id=actor.user).values_list("role", flat=True).first() or ""
    schools = (
        frozenset(application.schools.values_list("school_id", flat=True)) if any(held.school for held in actor.posts) else frozenset()
    )
    return ties(actor, role, application.fiscal_school_id, schools)


def may_on(actor: Actor, verb: str, application: Application) -> Answer:
    """Whether `actor` may do `verb` to `application` as it stands."""
    return may(APPLICATION, verb, ties_to(actor, application), application.state)


def capacity_on(actor: Actor, answer: Answer, application: Application) -> Capacity:
    """In what capacity `actor` does to `application` what `answer` allows."""
    return capacity(actor, answer.by, application.fiscal_school_id)
