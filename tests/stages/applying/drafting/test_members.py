"""Members and schedule without JavaScript: pasted, picked, laid, sorted."""

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.models import F
from django.test import Client

from gongxue.records.actor import Actor
from gongxue.records.models import Application
from tests.records.city import PARTNER

As = Callable[[Actor], Client]
KEY = "k" * 20


def fields_of(draft: Application, section: str, *names: str) -> dict[str, Any]:
    return {"post_key": KEY + section, "base": json.dumps({name: draft.document.get(name) for name in names})}


def names(draft: Application) -> list[tuple[str, str]]:
    draft.refresh_from_db()
    return [(row["name"], row["school"]) for row in draft.document["members"]]


def dates(draft: Application) -> list[str]:
    draft.refresh_from_db()
    return [row.get("date", "") for row in draft.document["sessions"]]


def test_a_pasted_list_joins_the_members_and_nobody_twice(city: SimpleNamespace, draft: Application, as_: As) -> None:
    before = names(draft)
    pasted = f"{before[0][1]}\t{before[0][0]}\t數學\n三民國小\t王小明\t自然\n三民國小\t王小明"
    answer = as_(city.convener).post(
        f"/applications/{draft.pk}/sections/members/", {**fields_of(draft, "members", "members"), "pasted": pasted, "do": "paste"}
    )
    assert answer.status_code == 302
    assert names(draft) == [*before, ("王小明", "新竹市東區三民國民小學")]


def test_people_of_a_school_are_found_and_picked(city: SimpleNamespace, draft: Application, as_: As) -> None:
    browser, school, before = as_(city.convener), city.schools[PARTNER], names(draft)
    page = browser.get(f"/applications/{draft.pk}/members/pick/", {"school": school.key, "q": "partner_d"}).content.decode()
    assert ("partner_director" in page, "partner_clerk" in page) == (True, False)
    form = {"post_key": KEY, "school": school.key, "user": [city.partner_director.user, city.stranger.user, "x"]}
    assert browser.post(f"/applications/{draft.pk}/members/pick/", form).status_code == 302
    assert names(draft) == [*before, ("partner_director", school.full_name or school.name)]


@pytest.mark.parametrize("who", ["stranger", "other_clerk"])
def test_who_may_not_see_a_draft_finds_no_picker_there(city: SimpleNamespace, draft: Application, as_: As, who: str) -> None:
    answer = as_(getattr(city, who)).get(f"/applications/{draft.pk}/members/pick/")
    nowhere = as_(getattr(city, who)).get("/applications/00000000-0000-4000-8000-000000000000/members/pick/")
    assert (answer.status_code, answer.content) == (404, nowhere.content)


def test_the_picker_asks_as_much_of_a_small_school_as_of_a_large_one(
    city: SimpleNamespace, draft: Application, as_: As, django_assert_num_queries: Any
) -> None:
    browser = as_(city.convener)
    address = f"/applications/{draft.pk}/members/pick/"
    for school in (PARTNER, "東園國小"):
        with django_assert_num_queries(11):
            browser.get(address, {"school": city.schools[school].key})


def test_a_year_is_laid_and_sorted(city: SimpleNamespace, draft: Application, as_: As) -> None:
    browser, before = as_(city.convener), dates(draft)
    address = f"/applications/{draft.pk}/sections/schedule/"
    wish = {"lay_count": "2", "lay_weekday": "2", "lay_weeks": "1", "lay_first": "111/9/1", "lay_start": "13:30", "lay_end": "15:00"}
    browser.post(address, {**fields_of(draft, "lay", "sessions"), **wish, "do": "lay"})
    laid = dates(draft)
    assert laid == [*before, *(day for day in ("2022-09-07", "2022-09-14") if day not in before)]
    browser.post(address, {**fields_of(draft, "sort", "sessions"), "do": "sort"})
    assert dates(draft) == sorted(laid)


def test_the_helper_says_what_it_would_lay_and_pass_over(city: SimpleNamespace, draft: Application, as_: As) -> None:
    wish = {"lay_count": "2", "lay_weekday": "0", "lay_weeks": "1", "lay_first": "111/10/3"}
    page = as_(city.convener).get(f"/applications/{draft.pk}/sections/schedule/laid/", wish).content.decode()
    assert [day in page for day in ("111年10月3日（一）", "111年10月17日（一）", "111年10月10日（一）")] == [True, True, True]


@pytest.mark.parametrize("section", ["members", "schedule"])
def test_a_section_asks_as_much_for_fifty_rows_as_for_one(
    city: SimpleNamespace, draft: Application, as_: As, django_assert_num_queries: Any, section: str
) -> None:
    browser = as_(city.convener)
    browser.get(f"/applications/{draft.pk}/sections/{section}/")  # notes once that its reader is here
    for many in (1, 50):
        rows = {name: [{**draft.document[name][0], "id": f"r{number}"} for number in range(many)] for name in ("members", "sessions")}
        Application.objects.filter(pk=draft.pk).update(document={**draft.document, **rows}, version=F("version") + 1)
        with django_assert_num_queries(8):
            assert browser.get(f"/applications/{draft.pk}/sections/{section}/").status_code == 200
