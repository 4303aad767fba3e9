"""The convener's desk as a bench enters it: a draft of so many rows, opened and saved by a client in this process."""

import datetime
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongxue.records.actor import Actor, Held
from gongxue.records.doors import start
from gongxue.records.models import Application, Post, School, User
from gongxue.rules.deadlines import TAIPEI
from gongxue.rules.programme_file import load_programme
from gongxue.stages.applying.drafting.sections import SECTIONS

AT = datetime.datetime(2022, 3, 24, 12, 0, tzinfo=TAIPEI)
LISTS = {"members": 20, "sessions": 50, "outcomes": 12, "budget": 14, "materials": 24, "books": 12}
"""The lists, and how long each is in a full draft: more than the largest communities write."""
BASE = Path("tests/examples/bases/curriculum.json")


class Took(msgspec.Struct, frozen=True):
    """How much of a core a request took in this process, and how large its answer was."""

    milliseconds: float
    size: int


class Desk:
    """Somebody at the desk."""

    def __init__(self) -> None:
        register = load_programme("hsinchu-111").register
        fields = ("key", "code", "name", "full_name", "level", "district", "founder", "participates")
        School.objects.bulk_create(
            [School(**{field: getattr(each, field) for field in fields}) for each in (register.schools if register else ())]
        )
        school = School.objects.get(name="東園國小")
        self.user = User.objects.create(email="convener@example.edu.tw", name="召集人", date_joined=AT)
        post = Post.objects.create(user=self.user, role="member", school=school, first=datetime.date(2021, 8, 1))
        self.actor = Actor(self.user.pk, self.user.name, (Held(post.pk, "member", school.pk),))
        self.browser = Client(HTTP_HOST="127.0.0.1")
        self.browser.force_login(self.user, backend="django.contrib.auth.backends.ModelBackend")

    def sections(self) -> list[str]:
        """Every section there is."""
        return [section.name for section in SECTIONS]

    def draft(self, rows: int | None = None) -> Application:
        """A draft whose every list has so many rows (None: as many as a full one's), filled in, each another."""
        content: dict[str, Any] = json.loads(BASE.read_text("utf-8"))
        for name in LISTS:
            known = content.get(name) or [{}]
            content[name] = [_another(known[number % len(known)], number) for number in range(LISTS[name] if rows is None else rows)]
        return start(content, actor=self.actor, at=AT)

    def page(self, application: Application, section: str) -> Took:
        """The page of a section."""
        return self._took(lambda: self.browser.get(f"/applications/{application.pk}/sections/{section}/"))

    def save(self, application: Application, section: str, number: int) -> Took:
        """A change of the section saved: of its first list's first row, or of the summary."""
        application.refresh_from_db()
        path, stood = _first_text(application.document, section)
        change = {"kind": "set", "path": path, "base": stood, "raw": f"{number} 改"}
        body = json.dumps({"person": self.user.pk, "version": application.version, "changes": [change]})
        address = f"/applications/{application.pk}/sections/{section}/save/"
        return self._took(lambda: self.browser.post(address, body, content_type="application/json"))

    def queries(self, ask: Callable[[], Took]) -> int:
        """How many queries a request asks."""
        with CaptureQueriesContext(connection) as queries:
            ask()
        return len(queries)

    @staticmethod
    def _took(ask: Callable[[], Any]) -> Took:
        # What others do on this machine meanwhile is not the page's doing: hence the processor's time, not the wall's.
        began = time.process_time()
        answer = ask()
        took = (time.process_time() - began) * 1000
        if answer.status_code != 200:
            raise RuntimeError(f"{answer.status_code}: {answer.content[:500]!r}")
        return Took(took, len(answer.content))


def _another(row: dict[str, Any], number: int) -> dict[str, Any]:
    return {name: f"{value}{number}" if name in ("content", "outcome", "name", "title", "note") else value for name, value in row.items()}


def _first_text(document: dict[str, Any], section: str) -> tuple[str, Any]:
    field = {"members": "note", "sessions": "content", "outcomes": "check", "budget": "note", "materials": "note", "books": "relevance"}
    owned = next(each.fields for each in SECTIONS if each.name == section)
    name = next((each for each in owned if each in LISTS), "")
    if not name:
        return "summary", document.get("summary")
    row = document[name][0]
    return f"{name}/{row['id']}/{field[name]}", row.get(field[name])
