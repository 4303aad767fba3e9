"""Fills the demo's city with schools and people: somebody in every post, each given through the records' own door."""

import datetime
import random
import zlib
from collections.abc import Iterator
from typing import Final

import msgspec

from gongxue.records.actor import SYSTEM, Actor, Held
from gongxue.records.models import School, User
from gongxue.records.people import give_post
from gongxue.rules.access import SCHOOL_ROLES
from gongxue.rules.programme import Programme
from gongxue.rules.register import Register
from gongxue.site.demo.cast import CAST, HOME, Part
from gongxue.site.demo.words import GIVEN, SUBJECTS, SURNAMES

SINCE: Final = datetime.date(2021, 8, 1)
TEACHERS: Final = 6
TEACHERS_AT_HOME: Final = 18
"""The school of the cast has eight communities."""
TITLES: Final = {
    "clerk": "研發組長",
    "director": "教務主任",
    "accountant": "會計主任",
    "principal": "校長",
    "member": "教師",
    "reviewer": "審查委員",
}


class Townsman(msgspec.Struct, frozen=True):
    """Somebody of the city: the user, as whom he or she acts, and the school (None in the city)."""

    user: User
    actor: Actor
    school: School | None


class Town(msgspec.Struct, frozen=True):
    """Everybody, by school name and role; "" is the city."""

    schools: dict[str, School]
    people: dict[tuple[str, str], list[Townsman]]

    def at(self, school: str, role: str) -> list[Townsman]:
        """Who holds a post at a school."""
        return self.people.get((school, role), [])

    def one(self, email: str) -> Townsman:
        """The one with this address."""
        return next(each for held in self.people.values() for each in held if each.user.email == email)


def found(programme: Programme, chance: random.Random, password: str, at: datetime.datetime) -> Town:
    """The city's schools and people; `password` is a hash, the same for all, since hashing five hundred would take a while."""
    register = programme.register
    if register is None:
        raise ValueError(f"{programme.id} has no register of schools")
    schools = _schools(register)
    town = Town(schools, {})
    names = _names(chance)
    for part in [*CAST, *_others(schools, chance, names)]:
        user = User(
            email=part.email, name=part.name, subject=part.subject, title=part.title, date_joined=at, password=password,
            phone=f"03-52{zlib.crc32(part.key.encode()) % 90000 + 10000}" if part.school else "03-5216121",
        )  # fmt: skip
        user.save(force_insert=True)
        school = schools.get(part.school)
        post = give_post(user.pk, part.role, school.pk if school else None, first=SINCE, actor=SYSTEM, at=at)
        actor = Actor(user.pk, user.name, (Held(post.pk, part.role, school.pk if school else None),))
        town.people.setdefault((part.school, part.role), []).append(Townsman(user, actor, school))
    return town


def _schools(register: Register) -> dict[str, School]:
    fields = ("key", "code", "name", "full_name", "level", "district", "founder", "participates")
    School.objects.bulk_create([School(**{field: getattr(each, field) for field in fields}) for each in register.schools])
    return {school.name: school for school in School.objects.all()}


def _names(chance: random.Random) -> Iterator[str]:
    """Names that nobody of the cast has, each once."""
    taken = {part.name for part in CAST}
    every = [surname + given for surname in SURNAMES for given in GIVEN]
    return (name for name in chance.sample(every, len(every)) if name not in taken)


def _others(schools: dict[str, School], chance: random.Random, names: Iterator[str]) -> Iterator[Part]:
    """Whoever is needed beside the cast: every post of every school that takes part, teachers, three reviewers."""
    cast = {(part.school, part.role) for part in CAST}
    for school in schools.values():
        if school.participates:
            wanted = [role for role in SCHOOL_ROLES if (school.name, role) not in cast] + ["member"] * (
                TEACHERS_AT_HOME if school.name == HOME else TEACHERS
            )
            for number, role in enumerate(wanted, start=1):
                subject = chance.choice(SUBJECTS) if role in ("member", "director", "clerk") else ""
                yield Part(f"{school.key}-{number}", next(names), role, school.name, subject, TITLES[role], CAST[0].task)
    for number in range(1, 4):
        yield Part(f"reviewer-{number}", next(names), "reviewer", "", "", TITLES["reviewer"], CAST[0].task)
