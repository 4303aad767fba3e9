"""Partner schools confirm their members: for the names that were shown, and before it is submitted."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongxue.records.actor import Actor
from gongxue.records.doors import CONDITIONS, edit
from gongxue.records.models import Application, ApplicationSchool, TrailEntry
from gongxue.records.partners import confirm_members, unconfirm_members
from gongxue.records.refusals import NotAllowed, NotThere, Stale
from gongxue.site.once import FIELD
from tests.records.city import LATER, NOON, PARTNER, found_draft, put, put_into

As = Callable[[Actor], Client]
pytestmark = pytest.mark.usefixtures("stopped_clock")


def row(application: Application) -> ApplicationSchool:
    return application.schools.get(school__name=PARTNER)


def press(browser: Client, application: Application, **told: Any) -> HttpResponse:
    kept = row(application)
    told = {"school": kept.school_id, "people": kept.people, FIELD: "k" * 24} | told
    return browser.post(reverse("signing:partner", args=[application.pk]), told)


def stands(application: Application) -> str:
    told = CONDITIONS["partners_confirmed"](Application.objects.get(pk=application.pk), Actor(None, ""))
    return told.zh if told is not None else ""


@pytest.mark.parametrize("who", ["partner_clerk", "partner_director"])
def test_the_partner_school_sees_the_names_and_confirms_them(city: SimpleNamespace, as_: As, across: Application, who: str) -> None:
    browser = as_(getattr(city, who))
    assert stands(across) == "三民國小尚未確認成員，請該校承辦人或主任登入確認。"
    page = browser.get(reverse("signing:partner", args=[across.pk])).content.decode()
    assert [name in page for name in row(across).people.split("|")] == [True] * len(row(across).people.split("|"))
    assert press(browser, across).status_code == 302
    assert (row(across).confirmed_by_id, stands(across)) == (getattr(city, who).user, "")
    entry = TrailEntry.objects.get(verb="confirm_members")
    assert (entry.role, entry.words["school"]) == (who.removeprefix("partner_"), row(across).school_id)
    assert press(browser, across, undo="on", **{FIELD: "u" * 24}).status_code == 302
    assert row(across).confirmed_at is None


def test_confirmed_twice_is_confirmed_once(city: SimpleNamespace, across: Application) -> None:
    kept = row(across)
    for _ in range(2):
        confirm_members(across.pk, kept.school_id, kept.people, actor=city.partner_clerk, at=NOON)
    assert TrailEntry.objects.filter(verb="confirm_members").count() == 1
    for _ in range(2):
        unconfirm_members(across.pk, kept.school_id, actor=city.partner_director, at=NOON)
    assert TrailEntry.objects.filter(verb="unconfirm_members").count() == 1


@pytest.mark.parametrize("school", ["9" * 19, "-1", "x"])
def test_a_school_that_can_be_none_is_told_so(city: SimpleNamespace, as_: As, across: Application, school: str) -> None:
    """Beyond what the database counts to there is no school."""
    assert (press(as_(city.partner_clerk), across, school=school).status_code, row(across).confirmed_at) == (422, None)


def test_other_names_ask_for_another_confirmation(city: SimpleNamespace, as_: As, across: Application) -> None:
    shown = row(across)
    confirm_members(across.pk, shown.school_id, shown.people, actor=city.partner_clerk, at=NOON)
    member = next(each for each in across.document["members"] if PARTNER in each["school"])
    edit(across.pk, [put(f"members/{member['id']}/name", member["name"], "別的老師")], actor=city.convener, at=LATER)
    assert (row(across).confirmed_at, stands(across) != "") == (None, True)
    with pytest.raises(Stale):
        confirm_members(across.pk, shown.school_id, shown.people, actor=city.partner_clerk, at=LATER)
    assert press(as_(city.partner_clerk), across, people=shown.people).status_code == 409


@pytest.mark.parametrize(
    ("who", "told"),
    [("clerk", NotAllowed), ("convener", NotAllowed), ("officer", NotAllowed), ("other_clerk", NotThere), ("stranger", NotThere)],
)
def test_nobody_else_confirms(city: SimpleNamespace, across: Application, who: str, told: type[Exception]) -> None:
    kept = row(across)
    with pytest.raises(told):
        confirm_members(across.pk, kept.school_id, kept.people, actor=getattr(city, who), at=NOON)


def test_a_school_speaks_only_for_itself(city: SimpleNamespace, across: Application) -> None:
    own = across.schools.exclude(school__name=PARTNER).get()
    with pytest.raises(NotThere):
        confirm_members(across.pk, own.school_id, own.people, actor=city.partner_clerk, at=NOON)


def test_after_it_is_submitted_nothing_is_confirmed(city: SimpleNamespace, across: Application) -> None:
    put_into(across, "submitted")
    with pytest.raises(NotAllowed):
        unconfirm_members(across.pk, row(across).school_id, actor=city.partner_clerk, at=NOON)


def test_the_list_and_the_home_page_hold_what_waits(city: SimpleNamespace, as_: As, across: Application) -> None:
    browser = as_(city.partner_director)
    assert "貴校有老師參加，請確認成員" in browser.get("/home/").content.decode()
    assert "等本校確認" in browser.get("/applications/partners/").content.decode()
    press(browser, across)
    assert "貴校有老師參加，請確認成員" not in browser.get("/home/").content.decode()
    assert "已確認" in browser.get("/applications/partners/").content.decode()
    sheet = browser.get("/applications/partners/as/csv").getvalue().decode("utf-8-sig")  # type: ignore[attr-defined]  # a stream
    assert sheet.splitlines()[1].startswith(f"{across.name},")
    assert across.name not in as_(city.clerk).get("/applications/partners/").content.decode()


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(city: SimpleNamespace, as_: As, across: Application) -> None:
    browser = as_(city.partner_clerk)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/applications/partners/").status_code == 200
        return len(queries)

    assert asked() == 4
    found_draft(city, "curriculum")
    found_draft(city, "thematic")
    assert asked() == 4


def test_the_front_page_leads_a_partner_school_to_the_names_until_it_confirms(city: SimpleNamespace, as_: As, across: Application) -> None:
    browser, front, names = as_(city.partner_clerk), f"/applications/{across.pk}/", reverse("signing:partner", args=[across.pk])
    assert f'href="{names}"' in browser.get(front).content.decode()
    kept = row(across)
    confirm_members(across.pk, kept.school_id, kept.people, actor=city.partner_director, at=NOON)
    assert f'href="{names}"' not in browser.get(front).content.decode()
