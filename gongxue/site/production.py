"""What a real city must set before it is served: each fault names the setting and says what to put there."""

import os
from collections.abc import Iterator
from typing import Final

from django.conf import settings

from gongxue.rules.programme_file import known_programmes
from gongxue.rules.text import Text

SHORTEST_KEY: Final = 40
LOCAL: Final = {"127.0.0.1", "localhost", "[::1]", "::1"}


def faults() -> list[Text]:
    """Every setting that keeps this from being a real city's site, in the order in which they are set."""
    return [Text(f"{name}：{told.zh}", f"{name}: {told.en}") for name, told in _faults()]


def _faults() -> Iterator[tuple[str, Text]]:
    key = settings.SECRET_KEY
    if key == settings.DEMO_KEY or len(key) < SHORTEST_KEY:
        command = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        yield (
            "GONGXUE_SECRET_KEY",
            Text(
                f"請設為 {SHORTEST_KEY} 字以上的隨機文字，例如 {command} 的結果",
                f"set a random text of {SHORTEST_KEY} characters or more: {command}",
            ),
        )
    if settings.DEBUG:
        yield "GONGXUE_DEBUG", Text("正式站不可開啟，請移除", "must be off: take it away")
    if settings.DEMO:
        yield "GONGXUE_DEMO", Text("正式站不可以是示範站，請移除", "a real site is no demo: take it away")
    yield from _of_the_address()
    yield from _of_the_mail()
    if settings.PROGRAMME not in known_programmes():
        known = ", ".join(known_programmes())
        yield "GONGXUE_PROGRAMME", Text(f"沒有這個計畫，認得的有 {known}", f"there is no such programme; known are {known}")


def _of_the_address() -> Iterator[tuple[str, Text]]:
    hosts = set(settings.ALLOWED_HOSTS)
    if any(host == "*" or host.startswith(("*", ".")) for host in hosts):
        yield "GONGXUE_HOSTS", Text("不可開放所有網域，請寫出確切的名稱", "must not be open: name the site's hosts exactly")
    elif not hosts - LOCAL:
        yield "GONGXUE_HOSTS", Text("請設為網站的網域，例如 plc.example.gov.tw", "set the site's host name, such as plc.example.gov.tw")
    if not settings.ADDRESS.startswith("https://"):
        told = Text(
            "請設為網站的網址，例如 https://plc.example.gov.tw；信裡的連結由它而來",
            "set the site's address, such as https://plc.example.gov.tw: links in letters begin with it",
        )
        yield "GONGXUE_ADDRESS", told
    if settings.PROXIES < 1:
        told = Text(
            "請設為前面反向代理的層數（通常是 1）；TLS 由它負責，沒有它就不能開正式站",
            "set how many reverse proxies stand before the site (usually 1): they do the TLS, without which it must not be served",
        )
        yield "GONGXUE_PROXIES", told
    origins = [origin for origin in settings.CSRF_TRUSTED_ORIGINS if not origin.startswith("https://")]
    if origins:
        yield "GONGXUE_ORIGINS", Text("每一個都要以 https:// 開頭", "each must begin with https://")
    if settings.OIDC_ISSUER and not settings.OIDC_ISSUER.startswith("https://"):
        yield "GONGXUE_OIDC_ISSUER", Text("要以 https:// 開頭", "must begin with https://")
    if settings.OIDC_ISSUER and not (os.environ.get("GONGXUE_OIDC_CLIENT_ID") and os.environ.get("GONGXUE_OIDC_CLIENT_SECRET")):
        told = Text("請填登入服務發給本站的代碼與密鑰", "set what the log-in service gave this site")
        yield "GONGXUE_OIDC_CLIENT_ID, GONGXUE_OIDC_CLIENT_SECRET", told


def _of_the_mail() -> Iterator[tuple[str, Text]]:
    if not settings.MAIL_URL:
        told = Text(
            "請設為寄信伺服器，例如 smtp+tls://帳號:密碼@smtp.example.gov.tw:587；沒有它，信都留在待寄",
            "set the mail server, such as smtp+tls://USER:PASSWORD@smtp.example.gov.tw:587: without it letters only wait",
        )
        yield "GONGXUE_MAIL_URL", told
    if "localhost" in settings.MAIL_FROM or "@" not in settings.MAIL_FROM:
        told = Text(
            "請設為寄件人，例如 共學 <gongxue@example.gov.tw>", "set who letters are from, such as Gongxue <gongxue@example.gov.tw>"
        )
        yield "GONGXUE_MAIL_FROM", told
