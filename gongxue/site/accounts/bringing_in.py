"""Bringing many people in, and telling those who are new how they log in: in one transaction."""

import datetime
from collections.abc import Sequence

import msgspec
from django.urls import reverse

from gongxue.records.actor import SYSTEM
from gongxue.records.arrivals import Arrival, Arrived, bring_in
from gongxue.records.models import User
from gongxue.records.whole import whole
from gongxue.rules.text import Text
from gongxue.site.mail.posting import link, post_letter


@whole
def bring_people_in(arrivals: Sequence[Arrival], *, at: datetime.datetime, keep: bool, invite: bool) -> list[Arrived]:
    """Bring them in (see `records.arrivals`); with `invite` each account that nobody has used gets a letter, once, also where it was
    brought in before. It holds no secret: one sets the password from the log-in page, by a link that goes to one's own address. Raises
    NotAllowed, Unkept."""
    done = bring_in(arrivals, actor=SYSTEM, at=at, keep=keep)
    if invite and keep and all(each.error is None for each in done):
        return [each if each.unused is None else _welcomed(each, each.unused, at) for each in done]
    return done


def _welcomed(row: Arrived, user: User, at: datetime.datetime) -> Arrived:
    """The row with the letter among its effects; as it was where the letter was written before."""
    addresses = {"login": link(reverse("account_login")), "reset": link(reverse("account_reset_password"))}
    context = {"name": user.name, "email": user.email, **addresses}
    letter = post_letter("accounts/welcome", user, context, at=at, urgent=False, event=f"welcome {user.pk}")
    if letter.made_at != at:
        return row
    return msgspec.structs.replace(row, effects=(*row.effects, Text("寄邀請信", "is told by letter")))
