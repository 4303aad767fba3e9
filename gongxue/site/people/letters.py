"""Letters about posts: to whoever is given one, loses one, or stands in; in the transaction of what they tell, each once.

Nobody is told of his or her own act; what the command line gives is told by its own letters.
"""

import datetime
from collections.abc import Iterator
from typing import Final

from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from gongxue.records.actor import Capacity
from gongxue.records.models import Post, User
from gongxue.rules.access import ROLES
from gongxue.site.fields import told
from gongxue.site.mail.posting import link, post_letter

LETTERS: Final = {"give_post": "given", "end_post": "ended", "take_back_post": "taken_back", "name_stand_in": "stands_in"}
"""The letter to the holder of a post for what happened to it, by the verb of its trail entry."""


def follow(post: Post, verb: str, by: Capacity, at: datetime.datetime) -> None:
    """After something happened to a post: write to those whom it concerns."""
    if by.user is None or verb not in LETTERS:
        return
    name = User.objects.values_list("name", flat=True).get(pk=by.user)
    for letter, user, about in _readers(post, verb):
        if user.pk != by.user and user.is_active:
            with translation.override(user.language):
                context = {"post": about, "called": _called(about, letter), "by": name, "holder": _holder(post), "link": _link(letter)}
            event = f"post:{about.pk}:{letter}:{about.last or ''}:{user.pk}"
            post_letter(f"people/{letter}", user, context, at=at, event=event)


def _readers(post: Post, verb: str) -> Iterator[tuple[str, User, Post]]:
    """The letter, who reads it, and the post that it is about."""
    yield LETTERS[verb], post.user, post
    if verb == "name_stand_in" and post.stands_in_for is not None:
        yield "stood_in", post.stands_in_for.user, post
    if verb == "end_post":
        until = Q(last__isnull=True) | Q(last__gt=post.last)
        for each in post.stand_ins.filter(until).select_related("user", "school").order_by("pk"):
            each.last = post.last  # nobody stands in for a post that is not held any more
            yield "ended", each.user, each


def _holder(post: Post) -> str:
    """The name of who is stood in for, or who stands in."""
    return post.stands_in_for.user.name if post.stands_in_for is not None else post.user.name


def _called(post: Post, letter: str) -> str:
    """What a post is called in a letter; those about a stand-in's beginning name who is stood in for, anyway."""
    role = told(ROLES[post.role])
    named = _("%(school)s%(role)s") % {"school": post.school.name, "role": role} if post.school is not None else role
    return _("%(post)s（代理）") % {"post": named} if post.stands_in_for_id is not None and letter in ("ended", "taken_back") else named


def _link(letter: str) -> str:
    return link(reverse("home" if letter in ("given", "stands_in") else "account"))
