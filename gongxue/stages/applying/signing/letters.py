"""What this room writes to people."""

import datetime
from collections.abc import Sequence

from django.urls import reverse

from gongxue.records.models import Application, Signature
from gongxue.site.mail.posting import link, post_letter


def tell_voided(application: Application, voided: Sequence[Signature], at: datetime.datetime) -> None:
    """Tell everybody whose seal is void because the content changed: once for each version."""
    for user in {row.user_id: row.user for row in voided}.values():
        context = {"application": application, "link": link(reverse("signing:paper", args=[application.pk]))}
        event = f"voided/{application.pk}/{application.version}/{user.pk}"
        post_letter("signing/voided", user, context, at=at, event=event, application=application)
