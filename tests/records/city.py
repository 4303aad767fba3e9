"""A small city to test with: the schools of the programme, somebody in every post, and a stranger."""

import datetime
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.db.models import F

from gongxue.records.actor import Actor, Held
from gongxue.records.changes import Change
from gongxue.records.document import ROWS
from gongxue.records.doors import move, start
from gongxue.records.models import Application, ApplicationPerson, Post, School, User
from gongxue.records.signatures import signable
from gongxue.records.signing import sign
from gongxue.records.stamped import Told
from gongxue.rules.programme_file import load_programme

NOON = datetime.datetime(2022, 3, 24, 12, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
LATER = NOON + datetime.timedelta(minutes=1)
TODAY = NOON.date()
SINCE = datetime.date(2021, 8, 1)
BASES = Path(__file__).parent.parent / "examples" / "bases"
OWN, PARTNER, OTHER = "東園國小", "三民國小", "關埔國小"
CHAIN = ("director", "accountant", "principal")
CAST = {
    "convener": ("member", OWN),
    "member": ("member", OWN),
    "clerk": ("clerk", OWN),
    "director": ("director", OWN),
    "accountant": ("accountant", OWN),
    "principal": ("principal", OWN),
    "partner_clerk": ("clerk", PARTNER),
    "partner_director": ("director", PARTNER),
    "other_clerk": ("clerk", OTHER),
    "other_principal": ("principal", OTHER),
    "officer": ("officer", None),
    "supervisor": ("supervisor", None),
    "centre_staff": ("centre_staff", None),
    "auditor": ("auditor", None),
    "reviewer": ("reviewer", None),
    "stranger": None,
}


def document(base: str = "autonomous") -> dict[str, Any]:
    """A good application of the examples: `autonomous` of one school, `thematic` and `curriculum` across two."""
    content: dict[str, Any] = json.loads((BASES / f"{base}.json").read_text("utf-8"))
    return content


def numbered(base: str = "autonomous") -> dict[str, Any]:
    """The same, as a document whose row ids are the same in every run: `members-1`, `sessions-1`, …"""
    content = document(base)
    for name in ROWS:
        content[name] = [{"id": f"{name}-{number}", **row} for number, row in enumerate(content.get(name) or [], start=1)]
    return content


def found_city() -> SimpleNamespace:
    """Every one of the cast as an Actor, and the schools by name."""
    register = load_programme("hsinchu-111").register
    assert register is not None
    fields = ("key", "code", "name", "full_name", "level", "district", "founder", "participates")
    School.objects.bulk_create([School(**{field: getattr(each, field) for field in fields}) for each in register.schools])
    schools = {school.name: school for school in School.objects.all()}
    actors = {name: _actor(name, held, schools) for name, held in CAST.items()}
    return SimpleNamespace(**actors, schools=schools)


def _actor(name: str, held: tuple[str, str | None] | None, schools: dict[str, School]) -> Actor:
    user = User.objects.create(email=f"{name}@example.edu.tw", name=name, date_joined=NOON)
    if held is None:
        return Actor(user.pk, name)
    role, school = held
    place = schools[school] if school else None
    post = Post.objects.create(user=user, role=role, school=place, first=SINCE)
    return Actor(user.pk, name, (Held(post.pk, role, place.pk if place else None),))


def found_draft(city: SimpleNamespace, base: str = "autonomous", at: datetime.datetime = NOON) -> Application:
    """A draft of the convener's, with the member."""
    application = start(document(base), actor=city.convener, at=at)
    ApplicationPerson.objects.create(application=application, user_id=city.member.user, role="member")
    return application


def take_to_signed(city: SimpleNamespace, application: Application, at: datetime.datetime = NOON) -> Application:
    """Send an application to the school, and let its chain sign it online."""
    move(application.pk, "send_to_school", actor=city.convener, at=at)
    for role in CHAIN:
        paper = signable(Application.objects.get(pk=application.pk))
        sign(application.pk, version=paper.version, digest=paper.digest, actor=getattr(city, role), at=at)
    application.refresh_from_db()
    return application


def told_of(city: SimpleNamespace, *roles: str) -> dict[str, Told]:
    """What is told of a scan that bears these seals, each stamped by its holder of the cast."""
    return {role: Told(getattr(city, role).posts[0].post) for role in roles}


def put_into(application: Application, state: str) -> Application:
    """Put an application into a state behind the doors' back, as no code of ours does."""
    Application.objects.filter(pk=application.pk).update(state=state, version=F("version") + 1)
    application.refresh_from_db()
    return application


def put(path: str, base: object, value: object) -> Change:
    """Set the field at `path` from what the writer saw."""
    return Change("set", path, base, value)
