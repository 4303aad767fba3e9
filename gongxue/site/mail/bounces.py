"""Reads mail that came back: which letter it was, and whether its reader's server gave up on it.

The address that a letter goes out from holds its number (see `envelope`), so that the letter is known however a server words its report.
A report of RFC 3464 says what happened; one that only waits changes nothing, nor does somebody's absence note.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from typing import Final, Literal

import msgspec

from gongxue.records import models
from gongxue.records.whole import whole
from gongxue.site.mail.reasons import kept

LARGEST: Final = 1_000_000
"""Bytes of a report that are looked at: a server may send the whole letter back with it."""
_NUMBER: Final = re.compile(r"\+([0-9a-f]{32})@")
_MESSAGE_ID: Final = re.compile(r"<([0-9a-f]{32})@[^<>\s]{1,200}>")
_SENT_TO: Final = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
_GONE: Final = ("sent", "uncertain")
"""The states of a letter that can come back."""

Meaning = Literal["failed", "delayed", "other"]


class Report(msgspec.Struct, frozen=True):
    """What came back: the number of our letter ("" where it is none of ours), what it means, the server's words."""

    number: str
    meaning: Meaning
    words: str = ""


def read(data: bytes, to: str = "") -> Report:
    """What a mail that came back says; `to` is the address it came to, where the mail server tells it."""
    mail = message_from_bytes(data[:LARGEST], policy=policy.default)
    number = _number(mail, to)
    statuses = list(_statuses(mail))
    if statuses:
        failed = next((each for each in statuses if _field(each, "Action").lower() == "failed"), None)
        if failed is None:
            return Report(number, "delayed")
        return Report(number, "failed", _field(failed, "Diagnostic-Code").partition(";")[2].strip() or _field(failed, "Status"))
    answered = _field(mail, "Auto-Submitted").lower().startswith("auto-replied")
    by_server = _field(mail, "Return-Path") == "<>" or _field(mail, "From").lower().startswith(("mailer-daemon", "postmaster"))
    return Report(number, "failed" if by_server and not answered else "other")


def _number(mail: EmailMessage, to: str) -> str:
    for words in (to, *(_field(mail, name) for name in _SENT_TO)):
        if found := _NUMBER.search(words):
            return found[1]
    for part in _parts(mail):
        sent_back = part.get_content_type() in ("text/rfc822-headers", "message/rfc822")
        if sent_back and (found := _MESSAGE_ID.search(_returned(part))):
            return found[1]
    return ""


def _returned(part: Message) -> str:
    """What a report sends back of the letter, as far as it names it: never written anew, which letters of an unknown kind would stop."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return " ".join(_field(each, "Message-ID") for each in payload if isinstance(each, Message))
    return str(payload)[:20_000]


def _statuses(mail: EmailMessage) -> Iterator[Message]:
    """The paragraphs of a delivery report that tell of one reader each."""
    for part in _parts(mail):
        if part.get_content_type() == "message/delivery-status" and isinstance(blocks := part.get_payload(), list):
            yield from (block for block in blocks if isinstance(block, Message) and _field(block, "Action"))


def _parts(mail: EmailMessage) -> Iterator[Message]:
    return (part for part, _ in zip(mail.walk(), range(100), strict=False))


def _field(mail: Message, name: str) -> str:
    """A header in one line, "" where there is none, or none that can be read."""
    try:
        return " ".join(str(mail.get(name, "")).split())[:1000]
    except Exception:  # the standard library's reader of headers raises whatever comes up at what is no header
        return ""


@whole
def take(data: bytes, *, to: str = "") -> models.Message | None:
    """Mark the letter that came back, and answer it; None where the mail tells of none of ours that could still come back.

    The same report twice marks it once. Raises Unkept.
    """
    report = read(data, to)
    if report.meaning != "failed" or not report.number:
        return None
    found = models.Message.objects.select_for_update(no_key=True).filter(message_id__startswith=f"<{report.number}@")
    letter = found.first()
    # A server that answers and gives up in one breath may be faster than whoever notes that the letter is sent.
    if letter is not None and (letter.state in _GONE or (letter.state == "sending" and letter.handed_at is not None)):
        letter.state, letter.error = "bounced", kept("bounced", report.words)
        letter.save(update_fields=["state", "error"])
    return letter
