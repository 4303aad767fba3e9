"""Places in a programme file, such as `tiers[0].cap.value`, and what may stand there."""

import re
from types import UnionType
from typing import Any, Literal, get_args, get_origin

import msgspec

from gongxue.rules.figures import Entry
from gongxue.rules.text import Text

_TOKEN = re.compile(r"\[[^\]]*\]|[^.\[\]]+")


def kind_at(record: type[msgspec.Struct], place: str) -> Any:
    """What may stand at `place` of a `record`, as a type; None where there is no such place.

    A step in brackets goes into a row of a list or a key of a free table (`[0]`, `[...]`); a name may leave it out (`tiers.cap`).
    """
    kind: Any = record
    for token in _TOKEN.findall(place):
        if token.startswith("["):
            kind = _inside(kind)
        else:
            while get_origin(kind) is tuple:
                kind = _inside(kind)
            is_free = get_origin(kind) is dict
            kind = _inside(kind) if is_free else next((field.type for field in keys_of(kind) if field.encode_name == token), None)
        kind = _known(kind)
    return kind


def keys_of(kind: Any) -> tuple[msgspec.structs.FieldInfo, ...]:
    """The keys that a table of that kind may have."""
    return msgspec.structs.fields(kind) if isinstance(kind, type) and issubclass(kind, (Entry, Text)) else ()


def choices_of(kind: Any) -> tuple[str, ...]:
    """The words of which one must stand in a place of that kind; none where it is free."""
    return get_args(kind) if get_origin(kind) is Literal else ()


def _inside(kind: Any) -> Any:
    arguments = get_args(kind)
    if get_origin(kind) is tuple:
        return arguments[0]
    return arguments[1] if get_origin(kind) is dict else None


def _known(kind: Any) -> Any:
    """`X` for `X | None`."""
    options = [option for option in get_args(kind) if option is not type(None)]
    return options[0] if isinstance(kind, UnionType) or str(get_origin(kind)) == "typing.Union" else kind
