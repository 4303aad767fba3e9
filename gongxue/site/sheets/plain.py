"""CSV for spreadsheets and JSON for programs."""

import csv
import datetime
import io
from typing import IO

import msgspec

from gongxue.rules.deadlines import TAIPEI
from gongxue.site.sheets.columns import Cell, Columns, Rows, text_of, wall_clock

_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What begins a formula in one spreadsheet or another; the wide forms in some East Asian ones."""
_BLANKS = " \u3000\xa0"


def write_csv(title: str, columns: Columns, rows: Rows, out: IO[bytes]) -> None:
    """CSV in UTF-8 with the mark by which spreadsheets know it. A text that would be taken for a formula begins with an apostrophe."""
    text = io.TextIOWrapper(out, "utf-8-sig", newline="", write_through=False)
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow([_guarded(column.label) for column in columns])
    for row in rows:
        lines.writerow([_guarded(cell) for cell, _column in zip(row, columns, strict=True)])
    text.flush()
    text.detach()


def _guarded(cell: Cell) -> str | int:
    if cell is None:
        return ""
    if isinstance(cell, int):
        return int(cell)
    if isinstance(cell, datetime.date):
        return str(wall_clock(cell) if isinstance(cell, datetime.datetime) else cell)
    words = text_of(cell)
    return f"'{words}" if words.lstrip(_BLANKS).startswith(_LIVE) else words


def write_json(title: str, columns: Columns, rows: Rows, out: IO[bytes]) -> None:
    """A list of objects, one a line, under the columns' names; an instant carries its zone, nothing is null."""
    names = [column.name for column in columns]
    out.write(b"[")
    for number, row in enumerate(rows):
        out.write(b",\n" if number else b"\n")
        out.write(msgspec.json.encode({name: _told(cell) for name, cell in zip(names, row, strict=True)}))
    out.write(b"\n]\n")


def _told(cell: Cell) -> Cell:
    if isinstance(cell, datetime.datetime):
        return cell.astimezone(TAIPEI)
    return text_of(cell) if isinstance(cell, str) else cell
