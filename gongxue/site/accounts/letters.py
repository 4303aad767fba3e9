"""Letters that accounts send."""

import datetime

from django.http import HttpRequest
from django.urls import reverse

from gongxue.records.invitations import Invited
from gongxue.records.models import Message, User
from gongxue.site.mail.posting import post_letter


def send_invitation(request: HttpRequest, invited: Invited, by: str, at: datetime.datetime) -> Message:
    """Mail the link of an invitation just made; `by` is the name of whoever invites. The token is nowhere else."""
    invitation = invited.invitation
    link = request.build_absolute_uri(reverse("invitation", args=[invited.token]))
    known = User.objects.filter(email=invitation.email).first()
    context = {"invitation": invitation, "link": link, "by": by}
    letter = "accounts/invitation"
    return post_letter(letter, known or invitation.email, context, at=at, application=invitation.application, invitation=invitation)
