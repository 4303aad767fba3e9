"""A door for content as a whole: what a file holds takes the place of what stands in an application, as an edit that can be undone."""

import datetime
import uuid
from typing import Any

from gongxue.records import trail
from gongxue.records.actor import Actor
from gongxue.records.changes import same
from gongxue.records.document import ID, ROWS, Document, checked, without_ids
from gongxue.records.doors import Edited, allowed, locked, rewrite
from gongxue.records.refusals import Stale
from gongxue.records.sight import capacity_on
from gongxue.records.snapshots import freeze
from gongxue.records.whole import whole
from gongxue.rules.workflow import APPLICATION

REPLACE = "replace_content"


@whole
def replace_content(
    application_id: uuid.UUID, document: Document, *, actor: Actor, at: datetime.datetime, seen: int, source: str = ""
) -> Edited:
    """Put `document` in the place of the content; both, the old and the new, are kept as versions. The programme stays as it is.

    `seen` is the version that the actor looked at; another one refuses (Stale), because a whole content goes over what others wrote
    meanwhile. `source` is what the file was called. Equal content changes nothing. Raises NotThere, NotAllowed, ChangeError, Stale, Unkept.
    """
    application = locked(application_id, actor)
    answer = allowed("edit", application, actor)
    if seen != application.version:
        raise Stale(application.state, application.version)
    content = with_ids_of(application.document, checked({**document, "programme": application.programme}))
    if same(without_ids(application.document), without_ids(content)):
        return Edited(application, (), ())
    before = freeze(application, REPLACE)
    rewrite(application, content, actor, at)
    after = freeze(application, REPLACE)
    words = {"source": source[:200], "before": before.digest, "after": after.digest}
    by = capacity_on(actor, answer, application)
    trail.write(APPLICATION, str(application.pk), REPLACE, words, by=by, at=at, version=application.version)
    return Edited(application, (), ())


def with_ids_of(before: Document, after: Document) -> Document:
    """`after` with the row ids of `before` where rows answer to each other, so that the history tells what changed and not that all did.

    Equal rows answer to each other; of the others the first to the first that is left, and so on.
    """
    return {name: _rows(before.get(name) or [], value or []) if name in ROWS else value for name, value in after.items()}


def _rows(before: list[Document], after: list[Document]) -> list[Document]:
    free: dict[bytes, list[str]] = {}
    for row in before:
        free.setdefault(_content(row), []).append(row[ID])
    found = [ids.pop(0) if (ids := free.get(_content(row))) else None for row in after]
    taken = set(found)
    left = [row[ID] for row in before if row[ID] not in taken]
    return [{**row, ID: known or (left.pop(0) if left else row[ID])} for row, known in zip(after, found, strict=True)]


def _content(row: Document) -> bytes:
    """What makes two rows equal: all that is filled, but the id."""
    return trail.canonical(_filled({key: value for key, value in row.items() if key != ID}))


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _filled(each) for key, each in value.items() if each is not False and each not in (None, "", [])}
    return value
