"""Names what is wrong in a TOML file that could not be used: the key, and what was expected there.

Only a file with a mistake pays for it, so it may be slow.
"""

import difflib
import re
import tomllib
from collections.abc import Callable
from typing import Any, Final

import msgspec

from gongxue.rules.malformed import quoted, visible
from gongxue.rules.places import choices_of, keys_of, kind_at
from gongxue.rules.text import Text

Fault = tuple[str, Text]

_HEADER = re.compile(r"\s*(\[\[?)\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"\s*((?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*=")
_PART = re.compile(r"[\w-]+|\"[^\"]*\"|'[^']*'")
_DOUBLED = re.compile(r"Cannot (?:overwrite|declare|mutate|redefine)|Duplicate inline table key '(.*)'", re.DOTALL)
_LINE = re.compile(r"\(at line (\d+), column \d+\)\Z")
_DIGITS = re.compile(r"[0-9_]{4000,}")
_FREE: Final = "[...]"
"""How msgspec writes a key of a free table."""


def syntax(text: str, error: Exception) -> Fault:
    """What keeps `text` from being TOML: the key of the line where reading stopped."""
    if isinstance(error, RecursionError):
        return "", Text("表格或清單套疊得太深", "tables or lists stand too deep in each other")
    told = str(error)
    lines = text.replace("\r\n", "\n").split("\n")
    if not isinstance(error, tomllib.TOMLDecodeError):
        # Python reads no number of more than 4,300 digits, and does not say where it stands.
        before = text[: max((match.start() for match in _DIGITS.finditer(text)), default=0)]
        return visible(_key_at(before.split("\n"))), Text("數字的位數太多", "a number of too many digits")
    match = _LINE.search(told)
    number = min(int(match[1]), len(lines)) if match else len(lines)
    key = _key_at(lines[:number])
    if doubled := _DOUBLED.match(told):
        key += f".{doubled[1]}" if doubled[1] else ""
        return visible(key), Text(f"這個鍵出現兩次，請刪去一個（第 {number} 行）", f"the key stands twice: remove one (line {number})")
    reason = visible(told.removesuffix(match[0]).strip() if match else told)
    zh, en = f"不是正確的 TOML，請改正第 {number} 行（{reason}）", f"not TOML: correct line {number} ({reason})"
    return visible(key) or f"line {number}", Text(zh, en)


def _key_at(lines: list[str]) -> str:
    """The last key that begins in `lines`, with the header it stands under: `tiers[1].cap`."""
    header = key = ""
    rows: dict[str, int] = {}
    for line in lines:
        if match := _HEADER.fullmatch(line):
            header, key = _header(match[2], match[1] == "[[", rows), ""
        elif match := _KEY.match(line):
            key = ".".join(_parts(match[1]))
    return ".".join(part for part in (header, key) if part)


def _header(written: str, is_row: bool, rows: dict[str, int]) -> str:
    """A header with the number of its row, where it is one of several."""
    place = ""
    parts = _parts(written)
    for index, part in enumerate(parts):
        place += f".{part}" if place else part
        if is_row and index == len(parts) - 1:
            rows[place] = rows.get(place, -1) + 1
        if place in rows:
            place += f"[{rows[place]}]"
    return place


def _parts(written: str) -> list[str]:
    return [part.strip("\"'") for part in _PART.findall(written)]


def plain(table: dict[str, Any], is_fault: Callable[[object], bool]) -> Fault:
    """The first blank text, and the first number below 0 or above all reason, in the order of the file."""
    nodes: list[tuple[str, Any]] = [("", table)]
    while nodes:
        place, node = nodes.pop()
        if type(node) is dict:
            if blank := [key for key in node if is_fault(key)]:
                return visible(f"{place}.{blank[0]}".lstrip(".")), Text("鍵不可空白", "a key must not be blank")
            nodes.extend((f"{place}.{key}".lstrip("."), value) for key, value in reversed(node.items()))
        elif type(node) is list:
            nodes.extend((f"{place}[{index}]", value) for index, value in reversed(list(enumerate(node))))
        elif is_fault(node):
            if isinstance(node, str):
                return visible(place), Text("不可空白；不用的鍵請整個刪去", "must not be blank; leave a key that is not used out")
            return visible(place), Text("應為 0 到 1,000,000,000 的整數", "must be a whole number from 0 to 1,000,000,000")
    return "", Text("有空白或負數", "holds a blank or a negative number")


def misfit(table: dict[str, Any], record: type[msgspec.Struct], told: str, convert: Callable[[dict[str, Any], Any], object]) -> Fault:
    """What msgspec `told` of a table that does not fit a `record`, with the key spelled out."""
    message, _, written = told.rpartition(" - at `$")
    if not message:
        message, written = told, ""
    place = written.removesuffix("`").removeprefix(".")
    kind = kind_at(record, place)
    if _FREE in place:
        place = _spelled_out(table, record, told, place, convert)
    if match := re.fullmatch(r"Object contains unknown field `(.*)`", message, re.DOTALL):
        return _joined(place, match[1]), _unknown(match[1], [field.encode_name for field in keys_of(kind)])
    if match := re.fullmatch(r"Object missing required field `(.*)`", message):
        return _joined(place, match[1]), Text("缺少這個鍵，請補上", "this key is missing: add it")
    return place, _expected(message, choices_of(kind))


def _joined(place: str, key: str) -> str:
    return visible(f"{place}.{key}" if place else key)


def _spelled_out(
    table: dict[str, Any], record: type[msgspec.Struct], told: str, place: str, convert: Callable[[dict[str, Any], Any], object]
) -> str:
    """`place` with the key of the free table in it, found by trying each key alone."""
    before, _, after = place.partition(_FREE)
    steps = before.split(".")
    keys: Any = table if "[" not in before else {}
    for step in steps:
        keys = keys.get(step, {})
    for key in keys:
        try:
            convert(_with_only(table, steps, key), record)
        except msgspec.ValidationError as error:
            if str(error) == told:
                return visible(f"{before}.{key}{after}")
    return place


def _with_only(table: dict[str, Any], steps: list[str], key: str) -> dict[str, Any]:
    """A copy of `table` in which the free table at `steps` has no other key."""
    if not steps:
        return {key: table[key]}
    return {**table, steps[0]: _with_only(table[steps[0]], steps[1:], key)}


def _unknown(key: str, known: list[str]) -> Text:
    near = difflib.get_close_matches(key[:100].strip().lower(), known, n=1)
    if near:
        return Text(f"沒有這個鍵，是否為 {near[0]}？", f"there is no such key; is it {near[0]}?")
    return Text(f"沒有這個鍵，這裡可用的有 {'、'.join(known)}", f"there is no such key; here are {', '.join(known)}")


_KINDS = {
    "int": Text("整數", "a whole number"),
    "float": Text("小數", "a decimal number"),
    "str": Text("文字", "text"),
    "bool": Text(" true 或 false", "true or false"),
    "array": Text("清單 [ … ]", "a list [ … ]"),
    "object": Text("表格 { … }", "a table { … }"),
    "date": Text("日期（如 2022-08-01）", "a date such as 2022-08-01"),
    "datetime": Text("日期時間（如 2022-03-31T00:00:00+08:00）", "a date and time such as 2022-03-31T00:00:00+08:00"),
    "time": Text("時刻", "a time of day"),
}
_SHARE = Text('文字寫的比率，如 "5%" 或 "1/2"，至多 100%', 'a share written as text, "5%" or "1/2", at most 100%')


def _expected(message: str, choices: tuple[str, ...]) -> Text:
    if message == "share":
        return Text(f"應為{_SHARE.zh}", f"must be {_SHARE.en}")
    if match := re.fullmatch(r"Invalid enum value '?(.*?)'?", message, re.DOTALL):
        told = quoted(match[1])
        return Text(f"應為{'、'.join(choices)}其中之一，卻是{told.zh}", f"must be one of {', '.join(choices)}, but is {told.en}")
    if match := re.match(r"Expected `(\w+).*, got `(\w+)`", message):
        expected, found = (_KINDS.get(word, Text(word, word)) for word in match.groups())
        return Text(f"應為{expected.zh}，卻是{found.zh}", f"must be {expected.en}, but is {found.en}")
    return Text(f"值不對（{visible(message)}）", visible(message))
