"""What a browser without JavaScript posts, read into changes: a section's whole form, and the button that was pressed."""

from typing import Any, Final

import msgspec
from django.http import QueryDict

from gongxue.records.changes import Change, same
from gongxue.records.document import ID, ROWS, Document, new_row_id
from gongxue.records.refusals import ChangeError
from gongxue.rules.text import Text
from gongxue.stages.applying.drafting import typed
from gongxue.stages.applying.drafting.draft import Draft
from gongxue.stages.applying.drafting.places import row_of
from gongxue.stages.applying.drafting.sections.section import Section

YOURS: Final = "yours:"
"""Before the path of a field: what its writer wrote, kept on the page until one of two texts is chosen."""


class Posted(msgspec.Struct, frozen=True):
    """What a form says: changes, what cannot be read by its path, both texts not yet chosen between, and what the button asks for.

    `verb` is the first word of the button's value, `target` the rest; `row` the id of a row that is added.
    """

    changes: list[Change]
    refused: dict[str, Text]
    pending: dict[str, str]
    verb: str
    target: str
    row: str = ""


def base_of(post: QueryDict, section: Section) -> Document:
    """The document as the page was drawn from it; ChangeError where a page did not say."""
    try:
        base = msgspec.json.decode(post.get("base", ""), type=dict[str, Any])
    except msgspec.DecodeError:
        raise ChangeError("", Text("這張表單不完整，請重新載入頁面。", "This form is incomplete: reload the page.")) from None
    return {name: _sound(name, value) for name, value in base.items() if name in section.fields}


def _sound(name: str, value: Any) -> Any:
    """A list of rows without what is no row; anything else as it is. The base comes from outside."""
    if name not in ROWS:
        return value
    return [row for row in value if isinstance(row, dict) and isinstance(row.get(ID), str)] if isinstance(value, list) else []


def read_form(post: QueryDict, section: Section, draft: Draft) -> Posted:
    """The whole form of a section. Raises ChangeError where it is not one of its forms."""
    base = base_of(post, section)
    verb, _, target = post.get("do", "save").partition(" ")
    gone = target if verb == "remove" else ""
    changes, refused = _fields(post, section, base, gone)
    pending = {
        name.removeprefix(YOURS): str(post[name]) for name in post if name.startswith(YOURS) and _is_ours(name[len(YOURS) :], section)
    }
    if verb in ("mine", "theirs") and target in pending:
        yours = pending.pop(target)
        if verb == "mine":
            changes = [each for each in changes if each.path != target]
            changes.append(Change("set", target, value_at(base, target), typed.read(target, _raw(target, yours))))
    row = new_row_id() if verb == "add" else ""
    if verb in ("add", "remove", "up", "down"):
        changes += _row_change(verb, target, row, base, section)
    elif verb == "put":
        changes += _put_back(post.get("removed", ""), section)
    elif verb in section.acts:
        done = section.acts[verb](draft, post)
        changes += done
        if made := next((each for each in done if each.kind == "insert"), None):
            target, row = made.path, made.row
    return Posted(changes, refused, pending, verb, target, row)


def _raw(path: str, text: str) -> Any:
    return text.split("\n") if typed.kind_of(path) == "ticks" else text


def _is_ours(path: str, section: Section) -> bool:
    if path.split("/")[0] not in section.fields:
        return False
    try:
        typed.kind_of(path)
    except ChangeError:
        return False
    return True


def _fields(post: QueryDict, section: Section, base: Document, gone: str) -> tuple[list[Change], dict[str, Text]]:
    changes, refused = list[Change](), dict[str, Text]()
    for path in post:
        if not _is_ours(path, section) or (gone and row_of(path) == gone):
            continue
        stood = value_at(base, path)
        try:
            value = typed.read(path, post.getlist(path))
        except ChangeError as error:
            refused[path] = error.told
            continue
        if not same(stood, value) and not _only_lost_its_breaks(stood, value):
            changes.append(Change("set", path, stood, value))
    return changes, refused


def _only_lost_its_breaks(stood: Any, value: Any) -> bool:
    """A field of one line drops the line breaks of what it is given, though nobody touched it."""
    return isinstance(stood, str) and isinstance(value, str) and "\n" in stood and stood.replace("\n", "") == value


def value_at(document: Document, path: str) -> Any:
    """The value at a change's path, None where there is none."""
    first, *rest = path.split("/")
    value: Any = document.get(first)
    if first in ROWS and rest:
        value = next((row for row in value or [] if isinstance(row, dict) and row.get(ID) == rest[0]), None)
        rest = rest[1:]
    for step in rest:
        value = value.get(step) if isinstance(value, dict) else None
    return value


class _Removed(msgspec.Struct):
    """A row that was taken away, and behind which it stood."""

    list: str
    row: dict[str, Any]
    after: str


def _put_back(removed: str, section: Section) -> list[Change]:
    try:
        gone = msgspec.json.decode(removed, type=_Removed)
    except msgspec.DecodeError:
        return []
    content = {name: value for name, value in gone.row.items() if name != ID}
    return (
        [Change("insert", gone.list, value=content, row=str(gone.row.get(ID, "")), after=gone.after)] if gone.list in section.fields else []
    )


def _row_change(verb: str, target: str, row: str, base: Document, section: Section) -> list[Change]:
    """A row added, removed, or moved by one; nothing where the button's row is not on the page."""
    if verb == "add":
        name, _, after = target.partition(" after ")
        rows = base.get(name) or []
        return (
            [Change("insert", name, value={}, row=row, after=after or (rows[-1][ID] if rows else ""))] if name in section.blank_rows else []
        )
    name, _, which = target.partition("/")
    ids = [each[ID] for each in base.get(name) or []]
    if name not in section.fields or which not in ids:
        return []
    at = ids.index(which)
    if verb == "remove":
        return [Change("remove", name, base=base[name][at], row=which)]
    if verb == "up":
        return [Change("move", name, row=which, after=ids[at - 2] if at > 1 else "")] if at else []
    return [Change("move", name, row=which, after=ids[at + 1])] if at + 1 < len(ids) else []
