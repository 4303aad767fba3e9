"""What every answer says to the browser."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client

from gongxue.records.actor import Actor

As = Callable[[Actor], Client]
ROOT = Path(__file__).parent.parent.parent
PUBLIC = ["/", "/call/", "/verify/", "/accessibility/", "/privacy/", "/date/", "/robots.txt", "/healthz", "/readyz"]


@pytest.mark.parametrize("address", [*PUBLIC, "/no/such/page/"])
def test_every_answer_forbids_what_a_page_of_ours_never_does(client: Client, db: None, address: str) -> None:
    headers = client.get(address).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "object-src": "'none'",
    }
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_is_asked_for_anew_each_time(client: Client, db: None, address: str) -> None:
    assert client.get(address).headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("address", ["/home/", *PUBLIC[1:], "/no/such/page/"])
def test_nothing_that_somebody_sees_is_kept_by_the_browser(city: SimpleNamespace, as_: As, address: str) -> None:
    assert as_(city.convener).get(address).headers["Cache-Control"] == "no-store"


def test_a_script_that_asks_is_told_where_the_answer_leads(client: Client, db: None) -> None:
    """Anybody else is led there; what leads nowhere is answered as ever."""
    form = {"language": "en", "next": "/call/"}
    led, told = client.post("/language/", form), client.post("/language/", form, headers={"X-Tell-Where": "1"})
    assert (led.status_code, led.headers["Location"], "X-Leads-To" in led.headers) == (302, "/call/", False)
    assert (told.status_code, told.headers["X-Leads-To"], "Location" in told.headers) == (204, "/call/", False)
    assert told.cookies["language"].value == "en"
    assert client.get("/call/", headers={"X-Tell-Where": "1"}).status_code == 200


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(client: Client, db: None) -> None:
    answer = client.post("/language/", {"language": "en", "next": "/call/"})
    cookies = {**client.get("/").cookies, **answer.cookies}
    assert sorted(cookies) == ["csrftoken", "language"]
    assert {(each["httponly"], each["samesite"]) for each in cookies.values()} == {(True, "Lax")}


def settings_of(**environment: str) -> dict[str, str]:
    """What the settings say in a process of their own with this environment."""
    names = (
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "LANGUAGE_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS",
        "SECURE_SSL_REDIRECT",
        "DEBUG",
        "DEMO",
    )
    code = f"import gongxue.settings as s; print(*(getattr(s, name) for name in {names!r}))"
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, **environment}, check=True, capture_output=True, text=True
    )
    return dict(zip(names, said.stdout.split(), strict=True))


def test_in_production_cookies_travel_by_tls_only_and_browsers_stay_with_it(tmp_path: Path) -> None:
    said = settings_of(GONGXUE_PRODUCTION="1", GONGXUE_VAR=str(tmp_path))
    assert said == {
        "SESSION_COOKIE_SECURE": "True",
        "CSRF_COOKIE_SECURE": "True",
        "LANGUAGE_COOKIE_SECURE": "True",
        "SECURE_HSTS_SECONDS": "31536000",
        "SECURE_SSL_REDIRECT": "True",
        "DEBUG": "False",
        "DEMO": "False",
    }


def test_without_any_setting_there_is_no_tls_no_demo_and_no_debugging(tmp_path: Path) -> None:
    assert settings_of(GONGXUE_VAR=str(tmp_path)) == {
        "SESSION_COOKIE_SECURE": "False",
        "CSRF_COOKIE_SECURE": "False",
        "LANGUAGE_COOKIE_SECURE": "False",
        "SECURE_HSTS_SECONDS": "0",
        "SECURE_SSL_REDIRECT": "False",
        "DEBUG": "False",
        "DEMO": "False",
    }
