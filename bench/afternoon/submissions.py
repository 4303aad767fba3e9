"""Applications that are signed and wait for their clerks, in the database; and what became of them."""

import datetime
import itertools
import json
from collections import Counter
from typing import Any

import msgspec

from bench.afternoon.editors import AFTERNOON, EXAMPLES, logged_in

SCHOOLS = 15
CHAIN = ("director", "accountant", "principal")
LETTER = "submitting/receipt"
OWN = "東園國小"


class Submission(msgspec.Struct):
    """One form to be sent: by the clerk with this session, to this school's page of submission."""

    session: str
    school: str
    application: str
    pick: str


def make(count: int) -> list[Submission]:
    """Sign so many applications of fifteen schools, which the city lets submit for a year to come."""
    from gongxue.records.models import School

    schools = School.objects.filter(participates=True).order_by("pk")[:SCHOOLS]
    people = {school.pk: _people(school) for school in schools}
    content = (EXAMPLES / "autonomous.json").read_text("utf-8")
    turns = itertools.islice(itertools.cycle(schools), count)
    return [_signed(school, people[school.pk], content, number) for number, school in enumerate(turns)]


def _people(school: Any) -> dict[str, Any]:
    """Everybody of a school as an actor, and the clerk's session; the city has opened the school late."""
    from gongxue.records.models import Post, User
    from gongxue.records.openings import open_late
    from gongxue.records.people import actor_for
    from gongxue.rules.programme_file import load_programme

    found: dict[str, Any] = {}
    for role in ("member", "clerk", *CHAIN, "officer"):
        user = User.objects.create(email=f"{role}-{school.key}@example.edu.tw", name=f"{role} {school.key}", date_joined=AFTERNOON)
        Post.objects.create(user=user, role=role, school=None if role == "officer" else school, first=AFTERNOON.date())
        found[role] = actor_for(user.pk, AFTERNOON.date())
        found["session"] = logged_in(user) if role == "clerk" else found.get("session", "")
    until = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=365)
    programme = load_programme("hsinchu-111")
    open_late(school.pk, programme, until=until, reason="量測", actor=found["officer"], at=AFTERNOON)
    return found


def _signed(school: Any, people: dict[str, Any], content: str, number: int) -> Submission:
    from gongxue.records.doors import move, start
    from gongxue.records.models import Application
    from gongxue.records.signatures import signable
    from gongxue.records.signing import sign

    document = json.loads(content.replace(OWN, school.name)) | {"name": f"量測社群{number}"}
    application = start(document, actor=people["member"], at=AFTERNOON)
    move(application.pk, "send_to_school", actor=people["member"], at=AFTERNOON)
    for role in CHAIN:
        paper = signable(Application.objects.get(pk=application.pk))
        sign(application.pk, version=paper.version, digest=paper.digest, actor=people[role], at=AFTERNOON)
    version = Application.objects.get(pk=application.pk).version
    return Submission(people["session"], school.key, str(application.pk), f"{application.pk}.{version}")


def check(submitted: list[str]) -> list[str]:
    """What is not as it was confirmed: an application not submitted, without its one receipt, or without its letters."""
    from gongxue.records.models import Application, Message, Receipt

    states = {str(each.pk): each.state for each in Application.objects.only("pk", "state")}
    receipts = Counter(map(str, Receipt.objects.values_list("application", flat=True)))
    letters = Counter(map(str, Message.objects.filter(letter=LETTER).values_list("application", flat=True)))
    told = [(key, states.get(key), receipts[key], letters[key]) for key in submitted]
    return [
        f"{key}: {state}, {papers} receipts, {posted} letters" for key, state, papers, posted in told if (state, papers, posted) != GOOD
    ]


GOOD = ("submitted", 1, 2)
"""What stands of a submission: its state, one receipt, and a letter each to convener and clerk."""


def letters() -> dict[str, int]:
    """How many letters there are in each state."""
    from gongxue.records.models import Message

    return dict(Counter(Message.objects.values_list("state", flat=True)))
