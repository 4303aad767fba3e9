"""Lists: what is found, in which order, and what it adds up to; in as many queries for one row as for three."""

import datetime
from types import SimpleNamespace

import pytest
from pytest_django import DjangoAssertNumQueries

from gongxue.records.columns import recompute
from gongxue.records.doors import edit, start
from gongxue.records.listings.applications import EVERYTHING, FLAGS, ORDERS, Filters, applications, cells, exported, tallies
from gongxue.records.models import Application
from tests.records.city import CAST, NOON, OWN, document, found_draft, put, put_into

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def three(city: SimpleNamespace) -> list[Application]:
    """A community of each tier, an hour apart; the last is submitted."""
    made = [found_draft(city, base, NOON + number * HOUR) for number, base in enumerate(("autonomous", "thematic", "curriculum"))]
    return [*made[:2], put_into(made[2], "submitted")]


def names(city: SimpleNamespace, filters: Filters = EVERYTHING, order: str = "changed") -> list[str]:
    return [row.tier for row in applications(city.officer, filters, order=order).rows]


def test_newest_first_and_in_any_other_order(city: SimpleNamespace, three: list[Application]) -> None:
    assert names(city) == ["curriculum", "thematic", "autonomous"]
    assert names(city, order="name") == ["curriculum", "thematic", "autonomous"]
    assert names(city, order="tier") == ["autonomous", "curriculum", "thematic"]
    assert names(city, order="no such order") == names(city)
    assert {order: len(names(city, order=order)) for order in ORDERS} == dict.fromkeys(ORDERS, 3)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(programme="hsinchu-111"), 3),
        (Filters(programme="taoyuan-110"), 0),
        (Filters(tier="thematic"), 1),
        (Filters(states=("draft", "submitted")), 3),
        (Filters(states=("submitted",)), 1),
        (Filters(flags=("cross_school",)), 2),
        (Filters(flags=("cross_school", "errors")), 0),
        (Filters(states=("nope",)), 0),
        (Filters(flags=("nope",)), 0),
        (Filters(school=0), 0),
    ],
)
def test_a_filter_narrows(city: SimpleNamespace, three: list[Application], filters: Filters, found: int) -> None:
    page = applications(city.officer, filters)
    assert (page.count, len(page.rows)) == (found, found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("校訂課程研創", 1),
        ("東園國小", 3),
        ("東園 研創社群", 1),
        ("研創社群　東園", 1),
        ("研創社群 沒有這個詞", 0),
        ("ＰＢＬ", 1),
        ("pbl", 1),
        ("%", 0),
        ("_", 0),
        ("' OR 1=1 --", 0),
        ("", 3),
        ("   ", 3),
        ("x" * 5000, 0),
    ],
)
def test_a_search_finds_words_names_and_schools(city: SimpleNamespace, three: list[Application], text: str, found: int) -> None:
    edit(three[1].pk, [put("name", three[1].name, "PBL 走讀社群")], actor=city.convener, at=NOON + HOUR)
    assert applications(city.officer, Filters(text=text)).count == found


def test_a_person_and_either_spelling_of_taiwan_are_found(city: SimpleNamespace) -> None:
    content = document() | {"name": "臺灣史社群"}
    start(content, actor=city.convener, at=NOON)
    for text in ("台灣史", "臺灣史", "台 灣", content["convener"]["name"], content["members"][0]["name"]):
        assert applications(city.officer, Filters(text=text)).count == 1


def test_pages_of_the_list(city: SimpleNamespace, three: list[Application]) -> None:
    pages = [applications(city.officer, page=number, size=2) for number in (0, 1, 2, 9)]
    assert [(page.number, [row.tier for row in page.rows], page.count, page.pages) for page in pages] == [
        (1, ["curriculum", "thematic"], 3, 2),
        (1, ["curriculum", "thematic"], 3, 2),
        (2, ["autonomous"], 3, 2),
        (2, ["autonomous"], 3, 2),
    ]


def test_what_a_list_adds_up_to(city: SimpleNamespace, three: list[Application]) -> None:
    own = city.schools[OWN].pk
    found = cells(city.officer)
    assert {(each.school, each.tier, each.state, each.count) for each in found} == {
        (own, "autonomous", "draft", 1),
        (own, "thematic", "draft", 1),
        (own, "curriculum", "submitted", 1),
    }
    page = applications(city.officer)
    assert sum(each.asked for each in found) == page.asked == sum(row.asked for row in page.rows)
    assert [(each.of, each.count) for each in tallies(city.officer, by="state")] == [("draft", 2), ("submitted", 1)]
    assert applications(city.officer, counted=found) == page


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_queries_for_one_row_as_for_three(
    city: SimpleNamespace, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        found_draft(city, at=NOON + number * HOUR)
    with django_assert_num_queries(2):
        assert len(applications(city.officer).rows) == rows
    with django_assert_num_queries(1):
        assert len(list(exported(city.officer))) == rows


def test_everybody_lists_what_everybody_may_see(city: SimpleNamespace, three: list[Application]) -> None:
    counts = {who: applications(getattr(city, who)).count for who in CAST}
    assert counts == {who: 0 if who.startswith("other_") or who in ("reviewer", "stranger") else 3 for who in CAST} | {
        "partner_clerk": 2,
        "partner_director": 2,
    }


def test_an_exported_document_is_the_exchange_format_and_columns_hold(city: SimpleNamespace, three: list[Application]) -> None:
    assert {row.row.tier: row.document for row in exported(city.officer)} == {
        base: document(base) for base in ("autonomous", "thematic", "curriculum")
    }
    assert recompute() == []
    assert set(FLAGS) == {"cross_school", "errors", "warnings", "over_ceiling", "no_school", "alike"}
