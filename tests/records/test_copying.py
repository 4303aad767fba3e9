"""Copying: the content goes along, the dates move where there is school, and the history grows by what was approved."""

import datetime
import uuid
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from gongxue.records.copying import copy_of, start_copy
from gongxue.records.document import without_ids
from gongxue.records.models import Application
from gongxue.records.refusals import NotAllowed, NotThere
from gongxue.rules.figures import Date
from gongxue.rules.programme import Calendar, Programme
from gongxue.rules.programme_file import load_programme
from gongxue.rules.text import Text
from tests.records.city import LATER, document, found_draft, put_into

THIS = load_programme("hsinchu-111")


def next_years(**calendar: Any) -> Programme:
    """The programme a year later, with a calendar of its own."""
    period = Date(Text("執行期間", "Execution period"), "x", first=datetime.date(2023, 8, 1), last=datetime.date(2024, 6, 30))
    return msgspec.structs.replace(
        THIS,
        id="hsinchu-112",
        school_year=112,
        dates=msgspec.structs.replace(THIS.dates, performance=period),
        calendar=Calendar("x", **calendar),
    )


def test_under_the_same_programme_everything_stays_but_what_is_declared_anew(city: SimpleNamespace) -> None:
    draft = found_draft(city, "thematic")
    draft.document["other_funding"] = "教育部計畫"
    assert copy_of(draft, THIS) == {**document("thematic"), "other_funding": ""}


def test_a_year_later_each_session_keeps_its_weekday(city: SimpleNamespace) -> None:
    before = found_draft(city, "thematic")
    copied = copy_of(before, next_years())
    for was, now in zip(before.document["sessions"], copied["sessions"], strict=True):
        old, new = (datetime.date.fromisoformat(row["date"]) for row in (was, now))
        assert (new - old, new.weekday()) == (datetime.timedelta(weeks=52), old.weekday())
        assert {**now, "date": ""} == {key: value for key, value in {**was, "date": ""}.items() if key != "id"}
    assert copied["programme"] == "hsinchu-112"


@pytest.mark.parametrize(
    ("date", "holiday", "moved"),
    [
        ("2022-09-14", None, "2023-09-13"),
        ("2022-09-14", datetime.date(2023, 9, 13), ""),
        ("2022-08-01", None, ""),  # lies before the new period
        ("2023-06-30", None, "2024-06-28"),
        ("2022-09-17", None, "2023-09-16"),  # a Saturday was meant so
        ("2022-08-10", datetime.date(2023, 8, 9), "2023-08-09"),  # so was a day of the holidays
        ("", None, ""),
        ("9/14", None, ""),
        (None, None, ""),
    ],
)
def test_a_date_without_lessons_is_left_blank(city: SimpleNamespace, date: str | None, holiday: datetime.date | None, moved: str) -> None:
    draft = found_draft(city)
    draft.document["sessions"] = [{"id": "s1", "date": date, "content": "選書"}]
    copied = copy_of(draft, next_years(holidays=(holiday,) if holiday else ()))
    assert copied["sessions"] == [{"date": moved, "content": "選書"}]


@pytest.mark.parametrize(
    ("state", "history", "after", "tier_year"),
    [
        ("approved", [], [{"school_year": 111, "tier": "thematic"}], 2),
        ("approved", [(110, "thematic"), (109, "thematic")], [109, 110, 111], 4),
        ("approved", [(109, "thematic")], [109, 111], 2),
        ("approved", [(111, "autonomous")], [{"school_year": 111, "tier": "thematic"}], 2),
        ("declined", [(110, "thematic")], [110], 1),
    ],
)
def test_the_history_grows_by_what_was_approved(
    city: SimpleNamespace, state: str, history: list[Any], after: list[Any], tier_year: int
) -> None:
    draft = put_into(found_draft(city, "thematic"), state)
    draft.document["history"] = [{"id": f"h{year}", "school_year": year, "tier": tier} for year, tier in history]
    copied = copy_of(draft, next_years())
    assert [row if isinstance(after[0], dict) else row["school_year"] for row in copied["history"]] == after
    assert copied["tier_year"] == tier_year


def test_a_tier_that_asks_no_year_has_none(city: SimpleNamespace) -> None:
    draft = put_into(found_draft(city), "approved")
    draft.document["tier_year"] = 3
    assert copy_of(draft, next_years())["tier_year"] is None


def test_a_copy_is_a_draft_of_its_own(city: SimpleNamespace) -> None:
    before = put_into(found_draft(city), "declined")
    key = uuid.uuid4()
    copies = {start_copy(before.pk, THIS, actor=city.member, at=LATER, key=key) for _ in range(2)}
    (copy,) = copies
    assert (copy.state, copy.version, copy.copied_from, copy.persons.get().user_id) == ("draft", 1, before, city.member.user)
    assert without_ids(copy.document) == without_ids(before.document)
    assert not {row["id"] for row in copy.document["members"]} & {row["id"] for row in before.document["members"]}


def test_only_the_communitys_own_people_copy_it(city: SimpleNamespace, draft: Application) -> None:
    for who, told in (("clerk", NotAllowed), ("officer", NotAllowed), ("stranger", NotThere), ("other_clerk", NotThere)):
        with pytest.raises(told):
            start_copy(draft.pk, THIS, actor=getattr(city, who), at=LATER)
    assert Application.objects.count() == 1
