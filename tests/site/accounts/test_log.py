"""The log of all that people do about their accounts: no password, code, token or address is in it."""

import json
from types import SimpleNamespace

import pytest
from django.test import Client

from gongxue.records.invitations import invite_to_draft
from gongxue.records.models import Application, Message
from tests.records.city import LATER
from tests.site.accounts.entering import NOBODYS, OTHER_PASSWORD, PASSWORD, browser, codes, link_of, log_in, with_password

EMAIL, TYPED = "guest@example.edu.tw", "my-own-wrong-password"


def about_passwords(client: Client) -> set[str]:
    """Wrong and right ones, a forgotten one, a changed one; what was typed or told on the way."""
    for email in ("clerk@example.edu.tw", NOBODYS):
        log_in(client, email, TYPED)
    client.post("/accounts/password/reset/", {"email": "clerk@example.edu.tw"})
    link = link_of(Message.objects.get())
    client.get(f"{link[:-3]}/")
    client.get(link, follow=True)
    log_in(client)
    client.post("/accounts/password/change/", {"oldpassword": TYPED, "password1": "weak-one", "password2": "weak-two"})
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD})
    return {"clerk@", NOBODYS, TYPED, PASSWORD, OTHER_PASSWORD, "weak-one", "weak-two", link.rpartition("-")[2].strip("/")}


def about_the_second_step(client: Client) -> set[str]:
    """Turned on, asked for, passed."""
    client.post("/accounts/reauthenticate/?next=/accounts/two-step/on/", {"password": OTHER_PASSWORD})
    client.get("/accounts/two-step/on/")
    key = client.session["mfa.totp.secret"]
    first, second = codes(key)[1:]
    client.post("/accounts/two-step/on/", {"code": first})
    client.get("/accounts/two-step/codes/download/")
    client.post("/accounts/logout/")
    log_in(client, password=OTHER_PASSWORD)
    for code in ("no-such-code", second):
        client.post("/accounts/two-step/code/", {"code": code})
    assert client.get("/accounts/").status_code == 200
    return {key, f'"{first}"', f'"{second}"', "no-such-code"}


def test_nothing_that_anybody_typed_or_was_told_is_in_the_log(
    city: SimpleNamespace, draft: Application, stopped_clock: object, capfd: pytest.CaptureFixture[str]
) -> None:
    with_password("clerk")
    token = invite_to_draft(draft.pk, EMAIL, "客人", actor=city.convener, at=LATER).token
    client = browser()
    private = about_passwords(client) | about_the_second_step(client) | {token, EMAIL, "客人", "127.0.0.1"}
    browser().post(f"/accounts/invitation/{token}/", {"name": "客人", "password1": PASSWORD, "password2": PASSWORD})
    browser().get(f"/accounts/invitation/{token[:-1]}/")
    browser().get(f"/accounts/login/?next=/{EMAIL}/")
    told = capfd.readouterr().err
    lines = [json.loads(line) for line in told.splitlines()]
    assert {line["route"] for line in lines} >= {"account_login", "account_reset_password_from_key", "invitation", "mfa_authenticate"}
    assert {key for line in lines for key in line} == {"event", "level", "method", "ms", "number", "route", "status", "timestamp"}
    assert [each for each in private if each in told] == []
