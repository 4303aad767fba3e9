"""Puts letters into the outbox: in the transaction of what they tell about, each event once."""

import datetime
import secrets
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from gongxue.records.models import Application, Invitation, Message, User
from gongxue.records.whole import whole
from gongxue.site import background
from gongxue.site.mail import attaching

CHINESE: Final = "zh-hant"
DELIVER: Final = background.HEART
LONGEST_TITLE: Final = 200


@whole
def post_letter(
    letter: str,
    to: User | str,
    context: dict[str, Any],
    *,
    at: datetime.datetime,
    language: str = "",
    urgent: bool = True,
    event: str = "",
    application: Application | None = None,
    invitation: Invitation | None = None,
    attach: tuple[str, *tuple[str | int, ...]] | None = None,
) -> Message:
    """Put a letter into the outbox, in the reader's language; the background sends it, once. The same `event` twice makes one letter.

    `letter` is app/name: the template <app>/letters/<name>.html, whose first line is the title; it is plain text with one link. `to` is a
    user, or the address of somebody who has no account. `urgent` goes before the others, and at once. `attach` is the name of a maker (see
    `attaching`) and what it is called with. Raises Unkept; KeyError for a maker that is none.
    """
    if attach is not None and not attaching.known(attach[0]):
        raise KeyError(attach[0])
    if event and (known := Message.objects.filter(event=event).first()) is not None:
        return known
    user = to if isinstance(to, User) else None
    title, body = _written(letter, context, language or (user.language if user is not None else CHINESE))
    message = Message.objects.create(
        letter=letter,
        to=to.email if isinstance(to, User) else to,
        user=user,
        title=title,
        body=body,
        urgent=urgent,
        event=event or None,
        application=application,
        invitation=invitation,
        maker=attach[0] if attach else "",
        maker_args=list(attach[1:]) if attach else [],
        message_id=_new_message_id(),
        made_at=at,
    )
    if urgent and settings.MAIL_URL and not _just_asked(message):
        background.later(DELIVER)
    return message


def _written(letter: str, context: dict[str, Any], language: str) -> tuple[str, str]:
    """A letter's title and body."""
    app, name = letter.split("/")
    with translation.override(language):
        title, body = render_to_string(f"{app}/letters/{name}.html", context).strip().split("\n", 1)
    return " ".join(title.split())[:LONGEST_TITLE], body.strip() + "\n"


def _new_message_id() -> str:
    """The same at every sending: whoever gets a letter twice sees that it is one."""
    return f"<{secrets.token_hex(16)}@{urlsplit(settings.ADDRESS).hostname or 'localhost'}>"


def _just_asked(message: Message) -> bool:
    """Whether another letter of this very act has called the deliverer already."""
    others = Message.objects.filter(state="waiting", urgent=True, made_at=message.made_at)
    return others.exclude(pk=message.pk).exists()


def link(path: str) -> str:
    """The whole address of a page, for letters that no request asked for."""
    return f"{settings.ADDRESS}{path}"
