"""What can happen in this room: a version comes back, a file becomes a draft or replaces its content, an application is copied."""

import datetime
import uuid

from gongxue.records.actor import Actor
from gongxue.records.doors import Edited, restore


def bring_back(*, application: uuid.UUID, version: int, actor: Actor, at: datetime.datetime, seen: int) -> Edited:
    """Make the content of a kept version the present one; `seen` is the version that the actor looked at."""
    return restore(application, version, actor=actor, at=at, seen=seen)
