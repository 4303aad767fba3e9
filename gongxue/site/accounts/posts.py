"""Somebody's own posts, for the account page."""

import datetime

import msgspec
from django.db.models import Q

from gongxue.records.actor import Actor
from gongxue.records.listings.people import posts_of
from gongxue.records.models import Post
from gongxue.records.people import post_ties
from gongxue.records.refusals import NotThere
from gongxue.rules.access import POST, may


class StandIn(msgspec.Struct, frozen=True):
    """Who stands in for a post."""

    post: int
    name: str
    first: datetime.date
    last: datetime.date | None


class OwnPost(msgspec.Struct, frozen=True):
    """A post of one's own, held now or later. `stands_in_for` is a name; `may` what its holder may do to it."""

    post: int
    role: str
    school: str
    first: datetime.date
    last: datetime.date | None
    stands_in_for: str
    stand_ins: tuple[StandIn, ...]
    may: tuple[str, ...]


def own_posts(actor: Actor, day: datetime.date) -> list[OwnPost]:
    """The posts of `actor` on `day` and after, each with its stand-ins. Two queries."""
    open_ = Q(last__isnull=True) | Q(last__gte=day)
    rows = list(Post.objects.filter(open_, user=actor.user).select_related("school", "stands_in_for__user").order_by("first", "pk"))
    stand_ins: dict[int | None, list[StandIn]] = {}
    for each in Post.objects.filter(open_, stands_in_for__in=[row.pk for row in rows]).select_related("user").order_by("first", "pk"):
        stand_ins.setdefault(each.stands_in_for_id, []).append(StandIn(each.pk, each.user.name, each.first, each.last))
    return [_own(actor, row, tuple(stand_ins.get(row.pk, ()))) for row in rows]


def _own(actor: Actor, post: Post, stand_ins: tuple[StandIn, ...]) -> OwnPost:
    # Nobody hands on what he or she only stands in for.
    bonds = post_ties(actor, post.user_id, post.role, post.school_id) if post.stands_in_for is None else ()
    verbs = tuple(verb for verb in ("name_stand_in", "hand_over", "end") if may(POST, verb, bonds, post.role).yes)
    stood = post.stands_in_for.user.name if post.stands_in_for is not None else ""
    school = post.school.name if post.school is not None else ""
    return OwnPost(post.pk, post.role, school, post.first, post.last, stood, stand_ins, verbs)


def own_post(actor: Actor, post: int, verb: str, day: datetime.date) -> OwnPost:
    """One post of `actor` to which he or she may do `verb`; raises NotThere for any other."""
    for each in own_posts(actor, day):
        if each.post == post and verb in each.may:
            return each
    raise NotThere()


def colleagues(actor: Actor, post: int, day: datetime.date) -> list[tuple[int, str]]:
    """Who could take a post over or stand in for it: people with a post at the same place, as pairs of key and name. Two queries."""
    holder, school = Post.objects.values_list("user", "school").get(pk=post)
    people = {each.user: each.name for each in posts_of(actor, school, day) if each.user != holder}
    return sorted(people.items(), key=lambda person: person[1])
