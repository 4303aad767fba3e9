"""The permission table: every route of the app × everybody × ours, theirs and what never was.

What each route lets in stands in `tests/**/routes.py`; `tests/site/permissions.py` tells how a room adds its file. A route that no
file names fails here, and so does a row whose route is gone.
"""

import importlib.util
import itertools
import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from gongxue.records.actor import Actor, Held
from gongxue.records.doors import start
from gongxue.records.models import Application, ApplicationPerson, Post, School, User
from gongxue.rules.programme_file import load_programme
from gongxue.site import clock, errors, guard
from tests.conftest import SOAK
from tests.records.city import NOON, SINCE, document, put_into
from tests.site.permissions import CAST, NOBODY, Expect

SCHOOLS = {"own": "東園國小", "partner": "三民國小", "other": "關埔國小"}
NOWHERE: dict[str, dict[str, Any]] = {
    "application": {"application": uuid.UUID(int=7)},
    "school": {"school": "000000"},
    "post": {"post": 999_999_999},
}
FEW = ("convener", "officer", "stranger", NOBODY)
"""Who asks for what never was in a usual run; in a soak everybody does."""
KEY = "k" * 24
TESTS = Path(__file__).parent.parent


def tables() -> Iterator[tuple[Path, dict[str, Expect]]]:
    """Every room's rows, by the file they stand in."""
    for number, path in enumerate(sorted(TESTS.rglob("routes.py"))):
        spec = importlib.util.spec_from_file_location(f"permission_rows_{number}", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield path, module.ROUTES


ROUTES: dict[str, Expect] = {name: row for _, rows in tables() for name, row in rows.items()}


@dataclass
class World:
    """The city of one test: schools and people by name, both applications, the sessions of the cast and a browser."""

    schools: dict[str, School]
    people: dict[str, Actor]
    ours: Application
    theirs: Application
    cookies: dict[str, str]

    client: Client

    def browser(self, name: str) -> Client:
        """The browser, with nothing in it but that `name` has logged in. There is one: a new one reads all static files first."""
        self.client.cookies.clear()
        if name != NOBODY:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[name]
        return self.client


@pytest.fixture
def _as_served(settings: Settings, tmp_path: Path) -> None:
    """Every address there can be, and the deadline a week away."""
    settings.ROOT_URLCONF = "tests.site.every_url"
    settings.DEMO, settings.VAR, settings.FILES = True, tmp_path, tmp_path / "files"
    clock.start_over(NOON)
    at_the_city = {
        "provider_id": "city",
        "name": "city",
        "client_id": "us",
        "secret": "x",
        "settings": {"server_url": "http://127.0.0.1:9"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [at_the_city]}}


@pytest.fixture
def world(db: None, _as_served: None) -> World:
    """The city."""
    register = load_programme("hsinchu-111").register
    assert register is not None
    fields = ("key", "code", "name", "full_name", "level", "district", "founder", "participates")
    School.objects.bulk_create([School(**{field: getattr(each, field) for field in fields}) for each in register.schools])
    schools = {place: School.objects.get(name=name) for place, name in SCHOOLS.items()}
    people = _cast(schools)
    ours, theirs = _application(people, "", "thematic"), _application(people, "other_", "autonomous")
    users = {user.pk: user for user in User.objects.all()}
    cookies = {name: _logged_in(users[actor.user or 0]) for name, actor in people.items()}
    return World(schools, people, ours, theirs, cookies, Client(raise_request_exception=False))


def _cast(schools: dict[str, School]) -> dict[str, Actor]:
    users = User.objects.bulk_create(User(email=f"{name}@example.edu.tw", name=name, date_joined=NOON) for name in CAST if name != NOBODY)
    held = {user.pk: CAST[user.name] for user in users}
    posts = Post.objects.bulk_create(
        Post(user=user, role=at[0], school=schools.get(at[1]), first=SINCE) for user in users if (at := held[user.pk]) is not None
    )
    kept = {post.user_id: (Held(post.pk, post.role, post.school_id),) for post in posts}
    return {user.name: Actor(user.pk, user.name, kept.get(user.pk, ())) for user in users}


def _logged_in(user: User) -> str:
    """The cookie of a session of this person's."""
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save(must_create=True)
    return session.session_key or ""


def _application(people: dict[str, Actor], prefix: str, base: str) -> Application:
    """Ours, of 東園國小 with members at 三民國小; or theirs, of 關埔國小."""
    content = json.dumps(document(base), ensure_ascii=False)
    content = content.replace(SCHOOLS["own"], SCHOOLS["other"]) if prefix else content
    application = start(json.loads(content), actor=people[f"{prefix}convener"], at=NOON)
    ApplicationPerson.objects.create(application=application, user_id=people[f"{prefix}member"].user, role="member")
    return application


def objects(world: World, row: Expect) -> dict[str, dict[str, Any]]:
    """What stands in the address for ours, theirs and what never was."""
    found: dict[str, dict[str, Any]] = {"ours": {}}
    if row.on == "application":
        found = {"ours": {"application": world.ours.pk}, "theirs": {"application": world.theirs.pk}}
    elif row.on == "school":
        found = {"ours": {"school": world.schools["own"].key}, "theirs": {"school": world.schools["other"].key}}
    elif row.on == "post":
        posts = {where: world.people[name].posts[0].post for where, name in (("ours", "clerk"), ("theirs", "other_clerk"))}
        found = {where: {"post": post} for where, post in posts.items()}
    for application in (world.ours, world.theirs):
        put_into(application, row.state)
    made = (row.ready(world) if row.ready is not None else None) or {}
    if row.on:
        found["nowhere"] = made.get("ours", {}) | NOWHERE[row.on] | made.get("nowhere", {})
    return {where: row.address | made.get(where, {}) | address for where, address in found.items()}


def ask(world: World, name: str, method: str, address: str, row: Expect) -> HttpResponse:
    """One request, undone: its effects are gone before the next."""
    browser = world.browser(name)
    with transaction.atomic():
        if method == "POST":
            answer = browser.post(address, {"post_key": KEY, **row.data}, query_params=row.query)
        else:
            answer = browser.get(address, row.query)
        if answer.streaming:
            answer.getvalue()
        transaction.set_rollback(True)
    assert answer.status_code < 500, f"{method} {address} as {name} answers {answer.status_code}"
    return answer


def kind(answer: HttpResponse) -> str:
    """What somebody was answered: "in", "refused", "nothing" or "login"."""
    if answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/?next="):
        return "login"
    if answer.status_code == 404:
        return "nothing" if answer.content == errors._not_found() else "a 404 of its own"
    return "refused" if answer.status_code == 403 else "in"


def test_the_rooms_name_each_route_once() -> None:
    names = [name for _, rows in tables() for name in rows]
    assert sorted(names) == sorted(set(names))


@pytest.mark.usefixtures("_as_served")
def test_the_routes_of_the_app_are_the_routes_of_the_table() -> None:
    routes = [route.name for route in guard.routes()]
    assert len(routes) == len(set(routes))
    unlike = {"in no table": sorted(set(routes) - set(ROUTES)), "gone from the app": sorted(set(ROUTES) - set(routes))}
    assert unlike == {"in no table": [], "gone from the app": []}


@pytest.mark.usefixtures("_as_served")
def test_what_an_address_names_is_tried_as_ours_theirs_and_nowhere() -> None:
    kinds = {route.name: re.findall(r"<\w+:(application|school|post)>", route.path) for route in guard.routes()}
    told = {name: [row.on] if row.on else [] for name, row in ROUTES.items()}
    assert {name: kinds.get(name) for name in told} == told


@pytest.mark.parametrize("route", sorted(ROUTES))
def test_everybody_is_answered_as_the_table_says(world: World, route: str) -> None:
    """And what one may not see answers byte for byte like what never was, whoever asks."""
    row, addresses = ROUTES[route], objects(world, ROUTES[route])
    wrong, never_was = {}, set()
    for where, method in itertools.product(sorted(addresses), row.methods):
        for name in CAST if SOAK or where != "nowhere" else FEW:
            answer = ask(world, name, method, reverse(route, kwargs=addresses[where]), row)
            given, wanted = kind(answer), row.answer(name, where, method)
            if given != wanted:
                wrong[where, method, name] = (given, wanted)
            elif given == "nothing":
                never_was.add(_said(answer))
    assert wrong == {}
    assert len(never_was) <= 1


def _said(answer: HttpResponse) -> tuple[int, bytes, tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Everything that reaches whoever asked, but for the date."""
    headers = sorted((name, value) for name, value in answer.headers.items() if name != "Date")
    return answer.status_code, answer.content, tuple(headers), tuple(answer.cookies)


def test_requests_are_undone(world: World) -> None:
    """Else one row's effect would be another's beginning."""
    row = Expect({"convener"}, data={"name": "Somebody else", "mail": "each", "language": "en"})
    assert ask(world, "convener", "POST", reverse("account_details"), row).status_code == 302
    assert User.objects.get(pk=world.people["convener"].user).name == "convener"
