"""Where somebody is logged in: since when and with which browser. No addresses are kept."""

import datetime
import re
from typing import Final

import msgspec
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from gongxue.records.models import User
from gongxue.site import clock

CAME: Final = "came"
_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


class Login(msgspec.Struct, frozen=True):
    """One browser in which somebody is logged in; `here` is the one that asks."""

    key: str
    since: datetime.datetime | None
    browser: str
    here: bool


def browser_words(agent: str) -> str:
    """A browser as people know it: "Firefox, Windows"; "" where it does not say."""
    found = (next((name for mark, name in marks if re.search(mark, agent)), "") for marks in (_BROWSERS, _SYSTEMS))
    return ", ".join(filter(None, found))


def note(request: HttpRequest, at: datetime.datetime) -> None:
    """Note in a session that has just begun when that was, and with which browser."""
    request.session[CAME] = [at.isoformat(), browser_words(request.headers.get("User-Agent", "")[:300])]


def logins_of(user: User, here: str | None) -> list[Login]:
    """Every browser in which a user is logged in, the asking one first; one that a new password has ended is none.

    One query: sessions say only inside whose they are.
    """
    found = []
    for session in Session.objects.filter(expire_date__gt=clock.real_now()):
        held = session.get_decoded()
        if held.get(SESSION_KEY) == str(user.pk) and held.get(HASH_SESSION_KEY) == user.get_session_auth_hash():
            since, browser = held.get(CAME, ("", ""))
            found.append(
                Login(session.session_key, datetime.datetime.fromisoformat(since) if since else None, browser, session.session_key == here)
            )
    return sorted(found, key=lambda login: (not login.here, login.since.timestamp() if login.since else 0))


def end_others(user: User, here: str | None) -> int:
    """Log a user out everywhere but here; how many logins that ended."""
    others = [login.key for login in logins_of(user, here) if not login.here]
    Session.objects.filter(session_key__in=others).delete()
    return len(others)
