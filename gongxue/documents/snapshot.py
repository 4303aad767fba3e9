"""What a paper is printed from, frozen: canonical JSON, and its SHA-256, of which the foot bears the beginning.

Canonical is: UTF-8, keys sorted, no white space, nothing for what is null or absent, whole numbers without a point. The same content
gives the same bytes, whatever program wrote it.
"""

import hashlib
from typing import Any

import msgspec

from gongxue.rules.application import Application

_EXACT = 10**15


def canonical(content: Any) -> bytes:
    """Canonical JSON of records, lists and plain values."""
    return msgspec.json.encode(_plain(msgspec.to_builtins(content)), order="deterministic")


def digest(content: Any) -> str:
    """SHA-256 of the canonical JSON, in hex."""
    return hashlib.sha256(canonical(content)).hexdigest()


def application_digest(application: Application) -> str:
    """The digest that stands in the foot of an application."""
    return digest(application)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items() if each is not None}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return value
