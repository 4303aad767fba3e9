"""The whole way without JavaScript: a section is a form, and a button for every step."""

import re
from collections.abc import Callable
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from gongxue.records.actor import Actor
from gongxue.records.doors import edit, move
from gongxue.records.models import Application, PostKey
from tests.records.city import LATER, put

As = Callable[[Actor], Client]


def address(application: Application, section: str = "basics") -> str:
    return f"/applications/{application.pk}/sections/{section}/"


def filled_in(page: HttpResponse) -> dict[str, Any]:
    """What a browser would post of the section's form, as it stands."""
    html = re.sub(r"<template.*?</template>", "", page.content.decode(), flags=re.DOTALL)
    html = html[html.index('<form id="editor"') :]
    html = html[: html.index("</form>")]
    posted: dict[str, Any] = {}
    for tag in re.findall(r"<input [^>]*>", html):
        told = {name: unescape(value) for name, value in re.findall(r'([a-z-]+)="([^"]*)"', tag)}
        if told.get("type") in ("checkbox", "radio") and " checked" not in tag:
            continue
        posted.setdefault(told["name"], []).append(told.get("value", "on"))
    for name, text in re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>(.*?)</textarea>', html, re.DOTALL):
        posted[name] = [unescape(text).replace("\n", "\r\n")]
    for name, options in re.findall(r'<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>', html, re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)" selected', options) or re.findall(r'<option value="([^"]*)"', options)
        posted[name] = [unescape(chosen[0])]
    return posted


def sent(browser: Client, application: Application, section: str = "basics", do: str = "save", **typed: Any) -> HttpResponse:
    page = browser.get(address(application, section))
    return browser.post(address(application, section), filled_in(page) | {"do": do} | typed)


def stands(application: Application) -> dict[str, Any]:
    application.refresh_from_db()
    document: dict[str, Any] = application.document
    return document


@pytest.mark.parametrize("section", ["basics", "members", "schedule", "outcomes"])
def test_a_form_that_nobody_touched_changes_nothing(city: SimpleNamespace, draft: Application, as_: As, section: str) -> None:
    before = draft.document
    assert sent(as_(city.convener), draft, section).status_code == 302
    assert (stands(draft), draft.version) == (before, 1)


def test_what_is_typed_is_saved_and_the_next_section_opens(city: SimpleNamespace, draft: Application, as_: As) -> None:
    answer = sent(as_(city.convener), draft, do="next", name="桌遊共備社群", content_types=["", "lesson_study"])
    assert answer.headers["Location"] == address(draft, "members")
    assert (stands(draft)["name"], draft.document["content_types"]) == ("桌遊共備社群", ["lesson_study"])


def test_boxes_that_are_all_unticked_are_none(city: SimpleNamespace, draft: Application, as_: As) -> None:
    sent(as_(city.convener), draft, content_types=[""], school_developed_curriculum=[""])
    assert stands(draft)["content_types"] == []


def test_a_form_sent_twice_has_one_effect(city: SimpleNamespace, draft: Application, as_: As) -> None:
    browser = as_(city.convener)
    form = filled_in(browser.get(address(draft))) | {"do": "save", "name": "甲"}
    assert [browser.post(address(draft), form).status_code for _ in range(2)] == [302, 302]
    assert (stands(draft)["name"], draft.version, PostKey.objects.count()) == ("甲", 2, 1)


def test_rows_are_added_moved_removed_and_put_back_by_buttons(city: SimpleNamespace, draft: Application, as_: As) -> None:
    browser, before = as_(city.convener), len(draft.document["outcomes"])
    added = sent(browser, draft, "outcomes", do="add outcomes")
    row = stands(draft)["outcomes"][-1]["id"]
    assert added.headers["Location"] == f"{address(draft, 'outcomes')}#outcomes/{row}"
    sent(browser, draft, "outcomes", do=f"up outcomes/{row}", **{f"outcomes/{row}/outcome": "新的效益"})
    assert [each["id"] for each in stands(draft)["outcomes"]].index(row) == before - 1
    assert draft.document["outcomes"][before - 1]["outcome"] == "新的效益"
    page = sent(browser, draft, "outcomes", do=f"remove outcomes/{row}")
    assert "已刪除一列。" in page.content.decode()
    assert row not in [each["id"] for each in stands(draft)["outcomes"]]
    browser.post(address(draft, "outcomes"), filled_in(page) | {"do": "put"})
    assert stands(draft)["outcomes"][before - 1] == {"id": row, "outcome": "新的效益"}


def test_a_number_that_cannot_be_read_comes_back_as_it_was_typed_and_the_rest_is_saved(
    city: SimpleNamespace, draft: Application, as_: As
) -> None:
    page = sent(as_(city.convener), draft, name="桌遊共備社群", tier_year="三點五").content.decode()
    assert "這些欄位還沒有存進去，其他的都存好了" in page
    assert re.search(r'id="tier_year"[^>]*value="三點五"', page)
    assert stands(draft)["name"] == "桌遊共備社群"


def test_two_people_in_one_field_get_both_texts_and_choose(city: SimpleNamespace, draft: Application, as_: As) -> None:
    browser = as_(city.convener)
    form = filled_in(browser.get(address(draft))) | {"do": "next", "name": "乙社群", "summary": "新的概述"}
    edit(draft.pk, [put("name", draft.name, "甲社群")], actor=city.member, at=LATER)
    page = browser.post(address(draft), form)
    assert page.status_code == 200
    assert "現在的內容（別人寫的）" in page.content.decode()
    assert (stands(draft)["name"], draft.document["summary"]) == ("甲社群", "新的概述")
    again = browser.post(address(draft), filled_in(page) | {"do": "save"})
    assert "乙社群" in again.content.decode()  # not chosen yet: both stay
    browser.post(address(draft), filled_in(again) | {"do": "mine name"})
    assert stands(draft)["name"] == "乙社群"


def test_of_two_texts_the_other_can_be_kept(city: SimpleNamespace, draft: Application, as_: As) -> None:
    browser = as_(city.convener)
    form = filled_in(browser.get(address(draft))) | {"do": "save", "name": "乙社群"}
    edit(draft.pk, [put("name", draft.name, "甲社群")], actor=city.member, at=LATER)
    page = browser.post(address(draft), form)
    assert browser.post(address(draft), filled_in(page) | {"do": "theirs name"}).status_code == 302
    assert stands(draft)["name"] == "甲社群"


def test_a_row_that_somebody_changed_is_not_removed_unseen(city: SimpleNamespace, draft: Application, as_: As) -> None:
    browser, row = as_(city.convener), draft.document["outcomes"][0]
    form = filled_in(browser.get(address(draft, "outcomes"))) | {"do": f"remove outcomes/{row['id']}"}
    edit(draft.pk, [put(f"outcomes/{row['id']}/check", row["check"], "改過了")], actor=city.member, at=LATER)
    page = browser.post(address(draft, "outcomes"), form).content.decode()
    assert "（刪除這一列）" in page
    assert "改過了" in page
    assert stands(draft)["outcomes"][0]["check"] == "改過了"


def test_whoever_may_only_look_sees_fields_that_cannot_be_changed(city: SimpleNamespace, draft: Application, as_: As) -> None:
    page = as_(city.director).get(address(draft)).content.decode()
    assert '<fieldset class="card fields" id="fields" disabled>' in page
    assert 'name="do" value="next"' not in page
    answer = as_(city.director).post(address(draft), {"post_key": "k" * 20, "base": "{}", "name": "x"})
    assert (answer.status_code, stands(draft)["name"]) == (403, draft.name)


def test_once_it_is_with_the_school_a_form_that_is_still_open_is_refused_with_the_reason(
    city: SimpleNamespace, draft: Application, as_: As
) -> None:
    browser = as_(city.convener)
    form = filled_in(browser.get(address(draft))) | {"do": "save", "name": "x"}
    move(draft.pk, "send_to_school", actor=city.convener, at=LATER)
    answer = browser.post(address(draft), form)
    assert answer.status_code == 403
    assert "現在是「核章中」，不能做這件事" in answer.content.decode()


@pytest.mark.parametrize("base", ["", "[", "[]", '{"outcomes": 3}', '{"outcomes": [3, {"id": 3}, {}]}'])
def test_a_form_that_is_none_of_ours_does_no_harm(city: SimpleNamespace, draft: Application, as_: As, base: str) -> None:
    before = draft.document
    posted = {"post_key": "k" * 20, "base": base, "do": "remove outcomes/x", "outcomes/x/check": "y", "removed": "[", "yours:nothing": "z"}
    assert as_(city.convener).post(address(draft, "outcomes"), posted).status_code in (200, 302, 422)
    assert stands(draft) == before


def test_and_the_stranger_finds_no_form_there(city: SimpleNamespace, draft: Application, as_: As) -> None:
    for actor in (city.stranger, city.other_clerk, city.reviewer):
        assert as_(actor).get(address(draft)).status_code == 404
    assert as_(city.convener).get(address(draft, "nothing")).status_code == 404
