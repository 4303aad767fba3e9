"""Bringing many people in, and telling those who are new how they log in: in one transaction."""

import datetime
from collections.abc import Sequence

from django.urls import reverse

from gongxue.records.actor import SYSTEM
from gongxue.records.arrivals import Arrival, Arrived, bring_in
from gongxue.records.whole import whole
from gongxue.site.mail.posting import link, post_letter


@whole
def bring_people_in(arrivals: Sequence[Arrival], *, at: datetime.datetime, keep: bool, invite: bool) -> list[Arrived]:
    """Bring them in (see `records.arrivals`); with `invite` each new account gets a letter. It holds no secret: one sets the password
    from the log-in page, by a link that goes to one's own address. Raises NotAllowed, Unkept."""
    done = bring_in(arrivals, actor=SYSTEM, at=at, keep=keep)
    if invite and keep and all(each.error is None for each in done):
        addresses = {"login": link(reverse("account_login")), "reset": link(reverse("account_reset_password"))}
        for each in done:
            if each.new is not None:
                context = {"name": each.new.name, "email": each.new.email, **addresses}
                post_letter("accounts/welcome", each.new, context, at=at, urgent=False, event=f"welcome {each.new.pk}")
    return done
