"""People pasted from a spreadsheet or a list, read into rows of members. Pure functions.

What comes from a spreadsheet keeps its columns: a heading names them, else the column that holds schools tells where the others stand. Only
the first of merged cells holds their text. A line of any other list is read by itself.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from gongxue.records.document import Document
from gongxue.rules.register import Register, School, normal, school_key

Table = list[list[str]]

_CELLS: Final = re.compile(r"[,，、;；|]|\s{2,}")
_HEADS: Final[dict[str, str]] = {
    **dict.fromkeys(("學校", "服務學校", "任職學校", "學校名稱", "校名", "單位", "服務單位", "school"), "school"),
    **dict.fromkeys(("姓名", "成員", "成員姓名", "社群成員", "教師", "教師姓名", "name"), "name"),
    **dict.fromkeys(("任教科目", "科目", "任教領域", "領域", "任教科目/年級", "任教科目(年級)", "subject"), "subject"),
    **dict.fromkeys(("備註", "note"), "note"),
    **dict.fromkeys(
        ("序號", "編號", "項次", "no", "no.", "職稱", "職務", "身分", "title", "email", "e-mail", "電子郵件", "電話", "性別"), ""
    ),
}
"""What a column is by its heading: a field of a member, or "" for what the form has no place for."""
_NUMBER: Final = re.compile(r"\d{1,3}[.．]?")
_TITLE: Final = re.compile(r"(代理|代課|專任|兼任|實習|級任|科任)?(教師|老師|導師)(兼\S*)?|\S{0,4}(組長|主任)|校長")
_CITY: Final = re.compile(r"^(新竹市)?((東|北|香山)區)?(市立)?")
_ORDER: Final = ("name", "subject", "note")


def pasted(text: str, register: Register, home: str) -> Iterator[Document]:
    """One member a line, in the lines' order. Without a school it is `home`; headings, numbers in front and titles are passed over."""
    text = unicodedata.normalize("NFC", text)
    if "\t" in text:
        lines, is_torn = text.splitlines(keepends=True), text.count('"') % 2  # one quote that stands alone would swallow all that follows
        cut = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE if is_torn else csv.QUOTE_MINIMAL)
        rows = [[" ".join(cell.split()) for cell in row] for row in cut]
        yield from _table([row for row in rows if any(row)], register, home)
        return
    for line in text.splitlines():
        cells = [cell for cell in (cell.strip() for cell in _CELLS.split(line.strip())) if cell]
        if cells and _NUMBER.fullmatch(cells[0]):
            cells = cells[1:]
        if cells and _headings(cells) is None:
            yield _member(cells if len(cells) > 1 else cells[0].split(), register, home)


def _table(rows: Table, register: Register, home: str) -> Iterator[Document]:
    """The members of a table. Where its first line has a school, a blank below one is the rest of a merged cell; else it means `home`."""
    width = max(map(len, rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    headed = next((found for row in rows if (found := _headings(row)) is not None), None)
    rows = [row for row in rows if _headings(row) is None]
    columns = headed or _columns(rows, register)
    above, is_merged = "", bool(rows) and any(name == "school" and cell for name, cell in zip(columns, rows[0], strict=False))
    for row in rows:
        said: dict[str, list[str]] = {}
        for name, cell in zip(columns, row, strict=False):
            if name and cell:
                said.setdefault(name, []).append(cell)
        above = " ".join(said.pop("school", ())) or (above if is_merged else "")
        if said:
            yield _row(above or home, {name: " ".join(cells) for name, cells in said.items()}, register)


def _headings(row: Sequence[str]) -> list[str] | None:
    """What the columns are, where this is a line of headings: None where any cell is none."""
    cells = [normal(cell).casefold() for cell in row]
    if not any(cells) or any(cell and cell not in _HEADS for cell in cells):
        return None
    return [_HEADS.get(cell, "") for cell in cells]


def _columns(rows: Table, register: Register) -> list[str]:
    """What the columns of a table without headings are: the one with schools, then name, subject, note in this order."""
    filled = [[cell for cell in column if cell] for column in zip(*rows, strict=True)]
    schools = [sum(find(cell, register) is not None for cell in column) for column in filled]
    school = schools.index(max(schools)) if any(schools) else None
    numbers = filled and all(_NUMBER.fullmatch(cell) for cell in filled[0])
    others = [at for at, column in enumerate(filled) if column and at != school and not (at == 0 and numbers)]
    if len(others) > 1 and all(_TITLE.fullmatch(cell) for cell in filled[others[0]]):
        others = others[1:]
    names = dict(zip(others, _ORDER, strict=False))
    return ["school" if at == school else names.get(at, "note" if at in others else "") for at in range(len(filled))]


def _member(cells: list[str], register: Register, home: str) -> Document:
    at = next((number for number, cell in enumerate(cells) if find(cell, register) is not None), None)
    others = [cell for number, cell in enumerate(cells) if number != at]
    said = dict(zip(_ORDER[:-1], others, strict=False))
    if note := " ".join(others[len(_ORDER) - 1 :]):
        said["note"] = note
    return _row(home if at is None else cells[at], said, register)


def _row(school: str, said: dict[str, str], register: Register) -> Document:
    found = find(school, register)
    return {"school": found.official_name if found is not None else school, **said}


def find(text: str, register: Register) -> School | None:
    """The school that a list means: lists write the city before a short name, or leave the district out of a full one."""
    short = _CITY.sub("", normal(text)).replace("國民小學", "國小").replace("國民中學", "國中")
    return register.find(text) or register.find(short)


def who(row: Document, register: Register | None) -> tuple[str, str]:
    """What makes two rows one person: name and school as the rules compare them."""
    return normal(str(row.get("name") or "")), school_key(register, str(row.get("school") or ""))
