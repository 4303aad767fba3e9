"""An application's document: the exchange shape plus a row id in every row, and the limits of what is taken in.

Pure functions: nothing here reads or writes the database.
"""

import math
import re
import secrets
from typing import Any, Final

import msgspec

from gongxue.records.refusals import ChangeError
from gongxue.rules import application as shapes
from gongxue.rules.application import Application
from gongxue.rules.exchange import read_record
from gongxue.rules.malformed import MalformedError
from gongxue.rules.text import Text

Document = dict[str, Any]

ID: Final = "id"
ROWS: Final[dict[str, type[msgspec.Struct]]] = {
    "history": shapes.PastYear,
    "members": shapes.Member,
    "sessions": shapes.Session,
    "outcomes": shapes.Outcome,
    "budget": shapes.BudgetLine,
    "materials": shapes.MaterialItem,
    "books": shapes.Book,
}
"""The lists of rows, and the shape of their rows."""

MOST_BYTES: Final = 1_000_000
MOST_ROWS: Final = 500
MOST_CHARACTERS: Final = 20_000
MOST_NUMBER: Final = 10**15
"""A number is smaller than this: whole ones fit every column even when 500 rows are summed, and JSON of any kind gives them back
unchanged."""

_DEEPEST: Final = 4
"""No field of the exchange shape is nested deeper."""
_ROW_ID = re.compile(r"[A-Za-z0-9_-]{1,32}", re.ASCII)
_BREAKS = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")
_FOREIGN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What no database, XML or paper takes: control characters, halves of characters, what is no character."""


def new_row_id() -> str:
    """A row id: short, random, safe in a path."""
    return secrets.token_hex(4)


def is_row_id(text: object) -> bool:
    """Whether `text` may stand as a row id: up to 32 ASCII letters, digits, - or _. Browsers make them too, for rows added offline."""
    return isinstance(text, str) and _ROW_ID.fullmatch(text) is not None


def with_ids(content: Document) -> Document:
    """An exchange document with a row id in every row that lacks one."""
    document = dict(content)
    for name in ROWS:
        if document.get(name):
            document[name] = [
                {ID: row.get(ID) or new_row_id(), **{key: value for key, value in row.items() if key != ID}} for row in document[name]
            ]
    return document


def with_new_ids(content: Document) -> Document:
    """A copy whose rows all have ids of their own, so that no path leads from one application into another."""
    return with_ids(without_ids(content))


def without_ids(document: Document) -> Document:
    """The exchange document: row ids left out."""
    content = dict(document)
    for name in ROWS:
        if content.get(name):
            content[name] = [{key: value for key, value in row.items() if key != ID} for row in content[name]]
    return content


def application_of(document: Document) -> Application:
    """The facts that rules and forms look at; raises msgspec.ValidationError where the shape is wrong."""
    return msgspec.convert(without_ids(document), Application)


def tidy(value: Any, path: str, depth: int = 0) -> Any:
    """`value` as it is kept: line breaks are LF, whole floats are integers, tuples are lists. Raises ChangeError for what cannot be kept.

    JSON of either database and the trail's digests must give back what was put in: hence no NaN, no endless number, no half character.
    """
    if depth > _DEEPEST:
        raise ChangeError(path[:200], Text("層數太多", "is nested too deep"))
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _tidy_text(value, path)
    if isinstance(value, int | float):
        if not math.isfinite(value) or not -MOST_NUMBER < value < MOST_NUMBER:
            raise ChangeError(path, Text("數字最多 15 位", "a number has at most 15 digits"))
        return int(value) if value == int(value) else value
    if isinstance(value, list | tuple):
        _check_rows(value, path)
        return [tidy(item, path, depth + 1) for item in value]
    if isinstance(value, dict):
        return {_tidy_text(str(key), path): tidy(item, f"{path}/{key}"[:200], depth + 1) for key, item in value.items()}
    raise ChangeError(path, Text("不是文字、數字、是否或清單", "is no text, number, yes or no, or list"))


def _check_rows(rows: list[Any] | tuple[Any, ...], path: str) -> None:
    if len(rows) > MOST_ROWS:
        raise ChangeError(path, Text(f"最多 {MOST_ROWS} 列，這裡有 {len(rows):,} 列", f"at most {MOST_ROWS} rows; here are {len(rows):,}"))


def _tidy_text(text: str, path: str) -> str:
    if len(text) > MOST_CHARACTERS:
        told = Text(
            f"最多 {MOST_CHARACTERS:,} 字，這裡有 {len(text):,} 字", f"at most {MOST_CHARACTERS:,} characters; here are {len(text):,}"
        )
        raise ChangeError(path, told)
    text = _BREAKS.sub("\n", text)
    if (foreign := _FOREIGN.search(text)) is not None:
        code = f"U+{ord(foreign[0]):04X}"
        raise ChangeError(
            path,
            Text(
                f"第 {foreign.start() + 1} 個字是不能保存的字元（{code}），請刪去",
                f"character {foreign.start() + 1} cannot be kept ({code})",
            ),
        )
    return text


def kept_value(record: type[msgspec.Struct], field: str, value: Any, path: str) -> Any:
    """`value` tidied, when it fits `field` of `record`; raises ChangeError with words of what was expected."""
    tidied = tidy(value, path)
    try:
        msgspec.convert(tidied, _types(record)[field])
    except msgspec.ValidationError as error:
        raise ChangeError(path, _expected(record, field, tidied, error)) from None
    return tidied


_TYPES: dict[type[msgspec.Struct], dict[str, Any]] = {}


def _types(record: type[msgspec.Struct]) -> dict[str, Any]:
    if record not in _TYPES:
        _TYPES[record] = {field.name: field.type for field in msgspec.structs.fields(record)}
    return _TYPES[record]


def _expected(record: type[msgspec.Struct], field: str, value: Any, error: msgspec.ValidationError) -> Text:
    """What should stand there, in the words in which a malformed file is told."""
    content = {field: value} if record is not Application or field == "programme" else {"programme": "-", field: value}
    try:
        read_record(msgspec.json.encode(content), record)
    except MalformedError as malformed:
        return malformed.wrong[0].expected
    return Text(f"不合格式（{error}）", f"does not fit the shape ({error})")


def checked(content: Document) -> Document:
    """A whole document as it is kept, each row with its id; raises ChangeError with the first place that does not fit."""
    if not isinstance(content, dict):
        raise ChangeError("", Text("申請書應為一個物件", "an application is an object"))
    fields = _types(Application)
    for name, value in content.items():
        if name not in fields:
            raise ChangeError(str(name)[:100], Text("沒有這個欄位", "there is no such field"))
        if name in ROWS and not (value is None or (isinstance(value, list | tuple) and all(isinstance(row, dict) for row in value))):
            raise ChangeError(name, Text("應為列的清單", "must be a list of rows"))
    document = with_ids(content)
    for name in document:
        document[name] = _checked_rows(name, document[name]) if name in ROWS else kept_value(Application, name, document[name], name)
    if not document.get("programme"):
        raise ChangeError("programme", Text("必填，不可空白", "is required and must not be blank"))
    check_size(document)
    return document


def _checked_rows(name: str, rows: list[Document] | None) -> list[Document] | None:
    if rows is None:
        return None
    _check_rows(rows, name)
    seen: set[str] = set()
    kept = []
    for row in rows:
        row_id = row[ID]
        if not is_row_id(row_id):
            raise ChangeError(
                name, Text("列的編號應為 1 至 32 個英文字母、數字、- 或 _", "a row id has 1 to 32 ASCII letters, digits, - or _")
            )
        if row_id in seen:
            raise ChangeError(f"{name}/{row_id}", Text("兩列用了同一個編號", "two rows bear one id"))
        seen.add(row_id)
        kept.append(kept_row(name, row_id, row))
    return kept


def kept_row(name: str, row_id: str, row: Document) -> Document:
    """A row of the list `name` as it is kept; raises ChangeError with the field that does not fit."""
    fields = _types(ROWS[name])
    content: Document = {ID: row_id}
    for field, value in row.items():
        if field == ID:
            continue
        path = f"{name}/{row_id}/{str(field)[:100]}"
        if field not in fields:
            raise ChangeError(path, Text("沒有這個欄位", "there is no such field"))
        content[field] = kept_value(ROWS[name], field, value, path)
    return content


def check_size(document: Document) -> None:
    """Raises ChangeError where the document is larger than is kept."""
    size = len(msgspec.json.encode(document))
    if size > MOST_BYTES:
        told = Text(
            f"整份申請書最多 {MOST_BYTES // 1000:,} KB，現在是 {size // 1000:,} KB",
            f"an application has at most {MOST_BYTES:,} bytes; now {size:,}",
        )
        raise ChangeError("", told)
