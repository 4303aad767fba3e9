"""Logging in as people do: at the page, by e-mail and password; and what a page says."""

import html
import re

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.hashers import make_password
from django.http import HttpResponse
from django.test import Client

from gongxue.records.models import Message, User

PASSWORD, OTHER_PASSWORD = "correct horse battery", "staple after staple"
HASHED = make_password(PASSWORD)
NOBODYS = "nobody@example.edu.tw"


def browser() -> Client:
    return Client(raise_request_exception=False)


def with_password(name: str = "clerk") -> User:
    """Somebody of the city who has the password."""
    User.objects.filter(name=name).update(password=HASHED)
    return User.objects.get(name=name)


def log_in(client: Client, email: str = "clerk@example.edu.tw", password: str = PASSWORD, onward: str = "") -> HttpResponse:
    return client.post(f"/accounts/login/{onward}", {"login": email, "password": password})


def is_in(client: Client) -> bool:
    return client.get("/accounts/").status_code == 200


def words(page: HttpResponse) -> str:
    """What the main part of a page says, without its markup."""
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main.partition(">")[2]))).strip()


def beside(page: HttpResponse, field: str) -> str:
    """What stands beside a field as its error; "" where nothing does."""
    _, _, rest = page.content.decode().partition(f'id="error_{field}">')
    return html.unescape(rest.partition("</span>")[2].partition("</p>")[0])


def summed_up(page: HttpResponse) -> list[str]:
    """What the summary of errors says, point by point."""
    summary = page.content.decode().partition('class="error-summary"')[2].partition("</div>")[0]
    return [html.unescape(re.sub(r"<[^>]+>", "", each)) for each in re.findall(r"<li>(.*?)</li>", summary)]


def link_of(letter: Message) -> str:
    """The path of the one link in a letter."""
    (link,) = re.findall(r"https?://[^/\s]+(/\S+)", letter.body)
    return str(link)


def codes(secret: str) -> list[str]:
    """The codes that a phone with this key shows just before, now and just after."""
    return [format_hotp_value(hotp_value(secret, counter)) for counter in yield_hotp_counters_from_time()]
