"""Copying an application: one's own only, what moves is told, and the one that is copied stays as it was."""

from collections.abc import Callable
from types import SimpleNamespace

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongxue.records.actor import Actor
from gongxue.records.listings.copying import copyable
from gongxue.records.models import Application
from gongxue.rules.programme_file import load_programme
from gongxue.site.once import FIELD
from tests.records.city import found_draft, put_into
from tests.records.test_copying import next_years

As = Callable[[Actor], Client]
KEY = "k" * 24


def test_what_can_be_copied_is_told_with_what_moves(city: SimpleNamespace, draft: Application) -> None:
    put_into(draft, "approved")
    (same,) = copyable(city.convener, load_programme("hsinchu-111"))
    (later,) = copyable(city.member, next_years())
    assert (same.sessions, same.moved, same.blank, same.weeks, same.joins_history) == (6, 0, 0, 0, False)
    assert (later.moved + later.blank, later.weeks, later.joins_history) == (6, 52, True)


def test_who_did_not_convene_is_told_that_the_form_names_another(city: SimpleNamespace, as_: As, draft: Application) -> None:
    named = draft.document["convener"]["name"]
    found = [
        copyable(Actor(reader.user, name, reader.posts), load_programme("hsinchu-111"))[0].convener
        for reader, name in ((city.convener, f" {named} "), (city.member, "另一位"))
    ]
    assert found == ["", named]
    assert f"召集人欄照舊寫著「{named}」" in as_(city.member).get("/applications/copy/").content.decode()


def test_a_copy_is_a_draft_of_ones_own_and_the_other_stays(city: SimpleNamespace, as_: As, draft: Application) -> None:
    browser = as_(city.member)
    assert "複製這一份" in browser.get("/applications/copy/").content.decode()
    answer = browser.post("/applications/copy/", {"application": str(draft.pk), FIELD: KEY})
    copy = Application.objects.exclude(pk=draft.pk).get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/applications/{copy.pk}/")
    assert (copy.copied_from_id, copy.name, copy.state, copy.made_by_id) == (draft.pk, draft.name, "draft", city.member.user)
    before = draft.version
    draft.refresh_from_db()
    assert draft.version == before


def test_who_comes_back_is_told_of_the_copy_that_there_is(city: SimpleNamespace, as_: As, draft: Application) -> None:
    browser = as_(city.convener)
    assert "已經複製過一份" not in browser.get("/applications/copy/").content.decode()
    copy = browser.post("/applications/copy/", {"application": str(draft.pk), FIELD: KEY}).headers["Location"]
    page = browser.get("/applications/copy/").content.decode()
    assert (page.count("已經複製過一份"), page.count(f'href="{copy}"')) == (1, 1)
    put_into(Application.objects.exclude(pk=draft.pk).get(), "withdrawn")
    assert "已經複製過一份" not in browser.get("/applications/copy/").content.decode()


def test_a_page_that_did_not_know_of_a_copy_makes_no_second_one_before_that_is_told(
    city: SimpleNamespace, as_: As, draft: Application
) -> None:
    browser, told = as_(city.convener), {"application": str(draft.pk), FIELD: KEY}
    copy = browser.post("/applications/copy/", told).headers["Location"]
    again = browser.post("/applications/copy/", told | {FIELD: KEY + "2"})
    page = again.content.decode()
    assert (again.status_code, "已經複製過一份，這次沒有再複製。" in page, Application.objects.count()) == (409, True, 2)
    assert f'name="copy" value="{copy.split("/")[2]}"' in page
    more = browser.post("/applications/copy/", told | {"copy": copy.split("/")[2], FIELD: KEY + "2"})
    assert (more.status_code, Application.objects.count()) == (302, 3)


def test_a_foreign_application_cannot_be_copied_and_answers_like_one_that_never_was(
    city: SimpleNamespace, as_: As, draft: Application
) -> None:
    for name in ("clerk", "other_clerk"):
        browser = as_(getattr(city, name))
        answers = [browser.post("/applications/copy/", {"application": each, FIELD: KEY + each}) for each in (str(draft.pk), "x")]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert "您還沒有可以複製的申請書" in answers[0].content.decode()
    assert Application.objects.count() == 1


def test_a_longer_list_costs_the_same_queries(city: SimpleNamespace, as_: As, draft: Application) -> None:
    browser, counts = as_(city.convener), []
    browser.get("/applications/copy/")
    for rows in (1, 3):
        while Application.objects.count() < rows:
            found_draft(city)
        with CaptureQueriesContext(connection) as queries:
            browser.get("/applications/copy/")
        counts.append(len(queries))
    assert counts == [4, 4]


def test_the_list_is_narrowed_and_taken_away(city: SimpleNamespace, as_: As, draft: Application) -> None:
    found_draft(city)
    browser = as_(city.convener)
    for query, there in ((draft.name, 2), ("沒有這樣的社群", 0)):
        page = browser.get("/applications/copy/", {"q": query, "year": "111"}).content.decode()
        assert page.count("複製這一份") == there
        sheet = b"".join(browser.get("/applications/copy.csv", {"q": query, "year": "111"}).streaming_content).decode("utf-8-sig")
        assert [line.split(",")[:2] for line in sheet.splitlines()[1:]] == [[draft.name, "111"]] * there
    assert "看全部" in page
    assert browser.get("/applications/copy/", {"year": "110"}).content.decode().count("複製這一份") == 0
