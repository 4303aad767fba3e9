"""Makes letters of notices, with restraint: what is urgent at once, the rest as each person chose, several things in one letter.

What is past by the time somebody would be told of it is not told. One transaction for each person: notices and their letter agree.
"""

import datetime
from collections.abc import Sequence
from typing import Final

import structlog
from django.db.models import Q
from django.urls import reverse
from django.utils import translation

from gongxue.records.models import Application, Message, Notice, SchoolSummary, User
from gongxue.records.notices import DEADLINE, MORNING, VOIDED, remind, who_confirms, whose_turn
from gongxue.records.openings import deadline
from gongxue.records.programmes import programme_of
from gongxue.records.whole import whole
from gongxue.rules.deadlines import TAIPEI, closes
from gongxue.rules.workflow import APPLICATION, SCHOOL_SUMMARY, TRANSITIONS
from gongxue.site import log
from gongxue.site.mail.posting import link, post_letter
from gongxue.site.mail.sentences import sentence
from gongxue.site.programme import current
from gongxue.site.templatetags.gongxue import text

_log = structlog.get_logger("gongxue.mail")
MOST: Final = 30
"""So many things stand in one letter; the rest is counted."""


def tell(at: datetime.datetime) -> int:
    """Tell everybody what is to be told now; how many letters."""
    remind(current(), at)
    # Whoever only waits for the morning is left in peace: on SQLite each person's letter takes the write lock.
    due = Q(urgent=True) | Q(made_at__lt=morning(at)) | ~Q(user__mail="digest") | Q(user__is_active=False)
    people = Notice.objects.filter(due, told_at__isnull=True).order_by("user").values_list("user", flat=True).distinct()
    return sum(_told(user, at) for user in list(people))


def _told(user_id: int, at: datetime.datetime) -> bool:
    """Whether one person got a letter. What cannot be told to somebody holds up neither the others nor the delivery; it stays untold."""
    try:
        return _tell(user_id, at) is not None
    except Exception as error:  # a fault of ours, or a busy database: in a minute it is tried again
        _log.error("notices", **log.failure(error))
        return False


@whole
def _tell(user_id: int, at: datetime.datetime) -> Message | None:
    """The letter that tells one person what is due now, or None."""
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    untold = Notice.objects.filter(user=user_id, told_at__isnull=True).select_related("application", "summary__school")
    notices = list(untold.order_by("made_at", "pk"))
    past = [notice for notice in notices if not user.is_active or not _holds(notice, at) or _unwanted(notice, user)]
    due = [notice for notice in notices if notice not in past and (notice.urgent or user.mail == "each" or notice.made_at < morning(at))]
    letter = _letter(user, due, at) if due else None
    Notice.objects.filter(pk__in=[notice.pk for notice in past]).update(told_at=at)
    Notice.objects.filter(pk__in=[notice.pk for notice in due]).update(told_at=at, message=letter)
    return letter


def morning(at: datetime.datetime) -> datetime.datetime:
    """The last half past seven in Taipei: what happened before it is told by now, once a day."""
    local = at.astimezone(TAIPEI)
    today = datetime.datetime.combine(local.date(), MORNING, TAIPEI)
    return today if today <= local else today - datetime.timedelta(days=1)


def _holds(notice: Notice, at: datetime.datetime) -> bool:
    """Whether it still is as the notice says; that a signature is void stays true until it is asked for again."""
    paper = _paper(notice)
    if notice.relation == "partner" and isinstance(paper, Application):  # what is asked of a partner is asked while it is signed, too
        return paper.state in ("signing", "signed") and notice.user_id in who_confirms(paper, at)
    if notice.kind == VOIDED:
        return paper.state != "signed"
    if _voids(notice) and paper.state == "signing":  # sent again meanwhile: who is not asked at once is told that the seal is void
        return notice.user_id not in whose_turn(paper, at)
    if paper.state != notice.state:
        return False
    waits = notice.relation == "signer" and paper.state in ("signing", "completing")
    return not waits or notice.user_id in whose_turn(paper, at)


def _voids(notice: Notice) -> bool:
    """Whether it tells a signer of a move that made the seal void."""
    subject = APPLICATION if notice.application is not None else SCHOOL_SUMMARY
    return notice.relation == "signer" and any(
        row.voids_signatures for row in TRANSITIONS if (row.subject, row.name) == (subject, notice.kind)
    )


def _paper(notice: Notice) -> Application | SchoolSummary:
    paper = notice.application or notice.summary
    if paper is None:
        raise TypeError("a notice is of one thing: the database holds that")
    return paper


def _unwanted(notice: Notice, user: User) -> bool:
    return user.mail == "urgent" and not notice.urgent


def _letter(user: User, notices: Sequence[Notice], at: datetime.datetime) -> Message:
    with translation.override(user.language):
        told = [_sentence(notice) for notice in notices]
    told = list(dict.fromkeys(told))
    one = notices[0].application if len({_paper(notice).pk for notice in notices}) == 1 else None
    page = reverse("drafting:draft", args=[one.pk]) if one is not None else reverse("home")
    context = {"told": told[:MOST], "count": len(told), "more": max(len(told) - MOST, 0), "link": link(page)}
    urgent = any(notice.urgent for notice in notices)
    event = f"notices:{notices[0].pk}"
    return post_letter("mail/notices", user, context, at=at, urgent=urgent, event=event, application=one)


def _sentence(notice: Notice) -> str:
    paper = _paper(notice)
    if isinstance(paper, SchoolSummary):
        return sentence(f"summary.{notice.kind}", notice.relation, paper.school.name)
    due = _due(paper) if notice.kind == DEADLINE else None
    kind = f"{notice.kind}.seals_again" if notice.kind == "ask_completion" and paper.seals_again else notice.kind
    return sentence(kind, notice.relation, paper.name, text(closes(due)) if due is not None else "")


def _due(application: Application) -> datetime.datetime | None:
    return deadline(programme_of(application.programme, application.programme_version), application.fiscal_school_id)
