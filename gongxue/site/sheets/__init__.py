"""Sheets: a list written as XLSX, ODS, CSV or JSON, in which what people typed stays text.

`sheet(kind, title, columns, rows)` is all that a view needs; `KINDS` are the kinds, in the order in which an export menu offers them.
"""

from gongxue.site.sheets.answer import KINDS, sheet
from gongxue.site.sheets.columns import Cell, Column, Columns, Rows

__all__ = ["KINDS", "Cell", "Column", "Columns", "Rows", "sheet"]
