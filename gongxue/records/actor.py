"""Who acts, in which posts: passed in by whoever calls a door. Nothing below the site reads a request."""

from typing import Final

import msgspec

from gongxue.rules.access import SYSTEM_ROLE, Tie


class Held(msgspec.Struct, frozen=True):
    """A post as it is held on the day of the act. `school` is a primary key, None in the city; `stands_in_for` a post's key."""

    post: int
    role: str
    school: int | None = None
    stands_in_for: int | None = None


class Actor(msgspec.Struct, frozen=True):
    """A person at the moment of acting; `user` is None for somebody who has not logged in, and for the system."""

    user: int | None
    name: str
    posts: tuple[Held, ...] = ()

    def roles(self) -> frozenset[str]:
        """The roles this person holds."""
        return frozenset(held.role for held in self.posts)


NOBODY: Final = Actor(None, "")
"""Somebody who has not logged in, or whose account is closed."""
SYSTEM: Final = Actor(None, "system", (Held(0, SYSTEM_ROLE),))
"""The command line and the background: a role of its own in the access table, so that nobody without a name is taken for it."""


class Capacity(msgspec.Struct, frozen=True):
    """In what capacity somebody acts this once: the role that allows it, and the post where the role comes from one."""

    user: int | None
    role: str = ""
    post: int | None = None


def ties(actor: Actor, community_role: str, fiscal_school: int | None, schools: frozenset[int]) -> tuple[Tie, ...]:
    """How `actor` is bound to an application: `community_role` is "convener", "member" or "" for none."""
    found = [Tie(community_role, "own")] if community_role else []
    for held in actor.posts:
        found.append(Tie(held.role, "any"))
        if held.school is not None and held.school == fiscal_school:
            found.append(Tie(held.role, "own_school"))
        elif held.school is not None and held.school in schools:
            found.append(Tie(held.role, "partner_school"))
    return tuple(found)


def capacity(actor: Actor, by: Tie | None, school: int | None = None) -> Capacity:
    """The capacity of an act that the tie `by` allowed; `school` is the object's own school. A post of one's own goes before a
    stand-in's."""
    if by is None:
        return Capacity(actor.user)
    fits = [held for held in actor.posts if held.role == by.role and _fits(held, by, school)]
    held = min(fits, key=lambda each: each.stands_in_for is not None, default=None)
    return Capacity(actor.user, by.role, held.post or None if held is not None else None)


def _fits(held: Held, by: Tie, school: int | None) -> bool:
    if by.relation == "own_school":
        return held.school == school
    return held.school != school if by.relation == "partner_school" else by.relation == "any"
