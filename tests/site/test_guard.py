"""Who may enter: every declaration against a stranger and every role."""

import uuid
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from gongxue.records.actor import Actor
from gongxue.records.models import Application
from gongxue.site import checks, guard
from gongxue.site.guard import Route
from gongxue.site.request import Request
from tests.records.city import CAST

As = Callable[[Actor], Client]
NOWHERE = uuid.UUID(int=7)


@pytest.fixture(autouse=True)
def _guarded(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.site.guarded_urls"


def who_enters(city: SimpleNamespace, as_: As, address: str) -> dict[int, list[str]]:
    """The cast by the status that each is answered."""
    answers: dict[int, list[str]] = {}
    for name in CAST:
        answers.setdefault(as_(getattr(city, name)).get(address).status_code, []).append(name)
    return answers


def test_anybody_enters_a_public_page(client: Client, db: None) -> None:
    assert client.get("/anybody/").status_code == 200


def test_whoever_has_logged_in_enters_what_asks_for_that(city: SimpleNamespace, as_: As) -> None:
    assert who_enters(city, as_, "/somebody/") == {200: list(CAST)}


def test_a_post_lets_in_its_holders_at_any_school(city: SimpleNamespace, as_: As) -> None:
    within = ["clerk", "director", "partner_clerk", "partner_director", "other_clerk"]
    assert who_enters(city, as_, "/desk/") == {200: within, 403: [name for name in CAST if name not in within]}


def test_a_post_in_the_city_lets_in_nobody_from_a_school(city: SimpleNamespace, as_: As) -> None:
    assert who_enters(city, as_, "/office/") == {200: ["officer"], 403: [name for name in CAST if name != "officer"]}


def test_a_schools_page_is_not_there_for_people_of_other_schools(city: SimpleNamespace, as_: As) -> None:
    key = city.schools["東園國小"].key
    within = ["clerk", "officer"]
    assert who_enters(city, as_, f"/school/{key}/") == {200: within, 404: [name for name in CAST if name not in within]}


def test_a_draft_is_there_for_its_people_its_school_and_the_city(city: SimpleNamespace, as_: As, draft: Application) -> None:
    without = ["partner_clerk", "partner_director", "other_clerk", "other_principal", "reviewer", "stranger"]
    assert who_enters(city, as_, f"/application/{draft.pk}/") == {200: [name for name in CAST if name not in without], 404: without}


def test_who_sees_a_draft_and_may_not_edit_it_is_told_so(city: SimpleNamespace, as_: As, draft: Application) -> None:
    answers = who_enters(city, as_, f"/application/{draft.pk}/edit/")
    assert answers == {
        200: ["convener", "member", "clerk"],
        403: ["director", "accountant", "principal", "officer", "supervisor", "centre_staff", "auditor"],
        404: ["partner_clerk", "partner_director", "other_clerk", "other_principal", "reviewer", "stranger"],
    }


@pytest.mark.parametrize("name", ["partner_clerk", "other_clerk", "reviewer", "stranger"])
def test_a_foreign_draft_answers_like_one_that_never_was_and_like_no_address_at_all(
    city: SimpleNamespace, as_: As, draft: Application, name: str
) -> None:
    browser = as_(getattr(city, name))
    addresses = (f"/application/{draft.pk}/", f"/application/{NOWHERE}/", f"/application/{draft.pk}/edit/", "/no/such/page/")
    answers = [browser.get(address) for address in addresses]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}
    assert {tuple(sorted(answer.headers.items())) for answer in answers} == {tuple(sorted(answers[0].headers.items()))}


@pytest.mark.parametrize("address", ["/somebody/", "/desk/", "/office/", "/school/x/", f"/application/{NOWHERE}/"])
def test_who_has_not_logged_in_is_asked_to_and_comes_back(client: Client, db: None, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/accounts/login/?next={address}")


def test_a_live_page_whose_session_ended_is_told_beside_what_was_typed(client: Client, db: None) -> None:
    answer = client.get("/somebody/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == (401, "#notice", "innerHTML")


def test_after_a_post_that_came_too_late_one_comes_back_to_the_home_page(client: Client, db: None) -> None:
    assert client.post("/write/").headers["Location"] == "/accounts/login/?next=/home/"


def test_a_view_that_says_nothing_lets_nobody_in(city: SimpleNamespace, as_: As) -> None:
    assert as_(city.officer).get("/undeclared/").status_code == 500


def test_a_view_that_says_nothing_keeps_the_app_from_starting() -> None:
    assert [fault.msg for fault in checks.every_route_is_declared()] == ["the route 'undeclared' does not say who may enter"]
    with pytest.raises(ImproperlyConfigured, match="undeclared"):
        checks.refuse_to_start()


def test_every_route_of_the_app_is_declared(settings: Settings) -> None:
    settings.ROOT_URLCONF = "gongxue.urls"
    assert [route for route in guard.routes() if route.declaration is None] == []
    checks.refuse_to_start()


def test_routes_tell_name_path_and_declaration() -> None:
    routes = {route.name: route for route in guard.routes()}
    declaration = guard.Declaration("application", verb="edit")
    assert routes["edited"] == Route("edited", "application/<uuid:application>/edit/", declaration)
    assert routes["preparing:call"].path == "call/"
    assert str(routes["desk"].declaration) == "post clerk, director"


def test_a_view_says_once_who_may_enter() -> None:
    def view(request: Request) -> HttpResponse:
        return HttpResponse()

    with pytest.raises(TypeError, match="says twice"):
        guard.public(guard.logged_in(view))


@pytest.mark.parametrize("declare", [guard.post, guard.city, guard.on_school])
def test_a_role_that_nobody_knows_is_a_slip(declare: Callable[[str], object]) -> None:
    with pytest.raises(ValueError, match="headmaster"):
        declare("headmaster")


def test_a_school_post_does_not_open_the_city() -> None:
    with pytest.raises(ValueError, match="clerk"):
        guard.city("clerk")


def test_views_of_others_are_declared_by_name_and_one_that_is_left_out_is_found() -> None:
    def theirs(request: Request) -> HttpResponse:
        return HttpResponse("theirs")

    patterns = guard.declared(
        [path("in/", theirs, name="their_login"), path("out/", theirs, name="their_logout")], their_login=guard.public
    )
    told = [getattr(pattern.callback, "declaration", None) for pattern in patterns]
    assert told == [guard.Declaration("public", repeatable=True), None]
