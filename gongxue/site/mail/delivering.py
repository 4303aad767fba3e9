"""Delivers the outbox: every row once, or shown as failed or uncertain; never lost, never sent a second time unseen.

A row is taken with one UPDATE, which one deliverer wins. Before the content goes out, `handed_at` is committed: where the deliverer dies
afterwards, or hears no answer, the row is `uncertain` and waits for a person. Where it dies before, the row is simply taken again.
"""

import datetime
from collections import Counter
from typing import Final
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.db.models import Q, QuerySet

from gongxue.records.models import Message
from gongxue.records.whole import whole
from gongxue.site import clock, log
from gongxue.site.mail import envelope
from gongxue.site.mail.line import Outcome, Server, send, server_at
from gongxue.site.mail.reasons import kept

STALE: Final = datetime.timedelta(minutes=15)
"""After this a deliverer that took a row is dead: its worker is stopped after four minutes."""
PAUSES: Final = (1, 5, 15, 30, 60, 120, 240)
"""Minutes before the next try, after the first, second, … that was put off; then always the last."""
MOST_TRIES: Final = 20
"""A letter that is put off so often, over three days, has failed."""
DOWN: Final = 3
"""So many letters in a row that found no server end this round."""
ROUND: Final = 45.0
"""Seconds after which a round begins no other letter."""
_log = structlog.get_logger("gongxue.mail")


def mailing() -> bool:
    """Whether letters go out at all: not from the demo, and not without a mail server."""
    return bool(settings.MAIL_URL) and not settings.DEMO


def deliver() -> dict[str, int]:
    """Deliver what waits, urgent letters first; how many came to which end. `left` tells whether some must wait for the next round."""
    counted: Counter[str] = Counter()
    if not mailing():
        return counted
    own = urlsplit(settings.ADDRESS).hostname or "localhost"
    server = server_at(settings.MAIL_URL, patience=settings.MAIL_PATIENCE, name=own)
    take_back(clock.now())
    began, down = clock.stopwatch(), 0
    while down < DOWN:
        row = _next(clock.now())
        if row is None:
            break
        if clock.stopwatch() - began > ROUND:
            counted["left"] = 1
            break
        outcome = _deliver(row, server)
        counted[outcome.kind] += 1
        down = down + 1 if outcome.kind == "down" else 0
    if counted:
        _log.info("mail", **counted)
    return dict(counted)


def _next(at: datetime.datetime) -> Message | None:
    due = Q(next_try__isnull=True) | Q(next_try__lte=at)
    return Message.objects.filter(due, state="waiting").order_by("-urgent", "made_at", "pk").first()


def _deliver(row: Message, server: Server) -> Outcome:
    if not _take(row, clock.now()):
        return Outcome("taken")
    try:
        content = envelope.content_of(row, clock.now())
    except Exception as error:  # whatever its maker raises: the other letters go on
        _log.error("attachment", maker=row.maker, **log.failure(error))
        outcome = Outcome("later", kept("attachment", type(error).__name__))
    else:
        outcome = send(server, envelope.sender_of(row), row.to, content, lambda: _hand_over(row, clock.now()))
    _mark(row, outcome, clock.now())
    return outcome


@whole
def _take(row: Message, at: datetime.datetime) -> bool:
    """Whether this deliverer has the row now. Its number of attempts is what it is known by from here on."""
    free = Message.objects.filter(pk=row.pk, state="waiting", attempts=row.attempts)
    row.attempts += 1
    return free.update(state="sending", attempts=row.attempts, claimed_at=at, handed_at=None) == 1


@whole
def _hand_over(row: Message, at: datetime.datetime) -> bool:
    return _own(row).update(handed_at=at) == 1


@whole
def _mark(row: Message, outcome: Outcome, at: datetime.datetime) -> None:
    """Write down what became of a row; not where somebody else has it by now."""
    if outcome.kind == "sent":
        _own(row).update(state="sent", sent_at=at, error="")
    elif outcome.kind in ("failed", "uncertain"):
        _own(row).update(state=outcome.kind, error=outcome.error)
    elif outcome.kind in ("later", "down"):
        put_off = row.put_off + (outcome.kind == "later")
        pause = PAUSES[min(put_off, len(PAUSES)) - 1] if outcome.kind == "later" else PAUSES[min(row.attempts, 3) - 1]
        state = "waiting" if put_off < MOST_TRIES else "failed"
        next_try = at + datetime.timedelta(minutes=pause)
        _own(row).update(state=state, error=outcome.error, put_off=put_off, next_try=next_try, handed_at=None)


def _own(row: Message) -> QuerySet[Message]:
    return Message.objects.filter(pk=row.pk, state="sending", attempts=row.attempts)


@whole
def take_back(at: datetime.datetime) -> tuple[int, int]:
    """Rows whose deliverer is dead: what was not handed over waits again, the rest is uncertain; how many of each."""
    dead = Message.objects.filter(state="sending", claimed_at__lt=at - STALE)
    uncertain = dead.filter(handed_at__isnull=False).update(state="uncertain", error=kept("stopped"))
    return dead.update(state="waiting"), uncertain
