"""The city's desk: its numbers, its map, its list; filtered, searched, refreshed; the same number of queries for one row and for three."""

import datetime
import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db.models import F
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from gongxue.records.actor import Actor
from gongxue.records.listings.overview import overview
from gongxue.records.models import Application, PostKey
from gongxue.stages.applying.overseeing.desk import cell_names
from tests.records.city import NOON, OTHER, OWN, found_draft, put_into

As = Callable[[Actor], Client]
pytestmark = pytest.mark.usefixtures("stopped_clock")
LIST = "/city/applications/"
SCHOOLS = "/city/schools/"


@pytest.fixture
def three(city: SimpleNamespace) -> list[Application]:
    """One of each tier: being written, being signed for two days, submitted."""
    made = [found_draft(city, base, NOON - datetime.timedelta(days=2)) for base in ("autonomous", "thematic", "curriculum")]
    return [made[0], put_into(made[1], "signing"), put_into(made[2], "submitted")]


def page(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def tiles(html: str) -> list[tuple[str, str, str]]:
    found = re.findall(r'<div class="stat.*?stat__label">(.*?)</p><p class="stat__value">(.*?)</p><p class="stat__note">(.*?)</p>', html)
    return [(re.sub("<.*?>", "", label), value, note) for label, value, note in found]


def listed(html: str) -> list[str]:
    return re.findall(r'role="rowheader">(?:<a [^>]*>)?(.*?)(?:</a>)?</th>', html)


def test_the_tiles_count_what_arrived(city: SimpleNamespace, as_: As, three: list[Application]) -> None:
    assert tiles(page(as_(city.officer), LIST)) == [
        ("已送件", "1", "共 3 件申請，不含撤回"),
        ("申請金額", "4,382", "元・已送件的合計，不含不符資格"),
        ("核章中", "1", "最久等候 2 天"),
        ("尚無申請的學校", "46", "共 47 校"),
    ]


@pytest.mark.parametrize("state", ["ineligible", "declined"])
def test_what_is_out_was_submitted_and_asks_for_no_money(city: SimpleNamespace, draft: Application, state: str) -> None:
    seen = overview(city.officer, put_into(draft, state).programme)
    assert (seen.count, seen.sent, seen.asked) == (1, 1, 0)


def test_money_available_is_shown_where_it_is_known(city: SimpleNamespace, as_: As, settings: Settings) -> None:
    settings.AVAILABLE = 1_050_000
    assert tiles(page(as_(city.officer), LIST))[1] == ("申請金額", "0", "元・可用 1,050,000")


def test_an_empty_city_says_so(city: SimpleNamespace, as_: As) -> None:
    assert "還沒有任何申請" in page(as_(city.auditor), LIST)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("?state=sent", 1),
        ("?state=writing", 1),
        ("?state=signing", 1),
        ("?state=draft", 1),
        ("?tier=thematic", 1),
        ("?flag=cross_school", 2),
        ("?school=hc11", 3),
        ("?school=hc35", 0),
        ("?q=校訂課程研創", 1),
        ("?q=東園 研創社群", 1),
        ("?q=沒有這個", 0),
        ("?state=nope&tier=x&school=y&flag=z&order=w&page=q", 3),
        ("?page=99", 3),
    ],
)
def test_what_the_address_asks_for(city: SimpleNamespace, as_: As, three: list[Application], query: str, found: int) -> None:
    html = page(as_(city.centre_staff), LIST + query)
    assert len(listed(html)) == found
    assert ("沒有符合的申請" in html) == (found == 0)


def test_the_numbers_alone_are_sent_when_the_page_asks_for_them(city: SimpleNamespace, as_: As, three: list[Application]) -> None:
    part = page(as_(city.officer), LIST, HX_Request="true", HX_Target="numbers")
    assert (part.count('id="numbers"'), part.count('id="school-map"'), part.count("<table"), part.count("<html")) == (1, 1, 0, 0)
    assert tiles(part) == tiles(page(as_(city.officer), LIST))


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_queries_for_one_row_as_for_three(
    city: SimpleNamespace, as_: As, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        put_into(found_draft(city), "signing")
    client = as_(city.officer)
    with django_assert_num_queries(10):
        assert len(listed(page(client, LIST))) == rows
    with django_assert_num_queries(11):
        assert len(listed(page(client, LIST + "?q=繪本"))) == rows
    with django_assert_num_queries(9):
        page(client, SCHOOLS)


def test_the_map_tells_how_far_each_school_has_come(city: SimpleNamespace, as_: As, three: list[Application]) -> None:
    cells = dict(re.findall(r'id="school-(hc\d+)" class="heat__cell heat--(\w+)"', page(as_(city.officer), LIST)))
    assert (len(cells), cells["hc11"], cells["hc35"]) == (47, "writing", "none")
    put_into(three[0], "withdrawn")
    assert {each.key: each.progress for each in overview(city.officer, "hsinchu-111").schools}["hc11"] == "signing"
    put_into(three[1], "submitted")
    assert {each.key: each.progress for each in overview(city.officer, "hsinchu-111").schools}["hc11"] == "sent"


@pytest.mark.parametrize(
    ("states", "behind"),
    [
        ((), {7, 3, 1}),
        (("draft",), {7, 3, 1}),
        (("returned", "submitted"), {7, 3, 1}),
        (("signing", "submitted"), {3, 1}),
        (("signed", "submitted"), {1}),
        (("submitted", "withdrawn"), set()),
        (("ineligible", "completing"), set()),
    ],
)
def test_who_is_behind_seven_three_and_one_days_before(city: SimpleNamespace, states: tuple[str, ...], behind: set[int]) -> None:
    for state in states:
        put_into(found_draft(city), state)
    own = next(each for each in overview(city.officer, "hsinchu-111").schools if each.name == OWN)
    assert {mark for mark in (7, 3, 1) if own.behind(mark)} == behind


def test_the_countdown_lists_who_is_behind(city: SimpleNamespace, as_: As, three: list[Application]) -> None:
    put_into(three[0], "submitted")
    client = as_(city.supervisor)
    assert [len(listed(page(client, f"{SCHOOLS}?mark={mark}"))) for mark in ("", "7", "3", "1", "5")] == [47, 46, 47, 47, 47]
    assert listed(page(client, f"{SCHOOLS}?q={OTHER}")) == [OTHER]
    assert "沒有這樣的學校" in page(client, f"{SCHOOLS}?q=沒有")
    assert len(listed(page(client, f"{SCHOOLS}?progress=none"))) == 46


def test_others_have_no_such_desk(city: SimpleNamespace, as_: As) -> None:
    for who in ("convener", "clerk", "principal", "reviewer", "stranger"):
        client = as_(getattr(city, who))
        assert [client.get(address).status_code for address in (LIST, SCHOOLS, "/city/applications.csv")] == [403, 403, 403]
        assert LIST not in client.get("/home/").content.decode()
    assert LIST in as_(city.officer).get("/home/").content.decode()


def test_the_city_sees_which_schools_have_submitted_and_not_sent_their_summary(city: SimpleNamespace, draft: Application, as_: As) -> None:
    browser, notice = as_(city.officer), "有 1 校已送件，還沒送附件一彙整表。"
    assert notice not in browser.get(SCHOOLS).content.decode()
    Application.objects.filter(pk=draft.pk).update(state="submitted", submitted_at=NOON, version=F("version") + 1)
    page = browser.get(SCHOOLS, {"summary": "missing"}).content.decode()
    assert (notice in page, page.count("未編製"), OWN in page, OTHER in page) == (True, 1, True, False)


def test_schools_that_begin_alike_can_be_told_apart_on_the_map(city: SimpleNamespace, as_: As) -> None:
    assert cell_names(["三民國小", "竹光國中", "三民國中", "香山高中(國中部)", "香山國小"]) == {
        "三民國小": "三民",
        "竹光國中": "竹光",
        "三民國中": "三中",
        "香山高中(國中部)": "香山",
        "香山國小": "香國",
    }
    cells = re.findall(r'class="heat__cell heat--\w+"[^>]*>([^<]+)<', page(as_(city.officer), LIST))
    assert (len(cells), len(set(cells))) == (47, 47)


@pytest.mark.parametrize("address", ["applications/", "applications/{draft}/", "schools/", "openings/", "reminders/"])
def test_what_is_only_looked_at_takes_no_form(city: SimpleNamespace, as_: As, draft: Application, address: str) -> None:
    """Its answer would be kept, a page for each form."""
    answer = as_(city.officer).post(f"/city/{address.format(draft=draft.pk)}", {"post_key": "k" * 24})
    assert (answer.status_code, PostKey.objects.count()) == (405, 0)
