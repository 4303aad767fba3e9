"""What keeps an installation from being a real city's site, each with what to set."""

from typing import Any

import pytest
from pytest_django import Settings

from gongxue.site import production

SAFE = {
    "SECRET_KEY": "k" * 48,
    "DEBUG": False,
    "DEMO": False,
    "ALLOWED_HOSTS": ["plc.example"],
    "ADDRESS": "https://plc.example",
    "PROXIES": 1,
    "MAIL_URL": "smtp+tls://mail.example:587",
    "MAIL_FROM": "共學 <gongxue@plc.example>",
}


def faults(settings: Settings, **changed: Any) -> list[str]:
    for name, value in (SAFE | changed).items():
        setattr(settings, name, value)
    return [told.en.split(": ")[0] for told in production.faults()]


def test_what_is_safe_has_no_fault(settings: Settings) -> None:
    assert faults(settings) == []


@pytest.mark.parametrize(
    ("named", "setting", "value"),
    [
        ("GONGXUE_SECRET_KEY", "SECRET_KEY", "short"),
        ("GONGXUE_SECRET_KEY", "SECRET_KEY", "demo-only-key-that-production-refuses"),
        ("GONGXUE_DEBUG", "DEBUG", True),
        ("GONGXUE_DEMO", "DEMO", True),
        ("GONGXUE_HOSTS", "ALLOWED_HOSTS", ["*"]),
        ("GONGXUE_HOSTS", "ALLOWED_HOSTS", ["plc.example", ".example"]),
        ("GONGXUE_HOSTS", "ALLOWED_HOSTS", ["localhost", "127.0.0.1"]),
        ("GONGXUE_HOSTS", "ALLOWED_HOSTS", []),
        ("GONGXUE_ADDRESS", "ADDRESS", "http://plc.example"),
        ("GONGXUE_MAIL_URL", "MAIL_URL", ""),
        ("GONGXUE_MAIL_FROM", "MAIL_FROM", "共學 Gongxue <gongxue@localhost>"),
        ("GONGXUE_PROXIES", "PROXIES", 0),
        ("GONGXUE_ORIGINS", "CSRF_TRUSTED_ORIGINS", ["http://plc.example"]),
        ("GONGXUE_OIDC_ISSUER", "OIDC_ISSUER", "http://login.example"),
        ("GONGXUE_OIDC_CLIENT_ID, GONGXUE_OIDC_CLIENT_SECRET", "OIDC_ISSUER", "https://login.example"),
        ("GONGXUE_PROGRAMME", "PROGRAMME", "nowhere-111"),
    ],
)
def test_each_setting_that_is_not_safe_is_named(settings: Settings, named: str, setting: str, value: object) -> None:
    assert named in faults(settings, **{setting: value})
