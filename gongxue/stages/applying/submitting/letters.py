"""The letter with the receipt: to the convener and the school's clerks, in the transaction of the submission, each once."""

import datetime
from typing import Any, Final

from django.urls import reverse

from gongxue.records.actor import Actor
from gongxue.records.models import Application, Receipt, User
from gongxue.records.people import held_on
from gongxue.records.receipts import ISSUE
from gongxue.rules.deadlines import TAIPEI
from gongxue.rules.workflow import APPLICATION, Transition
from gongxue.site.mail.posting import link, post_letter

MAKER: Final = "receipt"


def follow(application: Application, row: Transition, actor: Actor, at: datetime.datetime, told: dict[str, Any]) -> None:
    """After a move that a receipt answers: post it."""
    if row.subject != APPLICATION or row.name not in ISSUE:
        return
    receipt = Receipt.objects.get(application=application, voided_at__isnull=True)
    context = {
        "application": application,
        "receipt": receipt,
        "is_completion": row.name == "complete",
        "link": link(reverse("submitting:receipt", args=[application.pk])),
    }
    for user in _readers(application, actor, at):
        event = f"receipt {receipt.text} {receipt.pk} {user.pk}"
        post_letter("submitting/receipt", user, context, at=at, event=event, application=application, attach=(MAKER, receipt.pk))


def _readers(application: Application, actor: Actor, at: datetime.datetime) -> list[User]:
    """The convener, the clerks of the school on that day, and whoever sent it: each once."""
    clerks = held_on(at.astimezone(TAIPEI).date()).filter(role="clerk", school=application.fiscal_school_id)
    keys = set(clerks.values_list("user", flat=True)) | ({actor.user} if actor.user is not None else set())
    keys |= set(application.persons.filter(role="convener").values_list("user", flat=True))
    return list(User.objects.filter(pk__in=keys, is_active=True).order_by("pk"))
