"""Lists as sheets: typed cells, nothing live in them, and the same content in every kind."""

import csv
import datetime
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from django.http import FileResponse
from lxml import etree
from python_calamine import CalamineWorkbook

from gongxue.records.refusals import NotThere
from gongxue.rules.deadlines import TAIPEI
from gongxue.site.sheets import KINDS, Cell, Column, sheet

pytestmark = [pytest.mark.django_db]  # closing a response looks after the connection, as behind a server

NOON = datetime.datetime(2022, 3, 24, 4, 0, 0, 500, tzinfo=datetime.UTC)
WALL = NOON.astimezone(TAIPEI).replace(tzinfo=None, microsecond=0)
DAY = datetime.date(2022, 8, 1)
COLUMNS = (Column("name", "社群"), Column("asked", "申請金額", "int"), Column("day", "日期", "date"), Column("at", "時間", "instant"))
LIVE = [
    "=1+1",
    "+886-3",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "＝1+1",
    " =1",
    '=HYPERLINK("http://a.example","x")',
    "＠a",
    "{=1}",
    "https://a.example",
]
HARD = ["<b>&\"'", "a\nb", "  two  blanks ", "𠮷野", "_x0041_", "007", "1e5", "", "%s"]


def written(kind: str, rows: Iterator[tuple[Cell, ...]] | list[tuple[Cell, ...]]) -> bytes:
    return whole(sheet(kind, "東園國小 社群", COLUMNS, rows))


def whole(answer: FileResponse) -> bytes:
    with closing(answer):
        return bytes(answer.getvalue())


def read(kind: str, data: bytes) -> list[list[Any]]:
    """The rows as a spreadsheet sees them."""
    if kind == "csv":
        return [list(row) for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))]
    if kind == "json":
        return [["社群"], *[list(row.values()) for row in json.loads(data)]]
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_cell_of_a_spreadsheet_is_what_its_column_is(kind: str) -> None:
    rows = read(kind, written(kind, [("甲", 12_345, DAY, NOON), ("乙", None, None, None)]))
    assert rows[0] == ["社群", "申請金額", "日期", "時間"]
    assert rows[1] == ["甲", 12_345, DAY, WALL]
    assert rows[2] == ["乙", "", "", ""]


def test_json_tells_an_instant_with_its_zone_and_csv_the_wall_clock() -> None:
    rows = [("甲", 12_345, DAY, NOON)]
    assert json.loads(written("json", rows)) == [
        {"name": "甲", "asked": 12_345, "day": "2022-08-01", "at": "2022-03-24T12:00:00.000500+08:00"}
    ]
    assert written("csv", rows).decode("utf-8") == "\ufeff社群,申請金額,日期,時間\r\n甲,12345,2022-08-01,2022-03-24 12:00:00\r\n"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("words", [*LIVE, *HARD])
def test_what_people_typed_stays_text(kind: str, words: str) -> None:
    seen = read(kind, written(kind, [(words, 1, DAY, NOON)]))[1][0]
    guarded = kind == "csv" and words in LIVE and words[0] not in "{h"
    seen_words = words.replace("\t", " ")
    assert seen == (f"'{seen_words}" if guarded else seen_words)


@pytest.mark.parametrize("words", LIVE)
def test_no_spreadsheet_holds_a_formula_or_a_link(words: str) -> None:
    with zipfile.ZipFile(io.BytesIO(written("xlsx", [(words, 1, DAY, NOON)]))) as book:
        page = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        assert [each.tag for each in page.iter() if etree.QName(each).localname in ("f", "hyperlink")] == []
    with zipfile.ZipFile(io.BytesIO(written("ods", [(words, 1, DAY, NOON)]))) as book:
        content = etree.fromstring(book.read("content.xml"))
        assert [each for each in content.iter() if any("formula" in name for name in each.attrib)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_no_sheet_can_hold_is_left_out_and_what_is_too_long_is_cut(kind: str) -> None:
    seen = [row[0] for row in read(kind, written(kind, [("a\x00\x0bb\ufffe", 1, DAY, NOON), ("長" * 40_000, 1, DAY, NOON)]))[1:]]
    assert seen == ["ab", "長" * 32_000 + "…"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_list_is_a_sheet_too(kind: str) -> None:
    assert len(read(kind, written(kind, []))) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_that_breaks_half_way_gives_no_file(kind: str) -> None:
    def rows() -> Iterator[tuple[Cell, ...]]:
        yield ("甲", 1, DAY, NOON)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        sheet(kind, "x", COLUMNS, rows())


@pytest.mark.parametrize("kind", KINDS)
def test_the_answer_is_a_download_under_a_safe_name(kind: str) -> None:
    answer = sheet(kind, "東園/國小\n社群", COLUMNS, [("甲", 1, DAY, NOON)])
    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename*=utf-8''%E6%9D%B1%E5%9C%92%EF%BC%8F%E5%9C%8B%E5%B0%8F%20%E7%A4%BE%E7%BE%A4.{kind}"
    )
    assert answer.headers["Content-Type"] == KINDS[kind].content_type
    assert int(answer.headers["Content-Length"]) == len(whole(answer))


@pytest.mark.parametrize("kind", ["pdf", "", "XLSX", "../xlsx"])
def test_there_is_no_other_kind(kind: str) -> None:
    with pytest.raises(NotThere):
        sheet(kind, "x", COLUMNS, [])


@pytest.mark.parametrize("kind", KINDS)
def test_thousands_of_rows_come_out_as_they_went_in(kind: str) -> None:
    rows = [(f"社群 {number}", number, DAY, NOON) for number in range(3000)]
    seen = read(kind, written(kind, iter(rows)))
    assert (len(seen), [seen[1][0], seen[3000][0]]) == (3001, ["社群 0", "社群 2999"])
