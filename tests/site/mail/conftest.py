"""A site that mails, to nobody yet."""

import pytest
from pytest_django import Settings

from tests.site.mail.post_office import PATIENCE


@pytest.fixture(autouse=True)
def _mailing(settings: Settings) -> None:
    settings.DEMO, settings.MAIL_PATIENCE, settings.MAIL_URL = False, PATIENCE, "smtp://127.0.0.1:1"
    settings.MAIL_FROM, settings.MAIL_BOUNCES = "共學 <gongxue@city.example>", "bounces@city.example"
