"""XLSX, row by row: only one row is held in memory. Every cell is written as what its column is, so that no text becomes a formula."""

import datetime
from typing import IO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gongxue.site.sheets.columns import Cell, Columns, Rows, text_of, wall_clock

_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write(title: str, columns: Columns, rows: Rows, out: IO[bytes]) -> None:
    """Write the sheet into `out`."""
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties({"title": text_of(title)})
        page = book.add_worksheet()
        head = book.add_format({"bold": True, "bottom": 1})
        formats = {
            "text": None,
            "int": book.add_format({"num_format": "#,##0"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "instant": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        for at, column in enumerate(columns):
            page.set_column(at, at, column.width, formats[column.kind])
        page.freeze_panes(1, 0)
        for at, column in enumerate(columns):
            page.write_string(0, at, text_of(column.label), head)
        kinds = [formats[column.kind] for column in columns]
        for number, row in enumerate(rows, start=1):
            for at, (cell, kind) in enumerate(zip(row, kinds, strict=True)):
                _put(page, number, at, cell, kind)


def _put(page: Worksheet, row: int, column: int, cell: Cell, kind: Format | None) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, int):
        page.write_number(row, column, cell, kind)
    elif isinstance(cell, datetime.datetime):
        page.write_datetime(row, column, wall_clock(cell), kind)
    elif isinstance(cell, datetime.date):
        page.write_datetime(row, column, cell, kind)
    else:
        page.write_string(row, column, text_of(cell))
