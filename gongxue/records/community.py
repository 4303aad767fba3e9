"""Who belongs to a community and writes with it: its members and its convener. Not to be mixed up with the names on the form, which are
content.

Each verb holds the application's lock and leaves its trail; the version stays, because the content does.
"""

import datetime
import uuid
from typing import Any

from gongxue.records import trail
from gongxue.records.actor import Actor, Capacity
from gongxue.records.doors import allowed, locked
from gongxue.records.models import Application, ApplicationPerson, User
from gongxue.records.refusals import NotAllowed, NotThere
from gongxue.records.sight import capacity_on
from gongxue.records.whole import whole
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION

MOST_PERSONS = 100
"""More accounts than any community has people."""


@whole
def add_member(application_id: uuid.UUID, user_id: int, *, actor: Actor, at: datetime.datetime) -> ApplicationPerson:
    """Let a user write with the community; one who does already is left as is. Raises NotThere, NotAllowed, Unkept."""
    application = locked(application_id, actor)
    by = capacity_on(actor, allowed("invite", application, actor), application)
    return join(application, user_id, "add_member", by=by, at=at)


def join(application: Application, user_id: int, verb: str, *, by: Capacity, at: datetime.datetime, **words: Any) -> ApplicationPerson:
    """Write a member whom the caller has allowed, under the application's lock."""
    if not User.objects.filter(pk=user_id, is_active=True).exists():
        raise NotThere()
    known = application.persons.filter(user_id=user_id).first()
    if known is not None:
        return known
    if application.persons.count() >= MOST_PERSONS:
        raise NotAllowed(Text(f"一個社群最多 {MOST_PERSONS} 個帳號。", f"A community has at most {MOST_PERSONS} accounts."))
    person = ApplicationPerson.objects.create(application=application, user_id=user_id, role="member")
    trail.write(APPLICATION, str(application.pk), verb, {"user": user_id, **words}, by=by, at=at, version=application.version)
    return person


@whole
def remove_member(application_id: uuid.UUID, user_id: int, *, actor: Actor, at: datetime.datetime) -> None:
    """Take a member's access away; a member may also leave. The convener hands over first. Raises NotThere, NotAllowed, Unkept."""
    application = locked(application_id, actor)
    person = application.persons.filter(user_id=user_id).first()
    if person is None:
        raise NotThere()
    if person.role == "convener":
        raise NotAllowed(Text("召集人要先把社群移交給別人。", "The convener hands the community over first."))
    leaves = user_id == actor.user
    by = Capacity(actor.user, "member") if leaves else capacity_on(actor, allowed("invite", application, actor), application)
    person.delete()
    trail.write(
        APPLICATION,
        str(application.pk),
        "leave" if leaves else "remove_member",
        {"user": user_id},
        by=by,
        at=at,
        version=application.version,
    )


@whole
def hand_over_community(application_id: uuid.UUID, to: int, *, actor: Actor, at: datetime.datetime) -> None:
    """Make a member the convener; who was it before stays as a member. Raises NotThere (also where `to` is no member), NotAllowed,
    Unkept."""
    application = locked(application_id, actor)
    by = capacity_on(actor, allowed("hand_over", application, actor), application)
    heir = application.persons.filter(user_id=to, role="member", user__is_active=True).first()
    if heir is None:
        raise NotThere()
    before = list(application.persons.filter(role="convener"))
    for person, role in [*((convener, "member") for convener in before), (heir, "convener")]:
        person.role = role
        person.save(update_fields=["role"])
    words = {"from": before[0].user_id if before else None, "to": to}
    trail.write(APPLICATION, str(application.pk), "hand_over", words, by=by, at=at, version=application.version)
