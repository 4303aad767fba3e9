"""A message of the outbox as it goes out, and the address that it comes back to."""

import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Final

from django.conf import settings

from gongxue.records.models import Message
from gongxue.site.mail import attaching

MARK: Final = "+"


def number_of(message: Message) -> str:
    """The number that a letter goes by: the first half of its Message-ID."""
    return message.message_id.strip("<>").split("@")[0]


def sender_of(message: Message) -> str:
    """The address that a letter comes back to when it cannot be delivered: it holds the letter's number."""
    if not settings.MAIL_BOUNCES:
        return parseaddr(settings.MAIL_FROM)[1]
    local, _, domain = settings.MAIL_BOUNCES.partition("@")
    return f"{local}{MARK}{number_of(message)}@{domain}"


def content_of(message: Message, at: datetime.datetime) -> bytes:
    """The letter whole, with its attachment; raises whatever the attachment's maker raises."""
    letter = EmailMessage(policy=policy.SMTP)
    name, address = parseaddr(settings.MAIL_FROM)
    letter["From"] = Address(name, addr_spec=address)
    letter["To"] = message.to
    letter["Subject"] = message.title
    letter["Date"] = format_datetime(at)
    letter["Message-ID"] = message.message_id
    letter["Auto-Submitted"] = "auto-generated"  # nobody's absence note answers it
    letter.set_content(message.body, charset="utf-8", cte="base64")
    if message.maker:
        made = attaching.make(message.maker, *message.maker_args)
        main, _, sub = made.kind.partition("/")
        letter.add_attachment(made.data, maintype=main, subtype=sub, filename=made.name)
    return letter.as_bytes()
