"""The list taken away: opened again, in every kind; what people typed stays text; what is filtered is what is in it."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from gongxue.commands.inputs import applications as read_in
from gongxue.records.actor import Actor
from gongxue.records.doors import edit
from gongxue.records.models import Application
from tests.records.city import LATER, document, found_draft, put, put_into

As = Callable[[Actor], Client]
pytestmark = pytest.mark.usefixtures("stopped_clock")
LIVE = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "\t=1+1", '=HYPERLINK("http://x","y")']


def fetched(client: Client, kind: str, query: str = "") -> bytes:
    answer = client.get(f"/city/applications.{kind}{query}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    return b"".join(answer.streaming_content)  # type: ignore[arg-type]  # a file's


def rows(kind: str, data: bytes) -> list[list[object]]:
    if kind == "csv":
        return [list(row) for row in csv.reader(io.StringIO(data.decode("utf-8-sig")))]
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_a_sheet_says_what_the_list_says(city: SimpleNamespace, as_: As, draft: Application, kind: str) -> None:
    head, row = rows(kind, fetched(as_(city.officer), kind))
    told = {str(name): str(value).removesuffix(".0") for name, value in zip(head, row, strict=True)}
    assert told["社群"] == "繪本說演共學社群"
    assert (told["學校"], told["類別"], told["狀態"], told["人數"], told["申請金額"]) == (
        "東園國小",
        "專業自主學習社群",
        "草稿",
        "4",
        "4382",
    )
    assert told["召集人"] == document()["convener"]["name"]
    assert told["編號"] == str(draft.pk)


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
@pytest.mark.parametrize("typed", LIVE)
def test_what_people_typed_stays_text(city: SimpleNamespace, as_: As, draft: Application, kind: str, typed: str) -> None:
    edit(draft.pk, [put("name", draft.name, typed)], actor=city.convener, at=LATER)
    name = rows(kind, fetched(as_(city.officer), kind))[1][0]
    assert str(name).removeprefix("'").strip() == typed.strip()
    assert str(name).startswith("'") == (kind == "csv")
    assert isinstance(name, str)


def test_what_is_filtered_is_what_goes_out(city: SimpleNamespace, as_: As, draft: Application) -> None:
    put_into(found_draft(city, "thematic"), "submitted")
    client = as_(city.auditor)
    assert [len(rows("csv", fetched(client, "csv", query))) - 1 for query in ("", "?state=sent", "?q=沒有", "?tier=autonomous")] == [
        2,
        1,
        0,
        1,
    ]


def test_the_exchange_format_is_read_by_the_command_line(city: SimpleNamespace, as_: As, draft: Application, tmp_path: Path) -> None:
    found_draft(city, "curriculum")
    data = fetched(as_(city.officer), "ndjson")
    file = tmp_path / "applications.ndjson"
    file.write_bytes(data)
    read = [each.application for each in read_in([str(file)])]
    assert {each.name for each in read} == {document()["name"], document("curriculum")["name"]}
    assert sorted((json.loads(line) for line in data.splitlines()), key=lambda each: each["tier"]) == [document(), document("curriculum")]


@pytest.mark.parametrize("kind", ["json", "exe", "pdf"])
def test_a_kind_that_there_is_not(city: SimpleNamespace, as_: As, kind: str) -> None:
    assert as_(city.officer).get(f"/city/applications.{kind}").status_code == 404


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_the_schools_progress_as_a_sheet(city: SimpleNamespace, as_: As, draft: Application, kind: str) -> None:
    answer = as_(city.officer).get(f"/city/schools.{kind}?q=東園")
    assert rows(kind, b"".join(answer.streaming_content))[1][:4][:3] == ["東園國小", "新竹市東區東園國民小學", "撰寫中"]  # type: ignore[arg-type]  # a file's
