"""Autosave: what is typed is kept, merged, refused or told, and never overwritten."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.test import Client

from gongxue.records.actor import Actor
from gongxue.records.doors import edit, move
from gongxue.records.models import Application
from tests.records.city import LATER, put

As = Callable[[Actor], Client]
Saving = Callable[..., Any]


def typed(path: str, base: Any, raw: Any) -> dict[str, Any]:
    return {"kind": "set", "path": path, "base": base, "raw": raw}


def stands(application: Application) -> dict[str, Any]:
    application.refresh_from_db()
    document: dict[str, Any] = application.document
    return document


def test_what_is_typed_is_kept_and_told_back(city: SimpleNamespace, draft: Application, as_: As, saving: Saving) -> None:
    answer = saving(as_(city.convener), city.convener.user, draft, "basics", typed("name", draft.name, "桌遊共備社群"))
    assert answer.status_code == 200
    assert answer.json()["version"] == 2
    assert answer.json()["values"] == {"name": "桌遊共備社群"}
    assert answer.json()["clashes"] == []
    assert "fields" not in answer.json()
    assert stands(draft)["name"] == "桌遊共備社群"


def test_the_same_sent_again_does_no_harm(city: SimpleNamespace, draft: Application, as_: As, saving: Saving) -> None:
    browser, change = as_(city.convener), typed("name", draft.name, "桌遊共備社群")
    saving(browser, city.convener.user, draft, "basics", change)
    again = saving(browser, city.convener.user, draft, "basics", change)
    assert (again.status_code, again.json()["version"], again.json()["clashes"]) == (200, 2, [])


def test_two_people_in_different_fields_are_merged_and_the_second_gets_the_firsts(
    city: SimpleNamespace, draft: Application, as_: As, saving: Saving
) -> None:
    saving(as_(city.member), city.member.user, draft, "basics", typed("summary", draft.document["summary"], "新的概述"))
    answer = saving(as_(city.convener), city.convener.user, draft, "basics", typed("name", draft.name, "桌遊共備社群"))
    assert answer.json()["version"] == 3
    assert "新的概述" in answer.json()["fields"]
    assert (stands(draft)["name"], stands(draft)["summary"]) == ("桌遊共備社群", "新的概述")


def test_two_people_in_one_field_get_both_texts_and_nothing_is_overwritten(
    city: SimpleNamespace, draft: Application, as_: As, saving: Saving
) -> None:
    saving(as_(city.member), city.member.user, draft, "basics", typed("name", draft.name, "甲社群"))
    answer = saving(as_(city.convener), city.convener.user, draft, "basics", typed("name", draft.name, "乙社群")).json()
    assert answer["clashes"] == ["name"]
    assert answer["values"] == {"name": "甲社群"}
    assert "甲社群" in answer["parts"]["clashes"]
    assert "乙社群" in answer["parts"]["clashes"]
    assert stands(draft)["name"] == "甲社群"
    chosen = saving(as_(city.convener), city.convener.user, draft, "basics", typed("name", "甲社群", "乙社群"), version=2)
    assert chosen.json()["clashes"] == []
    assert stands(draft)["name"] == "乙社群"


def test_a_number_that_cannot_be_read_is_told_and_holds_back_no_other_field(
    city: SimpleNamespace, draft: Application, as_: As, saving: Saving
) -> None:
    changes = typed("tier_year", None, "三"), typed("name", draft.name, "桌遊共備社群")
    answer = saving(as_(city.convener), city.convener.user, draft, "basics", *changes).json()
    assert list(answer["refused"]) == ["tier_year"]
    assert stands(draft)["name"] == "桌遊共備社群"


def test_a_character_that_cannot_be_kept_is_told_and_holds_back_no_other_field(
    city: SimpleNamespace, draft: Application, as_: As, saving: Saving
) -> None:
    changes = typed("summary", draft.document["summary"], "a\x00b"), typed("name", draft.name, "桌遊共備社群")
    answer = saving(as_(city.convener), city.convener.user, draft, "basics", *changes).json()
    assert list(answer["refused"]) == ["summary"]
    assert stands(draft)["name"] == "桌遊共備社群"


def test_the_rules_speak_as_one_types(city: SimpleNamespace, draft: Application, as_: As, saving: Saving) -> None:
    answer = saving(as_(city.convener), city.convener.user, draft, "basics", typed("summary", draft.document["summary"], "字" * 101)).json()
    assert answer["wrong"] == ["summary"]
    assert "概述 101 字，超過上限 100 字" in answer["said"]["summary"]
    assert answer["texts"] == {"count:summary": "101／100 字"}


def test_people_from_two_schools_make_it_cross_school_without_a_tick(
    city: SimpleNamespace, draft: Application, as_: As, saving: Saving
) -> None:
    school = draft.document["convener"]["school"]
    saving(as_(city.convener), city.convener.user, draft, "basics", typed("convener/school", school, "三民國小"))
    assert stands(draft)["cross_school"] is True
    saving(as_(city.convener), city.convener.user, draft, "basics", typed("convener/school", "三民國小", school), version=2)
    assert stands(draft)["cross_school"] is False


def test_what_was_typed_by_one_person_is_not_saved_in_the_name_of_another(
    city: SimpleNamespace, draft: Application, as_: As, saving: Saving
) -> None:
    answer = saving(as_(city.member), city.convener.user, draft, "basics", typed("name", draft.name, "x"))
    assert answer.status_code == 409
    assert stands(draft)["name"] == draft.name


def test_after_the_school_has_it_nothing_is_changed_and_the_reason_is_told(
    city: SimpleNamespace, draft: Application, as_: As, saving: Saving
) -> None:
    move(draft.pk, "send_to_school", actor=city.convener, at=LATER)
    answer = saving(as_(city.convener), city.convener.user, draft, "basics", typed("name", draft.name, "x"))
    assert answer.status_code == 403
    assert "現在是「核章中」，不能做這件事" in answer.content.decode()


def test_what_is_no_save_is_refused(city: SimpleNamespace, draft: Application, as_: As, saving: Saving) -> None:
    browser, address = as_(city.convener), f"/applications/{draft.pk}/sections/basics/save/"
    assert browser.post(address, "[", content_type="application/json").status_code == 422
    for path in ("nothing", "members/x/id", "programme", "", "../name"):
        answer = saving(browser, city.convener.user, draft, "basics", typed(path, None, "x")).json()
        assert (list(answer["refused"]), answer["version"]) == ([path], 1)


def test_and_the_stranger_finds_nothing_there(city: SimpleNamespace, draft: Application, as_: As, client: Client, saving: Saving) -> None:
    change = typed("name", draft.name, "x")
    for actor in (city.stranger, city.other_clerk, city.reviewer):
        assert saving(as_(actor), actor.user, draft, "basics", change).status_code == 404
    assert saving(as_(city.partner_clerk), city.partner_clerk.user, draft, "basics", change).status_code == 404
    assert saving(as_(city.director), city.director.user, draft, "basics", change).status_code == 403
    assert saving(client, None, draft, "basics", change).status_code == 401
    assert saving(as_(city.convener), city.convener.user, draft, "nothing", change).status_code == 404
    assert stands(draft)["name"] == draft.name


def test_a_section_that_somebody_else_saved_comes_when_it_is_asked_for(city: SimpleNamespace, draft: Application, as_: As) -> None:
    browser, address = as_(city.convener), f"/applications/{draft.pk}/sections/basics/present/"
    assert "fields" not in browser.get(address, {"version": 1}).json()
    edit(draft.pk, [put("name", draft.name, "甲社群")], actor=city.member, at=LATER)
    answer = browser.get(address, {"version": 1}).json()
    assert (answer["version"], answer["open"]) == (2, True)
    assert "甲社群" in answer["fields"]
