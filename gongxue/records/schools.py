"""The city's schools, taken from the programme's register."""

import datetime
from typing import Any, Final

import msgspec

from gongxue.records import trail
from gongxue.records.actor import Actor, capacity
from gongxue.records.models import School
from gongxue.records.refusals import NotAllowed
from gongxue.records.whole import whole
from gongxue.rules.access import SCHOOL, Tie, may
from gongxue.rules.register import Register

FACTS: Final = ("code", "name", "full_name", "level", "district", "founder", "participates")


class Founded(msgspec.Struct, frozen=True):
    """What was done: the schools added, and those that stood there and differ from the register (name, facts that differ)."""

    added: tuple[str, ...]
    kept: tuple[str, ...]
    differing: tuple[tuple[str, tuple[str, ...]], ...]


@whole
def found_schools(register: Register, *, actor: Actor, at: datetime.datetime) -> Founded:
    """Add the schools of the register that are not there yet, each with its trail. What stands there is left as it is: people may have
    put it right since. Raises NotAllowed, Unkept."""
    answer = may(SCHOOL, "found", [Tie(held.role, "any") for held in actor.posts], "")
    if not answer.yes:
        raise NotAllowed(answer.reason)
    there = {school.key: school for school in School.objects.select_for_update(no_key=True)}
    added, kept, differing = [], [], []
    for listed in register.schools:
        facts: dict[str, Any] = {name: getattr(listed, name) for name in FACTS}
        known = there.get(listed.key)
        if known is None:
            school = School.objects.create(key=listed.key, **facts)
            trail.write(SCHOOL, school.pk, "found", {"key": school.key, **facts}, by=capacity(actor, answer.by), at=at)
            added.append(school.name)
        else:
            kept.append(known.name)
            if others := tuple(name for name, value in facts.items() if getattr(known, name) != value):
                differing.append((known.name, others))
    return Founded(tuple(added), tuple(kept), tuple(differing))
