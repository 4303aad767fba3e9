"""Applications that look alike, for a person to judge; nothing is refused because of it.

The same name at a school, somebody in several communities, near-same titles, near-same people.

Only what the reader may see is compared: a clerk sees the own school's communities and those that people of the school belong to, the city
sees all. People are compared by name and school, as the rules compare them.

To narrow a list to what looks like another, all is compared with all. For those who see few that is done as they ask; for those who see
everything the background has done it, and has kept what it found.
"""

import re
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Final, Literal

import msgspec
from django.db.models import Q, QuerySet
from rapidfuzz import fuzz, process

from gongxue.records.actor import Actor
from gongxue.records.columns import searchable
from gongxue.records.models import Application, ApplicationSchool
from gongxue.records.sight import sees_all, visible_to
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION, states

NEAR_NAME: Final = 80.0
"""Titles that agree in so many hundredths of their characters (twice the common ones over all of both) are near-same."""
NEAR_PEOPLE: Final = 0.5
"""Communities are near-same in people when they share so large a part of the smaller one …"""
LEAST_SHARED: Final = 2
"""… and at least so many people."""
OVER: Final = ("withdrawn", "declined", "ineligible")
"""What has ended like this looks like nothing else."""
MOST: Final = 20
"""Likenesses told of one application; who has more has one answer to give for all."""
MOST_TITLES: Final = 2_000
"""Different titles that are compared with each other; of more, only those count that are the same."""

Kind = Literal["same_name", "near_name", "near_people", "person"]
_ALIVE: Final = tuple(state.name for state in states(APPLICATION) if state.name not in OVER)
_EVERYBODYS: Final = re.compile("教師專業學習社群|專業學習社群|教師社群|學習社群|社群")
"""Words that every title may have, which say nothing of two titles that share them."""


class Likeness(msgspec.Struct, frozen=True):
    """One other application that this one looks like. `who` are the people in both, where it is about people."""

    kind: Kind
    other: uuid.UUID
    name: str
    school: str
    who: tuple[str, ...] = ()

    @property
    def words(self) -> Text:
        """What is alike, for people."""
        who, name = "、".join(self.who), f"「{self.name}」（{self.school}）"
        english = f"“{self.name}” ({self.school})"
        return {
            "same_name": Text(f"和同校的{name}同名", f"Has the same name as {english} at the same school"),
            "near_name": Text(f"名稱和{name}很相近", f"Its name is close to {english}"),
            "near_people": Text(f"成員和{name}大半相同：{who}", f"Most of its people are in {english}, too: {who}"),
            "person": Text(f"{who}也在{name}", f"{who}: also in {english}"),
        }[self.kind]


class _Known(msgspec.Struct, frozen=True):
    key: uuid.UUID
    name: str
    plain: str
    core: str
    school: int | None
    school_name: str


def likenesses(actor: Actor, programme: str, of: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[Likeness, ...]]:
    """What each of these applications looks like, among all of the programme that `actor` may see. Two queries, however many there are."""
    seen = _alive(visible_to(actor), programme)
    known, people = {each.key: each for each in _known(seen)}, _people(seen)
    where: dict[tuple[int, str], list[uuid.UUID]] = defaultdict(list)
    for key, persons in people.items():
        for person in persons:
            where[person].append(key)
    cores = {key: each.core for key, each in known.items() if each.core}
    found = {}
    for key in of:
        if key in known:
            alike = [*_by_name(known[key], known, cores), *_by_people(key, known, people, where)]
            found[key] = tuple(alike[:MOST])
    return found


def alike(actor: Actor, programme: str) -> Q:
    """The applications of a programme that look like any other that `actor` may see: those of which `likenesses` tells something.

    Whoever sees everything is answered from what the background found last (`records.lookalikes`); it looks every
    minute.
    """
    if sees_all(actor):
        return Q(programme=programme, alike=True, state__in=_ALIVE)
    return Q(pk__in=looking_alike(visible_to(actor), programme))


def looking_alike(seen: QuerySet[Application], programme: str) -> frozenset[uuid.UUID]:
    """Those of the applications in `seen`, of a programme, that look like any other of them. Two queries; a thousand titles take a tenth of
    a second."""
    some = _alive(seen, programme)
    people = _people(some)
    together, titled = defaultdict[tuple[int, str], list[uuid.UUID]](list), defaultdict[str, list[uuid.UUID]](list)
    for each in _known(some):
        titled[each.core].append(each.key)
        for person in people.get(each.key, ()):
            together[person].append(each.key)
    titled.pop("", None)
    found = {key for keys in (*together.values(), *titled.values()) if len(keys) > 1 for key in keys}
    titles = list(titled) if len(titled) <= MOST_TITLES else []
    for number, title in enumerate(titles):
        # Each pair once: from both its sides the score is the same.
        for near, _score, _at in process.extract(title, titles[number + 1 :], scorer=fuzz.ratio, score_cutoff=NEAR_NAME, limit=None):
            found |= {*titled[title], *titled[near]}
    return frozenset(found)


def _alive(seen: QuerySet[Application], programme: str) -> QuerySet[Application]:
    return seen.filter(programme=programme, state__in=_ALIVE)


def _known(some: QuerySet[Application]) -> Iterator[_Known]:
    rows = some.order_by("fiscal_school__key", "name", "pk").values_list("pk", "name", "fiscal_school", "fiscal_school__name")
    for key, name, school, school_name in rows:
        plain = searchable(name)
        yield _Known(key, name, plain, _EVERYBODYS.sub("", plain), school, school_name or "")


def _people(some: QuerySet[Application]) -> dict[uuid.UUID, set[tuple[int, str]]]:
    found: dict[uuid.UUID, set[tuple[int, str]]] = defaultdict(set)
    rows = ApplicationSchool.objects.filter(application__in=some.order_by().values("pk")).values_list("application", "school", "people")
    for application, school, names in rows:
        found[application] |= {(school, name) for name in names.split("|") if name}
    return found


def _by_name(own: _Known, known: dict[uuid.UUID, _Known], cores: dict[uuid.UUID, str]) -> Iterator[Likeness]:
    if not own.core:
        return
    near = process.extract(own.core, cores, scorer=fuzz.ratio, score_cutoff=NEAR_NAME, limit=MOST + 1)
    for _core, _score, key in near:
        other = known[key]
        if key != own.key:
            same = other.plain == own.plain and other.school == own.school and own.school is not None
            yield Likeness("same_name" if same else "near_name", key, other.name, other.school_name)


def _by_people(
    key: uuid.UUID,
    known: dict[uuid.UUID, _Known],
    people: dict[uuid.UUID, set[tuple[int, str]]],
    where: dict[tuple[int, str], list[uuid.UUID]],
) -> Iterator[Likeness]:
    own = people.get(key, set())
    shared: dict[uuid.UUID, list[str]] = defaultdict(list)
    for person in sorted(own):
        for other in where[person]:
            if other != key and other in known:
                shared[other].append(person[1])
    for other, who in shared.items():
        smaller = min(len(own), len(people[other]))
        many = len(who) >= max(LEAST_SHARED, NEAR_PEOPLE * smaller)
        yield Likeness("near_people" if many else "person", other, known[other].name, known[other].school_name, tuple(who))
