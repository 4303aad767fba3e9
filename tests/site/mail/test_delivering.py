"""Every letter is delivered once, or shown as failed or uncertain; never lost, never sent a second time unseen."""

import datetime
import os
import socket

import pytest
from django_q.models import OrmQ
from pytest_django import Settings

from gongxue.records.models import Message
from gongxue.site import background, clock
from gongxue.site.mail import attaching, delivering, jobs
from gongxue.site.mail.attaching import Attachment
from gongxue.site.mail.delivering import MOST_TRIES, deliver
from gongxue.site.mail.posting import post_letter
from gongxue.site.mail.reasons import told
from tests.site.mail.outbox import CONTEXT, LETTER, at, state, write
from tests.site.mail.post_office import post_office, refuse

HOUR = datetime.timedelta(hours=1)


def again() -> None:
    """As if the pause before the next try were over."""
    Message.objects.update(next_try=None)


def test_a_letter_arrives_once_as_it_was_written(db: None, settings: Settings) -> None:
    (row,) = write()
    with post_office() as office:
        at(office, settings)
        assert (deliver(), deliver()) == ({"sent": 1}, {})
    (letter,) = office.taken
    assert (letter["Subject"], letter["To"], letter["From"]) == (row.title, row.to, "共學 <gongxue@city.example>")
    assert (letter["Message-ID"], letter["Auto-Submitted"]) == (row.message_id, "auto-generated")
    assert letter.get_content().replace("\r\n", "\n") == row.body
    number = row.message_id[1:33]
    assert office.envelopes == [(f"bounces+{number}@city.example", ["reader@example.edu.tw"])]
    row.refresh_from_db()
    assert (row.state, row.sent_at is not None, row.attempts, row.error) == ("sent", True, 1, "")


def test_lines_that_begin_with_a_dot_arrive_whole(db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"Subject: dots\n\n.\n..\n.a\nlast"
    monkeypatch.setattr(delivering.envelope, "content_of", lambda row, at: content)
    write()
    with post_office() as office:
        at(office, settings)
        deliver()
    assert office.taken[0].get_payload() == ".\r\n..\r\n.a\r\nlast\r\n"


NOW = {  # the way it misbehaves: what is shown at once, and how many letters the server took
    "450 at RCPT": (("waiting", "address"), 0),
    "550 at RCPT": (("failed", "address"), 0),
    "421 at RCPT": (("waiting", "garbled"), 0),
    "550 at MAIL": (("waiting", "sender"), 0),
    "552 after DATA": (("failed", "letter"), 0),
    "451 after DATA": (("waiting", "letter"), 0),
    "hangs": (("waiting", "connect"), 0),
    "421 at greeting": (("waiting", "greeting"), 0),
    "garbage at greeting": (("waiting", "greeting"), 0),
    "drops before DATA": (("waiting", "broken"), 0),
    "drops in DATA": (("uncertain", "unanswered"), 0),
    "drops after the last dot": (("uncertain", "unanswered"), 1),
    "slow": (("sent", ""), 1),
    "too slow": (("uncertain", "unanswered"), 1),
    "garbage after the letter": (("uncertain", "garbled"), 1),
    "closes after 250": (("sent", ""), 1),
    "says 250 twice": (("sent", ""), 1),
}


@pytest.mark.parametrize("way", NOW)
def test_a_server_that_misbehaves(db: None, settings: Settings, way: str) -> None:
    (row,) = write()
    with post_office(way) as office:
        at(office, settings)
        deliver()
    assert (state(), len(office.taken)) == NOW[way]
    with post_office() as sound:  # the next day, at a server that has come to its senses
        at(sound, settings)
        again()
        deliver()
    after = {"waiting": "sent"}.get(NOW[way][0][0], NOW[way][0][0])
    assert (state()[0], sound.numbers) == (after, [row.message_id] if NOW[way][0][0] == "waiting" else [])


def test_a_server_that_is_not_there(db: None, settings: Settings) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.MAIL_URL = f"smtp://127.0.0.1:{nobody.getsockname()[1]}"
        write()
        deliver()
    assert state() == ("waiting", "connect")


def test_a_server_without_the_encryption_that_we_ask_for(db: None, settings: Settings) -> None:
    write()
    with post_office() as office:
        at(office, settings, "smtp+tls://")
        deliver()
    assert (state(), office.taken) == (("waiting", "tls"), [])


def test_a_server_that_refuses_our_password(db: None, settings: Settings) -> None:
    write()
    with post_office(authenticator=refuse, auth_require_tls=False) as office:
        at(office, settings, "smtp://us:wrong@")
        deliver()
    assert (state(), office.taken) == (("waiting", "login"), [])


def test_a_large_letter_cut_off_in_the_middle_was_surely_not_taken(db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attaching, "_makers", {"large": lambda: Attachment("a.bin", "application/octet-stream", os.urandom(20_000_000))})
    post_letter(LETTER, "reader@example.edu.tw", CONTEXT, at=clock.now(), attach=("large",))
    with post_office("drops in DATA") as office:
        at(office, settings)
        deliver()
    assert (state(), Message.objects.get().handed_at) == (("waiting", "broken"), None)


def test_a_letter_put_off_again_and_again_is_tried_less_and_less_often_and_has_failed_in_the_end(db: None, settings: Settings) -> None:
    write()
    pauses = []
    with post_office("450 at RCPT") as office:
        at(office, settings)
        for _ in range(MOST_TRIES):
            before = clock.now()
            deliver()
            row = Message.objects.get()
            pauses.append(round(((row.next_try or before) - before).total_seconds() / 60))
            again()
    assert (pauses[:8], row.state, row.put_off) == ([1, 5, 15, 30, 60, 120, 240, 240], "failed", MOST_TRIES)


def test_a_server_that_was_away_for_long_costs_no_letter_a_try(db: None, settings: Settings) -> None:
    write()
    for _ in range(MOST_TRIES + 5):
        deliver()
        again()
    with post_office("450 at RCPT") as office:
        at(office, settings)
        deliver()
    assert state() == ("waiting", "address")


def test_while_the_server_is_away_a_round_ends_early(db: None) -> None:
    write(10)
    assert deliver() == {"down": 3}


def test_urgent_letters_go_first_then_the_oldest(db: None, settings: Settings) -> None:
    numbers = [
        post_letter(LETTER, "reader@example.edu.tw", CONTEXT, at=clock.now() - hours * HOUR, urgent=urgent).message_id
        for hours, urgent in ((3, False), (1, True), (2, True), (4, False))
    ]
    with post_office() as office:
        at(office, settings)
        deliver()
    assert office.numbers == [numbers[place] for place in (2, 1, 3, 0)]


def test_a_round_has_its_time_and_the_next_one_is_called(db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    write(2)
    OrmQ.objects.all().delete()
    with post_office() as office:
        at(office, settings)
        with monkeypatch.context() as hurried:
            hurried.setattr(delivering, "ROUND", -1)
            jobs.deliver(clock.now())
        assert (len(office.taken), background.run_waiting()) == (0, ["deliver"])
    assert len(office.taken) == 2


def test_the_demo_sends_nothing(db: None, settings: Settings) -> None:
    write()
    with post_office() as office:
        at(office, settings)
        settings.DEMO = True
        assert deliver() == {}
    assert (office.taken, state()) == ([], ("waiting", ""))


def test_a_letter_takes_what_its_maker_makes(db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attaching, "_makers", {"receipt": lambda number: Attachment(f"收據{number}.pdf", "application/pdf", b"%PDF-1.7")})
    post_letter(LETTER, "reader@example.edu.tw", CONTEXT, at=clock.now(), attach=("receipt", 7))
    with post_office() as office:
        at(office, settings)
        deliver()
    (file,) = office.taken[0].iter_attachments()
    assert (file.get_filename(), file.get_content_type(), file.get_content()) == ("收據7.pdf", "application/pdf", b"%PDF-1.7")


def test_a_maker_that_fails_holds_up_nobody_elses_letter(db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> Attachment:
        raise ValueError("王小明")

    monkeypatch.setattr(attaching, "_makers", {"broken": fail})
    post_letter(LETTER, "first@example.edu.tw", CONTEXT, at=clock.now(), attach=("broken",))
    write()
    with post_office() as office:
        at(office, settings)
        assert deliver() == {"later": 1, "sent": 1}
    assert Message.objects.get(to="first@example.edu.tw").error == "attachment|ValueError"


def test_an_address_that_cannot_be_written_down_has_failed(db: None, settings: Settings) -> None:
    write(to="王@example.edu.tw")
    with post_office() as office:
        at(office, settings)
        deliver()
    assert state() == ("failed", "address")


def test_why_a_letter_is_not_there_is_told_in_words() -> None:
    assert told("address|550 no such mailbox").zh == "收件位址被拒絕（550 no such mailbox）"
    assert told("stopped").en == "sending stopped after the letter was handed over: it may have arrived"
    assert told("").zh == ""
