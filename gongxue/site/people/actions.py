"""What happens to an invitation to a post, and to an account that is closed; what happens to posts are doors of the records as they are."""

import datetime
from typing import Any

from gongxue.records import accounts
from gongxue.records.actor import Actor
from gongxue.records.invitations import invite_to_post, withdraw_invitation
from gongxue.records.listings.posts import PostInvitation
from gongxue.records.whole import whole
from gongxue.site import limits
from gongxue.site.accounts.actions import end_sessions
from gongxue.site.accounts.letters import send_invitation
from gongxue.site.request import Request


def invite(request: Request, *, school: int | None, told: dict[str, Any]) -> None:
    """Invite somebody to a post and mail the link. Raises NotAllowed, NotThere, TooMany, Unkept."""
    limits.limit(request, "invite", times=60, seconds=600)
    at: datetime.datetime = request.at
    invited = invite_to_post(
        told["email"], told["name"], told["role"], school, first=told["first"], last=told["last"], actor=request.actor, at=at
    )
    send_invitation(request, invited, request.actor.name, at)


def send_again(request: Request, *, invitation: PostInvitation) -> None:
    """Mail a new link in the place of the old: the old one is known to nobody any more, so that it cannot be sent again."""
    told = {name: getattr(invitation, name) for name in ("email", "name", "role", "first", "last")}
    invite(request, school=invitation.school_id, told=told)


def withdraw(request: Request, *, invitation: PostInvitation) -> None:
    """Take an invitation back that nobody has taken. Raises NotAllowed, NotThere, Unkept."""
    withdraw_invitation(invitation.id, actor=request.actor, at=request.at)


@whole
def close_account(user: int, *, reason: str, actor: Actor, at: datetime.datetime) -> None:
    """Close an account and end its sessions, on every device. Raises NotAllowed, NotThere, Unkept."""
    accounts.close_account(user, reason=reason, actor=actor, at=at)
    end_sessions(user)


ACTS = {"again": send_again, "withdraw": withdraw}
