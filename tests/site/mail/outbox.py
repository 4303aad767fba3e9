"""The outbox, as the tests of mail fill it and look at it."""

from pytest_django import Settings

from gongxue.records.models import Message
from gongxue.site import clock
from gongxue.site.mail.posting import post_letter
from tests.site.mail.post_office import Office

LETTER, CONTEXT = "accounts/password_reset_key", {"password_reset_url": "https://gongxue.example/reset/1/"}


def at(office: Office, settings: Settings, scheme: str = "smtp://") -> None:
    settings.MAIL_URL = f"{scheme}127.0.0.1:{office.port}"


def write(count: int = 1, to: str = "reader@example.edu.tw") -> list[Message]:
    return [post_letter(LETTER, to, CONTEXT, at=clock.now()) for _ in range(count)]


def state() -> tuple[str, str]:
    """The one letter's state, and which reason of ours is kept."""
    row = Message.objects.get()
    return row.state, row.error.partition("|")[0]
