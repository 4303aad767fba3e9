"""Posts: who holds which on a day, and the verbs that give, end and hand them over. Each goes through a lock and leaves its trail.

Days are days in Taipei, both ends of a post included. A stand-in (代理) acts in the role of the post stood in for, as long as that post is
held.
"""

import datetime
from collections.abc import Callable
from typing import Any, Final

import msgspec
from django.db.models import F, FilteredRelation, Q, QuerySet

from gongxue.records import trail
from gongxue.records.actor import NOBODY, Actor, Capacity, Held, capacity
from gongxue.records.models import Post, School, TrailEntry, User
from gongxue.records.refusals import NotAllowed, NotThere
from gongxue.records.whole import whole
from gongxue.rules.access import CITY_POSTS, POST, ROLES, SCHOOL_POSTS, Tie, may
from gongxue.rules.taiwan import roc_date
from gongxue.rules.text import Text

DAY = datetime.timedelta(days=1)
Follower = Callable[[Post, str, Capacity, datetime.datetime], None]
AFTER_POST: Final[list[Follower]] = []
"""Called in the transaction of what happens to a post, with the post, the verb of its trail entry, who did it and when."""


def _held_on(day: datetime.date, prefix: str = "") -> Q:
    """That a post is held on `day`; one that stands in for another, only while the other is held too."""
    return Q((f"{prefix}first__lte", day)) & (Q((f"{prefix}last__isnull", True)) | Q((f"{prefix}last__gte", day)))


def held_on(day: datetime.date) -> QuerySet[Post]:
    """The posts held on `day`, stand-ins among them, of people whose account is open."""
    stood = Q(stands_in_for__isnull=True) | _held_on(day, "stands_in_for__")
    return Post.objects.filter(_held_on(day), stood, user__is_active=True)


def actor_for(user_id: int | None, day: datetime.date) -> Actor:
    """The user as an actor, in all posts held on `day`; NOBODY where there is no such user or the account is closed. One query."""
    held = FilteredRelation("posts", condition=_held_on(day, "posts__"))
    rows = (
        User.objects.filter(pk=user_id or 0, is_active=True)
        .annotate(held=held)
        .order_by(F("held__stands_in_for").asc(nulls_first=True), "held__pk")
        .values_list(
            "name",
            "held__pk",
            "held__role",
            "held__school",
            "held__stands_in_for",
            "held__stands_in_for__first",
            "held__stands_in_for__last",
        )
    )
    found = list(rows)
    if user_id is None or not found:
        return NOBODY
    posts = []
    for _, post, role, school, stands_in_for, first, last in found:
        if post is not None and (stands_in_for is None or (first <= day and (last is None or last >= day))):
            posts.append(Held(post, role, school, stands_in_for))
    return Actor(user_id, found[0][0], tuple(posts))


def post_ties(actor: Actor, user_id: int | None, role: str, school_id: int | None) -> tuple[Tie, ...]:
    """How `actor` is bound to a post: as its holder, by a post at its school, or in any way."""
    found = []
    for held in actor.posts:
        found.append(Tie(held.role, "any"))
        if held.school is not None and held.school == school_id:
            found.append(Tie(held.role, "own_school"))
        if user_id is not None and user_id == actor.user and (held.role, held.school) == (role, school_id):
            found.append(Tie(held.role, "own"))
    return tuple(found)


def must_post(verb: str, actor: Actor, *, user_id: int | None, role: str, school_id: int | None) -> Capacity:
    """In what capacity `actor` does `verb` to a post of `role` at a school; raises NotAllowed with the reason."""
    answer = may(POST, verb, post_ties(actor, user_id, role, school_id), role)
    if not answer.yes:
        raise NotAllowed(answer.reason)
    return capacity(actor, answer.by, school_id)


@whole
def give_post(
    user_id: int,
    role: str,
    school_id: int | None = None,
    *,
    first: datetime.date,
    last: datetime.date | None = None,
    actor: Actor,
    at: datetime.datetime,
) -> Post:
    """Give a post from `first` to `last` (open without). Raises NotAllowed, NotThere (no such user or school), Unkept."""
    check_place(role, school_id)
    by = must_post("give", actor, user_id=None, role=role, school_id=school_id)
    return grant(Term(user_id, role, school_id, first, last), "give_post", by=by, at=at)


def check_place(role: str, school_id: int | None) -> None:
    """Raises NotAllowed where no such post can be: a school's has a school, the city's has none."""
    if role not in (*SCHOOL_POSTS, *CITY_POSTS):
        raise NotAllowed(Text("沒有這個職務。", "There is no such post."))
    if (school_id is None) != (role in CITY_POSTS):
        where = Text("必須在一所學校", "at a school") if role in SCHOOL_POSTS else Text("不屬於任何學校", "at no school")
        raise NotAllowed(Text(f"「{ROLES[role].zh}」{where.zh}。", f"The post of {ROLES[role].en} is {where.en}."))
    if school_id is not None and not School.objects.filter(pk=school_id).exists():
        raise NotThere()


class Term(msgspec.Struct, frozen=True):
    """What a post says: who holds which role where, from when until when (None: open), and the post it stands in for."""

    user: int
    role: str
    school: int | None
    first: datetime.date
    last: datetime.date | None = None
    stands_in_for: int | None = None


def grant(term: Term, verb: str, *, by: Capacity, at: datetime.datetime, words: dict[str, Any] | None = None) -> Post:
    """Write a post that was allowed by whoever calls; the user stays locked, so that the same post is not given twice at once."""
    if not User.objects.select_for_update(no_key=True).filter(pk=term.user, is_active=True).exists():
        raise NotThere()
    if term.last is not None and term.last < term.first:
        raise NotAllowed(Text("結束日不能早於開始日。", "It cannot end before it begins."), "last")
    must_be_new(term)
    post = Post.objects.create(
        user_id=term.user, role=term.role, school_id=term.school, first=term.first, last=term.last, stands_in_for_id=term.stands_in_for
    )
    _happened(post, verb, by, at, **(words or {}))
    return post


def _happened(post: Post, verb: str, by: Capacity, at: datetime.datetime, **words: Any) -> None:
    """Write it down, and let whoever has to do with it follow."""
    trail.write(POST, post.pk, verb, _words(post, **words), by=by, at=at)
    for follow in AFTER_POST:
        follow(post, verb, by, at)


def must_be_new(term: Term, about: str = "person") -> None:
    """Raises NotAllowed, about the person, where the same post is held in a part of the time already."""
    same = Post.objects.filter(user=term.user, role=term.role, school=term.school, stands_in_for=term.stands_in_for)
    same = same.filter(Q(last__isnull=True) | Q(last__gte=term.first), *([Q(first__lte=term.last)] if term.last is not None else []))
    if (held := same.first()) is not None:
        until = Text(f"至 {roc_date(held.last)}", f"until {held.last}") if held.last else Text("尚未結束", "without an end")
        told = Text(
            f"這個人從 {roc_date(held.first)} 起已經有這個職務（{until.zh}）。",
            f"This person holds this post since {held.first} ({until.en}).",
        )
        raise NotAllowed(told, about)


def _words(post: Post, **words: Any) -> dict[str, Any]:
    """What the trail keeps of a post: numbers, no names."""
    last = post.last.isoformat() if post.last else None
    told = {"user": post.user_id, "role": post.role, "school": post.school_id, "first": post.first.isoformat(), "last": last}
    return told | ({"stands_in_for": post.stands_in_for_id} if post.stands_in_for_id else {}) | words


def _locked(post_id: int, actor: Actor) -> Post:
    """The post under a lock, or NotThere where the actor may not see it."""
    post = Post.objects.select_for_update(no_key=True).filter(pk=post_id).first()
    if post is None or not may(POST, "view", post_ties(actor, post.user_id, post.role, post.school_id), post.role).yes:
        raise NotThere()
    return post


@whole
def end_post(post_id: int, last: datetime.date, *, actor: Actor, at: datetime.datetime) -> None:
    """End a post with the day `last`, and with it whoever stands in for it. One that then never began is taken back, and leaves its trail
    only.

    Raises NotAllowed, NotThere, Unkept.
    """
    post = _locked(post_id, actor)
    by = must_post("end", actor, user_id=post.user_id, role=post.role, school_id=post.school_id)
    _end(post, last, by=by, at=at)


def _end(post: Post, last: datetime.date, *, by: Capacity, at: datetime.datetime) -> None:
    before = post.last.isoformat() if post.last else None
    if post.last is not None and post.last <= last:
        told = Text(f"這個職務到 {roc_date(post.last)} 為止，只能改得更早。", f"This post ends on {post.last}: only earlier is possible.")
        raise NotAllowed(told, "last")
    if last >= post.first:
        post.last = last
        post.save(update_fields=["last"])
        _happened(post, "end_post", by, at, before=before)
    elif post.stand_ins.exists() or TrailEntry.objects.filter(post=post).exists():
        raise NotAllowed(
            Text("這個職務已經有人用過，只能結束，不能取消。", "This post has been acted in: it can be ended, not taken back.")
        )
    else:
        _happened(post, "take_back_post", by, at)
        post.delete()


@whole
def name_stand_in(post_id: int, user_id: int, *, first: datetime.date, last: datetime.date, actor: Actor, at: datetime.datetime) -> Post:
    """Name a stand-in for a post from `first` to `last`: a post of the same role and school, marked as standing in.

    Raises NotAllowed (not for oneself, not for a stand-in, not outside the post's own time), NotThere, Unkept.
    """
    post = _locked(post_id, actor)
    by = must_post("name_stand_in", actor, user_id=post.user_id, role=post.role, school_id=post.school_id)
    if post.stands_in_for_id is not None:
        raise NotAllowed(Text("代理人不能再請人代理。", "A stand-in cannot name another."))
    if post.user_id == user_id:
        raise NotAllowed(Text("不能代理自己的職務。", "Nobody stands in for himself or herself."), "person")
    if first < post.first or (post.last is not None and last > post.last):
        raise NotAllowed(_outside(post), "first" if first < post.first else "last")
    return grant(Term(user_id, post.role, post.school_id, first, last, post.pk), "name_stand_in", by=by, at=at)


def _outside(post: Post) -> Text:
    until = Text(f"到 {roc_date(post.last)}", f"until {post.last}") if post.last else Text("起", "on")
    return Text(
        f"代理期間必須在這個職務的任期內（{roc_date(post.first)}{until.zh}）。",
        f"A stand-in's time lies within the post's own (from {post.first} {until.en}).",
    )


@whole
def hand_over(post_id: int, to: int, *, first: datetime.date, actor: Actor, at: datetime.datetime) -> Post:
    """Hand a post over: it ends the day before `first`, and `to` holds it from `first` on. Raises NotAllowed, NotThere, Unkept."""
    post = _locked(post_id, actor)
    by = must_post("hand_over", actor, user_id=post.user_id, role=post.role, school_id=post.school_id)
    if post.stands_in_for_id is not None or post.user_id == to:
        raise NotAllowed(
            Text("職務只能由本人移交給另一個人，代理不能移交。", "A post is handed over to somebody else, and not by a stand-in.")
        )
    if post.first >= first:
        zh = f"交接日必須晚於這個職務的開始日（{roc_date(post.first)}）。"
        raise NotAllowed(Text(zh, f"The hand-over lies after the post's first day ({post.first})."), "first")
    if post.last is None or post.last >= first:
        _end(post, first - DAY, by=by, at=at)
    return grant(Term(to, post.role, post.school_id, first), "give_post", by=by, at=at, words={"handed_over_from": post.pk})
