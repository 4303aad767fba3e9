"""`gongxue bounce`: what the mail server hands back."""

from pathlib import Path

import pytest

from gongxue.records.models import Message
from tests.commands.shell import gongxue
from tests.records.city import NOON

NUMBER = "0123456789abcdef" * 2
BACK = f"Return-Path: <>\nFrom: MAILER-DAEMON\nTo: bounces+{NUMBER}@city.example\n\nno such user\n".encode()


@pytest.fixture
def letter(db: None) -> Message:
    """A letter that went out."""
    told = {"to": "a@example.edu.tw", "title": "t", "body": "b", "message_id": f"<{NUMBER}@city.example>", "made_at": NOON}
    return Message.objects.create(state="sent", **told)


def test_a_mail_on_standard_input_marks_its_letter(letter: Message) -> None:
    ran = gongxue("bounce", given=BACK)
    assert (ran.status, ran.lines, ran.told) == (0, ["已註記：a@example.edu.tw 寄不到"], [])
    letter.refresh_from_db()
    assert letter.state == "bounced"


def test_a_file_and_the_address_it_came_to_will_do(letter: Message, tmp_path: Path) -> None:
    file = tmp_path / "mail"
    file.write_bytes(b"Return-Path: <>\nTo: somebody@x\n\nno such user\n")
    ran = gongxue("bounce", file, "--to", f"bounces+{NUMBER}@city.example", "--lang", "en")
    assert (ran.status, ran.lines) == (0, ["marked: a@example.edu.tw cannot be reached"])


@pytest.mark.parametrize("given", [b"", b"From: x\n\nspam", b"\xff\x00" * 100])
def test_what_is_no_letter_of_ours_is_taken_in_silence(letter: Message, given: bytes) -> None:
    assert gongxue("bounce", given=given)[:2] == (0, "沒有要註記的信\n")
    assert Message.objects.get().state == "sent"


def test_what_cannot_be_read_is_asked_for_again(letter: Message, tmp_path: Path) -> None:
    ran = gongxue("bounce", tmp_path / "none")
    assert (ran.status, ran.out, len(ran.told)) == (75, "", 1)
