"""Invitations by e-mail link: to write with a community, or to take a post. A link only shows; taking it is an act of its own, with one
effect.

The token leaves this module once, to be mailed; what is kept is its digest, so that nobody who reads the database can take an invitation.
"""

import datetime
import hashlib
import secrets
import uuid
from collections.abc import Collection
from typing import Final

import msgspec
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from gongxue.records import trail
from gongxue.records.actor import Actor, Capacity
from gongxue.records.community import join
from gongxue.records.document import tidy
from gongxue.records.doors import allowed, locked
from gongxue.records.models import Application, Invitation, Post, User
from gongxue.records.people import Term, check_place, grant, must_be_new, must_post
from gongxue.records.refusals import NotAllowed, NotThere, Refused
from gongxue.records.sight import capacity_on
from gongxue.records.whole import whole
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION, state

INVITATION: Final = "invitation"
LASTS: Final = datetime.timedelta(days=14)
MOST_OPEN: Final = 60
"""Open invitations of one community: nobody mails a whole school from a draft."""


class NotTakeable(Refused):
    """An invitation that cannot be taken: unknown, taken by somebody else, withdrawn, expired, or another person's."""


class Invited(msgspec.Struct, frozen=True):
    """An invitation just made, and its token, which nobody can tell again."""

    invitation: Invitation
    token: str


class Taken(msgspec.Struct, frozen=True):
    """What an invitation led to: a community's application, or a post."""

    invitation: Invitation
    application: Application | None = None
    post: Post | None = None


def digest_of_token(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _new_token() -> str:
    return secrets.token_urlsafe(32)


def address(email: str) -> str:
    """An e-mail address as it is kept; raises NotAllowed where it is none."""
    kept = email.strip().lower()
    try:
        validate_email(kept)
    except ValidationError:
        raise NotAllowed(
            Text("電子郵件格式不對，應像 name@example.edu.tw。", "This is no e-mail address; it should look like name@example.edu.tw.")
        ) from None
    return kept


@whole
def invite_to_draft(application_id: uuid.UUID, email: str, name: str = "", *, actor: Actor, at: datetime.datetime) -> Invited:
    """Invite somebody to write with a community; an earlier open one to the same address is withdrawn. Raises NotThere, NotAllowed,
    Unkept."""
    application = locked(application_id, actor)
    by = capacity_on(actor, allowed("invite", application, actor), application)
    kept = address(email)
    open_ones = application.invitations.filter(void=False, taken_at__isnull=True, until__gt=at)
    open_ones.filter(email=kept).update(void=True)
    if open_ones.count() >= MOST_OPEN:
        raise NotAllowed(
            Text(f"尚未接受的邀請已有 {MOST_OPEN} 份，請先取消一些。", f"{MOST_OPEN} invitations are open: withdraw some first.")
        )
    token = _new_token()
    invitation = Invitation.objects.create(
        email=kept,
        name=_name(name),
        application=application,
        digest=digest_of_token(token),
        made_by_id=actor.user,
        made_at=at,
        until=at + LASTS,
    )
    trail.write(APPLICATION, str(application.pk), "invite", {"invitation": invitation.pk}, by=by, at=at, version=application.version)
    return Invited(invitation, token)


@whole
def invite_to_post(
    email: str,
    name: str,
    role: str,
    school_id: int | None = None,
    *,
    first: datetime.date,
    last: datetime.date | None = None,
    actor: Actor,
    at: datetime.datetime,
) -> Invited:
    """Invite somebody to take a post; an earlier open one to the same address and post is withdrawn. Raises NotAllowed, NotThere,
    Unkept."""
    check_place(role, school_id)
    by = must_post("give", actor, user_id=None, role=role, school_id=school_id)
    if last is not None and last < first:
        raise NotAllowed(Text("結束日不能早於開始日。", "It cannot end before it begins."), "last")
    kept, token = address(email), _new_token()
    if (user := User.objects.filter(email=kept).values_list("pk", flat=True).first()) is not None:
        must_be_new(Term(user, role, school_id, first, last), "email")
    Invitation.objects.filter(email=kept, role=role, school=school_id, void=False, taken_at__isnull=True).update(void=True)
    invitation = Invitation.objects.create(
        email=kept,
        name=_name(name),
        role=role,
        school_id=school_id,
        first=first,
        last=last,
        digest=digest_of_token(token),
        made_by_id=actor.user,
        made_at=at,
        until=at + LASTS,
    )
    trail.write(INVITATION, invitation.pk, "invite", {"role": role, "school": school_id}, by=by, at=at)
    return Invited(invitation, token)


def _name(name: str) -> str:
    kept: str = tidy(name.strip(), "name")
    return kept[:100]


def look_at(token: str, at: datetime.datetime) -> Invitation:
    """The invitation behind a link, for its page; nothing happens to it. Raises NotTakeable where it leads nowhere (any more)."""
    invitation = Invitation.objects.select_related("application", "school").filter(digest=digest_of_token(token)).first()
    return _open(invitation, at)


def _open(invitation: Invitation | None, at: datetime.datetime) -> Invitation:
    if invitation is None:
        raise NotTakeable(Text("這個邀請連結無效，請確認連結完整。", "This invitation link leads nowhere: check that it is whole."))
    if invitation.void:
        raise NotTakeable(Text("這份邀請已經取消或由新的邀請取代。", "This invitation was withdrawn, or replaced by a newer one."))
    if invitation.taken_at is None and at >= invitation.until:
        raise NotTakeable(Text("這份邀請已經過期，請對方再寄一次。", "This invitation has expired: ask for a new one."))
    return invitation


@whole
def take_invitation(token: str, *, user_id: int, addresses: Collection[str] = (), at: datetime.datetime) -> Taken:
    """Take an invitation as `user_id`; taking it again changes nothing and leads to the same place.

    `addresses` are the person's proven e-mail addresses beside the account's own: one of them must be the one invited. Raises NotTakeable,
    NotAllowed, NotThere, Unkept.
    """
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise NotThere()
    known = Invitation.objects.filter(digest=digest_of_token(token)).first()
    application = _lock_application(known)
    invitation = _open(known and Invitation.objects.select_for_update(no_key=True).get(pk=known.pk), at)
    _must_be_for(user, addresses, invitation)
    again = invitation.taken_at is not None
    if not again:
        invitation.taken_by, invitation.taken_at = user, at
        invitation.save(update_fields=["taken_by", "taken_at"])
    return _into_draft(invitation, application, again, at) if application is not None else _into_post(invitation, again, at)


def _lock_application(invitation: Invitation | None) -> Application | None:
    """The application that an invitation leads to, locked before the invitation is: in the order in which everybody locks them."""
    if invitation is None or invitation.application_id is None:
        return None
    return Application.objects.select_for_update(no_key=True).get(pk=invitation.application_id)


def _must_be_for(user: User, addresses: Collection[str], invitation: Invitation) -> None:
    if invitation.taken_at is not None and invitation.taken_by_id != user.pk:
        raise NotTakeable(Text("這份邀請已經由另一個人接受。", "This invitation has been taken by somebody else."))
    if invitation.email.lower() not in {each.strip().lower() for each in (user.email, *addresses)}:
        told = Text(
            "這份邀請是寄給另一個電子郵件的，請用那個帳號登入。",
            "This invitation was sent to another e-mail address: log in with that account.",
        )
        raise NotTakeable(told)


def _into_draft(invitation: Invitation, application: Application, again: bool, at: datetime.datetime) -> Taken:
    if not again and state(APPLICATION, application.state).final:
        raise NotTakeable(Text("這個社群的申請已經結束，不能再加入。", "This community's application has ended: nobody can join it."))
    if not again and (user := invitation.taken_by_id) is not None:
        join(application, user, "take_invitation", by=Capacity(user, "member"), at=at, invitation=invitation.pk)
    return Taken(invitation, application=application)


def _into_post(invitation: Invitation, again: bool, at: datetime.datetime) -> Taken:
    user, first = invitation.taken_by_id, invitation.first
    if user is None or first is None:
        raise NotThere()
    if again:
        held = Post.objects.filter(user=user, role=invitation.role, school=invitation.school_id, stands_in_for=None, first=first)
        return Taken(invitation, post=held.first())
    term = Term(user, invitation.role, invitation.school_id, first, invitation.last)
    post = grant(term, "give_post", by=Capacity(user), at=at, words={"invitation": invitation.pk})
    trail.write(INVITATION, invitation.pk, "take_invitation", {"user": user, "post": post.pk}, by=Capacity(user), at=at)
    return Taken(invitation, post=post)


@whole
def withdraw_invitation(invitation_id: int, *, actor: Actor, at: datetime.datetime) -> None:
    """Withdraw an invitation that nobody has taken yet; one withdrawn already is left as is. Raises NotThere, NotAllowed, Unkept."""
    known = Invitation.objects.filter(pk=invitation_id).first()
    by, subject = _may_withdraw(known, actor)
    invitation = Invitation.objects.select_for_update(no_key=True).get(pk=invitation_id)
    if invitation.taken_at is not None:
        raise NotAllowed(Text("這份邀請已經有人接受。", "This invitation has been taken."))
    if not invitation.void:
        invitation.void = True
        invitation.save(update_fields=["void"])
        trail.write(*subject, "withdraw_invitation", {"invitation": invitation.pk}, by=by, at=at)


def _may_withdraw(invitation: Invitation | None, actor: Actor) -> tuple[Capacity, tuple[str, str]]:
    """In what capacity, and on whose trail; raises NotThere for an invitation of others as for none."""
    if invitation is None:
        raise NotThere()
    if invitation.application_id is not None:
        application = locked(invitation.application_id, actor)
        return capacity_on(actor, allowed("invite", application, actor), application), (APPLICATION, str(application.pk))
    try:
        by = must_post("give", actor, user_id=None, role=invitation.role, school_id=invitation.school_id)
    except NotAllowed:
        raise NotThere() from None
    return by, (INVITATION, str(invitation.pk))
