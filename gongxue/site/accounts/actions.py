"""What somebody can do about the own account."""

import datetime
from typing import Any, Final

from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.urls import reverse

from gongxue.records import people, trail
from gongxue.records.actor import SYSTEM, Actor, Capacity, capacity
from gongxue.records.invitations import NotTakeable, look_at, take_invitation
from gongxue.records.models import User
from gongxue.records.refusals import NotThere
from gongxue.records.whole import whole
from gongxue.rules.access import Tie
from gongxue.rules.text import Text
from gongxue.site import clock
from gongxue.site.accounts.adapters import prove_address
from gongxue.site.mail.posting import link, post_letter

USER: Final = "user"
"""The trail's subject for what somebody does about the own account."""
DETAILS: Final = ("name", "title", "subject", "phone", "mail", "language")


@whole
def join(token: str, *, name: str, password: str, language: str, at: datetime.datetime) -> User:
    """Make the account that an invitation's address has not yet, and take the invitation with it. Raises NotTakeable, NotAllowed,
    Unkept."""
    invitation = look_at(token, at)
    user = User(email=invitation.email.lower(), name=name, language=language, date_joined=at)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        told = Text("這個電子郵件已經有帳號，請登入後再接受邀請。", "This address has an account: log in, then take the invitation.")
        raise NotTakeable(told) from None
    prove_address(user)
    trail.write(USER, str(user.pk), "join", {"invitation": invitation.pk}, by=Capacity(user.pk), at=at)
    take_invitation(token, user_id=user.pk, at=at)
    return user


@whole
def write_details(user_id: int, *, values: dict[str, Any], at: datetime.datetime) -> User:
    """Change what somebody says of himself or herself; the trail keeps what stood before. Raises NotThere, Unkept."""
    user = User.objects.select_for_update(no_key=True).filter(pk=user_id, is_active=True).first()
    if user is None:
        raise NotThere()
    changes = {
        field: [getattr(user, field), values[field]] for field in DETAILS if field in values and getattr(user, field) != values[field]
    }
    for field, (_, value) in changes.items():
        setattr(user, field, value)
    if changes:
        user.save(update_fields=list(changes))
        trail.write(USER, str(user.pk), "write_details", {"changes": changes}, by=Capacity(user.pk), at=at)
    return user


def name_stand_in(post: int, *, told: dict[str, Any], actor: Actor, at: datetime.datetime) -> None:
    """Name a stand-in: `told` has person, first and last. Raises NotAllowed, NotThere, Unkept."""
    people.name_stand_in(post, told["person"], first=told["first"], last=told["last"], actor=actor, at=at)


def hand_over(post: int, *, told: dict[str, Any], actor: Actor, at: datetime.datetime) -> None:
    """Hand a post over: `told` has person and first. Raises NotAllowed, NotThere, Unkept."""
    people.hand_over(post, told["person"], first=told["first"], actor=actor, at=at)


def end_sessions(user_id: int) -> None:
    """Log somebody out everywhere. Whose a session is stands inside of it: all that can be used are opened, some hundreds in a city."""
    for session in Session.objects.filter(expire_date__gte=clock.real_now()).iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user_id):
            session.delete()


@whole
def take_second_step_away(email: str, *, at: datetime.datetime) -> bool:
    """Take the second step from whoever has lost phone and codes, and write to that person; whether there was one.

    Done on the machine, by whoever keeps it. Raises NotThere, Unkept.
    """
    user = User.objects.select_for_update(no_key=True).filter(email=email.strip().lower()).first()
    if user is None:
        raise NotThere()
    gone, _ = Authenticator.objects.filter(user=user).delete()
    if gone:
        by = capacity(SYSTEM, Tie(SYSTEM.posts[0].role, "any"))
        trail.write(USER, str(user.pk), "second_step_off", {}, by=by, at=at)
        post_letter("accounts/second_step_off", user, {"link": link(reverse("mfa_index"))}, at=at)
    return bool(gone)
