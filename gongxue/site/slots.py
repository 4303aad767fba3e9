"""Work that must not hold every web worker at once: so many at a time on the whole site, and who comes too many is told so.

A slot is a row of the shared cache. A worker that is killed leaves it behind, and it expires by itself.
"""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache

from gongxue.rules.text import Text
from gongxue.site.refusing import Unavailable

PATIENCE = 0.6
"""Seconds that one waits for a slot; longer, and waiting would itself hold the worker."""
_PAUSE = 0.1


@contextmanager
def slot(name: str, *, seconds: int, busy: Text) -> Iterator[None]:
    """The one slot of `name`, for at most `seconds`; raises Unavailable with the words `busy` where somebody else has it."""
    key, mine = f"slot:{name}", secrets.token_hex(8)
    for _ in range(int(PATIENCE / _PAUSE)):
        if cache.add(key, mine, timeout=seconds):
            break
        time.sleep(_PAUSE)
    else:
        raise Unavailable(busy)
    try:
        yield
    finally:
        if cache.get(key) == mine:  # one that took longer than it may has lost it to somebody else
            cache.delete(key)
