"""What can happen in this room: a version comes back, a file becomes a draft or replaces its content, an application is copied."""

import datetime
import uuid

from gongxue.records.actor import Actor
from gongxue.records.copying import start_copy
from gongxue.records.document import Document
from gongxue.records.doors import Edited, restore, start
from gongxue.records.models import Application
from gongxue.records.replacing import replace_content
from gongxue.rules.programme import Programme


def bring_back(*, application: uuid.UUID, version: int, actor: Actor, at: datetime.datetime, seen: int) -> Edited:
    """Make the content of a kept version the present one; `seen` is the version that the actor looked at."""
    return restore(application, version, actor=actor, at=at, seen=seen)


def start_from(*, document: Document, actor: Actor, at: datetime.datetime) -> Application:
    """A new draft of what a file held."""
    return start(document, actor=actor, at=at)


def replace_with(*, application: uuid.UUID, document: Document, actor: Actor, at: datetime.datetime, seen: int) -> Edited:
    """What a file held takes the place of the content; `seen` is the version that the actor looked at."""
    return replace_content(application, document, actor=actor, at=at, seen=seen)


def copy(*, application: uuid.UUID, programme: Programme, actor: Actor, at: datetime.datetime) -> Application:
    """A new draft under `programme`, made from an earlier application."""
    return start_copy(application, programme, actor=actor, at=at)
