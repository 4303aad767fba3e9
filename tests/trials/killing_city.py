"""What the writers of `killing` write, and what must stand afterwards. Needs Django set up."""

import datetime
import itertools
import random
import time
import uuid
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db import connection

from gongxue.records import trail
from gongxue.records.actor import Actor
from gongxue.records.changes import Change
from gongxue.records.columns import recompute
from gongxue.records.doors import edit, move, start
from gongxue.records.models import Application, ApplicationPerson, Post, Snapshot, TrailEntry, User
from gongxue.records.people import actor_for
from gongxue.records.refusals import Refused
from tests.records.city import NOON, SINCE, TODAY, document, found_city

Line = dict[str, Any]
KINDS = ("start", "edit", "send_to_school", "recall")


def found(writers: int, drafts: int) -> tuple[list[uuid.UUID], list[Actor]]:
    """A city, drafts in it, and writers who all belong to each of them; the first is their convener."""
    city = found_city()
    actors = [city.convener]
    for number in range(1, writers):
        user = User.objects.create(email=f"writer{number}@example.edu.tw", name=f"writer{number}", date_joined=NOON)
        Post.objects.create(user=user, role="member", school=city.schools["東園國小"], first=SINCE)
        actors.append(actor_for(user.pk, TODAY))
    made = [start(document("curriculum"), actor=actors[0], at=NOON).pk for _ in range(drafts)]
    for key, actor in itertools.product(made, actors[1:]):
        ApplicationPerson.objects.create(application_id=key, user_id=actor.user, role="member")
    return made, actors


def write_for_ever(dice: random.Random, note: Callable[[Line], object], drafts: list[uuid.UUID], actor: Actor, number: int) -> None:
    """Write one change after the other, each in the note of a session of this writer's own; the convener also sends and recalls."""
    rows = {key: _row(key, number) for key in drafts}
    seen = {key: row.get("note") for key, row in rows.items()}
    for turn in itertools.count():
        time.sleep(dice.random() * 0.02)  # SQLite's lock is not handed out by turns: without a pause one writer might keep all others out
        key, at = dice.choice(drafts), NOON + datetime.timedelta(milliseconds=turn)
        if dice.random() < 0.03:
            _start(note, actor, at)
        elif number == 0 and (turn < len(drafts) or dice.random() < 0.2):
            _there_and_back(note, drafts[turn] if turn < len(drafts) else key, actor, at)
        else:
            value = f"{number}.{dice.getrandbits(60)}"
            path = f"sessions/{rows[key]['id']}/note"
            note({"did": "intent", "key": str(key), "path": path, "value": value})
            try:
                edited = edit(key, [Change("set", path, seen[key], value)], actor=actor, at=at)
            except Refused:
                note({"did": "refused"})
                continue
            note({"did": "edit", "key": str(key), "path": path, "value": value, "version": edited.application.version})
            assert edited.clashes == ()
            seen[key] = value


def _row(key: uuid.UUID, number: int) -> dict[str, Any]:
    row: dict[str, Any] = Application.objects.get(pk=key).document["sessions"][number]
    return row


def _start(note: Callable[[Line], object], actor: Actor, at: datetime.datetime) -> None:
    key = uuid.uuid4()
    note({"did": "intent"})
    start(document(), actor=actor, at=at, key=key)
    note({"did": "start", "key": str(key)})


def _there_and_back(note: Callable[[Line], object], key: uuid.UUID, actor: Actor, at: datetime.datetime) -> None:
    """Send a draft to the school and recall it; one that was left there when its convener was killed is recalled."""
    for name in ("send_to_school", "recall"):
        if name == "recall" or Application.objects.get(pk=key).state == "draft":
            note({"did": "intent"})
            moved = move(key, name, actor=actor, at=at)
            note({"did": "move", "key": str(key), "name": name, "version": moved.version, "state": moved.state})


def check_all(drafts: list[uuid.UUID], notes: list[list[Line]]) -> None:
    """Everything confirmed stands, the trail holds, nothing is there by halves."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchall() == [("ok",)]
    assert trail.verify() == []
    assert recompute() == []
    entries: dict[str, list[TrailEntry]] = defaultdict(list)
    for entry in TrailEntry.objects.filter(subject="application", verb__in=KINDS).order_by("number"):
        entries[entry.subject_id].append(entry)
    applications = {str(each.pk): each for each in Application.objects.all()}
    assert set(applications) == set(entries)
    for key, application in applications.items():
        _whole(application, entries[key])
    assert ApplicationPerson.objects.filter(role="convener").count() == len(applications)
    for lines in notes:
        _confirmed(lines, applications, entries)
    assert {str(key) for key in drafts} <= set(applications)


def _whole(application: Application, entries: list[TrailEntry]) -> None:
    """Each version has its entry, and content and state are what the entries say."""
    assert [entry.version for entry in entries] == list(range(1, application.version + 1))
    moves = [entry for entry in entries if entry.verb in ("send_to_school", "recall")]
    assert application.state == (moves[-1].words["to"] if moves else "draft")
    frozen = {snapshot.version: snapshot.digest for snapshot in Snapshot.objects.filter(application=application)}
    assert {entry.version: entry.words["digest"] for entry in moves}.items() <= frozen.items()
    told = {change["path"]: change["value"] for entry in entries if entry.verb == "edit" for change in entry.words["changes"]}
    kept = {f"sessions/{row['id']}/note": row.get("note") for row in application.document["sessions"]}
    assert {path: kept[path] for path in told} == told


def _confirmed(lines: list[Line], applications: dict[str, Application], entries: dict[str, list[TrailEntry]]) -> None:
    """What one writer was told stands in the trail; what stands last is what it was told last, or what it was about to write."""
    last: dict[tuple[str, str], set[str]] = {}
    for line in lines:
        if line["did"] == "intent" and "value" in line:
            last.setdefault((line["key"], line["path"]), set()).add(line["value"])
        elif line["did"] == "edit":
            (change,) = entries[line["key"]][line["version"] - 1].words["changes"]
            assert (change["path"], change["value"]) == (line["path"], line["value"])
            last[line["key"], line["path"]] = {line["value"]}
        elif line["did"] == "start":
            assert line["key"] in applications
        elif line["did"] == "move":
            entry = entries[line["key"]][line["version"] - 1]
            assert (entry.verb, entry.words["to"]) == (line["name"], line["state"])
    confirmed = {(line["key"], line["path"]) for line in lines if line["did"] == "edit"}
    for key, path in confirmed:
        row = next(row for row in applications[key].document["sessions"] if f"sessions/{row['id']}/note" == path)
        assert row["note"] in last[key, path]
