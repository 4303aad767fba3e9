"""Mail that came back marks its letter, once; what only waits, answers or is nobody's changes nothing."""

import pytest

from gongxue.records.models import Message
from gongxue.site.mail import bounces, delivering
from gongxue.site.mail.bounces import Report, read, take
from gongxue.site.mail.line import Outcome
from tests.site.mail.outbox import write

NUMBER = "0123456789abcdef" * 2
VERP = f"bounces+{NUMBER}@city.example"


REPORT = """Return-Path: <>
From: MAILER-DAEMON@mx.example.edu.tw
To: @to@
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="xx"

--xx
Content-Type: text/plain; charset=utf-8

Sorry.
--xx
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.edu.tw

Final-Recipient: rfc822; reader@example.edu.tw
Action: @action@
Status: 5.1.1
Diagnostic-Code: @diagnostic@

--xx
Content-Type: text/rfc822-headers

Subject: =?utf-8?b?5YWx5a24?=
Message-ID: <@original@@city.example>

--xx--
"""


def dsn(action: str = "failed", to: str = VERP, original: str = "", diagnostic: str = "smtp; 550 5.1.1 no such user") -> bytes:
    """A report as RFC 3464 has it."""
    report = REPORT
    for name, words in (("action", action), ("to", to), ("original", original or "f" * 32), ("diagnostic", diagnostic)):
        report = report.replace(f"@{name}@", words)
    return report.encode()


FAILED = Report(NUMBER, "failed", "550 5.1.1 no such user")
LETTER_OF_UNKNOWN_LETTERS = (
    dsn(to="bounces@city.example", original=NUMBER)
    .replace(b"text/rfc822-headers\n", b"message/rfc822\n")
    .replace(b"Subject: =?", b"Content-Type: text/plain; charset=no-such\nContent-Transfer-Encoding: 8bit\nSubject: =?")
    .replace(b"\n\n--xx--", b"\n\n\xa4\xa4\n\n--xx--")
)
"""A report that sends the whole letter back, which says that it is in letters that nobody knows."""


@pytest.mark.parametrize(
    ("data", "to", "report"),
    [
        (dsn(), "", Report(NUMBER, "failed", "550 5.1.1 no such user")),
        (dsn(diagnostic=""), "", Report(NUMBER, "failed", "5.1.1")),
        (dsn(to="bounces@city.example"), VERP, Report(NUMBER, "failed", "550 5.1.1 no such user")),
        (dsn(to="bounces@city.example", original=NUMBER), "", Report(NUMBER, "failed", "550 5.1.1 no such user")),
        (dsn("delayed"), "", Report(NUMBER, "delayed")),
        (dsn("delivered"), "", Report(NUMBER, "delayed")),
        (f"Return-Path: <>\nFrom: x\nTo: {VERP}\n\nno such user".encode(), "", Report(NUMBER, "failed")),
        (f"From: Postmaster <postmaster@x>\nTo: {VERP}\n\n550".encode(), "", Report(NUMBER, "failed")),
        (f"From: postmaster@x\nTo: {VERP}\n\n550".encode(), "", Report(NUMBER, "failed")),
        (f"Return-Path: <>\nAuto-Submitted: auto-replied\nTo: {VERP}\n\nI am on leave".encode(), "", Report(NUMBER, "other")),
        (f"From: somebody@x\nTo: {VERP}\n\nthank you".encode(), "", Report(NUMBER, "other")),
        (b"From: somebody@x\n\nspam", "", Report("", "other")),
        (b"", "", Report("", "other")),
        (b"\xff\xfe\x00" * 50, "", Report("", "other")),
        (dsn(to="sender:;@[x"), VERP, Report(NUMBER, "failed", "550 5.1.1 no such user")),
        (dsn(to="bounces@city.example").replace(b"text/rfc822-headers", b"message/rfc822").replace(b"f" * 32, NUMBER.encode()), "", FAILED),
        (LETTER_OF_UNKNOWN_LETTERS, "", FAILED),
        (
            b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 300,
            "",
            Report("", "other"),
        ),
    ],
)
def test_what_came_back(data: bytes, to: str, report: Report) -> None:
    assert read(data, to) == report


@pytest.fixture
def sent(db: None) -> Message:
    """A letter that a mail server took."""
    (letter,) = write()
    Message.objects.update(state="sent", message_id=f"<{NUMBER}@city.example>")
    return letter


def test_a_letter_that_came_back_is_marked_once(sent: Message) -> None:
    for _ in range(2):
        assert take(dsn()) == sent
    assert Message.objects.values_list("state", "error").get() == ("bounced", "bounced|550 5.1.1 no such user")


@pytest.mark.parametrize("data", [dsn("delayed"), dsn(to="bounces+" + "e" * 32 + "@city.example"), b"From: x\n\nhello", b""])
def test_what_tells_of_no_letter_of_ours_changes_nothing(sent: Message, data: bytes) -> None:
    assert take(data) is None
    assert Message.objects.get().state == "sent"


@pytest.mark.parametrize(
    ("before", "after"), [("uncertain", "bounced"), ("waiting", "waiting"), ("dropped", "dropped"), ("failed", "failed")]
)
def test_only_what_went_out_can_come_back(sent: Message, before: str, after: str) -> None:
    Message.objects.update(state=before)
    take(dsn())
    assert Message.objects.get().state == after


@pytest.mark.parametrize(("handed", "after"), [(True, "bounced"), (False, "sent")])
def test_what_comes_back_before_it_was_noted_as_sent_has_come_back(sent: Message, handed: bool, after: str) -> None:
    """And what was not handed over yet cannot have."""
    Message.objects.update(state="sending", handed_at=sent.made_at if handed else None)
    take(dsn())
    delivering._mark(sent, Outcome("sent"), sent.made_at)
    assert Message.objects.get().state == after


def test_a_report_that_brings_a_whole_film_back_is_read_as_far_as_needed(sent: Message) -> None:
    assert take(dsn() + b"x" * (bounces.LARGEST * 2)) == sent
