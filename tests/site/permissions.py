"""The shape of the permission table: who is who, and what a row says. The rows stand in `tests/**/routes.py`, one file a room.

A room adds its file beside its tests, for instance `tests/stages/applying/drafting/routes.py`:

    from tests.site.permissions import CITY, OWN, SCHOOL, Expect, everywhere

    ROUTES = {
        "drafting:start": Expect(everywhere("member", "clerk")),
        "drafting:draft": Expect(OWN | SCHOOL | CITY | {"partner_clerk", "partner_director"}, on="application"),
        "drafting:section": Expect(OWN | {"clerk"}, on="application", address={"section": "basics"}),
        "submitting:submit": Expect({"clerk"}, on="application", state="signed"),
        "signing:sign": Expect({"director"}, on="application", state="signing", post={"director"}, data={"password": "x"}),
    }

Names are standings towards *ours*, the application (or school) of 東園國小 with members at 三民國小. *Theirs* is that of 關埔國小 and nobody
repeats its rows: there `other_clerk` is the clerk, and `clerk` is a clerk of somewhere else. Every name is tried on ours, theirs and what
never was, by GET and by POST; every request is undone. To enter is to get past the guard: a page, a redirect, a form that comes back (422),
a 405 or a 409. Who does not enter is told why (403) where the object may be seen, gets the page of what is not there (404), or is asked to
log in.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

SCHOOL_ROLES = ("clerk", "director", "accountant", "principal")
HERE = ("convener", "member", "colleague", *SCHOOL_ROLES)
"""At the school of the object. `convener` and `member` belong to its community; `colleague` holds the same post and does not."""

OWN = frozenset({"convener", "member"})
SCHOOL = frozenset(SCHOOL_ROLES)
CITY = frozenset({"officer", "supervisor", "centre_staff", "auditor"})
NOBODY = "nobody"
CAST: dict[str, tuple[str, str] | None] = {
    **{name: (name if name in SCHOOL_ROLES else "member", "own") for name in HERE},
    **{f"partner_{name}": (name if name in SCHOOL_ROLES else "member", "partner") for name in ("colleague", *SCHOOL_ROLES)},
    **{f"other_{name}": (name if name in SCHOOL_ROLES else "member", "other") for name in HERE},
    **{name: (name, "city") for name in (*sorted(CITY), "reviewer")},
    "stranger": None,
    NOBODY: None,
}
"""Everybody: the role of the post and where it is held; None holds none."""
EVERYBODY = frozenset(CAST)
LOGGED_IN = EVERYBODY - {NOBODY}
SEE_AN_APPLICATION = OWN | SCHOOL | CITY | {"partner_clerk", "partner_director"}


def everywhere(*roles: str) -> frozenset[str]:
    """Everybody who holds a post of one of these roles, at whichever school or in the city."""
    return frozenset(name for name, held in CAST.items() if held is not None and held[0] in roles)


def standing(name: str, where: str) -> str:
    """What somebody of the cast is towards `where`: ours or theirs."""
    if where == "ours" or CAST[name] is None or name == "reviewer" or name in CITY:
        return name
    if name.startswith("other_"):
        return name.removeprefix("other_")
    return "other_" + name.removeprefix("partner_")


@dataclass(frozen=True)
class Expect:
    """One row: who enters a route, and what the address names.

    `on`: "" (the same for all), "application" (address `application`), "school" (address `school`) or "post" (address `post`: the clerk's).
    `told`: who does not enter and is told why; None is whoever else may see such an object. `post`: who enters by POST, None being the
    same as by GET. `state`: of both applications. `address`, `query`, `data`: the rest of the address, of the query and of the form.
    `ready`: makes ready what the route needs, given the World of the test; what it gives back by "ours" and "theirs" goes into their
    addresses. `methods`: which are tried; one is left out only with a reason beside it.
    """

    enter: Iterable[str]
    on: str = ""
    told: Iterable[str] | None = None
    post: Iterable[str] | None = None
    state: str = "draft"
    address: dict[str, Any] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    ready: Callable[..., dict[str, dict[str, Any]] | None] | None = None
    methods: tuple[str, ...] = ("GET", "POST")

    def answer(self, name: str, where: str, method: str) -> str:
        """What `name` should be answered: "in", "refused", "nothing" or "login"."""
        here = standing(name, where)
        enter = frozenset(self.enter)
        told = self._told() | enter
        if method == "POST" and self.post is not None:
            enter = frozenset(self.post)
        if where != "nowhere" and here in enter:
            return "in"
        if name == NOBODY and NOBODY not in told:
            return "login"
        return "refused" if where != "nowhere" and here in told else "nothing"

    def _told(self) -> frozenset[str]:
        if self.told is not None:
            return frozenset(self.told)
        if not self.on:
            return LOGGED_IN
        return SEE_AN_APPLICATION if self.on == "application" else frozenset()
