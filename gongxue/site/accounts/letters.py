"""Letters that accounts send: each is a row of the outbox, written in the transaction of what it tells about."""

import datetime
import secrets
from typing import Any, Final

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from gongxue.records.invitations import Invited
from gongxue.records.models import Message, User

LONGEST_TITLE: Final = 200
CHINESE: Final = "zh-hant"


def post_letter(to: str, name: str, context: dict[str, Any], language: str, at: datetime.datetime) -> Message:
    """Put the letter `name` into the outbox, in the reader's language; the background sends it, once. Its template's first line is the
    title."""
    with translation.override(language):
        title, body = render_to_string(f"accounts/letters/{name}.html", context).strip().split("\n", 1)
    message_id = f"<{secrets.token_hex(16)}@gongxue>"
    return Message.objects.create(to=to, title=title[:LONGEST_TITLE], body=body.strip() + "\n", message_id=message_id, made_at=at)


def send_invitation(request: HttpRequest, invited: Invited, by: str, at: datetime.datetime) -> Message:
    """Mail the link of an invitation just made; `by` is the name of whoever invites. The token is nowhere else."""
    invitation = invited.invitation
    link = request.build_absolute_uri(reverse("invitation", args=[invited.token]))
    known = User.objects.filter(email=invitation.email).values_list("language", flat=True).first()
    return post_letter(invitation.email, "invitation", {"invitation": invitation, "link": link, "by": by}, known or CHINESE, at)
