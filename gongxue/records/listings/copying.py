"""What somebody can copy into a new application, and what would move on the way."""

import datetime
import uuid
from typing import Final

import msgspec

from gongxue.records.actor import Actor
from gongxue.records.copying import YEAR, copy_of
from gongxue.records.models import Application
from gongxue.records.programmes import programme_of
from gongxue.records.sight import permitted
from gongxue.rules.programme import Programme
from gongxue.rules.register import normal
from gongxue.rules.text import Text

MOST: Final = 100
"""So many are offered, the newest: nobody has convened more."""


class Copyable(msgspec.Struct, frozen=True):
    """An application that can be copied. `moved` of its `sessions` get another date, `blank` lose theirs; `years` lie between.

    `joins_history`: its year is added to the new one's history, because it was approved.
    """

    id: uuid.UUID
    name: str
    tier: Text
    school_year: int
    state: str
    people: int
    sessions: int
    moved: int
    blank: int
    years: int
    joins_history: bool
    convener: str
    """The convener whom the form names, where that is not the reader: the copy names the same."""
    copy: uuid.UUID | None
    """The newest copy in this programme that is not withdrawn, None where there is none."""

    @property
    def weeks(self) -> int:
        """By how many weeks dates move."""
        return self.years * YEAR // datetime.timedelta(weeks=1)


def copyable(actor: Actor, programme: Programme) -> tuple[Copyable, ...]:
    """What `actor` can copy into an application under `programme`, the newest first. One query."""
    found = list(permitted(actor, "copy").order_by("-programme", "-changed_at", "pk")[:MOST])
    copies = {each.copied_from_id: each.pk for each in reversed(found) if each.programme == programme.id and each.state != "withdrawn"}
    return tuple(_copyable(application, programme, copies.get(application.pk), actor.name) for application in found)


def _copyable(application: Application, programme: Programme, copy: uuid.UUID | None, reader: str) -> Copyable:
    before = programme_of(application.programme, application.programme_version)
    dates = [(row.get("date") or "") for row in application.document.get("sessions") or []]
    copied = [(row.get("date") or "") for row in copy_of(application, programme).get("sessions") or []]
    pairs = list(zip(dates, copied, strict=True))
    tier = before.tier(application.tier)
    convener = str((application.document.get("convener") or {}).get("name") or "")
    return Copyable(
        application.pk,
        application.name,
        tier.label if tier is not None else Text("", ""),
        before.school_year,
        application.state,
        application.people,
        application.sessions,
        sum(bool(new) and old != new for old, new in pairs),
        sum(bool(old) and not new for old, new in pairs),
        programme.school_year - before.school_year,
        application.state == "approved" and programme.school_year > before.school_year,
        convener if normal(convener) != normal(reader) else "",
        copy,
    )
