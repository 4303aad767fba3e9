"""The editors of a deadline afternoon, in the database, and whether it has kept what was confirmed to them."""

import datetime
import json
from pathlib import Path
from typing import Any

import msgspec

AFTERNOON = datetime.datetime(2022, 3, 30, 15, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
EXAMPLES = Path(__file__).parent.parent.parent / "tests/examples/bases"


class Editor(msgspec.Struct):
    """One editor: who, with which session, on which draft; and the fields that are typed into, each with its section and present text."""

    person: int
    session: str
    application: str
    version: int
    fields: list[tuple[str, str, str]]


def make(count: int) -> list[Editor]:
    """Found the city and its editors on an empty database, at three in the afternoon of the last day."""
    from django.conf import settings
    from django.core.management import call_command

    from gongxue.records.models import Post, School, User
    from gongxue.rules.programme_file import load_programme
    from gongxue.site import clock

    call_command("migrate", verbosity=0)
    if settings.DEMO:
        clock.start_over(AFTERNOON)
    register = load_programme("hsinchu-111").register
    fields = ("key", "code", "name", "full_name", "level", "district", "founder", "participates")
    rows = register.schools if register is not None else ()
    School.objects.bulk_create([School(**{field: getattr(each, field) for field in fields}) for each in rows])
    school = School.objects.get(name="東園國小")
    users = [User(email=f"editor{number}@example.edu.tw", name=f"editor{number}", date_joined=AFTERNOON) for number in range(count)]
    users = User.objects.bulk_create(users)
    Post.objects.bulk_create([Post(user=user, role="member", school=school, first=AFTERNOON.date()) for user in users])
    content = json.loads((EXAMPLES / "curriculum.json").read_text("utf-8"))
    return [_editor(user, content) for user in users]


def _editor(user: Any, content: dict[str, Any]) -> Editor:
    from gongxue.records.doors import start
    from gongxue.records.people import actor_for
    from gongxue.stages.applying.drafting.sections import section_at

    application = start(content, actor=actor_for(user.pk, AFTERNOON.date()), at=AFTERNOON)
    session, outcome, item = (application.document[name][0] for name in ("sessions", "outcomes", "materials"))
    places = {
        "summary": application.document["summary"],
        f"sessions/{session['id']}/content": session["content"],
        f"outcomes/{outcome['id']}/outcome": outcome["outcome"],
        f"materials/{item['id']}/name": item["name"],
    }
    found = [(section_at(path), path, text) for path, text in places.items()]
    fields = [(section.name, path, text) for section, path, text in found if section is not None]
    return Editor(user.pk, logged_in(user), str(application.pk), application.version, fields)


def logged_in(user: Any) -> str:
    """The cookie of a new session of this person's."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    session.save()
    return session.session_key or ""


def check(confirmed: dict[str, dict[str, Any]]) -> list[str]:
    """What the database lacks of what was confirmed: values that do not stand, saves that the trail does not know, a broken trail."""
    from gongxue.records import trail
    from gongxue.records.columns import recompute
    from gongxue.records.models import Application, TrailEntry

    lacking = [str(each) for each in (*trail.verify(), *recompute())]
    for key, told in confirmed.items():
        document = Application.objects.get(pk=key).document
        lacking += [f"{key} {path}: {value}" for path, value in told["values"].items() if value_at(document, path) != value]
        saves = TrailEntry.objects.filter(subject="application", subject_id=key, verb="edit").count()
        if saves < told["saves"]:
            lacking.append(f"{key}: {told['saves']} saves were confirmed, the trail has {saves}")
    return lacking


def value_at(document: dict[str, Any], path: str) -> Any:
    """What stands at `summary` or `sessions/<row id>/content`."""
    first, *rest = path.split("/")
    if not rest:
        return document.get(first)
    row, field = rest
    return next((each.get(field) for each in document[first] if each["id"] == row), None)
