"""How often somebody may do something: counted in the cache, which all workers share."""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from gongxue.records.refusals import Refused
from gongxue.rules.text import Text
from gongxue.site.request import ours


class TooMany(Refused):
    """Asked too often; `seconds` to wait."""

    def __init__(self, seconds: int) -> None:
        minutes = -(-seconds // 60)
        super().__init__(Text(f"試得太快了，請等 {minutes} 分鐘後再試。", f"Too many tries: wait {minutes} min and try again."))
        self.seconds = seconds


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: the address that the last proxy of ours saw, or the connection's own."""
    hops: list[str] = [hop.strip() for hop in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",") if hop.strip()]
    if 0 < settings.PROXIES <= len(hops):
        return str(hops[-settings.PROXIES])
    return str(request.META.get("REMOTE_ADDR", ""))


def limit(request: HttpRequest, what: str, times: int, seconds: int) -> None:
    """Raise TooMany when `what` was asked more than `times` in the present window of `seconds`, by one address.

    The address is kept only as a digest, and only for the window.
    """
    at = int(ours(request).at.timestamp())
    window = at // seconds
    who = hashlib.sha256(f"{settings.SECRET_KEY}|{address_of(request)}".encode()).hexdigest()[:24]
    key = f"limit:{what}:{window}:{who}"
    count = cache.get(key, 0)
    if count >= times:
        raise TooMany((window + 1) * seconds - at)  # and nothing is written: who is stopped costs the database one look
    cache.set(key, count + 1, timeout=seconds)
