"""Reads a sheet of a person's: CSV (UTF-8, UTF-16 or CP950), XLSX, XLS or ODS. Its first row names the columns, in Chinese or English."""

import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from gongxue.rules.text import Text

MOST_ROWS: Final = 20_000
MOST_BYTES: Final = 20_000_000
BOOKS: Final = (".xlsx", ".ods", ".xls")


class SheetError(Exception):
    """A sheet that cannot be read; `text` says why, for people."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Row(msgspec.Struct, frozen=True):
    """One row: its number in the sheet, and the text of each known column, "" where blank."""

    line: int
    cells: dict[str, str]


class Sheet(msgspec.Struct, frozen=True):
    """The rows that hold anything; `notes` are for people, such as in which encoding the file was read."""

    rows: list[Row]
    notes: list[Text]


def read_sheet(path: Path, columns: Mapping[str, Sequence[str]], required: Sequence[str]) -> Sheet:
    """The sheet at `path`. `columns` are the known ones with every way to write their heading; a column that nobody knows is told.

    Raises SheetError (no such columns, no sheet, too large), OSError.
    """
    if path.stat().st_size > MOST_BYTES:
        raise SheetError(Text(f"檔案超過 {MOST_BYTES // 1_000_000} MB", f"the file is over {MOST_BYTES // 1_000_000} MB"))
    notes: list[Text] = []
    table = _book(path) if path.suffix.lower() in BOOKS else _csv(path.read_bytes(), notes)
    filled = [(number, cells) for number, cells in enumerate(table, 1) if any(cells)]
    if not filled:
        raise SheetError(Text("表格是空的", "the sheet is empty"))
    if len(filled) > MOST_ROWS:
        raise SheetError(Text(f"最多 {MOST_ROWS:,} 列", f"at most {MOST_ROWS:,} rows"))
    places = _places(filled[0][1], columns, required, notes)
    rows = [Row(number, {name: cells[at] if at < len(cells) else "" for name, at in places.items()}) for number, cells in filled[1:]]
    return Sheet([row for row in rows if any(row.cells.values())], notes)


def _places(heads: list[str], columns: Mapping[str, Sequence[str]], required: Sequence[str], notes: list[Text]) -> dict[str, int]:
    known = {_plain(word): name for name, words in columns.items() for word in (name, *words)}
    places: dict[str, int] = {}
    for at, head in enumerate(heads):
        name = known.get(_plain(head))
        if name is None and head:
            notes.append(Text(f"不認得「{head}」這一欄，沒有讀", f"the column “{head}” is not known and was passed over"))
        elif name in places:
            raise SheetError(Text(f"「{head}」這一欄有兩個", f"there are two columns “{head}”"))
        elif name is not None:
            places[name] = at
    if missing := [columns[name][0] for name in required if name not in places]:
        raise SheetError(Text(f"第一列要有這些欄名：{'、'.join(missing)}", f"the first row must name these columns: {', '.join(missing)}"))
    return places


def _plain(head: str) -> str:
    return "".join(unicodedata.normalize("NFKC", head).lower().replace("_", " ").replace("-", "").split())


def _csv(data: bytes, notes: list[Text]) -> list[list[str]]:
    text = _decoded(data, notes).replace("\0", "")
    head = text.split("\n", 1)[0]
    comma = max((",", ";", "\t"), key=head.count)
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=comma, strict=True)]
    except csv.Error as error:
        raise SheetError(Text(f"CSV 的寫法有誤（{error}）", f"this is no proper CSV ({error})")) from None


def _decoded(data: bytes, notes: list[Text]) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp950"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp950":
            notes.append(Text("以 Big5（CP950）讀取；請看看姓名對不對", "read as Big5 (CP950): see whether the names are right"))
        return text
    raise SheetError(Text("文字編碼應為 UTF-8 或 Big5（CP950）", "the text must be UTF-8 or Big5 (CP950)"))


def _book(path: Path) -> list[list[str]]:
    from python_calamine import CalamineWorkbook

    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False, nrows=MOST_ROWS + 2)
    except Exception as error:  # its errors share no other name: whatever it cannot read is no sheet
        raise SheetError(Text(f"不是讀得懂的試算表（{error}）", f"this is no spreadsheet that can be read ({error})")) from None
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: Any) -> str:
    """A cell as a person sees it: 183601.0 is 183601, a date is ISO."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if hasattr(cell, "isoformat"):
        return str(cell.isoformat())[:10]
    return str(cell).strip()
