"""The school's desk: everything of the school, narrowed, exported, and nothing of another's."""

import csv
import io
import json
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongxue.records.actor import Actor
from gongxue.records.changes import Change
from gongxue.records.doors import edit
from gongxue.records.models import Application, Post
from tests.records.city import NOON, OTHER, OWN, PARTNER, SINCE, document, found_draft, put, take_to_signed

pytestmark = pytest.mark.usefixtures("stopped_clock")
As = Callable[[Actor], Client]


def address(city: SimpleNamespace, school: str = OWN, what: str = "") -> str:
    return f"/schools/{city.schools[school].key}/{what}"


def named(draft: Application, city: SimpleNamespace, name: str) -> Application:
    change: Change = put("name", document()["name"], name)
    return edit(draft.pk, [change], actor=city.convener, at=NOON).application


def test_the_desk_tells_of_each_who_it_waits_for_and_what_it_asks(city: SimpleNamespace, as_: As, draft: Application) -> None:
    page = as_(city.clerk).get(address(city)).content.decode()
    for words in ("東園國小的社群", "繪本說演共學社群", f"{draft.asked:,}", "召集人", "3月24日（四）起", "還有 6 天"):
        assert words in page
    assert "送件（" not in page


def test_the_clerk_has_one_main_button_once_something_can_be_submitted(city: SimpleNamespace, as_: As, draft: Application) -> None:
    take_to_signed(city, draft)
    page = as_(city.clerk).get(address(city)).content.decode()
    assert page.count("btn btn-primary") == 1
    assert "送件（1 件可送）" in page
    assert "btn-primary" not in as_(city.director).get(address(city)).content.decode()


def test_a_partner_school_sees_it_without_the_money(city: SimpleNamespace, as_: As) -> None:
    draft = found_draft(city, "thematic")
    page = as_(city.partner_clerk).get(address(city, PARTNER)).content.decode()
    assert "經費由東園國小辦理" in page
    assert f"{draft.asked:,}" not in page


def test_what_looks_alike_is_told(city: SimpleNamespace, as_: As, draft: Application) -> None:
    found_draft(city)
    page = as_(city.clerk).get(address(city)).content.decode()
    assert page.count("可能和 1 個社群重複") == 2
    assert "和同校的「繪本說演共學社群」（東園國小）同名" in page


def test_it_is_narrowed_by_words_state_and_money(city: SimpleNamespace, as_: As, draft: Application) -> None:
    named(found_draft(city), city, "數學遊戲社群")
    browser = as_(city.clerk)
    page = browser.get(address(city), {"q": "數學"}).content.decode()
    assert (page.count('scope="row"'), ">數學遊戲社群</a>" in page) == (1, True)
    for nothing in ({"q": "沒有這種"}, {"state": "approved"}, {"tier": "x"}, {"whose": "partner"}):
        assert "沒有這樣的社群" in browser.get(address(city), nothing).content.decode()


def test_an_empty_desk_says_what_to_do(city: SimpleNamespace, as_: As) -> None:
    assert "學校還沒有社群的申請" in as_(city.clerk).get(address(city)).content.decode()


def test_the_export_holds_what_the_page_holds_and_stays_text(city: SimpleNamespace, as_: As, draft: Application) -> None:
    named(draft, city, "=1+1")
    data = b"".join(as_(city.clerk).get(address(city, what="communities.csv"), {"whose": "fiscal"}))  # type: ignore[arg-type]
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [(row["社群名稱"], row["狀態"], row["申請金額"], row["等誰"], row["從何時起"]) for row in rows] == [
        ("'=1+1", "草稿", str(draft.asked), "召集人", "2022-03-24 12:00:00")
    ]


@pytest.mark.parametrize("kind", ["xlsx", "ods", "json"])
def test_it_is_exported_as_other_kinds_too(city: SimpleNamespace, as_: As, draft: Application, kind: str) -> None:
    data = b"".join(as_(city.principal).get(address(city, what=f"communities.{kind}")))  # type: ignore[arg-type]
    assert len(data) > 100
    if kind == "json":
        assert [row["name"] for row in json.loads(data)] == ["繪本說演共學社群"]


@pytest.mark.parametrize("who", ["convener", "member", "other_clerk", "other_principal", "reviewer", "stranger", "partner_clerk"])
@pytest.mark.parametrize("what", ["", "communities.csv", "communities.pdf", "submit/"])
def test_a_stranger_finds_what_is_not_there(city: SimpleNamespace, as_: As, draft: Application, who: str, what: str) -> None:
    browser = as_(getattr(city, who))
    foreign, nowhere = browser.get(address(city, what=what)), browser.get(f"/schools/no-such/{what}")
    assert (foreign.status_code, foreign.content) == (404, nowhere.content)


def test_whoever_has_one_school_is_led_there_and_who_has_two_chooses(city: SimpleNamespace, as_: As) -> None:
    browser = as_(city.clerk)
    assert browser.get("/schools/").headers["Location"] == address(city)
    Post.objects.create(user_id=city.clerk.user, role="clerk", school=city.schools[OTHER], first=SINCE)
    page = browser.get("/schools/").content.decode()
    assert address(city) in page
    assert address(city, OTHER) in page


def test_the_city_may_look_over_a_school_s_shoulder(city: SimpleNamespace, as_: As, draft: Application) -> None:
    assert "繪本說演共學社群" in as_(city.officer).get(address(city)).content.decode()
    assert as_(city.officer).get(address(city, what="submit/")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_takes_the_same_queries_however_many_there_are(
    city: SimpleNamespace, as_: As, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        found_draft(city, "thematic")
    browser = as_(city.clerk)
    with django_assert_num_queries(11):
        assert browser.get(address(city)).content.decode().count('scope="row"') == count
    with django_assert_num_queries(13):
        assert len(list(browser.get(address(city, what="communities.csv")))) >= 1  # type: ignore[arg-type]
