"""Posts as the desks that give them see them: who holds which, who could be given one, and who was invited and has not come yet.

Everything here is narrowed by what the access table lets the asking person do; places are schools and the city itself.
"""

import datetime
from collections.abc import Iterator
from typing import Final, Literal

import msgspec
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from gongxue.records.actor import Actor
from gongxue.records.models import Invitation, Message, Post, School, User
from gongxue.records.people import held_on, post_ties
from gongxue.records.refusals import NotAllowed, NotThere
from gongxue.rules.access import CITY_POSTS, GRANTS, POST, SCHOOL_POSTS, Tie, grants, may

CITY: Final = "city"
"""The key of the city among the places; no school has it."""
MOST: Final = 50
ORDER: Final = ("principal", "clerk", "director", "accountant", "member", *CITY_POSTS)
"""In which order a place's posts are told."""
Which = Literal["", "past", "closed"]
"""Which posts: those that can be acted in, those that have ended, those of accounts that are closed."""
_VERBS: Final = tuple(dict.fromkeys(grant.verb for grant in GRANTS if grant.subject == POST))


class Place(msgspec.Struct, frozen=True):
    """A school, or the city itself (`school` None, `name` "")."""

    key: str
    name: str
    school: int | None


def reach(actor: Actor, verb: str) -> Q:
    """The posts, or invitations to posts, to which `actor` may do `verb` by a post held somewhere; one's own are told by `may()`."""
    found = Q(pk__in=())
    for grant in grants(POST, verb):
        held = [each for each in actor.posts if each.role in grant.roles]
        if grant.relation == "any" and held:
            found |= Q(role__in=grant.states)
        elif grant.relation == "own_school" and held:
            found |= Q(role__in=grant.states, school__in={each.school for each in held if each.school is not None})
    return found


def gives_anywhere(actor: Actor) -> bool:
    """Whether `actor` gives posts at every place."""
    return may(POST, "give", [Tie(held.role, "any") for held in actor.posts], "member").yes


def roles_given(actor: Actor, school: int | None) -> tuple[str, ...]:
    """The roles that `actor` may give at a school, or in the city (None)."""
    ties = post_ties(actor, None, "", school)
    return tuple(role for role in (CITY_POSTS if school is None else SCHOOL_POSTS) if may(POST, "give", ties, role).yes)


def places(actor: Actor) -> tuple[Place, ...]:
    """Where `actor` may give some post: the city first, then schools in the register's order. At most one query."""
    everywhere = gives_anywhere(actor)
    own = {held.school for held in actor.posts if held.school is not None and roles_given(actor, held.school)}
    schools = School.objects.all() if everywhere else School.objects.filter(pk__in=own)
    found = tuple(Place(key, name, pk) for pk, key, name in schools.values_list("pk", "key", "name"))
    return (Place(CITY, "", None), *found) if everywhere else found


class PostRow(msgspec.Struct, frozen=True):
    """A post and who holds it. `school` is a name, "" in the city; `last` is the last day on which it can be acted in; `stands_in_for` the
    name of who is stood in for; `is_open` whether the holder's account is; `may` what the asking person may do to the post."""

    post: int
    user: int
    name: str
    email: str
    role: str
    school: str
    first: datetime.date
    last: datetime.date | None
    stands_in_for: str
    is_open: bool
    may: tuple[str, ...] = ()


_ROW: Final = (
    *("pk", "user", "user__name", "user__email", "role", "school__name", "first", "last"),
    *("stands_in_for__last", "stands_in_for__user__name", "school", "user__is_active"),
)


def _open(day: datetime.date) -> Q:
    """That a post can still be acted in on `day` or later: a stand-in's ends with the post stood in for."""
    held = Q(last__isnull=True) | Q(last__gte=day)
    return held & (Q(stands_in_for__isnull=True) | Q(stands_in_for__last__isnull=True) | Q(stands_in_for__last__gte=day))


def _named(query: str, name: str, email: str) -> Q:
    """That each word of `query` stands in a name or an address."""
    found = Q()
    for word in query[:100].split():
        found &= Q((f"{name}__icontains", word)) | Q((f"{email}__icontains", word))
    return found


def posts_seen(
    actor: Actor, day: datetime.date, place: Place | None = None, *, role: str = "", query: str = "", which: Which = ""
) -> QuerySet[Post]:
    """The posts that `actor` may view, at one place or all, held on `day` or later (or ended before, or of closed accounts), of one role,
    of people whose name or address holds the words of `query`."""
    open_ = _open(day)
    found = Post.objects.filter(reach(actor, "view"), _named(query, "user__name", "user__email"))
    account = Q(user__is_active=True)
    found = found.filter({"": open_ & account, "past": ~open_, "closed": ~account}[which])
    if place is not None:
        found = found.filter(school=place.school)
    if role:
        found = found.filter(role=role)
    in_order = Case(*(When(role=code, then=Value(number)) for number, code in enumerate(ORDER)))
    return found.order_by("school__key", in_order, F("stands_in_for").asc(nulls_first=True), "user__name", "first", "pk")


def rows(found: QuerySet[Post], actor: Actor, day: datetime.date) -> Iterator[PostRow]:
    """Posts of a queryset (which may be cut) for pages. One query."""
    for pk, user, name, email, role, school, first, last, stood_last, stood, school_id, is_open in found.values_list(*_ROW):
        last = min(filter(None, (last, stood_last)), default=None)
        told = PostRow(pk, user, name, email, role, school or "", first, last, stood or "", is_open)
        ties = post_ties(actor, user, role, school_id)
        verbs = tuple(each for each in _VERBS if may(POST, each, ties, role).yes and (each == "end" or not stood))
        yield msgspec.structs.replace(told, may=verbs if last is None or last >= day else ())


def post_for(actor: Actor, post_id: int, verb: str, day: datetime.date) -> PostRow:
    """One post to which `actor` may do `verb`. Raises NotThere where he or she may not see it, NotAllowed with the reason otherwise."""
    post = Post.objects.filter(pk=post_id).first()
    ties = post_ties(actor, post.user_id, post.role, post.school_id) if post is not None else ()
    if post is None or not may(POST, "view", ties, post.role).yes:
        raise NotThere()
    answer = may(POST, verb, ties, post.role)
    if not answer.yes:
        raise NotAllowed(answer.reason)
    return next(rows(Post.objects.filter(pk=post_id), actor, day))


class Found(msgspec.Struct, frozen=True):
    """Somebody to whom a post can be given; `held` are the posts that the asking person may view, each as a role and a school's name."""

    user: int
    name: str
    email: str
    held: tuple[tuple[str, str], ...] = ()


def people_to_give(actor: Actor, place: Place, query: str, day: datetime.date) -> tuple[Found, ...]:
    """People whose name or address holds `query`, at most `MOST`: whoever gives posts everywhere finds everybody, others who holds or held
    one at their school; nobody learns so who else has an account. At most two queries."""
    if not roles_given(actor, place.school):
        return ()
    known = User.objects.filter(_named(query, "name", "email"), is_active=True)
    if not (gives_anywhere(actor) and query.strip()):
        known = known.filter(pk__in=Post.objects.filter(school=place.school).values("user"))
    people = list(known.order_by("name", "pk").values_list("pk", "name", "email")[:MOST])
    held: dict[int, list[tuple[str, str]]] = {}
    posts = held_on(day).filter(reach(actor, "view"), user__in=[pk for pk, _name, _email in people]).order_by("first", "pk")
    for user, role, school in posts.values_list("user", "role", "school__name"):
        held.setdefault(user, []).append((role, school or ""))
    return tuple(Found(pk, name, email, tuple(held.get(pk, ()))) for pk, name, email in people)


class PostInvitation(msgspec.Struct, frozen=True):
    """An invitation to a post that nobody has taken yet. `school` is a name, `school_id` its key in the database; `by` who invited; `state`
    and `error` are its newest letter's, "" where there is none."""

    id: int
    email: str
    name: str
    role: str
    school: str
    school_id: int | None
    first: datetime.date
    last: datetime.date | None
    made_at: datetime.datetime
    until: datetime.datetime
    by: str
    state: str
    error: str


def invitations_to_posts(actor: Actor, place: Place | None = None, *, query: str = "") -> QuerySet[Invitation]:
    """Invitations to posts that `actor` may give, which nobody has taken or withdrawn: open and expired ones, newest first."""
    found = Invitation.objects.filter(reach(actor, "give"), _named(query, "name", "email"), application=None)
    found = found.filter(void=False, taken_at__isnull=True)
    if place is not None:
        found = found.filter(school=place.school)
    return found.order_by("-made_at", "-pk")


def invitation_rows(found: QuerySet[Invitation]) -> Iterator[PostInvitation]:
    """Invitations of a queryset (which may be cut), each with what became of its letter. One query."""
    letter = Message.objects.filter(invitation=OuterRef("pk")).order_by("-pk")
    told = {f"letter_{name}": Coalesce(Subquery(letter.values(name)[:1]), Value("")) for name in ("state", "error")}
    fields = ("pk", "email", "name", "role", "school__name", "school", "first", "last", "made_at", "until", "made_by__name")
    for row in found.annotate(**told).values_list(*fields, *told):
        pk, email, name, role, school, school_id, first, last, made_at, until, by, state, error = row
        yield PostInvitation(pk, email, name, role, school or "", school_id, first, last, made_at, until, by or "", state, error)


def invitation_to_post(actor: Actor, invitation_id: int) -> PostInvitation:
    """One of them; raises NotThere for any other."""
    for each in invitation_rows(invitations_to_posts(actor).filter(pk=invitation_id)):
        return each
    raise NotThere()
