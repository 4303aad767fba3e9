"""The helper that lays a year's sessions."""

import datetime
from typing import Any

import pytest

from gongxue.records.changes import merge
from gongxue.records.document import Document
from gongxue.records.models import Application
from gongxue.stages.applying.drafting.draft import Draft
from gongxue.stages.applying.drafting.sections.laying import Wish, by_date, laid, laying, wish_of

WEDNESDAYS = Wish(6, 2, 2, datetime.date(2022, 9, 1), "13:30", "下午3:00")


def a_draft(**fields: Any) -> Draft:
    return Draft(
        Application(programme="hsinchu-111", programme_version=1, document={"programme": "hsinchu-111", "tier": "autonomous", **fields})
    )


def days(document: Document) -> list[str]:
    return [row.get("date", "") for row in document["sessions"]]


def test_an_empty_schedule_is_laid_with_its_hours() -> None:
    draft = a_draft()
    document = merge(draft.document, laying(draft, WEDNESDAYS)).document
    assert days(document) == ["2022-09-07", "2022-09-21", "2022-10-05", "2022-10-19", "2022-11-02", "2022-11-16"]
    assert {(row["start"], row["end"]) for row in document["sessions"]} == {("13:30", "15:00")}


def test_a_day_without_school_is_passed_over() -> None:
    found = laid(a_draft().programme, Wish(2, 0, 1, datetime.date(2022, 10, 3), "", ""))
    assert found.dates == (datetime.date(2022, 10, 3), datetime.date(2022, 10, 17))
    assert found.passed_over == (datetime.date(2022, 10, 10),)


def test_what_has_a_date_is_left_alone_and_what_has_none_gets_one_first() -> None:
    sessions = [{"id": "a", "date": "2022-09-07", "content": "一"}, {"id": "b", "content": "二", "start": "09:00"}]
    draft = a_draft(sessions=sessions)
    document = merge(draft.document, laying(draft, WEDNESDAYS)).document
    assert days(document) == ["2022-09-07", "2022-09-21", "2022-10-05", "2022-10-19", "2022-11-02", "2022-11-16"]
    assert [(row.get("content", ""), row["start"]) for row in document["sessions"][1:3]] == [("二", "09:00"), ("", "13:30")]


def test_laying_twice_adds_nothing() -> None:
    draft = a_draft()
    document = merge(draft.document, laying(draft, WEDNESDAYS)).document
    again = a_draft(sessions=document["sessions"])
    assert laying(again, WEDNESDAYS) == []


@pytest.mark.parametrize(
    ("fields", "wish"),
    [
        ({}, Wish(6, 2, 0, None, "", "")),
        (
            {"lay_count": "12", "lay_weekday": "4", "lay_weeks": "3", "lay_first": "111/9/1"},
            Wish(12, 4, 3, datetime.date(2022, 9, 1), "", ""),
        ),
        ({"lay_count": "999", "lay_weekday": "9", "lay_weeks": "-1", "lay_first": "明天"}, Wish(60, 6, 0, None, "", "")),
        ({"lay_count": "１２", "lay_weekday": "x"}, Wish(6, 2, 0, None, "", "")),
    ],
)
def test_the_helpers_fields_are_read_and_what_cannot_be_is_the_usual(fields: dict[str, str], wish: Wish) -> None:
    assert wish_of(fields, a_draft()) == wish


def test_sessions_are_put_in_the_order_of_their_dates_and_those_without_stay_last() -> None:
    sessions = [
        {"id": "c", "date": "2022-12-01"},
        {"id": "x"},
        {"id": "a", "date": "2022-09-01", "start": "13:00"},
        {"id": "b", "date": "2022-09-01", "start": "15:00"},
    ]
    draft = a_draft(sessions=sessions)
    document = merge(draft.document, by_date(draft)).document
    assert [row["id"] for row in document["sessions"]] == ["a", "b", "c", "x"]
    assert by_date(a_draft(sessions=document["sessions"])) == []
