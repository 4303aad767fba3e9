"""What people type, read and shown."""

from typing import Any

import pytest

from gongxue.records.document import ROWS
from gongxue.records.refusals import ChangeError
from gongxue.rules import application as shapes
from gongxue.stages.applying.drafting.typed import kind_of, kinds_of, read, shown

READ = [
    ("name", "數學社群", "數學社群"),
    ("summary", "一\r\n二", "一\n二"),
    ("tier_year", " ３ ", 3),
    ("tier_year", "", None),
    ("cross_school", ["", "yes"], True),
    ("cross_school", [""], False),
    ("content_types", ["", "lesson_study", "other"], ["lesson_study", "other"]),
    ("content_types", [""], []),
    ("sessions/a/date", "111/9/1", "2022-09-01"),
    ("sessions/a/date", "111年9月1日（四）", "2022-09-01"),
    ("sessions/a/date", "111/2/29", "111/2/29"),
    ("sessions/a/start", "下午1:30", "13:30"),
    ("sessions/a/start", "午後", "午後"),
    ("sessions/a/online", "yes", True),
    ("sessions/a/lecturer/periods", "2.5", 2.5),
    ("sessions/a/lecturer/rate", "2,000元", 2000),
    ("budget/b/quantity", "0.5", 0.5),
    ("budget/b/amount", "壹萬元整", 10000),
    ("materials/m/quantity", "12", 12),
    ("members/m/name", "王小明 ", "王小明 "),
]


@pytest.mark.parametrize(("path", "raw", "value"), READ)
def test_what_is_typed_is_read_by_the_kind_of_its_field(path: str, raw: Any, value: Any) -> None:
    assert read(path, raw) == value


@pytest.mark.parametrize(("path", "raw"), [("tier_year", "三點五"), ("materials/m/quantity", "1.5"), ("budget/b/amount", "1,23,45")])
def test_a_number_that_cannot_be_read_is_refused_in_words(path: str, raw: str) -> None:
    with pytest.raises(ChangeError) as refused:
        read(path, raw)
    assert refused.value.path == path
    assert raw in refused.value.told.zh


SHOWN = [
    ("sessions/a/date", "2022-09-01", "111/9/1"),
    ("sessions/a/date", "111/2/29", "111/2/29"),
    ("budget/b/amount", 12909, "12,909"),
    ("budget/b/quantity", 2.5, "2.5"),
    ("cross_school", True, "yes"),
    ("cross_school", None, ""),
    ("name", None, ""),
    ("tier_year", 0, "0"),
]


@pytest.mark.parametrize(("path", "value", "text"), SHOWN)
def test_a_value_is_shown_as_people_write_it(path: str, value: Any, text: str) -> None:
    assert shown(path, value) == text


@pytest.mark.parametrize(("path", "value", "text"), SHOWN[:5])
def test_what_is_shown_is_read_back_as_it_was(path: str, value: Any, text: str) -> None:
    assert read(path, text) == value


@pytest.mark.parametrize("path", ["", "nothing", "members", "members/a", "members/a/id", "programme", "convener/x/y", "a/b/c/d/e/f"])
def test_what_leads_to_no_field_has_no_kind(path: str) -> None:
    with pytest.raises(ChangeError):
        kind_of(path)


def test_every_field_of_the_form_has_a_kind() -> None:
    kinds = {kind for record in (*ROWS.values(), shapes.Convener, shapes.Lecturer) for kind in kinds_of(record).values()}
    assert kinds == {"text", "date", "time", "whole", "number", "money", "yes", "ticks"}
