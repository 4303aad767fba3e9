"""People pasted from a spreadsheet or a list, read into rows of members. Pure functions."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from gongxue.records.document import Document
from gongxue.rules.register import Register, normal, school_key

_CELLS: Final = re.compile(r"\t|[,，、;；|]|\s{2,}")
_HEADS: Final = frozenset(
    {"學校", "服務學校", "姓名", "成員", "教師", "任教科目", "科目", "備註", "序號", "編號", "school", "name", "subject", "note"}
)
_NUMBER: Final = re.compile(r"\d{1,3}[.．]?")
MOST_CELLS: Final = 3
"""Beside the school: name, subject, note."""


def pasted(text: str, register: Register, home: str) -> Iterator[Document]:
    """One member a line: the cell that is a school of the register is the school, the others are name, subject and note in this order.

    Cells are parted by tabs, commas or wide blanks; a line of headings and numbers in front are passed over. Without a school it is `home`.
    """
    for line in unicodedata.normalize("NFC", text).splitlines():
        cells = [cell.strip() for cell in _CELLS.split(line.strip())]
        cells = [cell for cell in cells if cell]
        if cells and _NUMBER.fullmatch(cells[0]):
            cells = cells[1:]
        if not cells or {cell.casefold() for cell in cells} <= _HEADS:
            continue
        yield _member(cells if len(cells) > 1 else cells[0].split(), register, home)


def _member(cells: list[str], register: Register, home: str) -> Document:
    at = next((number for number, cell in enumerate(cells) if register.find(cell) is not None), None)
    school = home if at is None else cells[at]
    others = [cell for number, cell in enumerate(cells) if number != at]
    found = register.find(school)
    row = {"school": found.official_name if found is not None else school, **dict(zip(("name", "subject"), others, strict=False))}
    if note := " ".join(others[MOST_CELLS - 1 :]):
        row["note"] = note
    return row


def who(row: Document, register: Register | None) -> tuple[str, str]:
    """What makes two rows one person: name and school as the rules compare them."""
    return normal(str(row.get("name") or "")), school_key(register, str(row.get("school") or ""))
