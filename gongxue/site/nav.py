"""What stands in the header: stages put themselves in, the shell does not know them."""

from collections.abc import Iterable

import msgspec

from gongxue.records.actor import Actor
from gongxue.rules.text import Text


class Entry(msgspec.Struct, frozen=True):
    """A word in the header that leads to a route. `roles` who sees it, () for everybody, ("*",) for whoever has logged in; `covers` how
    the names of further routes begin whose pages belong to it."""

    order: int
    label: Text
    route: str
    roles: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()


_entries: dict[str, Entry] = {}


def add(*entries: Entry) -> None:
    """Put entries in; called by an app's `ready()`."""
    _entries.update({entry.route: entry for entry in entries})


def entries_for(actor: Actor) -> list[Entry]:
    """What `actor` sees, in order."""
    roles = actor.roles()
    known = actor.user is not None
    shown = (each for each in _entries.values() if not each.roles or (known and ("*" in each.roles or roles & set(each.roles))))
    return sorted(shown, key=lambda entry: entry.order)


def entry_of(view: str, entries: Iterable[Entry]) -> str:
    """The route of the entry to which the page of route `view` belongs: its own, else of those that cover it the one that says most of its
    name; "" when there is none."""
    told = [(len(start), each.route) for each in entries for start in (*each.covers, each.route) if view.startswith(start)]
    return max(told, default=(0, ""))[1]
