"""A setting of mail that cannot be used keeps the site from starting, and names its remedy."""

import pytest
from pytest_django import Settings

from gongxue.site.checks import mail_can_be_written


@pytest.mark.parametrize(
    "url", ["", "smtp://mx.example.tw", "smtp+tls://us:p%40ss@mx.example.tw:587", "smtps://mx.example.tw", "smtp://[::1]:2525"]
)
def test_an_address_of_a_mail_server_will_do(settings: Settings, url: str) -> None:
    settings.MAIL_URL = url
    assert mail_can_be_written() == []


@pytest.mark.parametrize(
    "url", ["mx.example.tw", "http://mx.example.tw", "smtp://", "smtp://mx.example.tw:port", "smtp://mx.example.tw:99999"]
)
def test_another_one_is_told(settings: Settings, url: str) -> None:
    settings.MAIL_URL = url
    assert [fault.id for fault in mail_can_be_written()] == ["gongxue.E003"]


@pytest.mark.parametrize(
    ("name", "value", "faults"),
    [
        ("MAIL_FROM", "共學 <gongxue@example.tw>", []),
        ("MAIL_FROM", "gongxue", ["gongxue.E004"]),
        ("MAIL_FROM", "共學@example.tw", ["gongxue.E004"]),
        ("MAIL_BOUNCES", "", []),
        ("MAIL_BOUNCES", "bounces@example.tw", []),
        ("MAIL_BOUNCES", "bounces", ["gongxue.E004"]),
    ],
)
def test_a_sender_is_an_address(settings: Settings, name: str, value: str, faults: list[str]) -> None:
    setattr(settings, name, value)
    assert [fault.id for fault in mail_can_be_written()] == faults
