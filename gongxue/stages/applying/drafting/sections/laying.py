"""The helper that lays a year's sessions: what its fields ask for, what it would lay, and the changes that lay it."""

import datetime
from collections.abc import Mapping
from typing import Final

import msgspec

from gongxue.records.changes import Change
from gongxue.records.document import ID, MOST_ROWS, Document, new_row_id
from gongxue.rules.programme import Programme
from gongxue.rules.schedule import Laid, even_rhythm, lay
from gongxue.rules.taiwan import parse_iso_date
from gongxue.rules.written import Refusal
from gongxue.rules.written_dates import parse_date
from gongxue.stages.applying.drafting.draft import Draft
from gongxue.stages.applying.drafting.typed import read

WEEKDAYS: Final = ("一", "二", "三", "四", "五", "六", "日")
MOST: Final = 60
FIELDS: Final = ("lay_count", "lay_weekday", "lay_weeks", "lay_first", "lay_start", "lay_end")
RHYTHMS: Final = (1, 2, 3, 4, 6, 8)


class Wish(msgspec.Struct, frozen=True):
    """What somebody wants laid: `count` sessions on a weekday (0 is Monday), `weeks` apart (0: evenly over the year), from a day on, at
    these hours as they were typed."""

    count: int
    weekday: int
    weeks: int
    first: datetime.date | None
    start: str
    end: str


def least(draft: Draft) -> int:
    """How many sessions the tier asks for; 6 where it is not known."""
    tier = draft.programme.tier(draft.facts.tier)
    return tier.sessions.value if tier is not None and tier.sessions is not None else 6


def wish_of(fields: Mapping[str, str], draft: Draft) -> Wish:
    """What the helper's fields say; what cannot be read is as if it had not been touched."""
    first = parse_date(fields.get("lay_first", "")) if fields.get("lay_first", "").strip() else None
    return Wish(
        _within(fields.get("lay_count", ""), 1, MOST, least(draft)),
        _within(fields.get("lay_weekday", ""), 0, 6, 2),
        _within(fields.get("lay_weeks", ""), 0, 20, 0),
        None if first is None or isinstance(first, Refusal) else first.date,
        fields.get("lay_start", ""),
        fields.get("lay_end", ""),
    )


def _within(text: str, lowest: int, highest: int, usual: int) -> int:
    return min(max(int(text), lowest), highest) if text.isascii() and text.isdigit() else usual


def laid(programme: Programme, wish: Wish) -> Laid:
    """The dates, and those passed over because there is no school."""
    weeks = wish.weeks or even_rhythm(programme, wish.count, wish.weekday, wish.first)
    return lay(programme, wish.count, wish.weekday, weeks, wish.first)


def laying(draft: Draft, wish: Wish) -> list[Change]:
    """The changes that lay the dates: sessions without a date get one first, then sessions are added; a date that stands is never
    touched."""
    rows: list[Document] = draft.document.get("sessions") or []
    taken = {row.get("date") for row in rows}
    days = [day.isoformat() for day in laid(draft.programme, wish).dates if day.isoformat() not in taken]
    undated = [row for row in rows if not str(row.get("date") or "").strip()]
    changes: list[Change] = []
    for row, day in zip(undated, days, strict=False):
        changes.extend(_dated(row, day, wish))
    after = rows[-1][ID] if rows else ""
    for day in days[len(undated) : len(undated) + MOST_ROWS - len(rows)]:
        row_id = new_row_id()
        hours = {"start": read("sessions/x/start", wish.start), "end": read("sessions/x/end", wish.end)}
        changes.append(Change("insert", "sessions", value={"date": day, **hours}, row=row_id, after=after))
        after = row_id
    return changes


def _dated(row: Document, day: str, wish: Wish) -> list[Change]:
    at = f"sessions/{row[ID]}"
    changes = [Change("set", f"{at}/date", row.get("date"), day)]
    for field, typed in (("start", wish.start), ("end", wish.end)):
        if typed.strip() and not row.get(field):
            changes.append(Change("set", f"{at}/{field}", row.get(field), read(f"{at}/{field}", typed)))
    return changes


def by_date(draft: Draft) -> list[Change]:
    """The moves that put the sessions into the order of their dates and hours; those without a date stay behind the others, in their
    order."""
    rows: list[Document] = draft.document.get("sessions") or []
    ordered = sorted(rows, key=_when)
    moves, after = [], ""
    for row in ordered:
        moves.append(Change("move", "sessions", row=row[ID], after=after))
        after = row[ID]
    return moves if ordered != rows else []


def _when(row: Document) -> tuple[bool, str, str]:
    day = parse_iso_date(str(row.get("date") or ""))
    return (day is None, day.isoformat() if day is not None else "", str(row.get("start") or ""))
