"""Reads TOML files strictly: what is unknown, missing, doubled, blank or negative fails with file, key and what was expected.

This is on the path of every check, so what only a file with a mistake needs is imported when there is one.
"""

import datetime
import os
import tomllib
from fractions import Fraction
from typing import Any, Final, TypeVar

import msgspec

from gongxue.rules.malformed import visible
from gongxue.rules.text import Language, Text

Record = TypeVar("Record", bound=msgspec.Struct)
Place = str | os.PathLike[str]

MOST_BYTES: Final = 2_000_000
"""No programme and no register of schools is larger; a device that never ends is refused too."""
MOST: Final = 1_000_000_000
"""No figure of a plan is larger."""
_LONGEST_SHARE: Final = 16
_LONGEST_PART: Final = 300
"""Characters of a file's name, a key, an explanation that are told."""


class ProgrammeError(Exception):
    """A programme file that cannot be used: which file, which key, what was expected."""

    def __init__(self, file: str, key: str, expected: Text) -> None:
        super().__init__(f"{file}: {key}: {expected.en}" if key else f"{file}: {expected.en}")
        self.file, self.key, self.expected = file, key, expected

    def in_language(self, language: Language) -> str:
        """One line for people: file, key, what was expected; nothing in it moves the cursor, and no part of it is endless."""
        parts = (self.file, self.key, self.expected.in_language(language))
        short = [visible(part[:_LONGEST_PART]) + ("…" if len(part) > _LONGEST_PART else "") for part in parts if part]
        return ("：" if language == "zh" else ": ").join(short)


def read_text(path: Place) -> str:
    """The text of the file at `path` (UTF-8, a BOM is passed over); raises ProgrammeError."""
    name = os.fspath(path)
    try:
        with open(name, "rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise ProgrammeError(name, "", Text(f"應在 {MOST_BYTES:,} 位元組以內", f"must be at most {MOST_BYTES:,} bytes"))
        return data.decode("utf-8-sig")
    except OSError as error:
        raise ProgrammeError(name, "", Text(f"檔案打不開（{error.strerror}）", f"cannot be opened ({error.strerror})")) from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        expected = Text(f"應為 UTF-8 編碼（第 {line} 行）", f"must be UTF-8 (line {line})")
        raise ProgrammeError(os.path.basename(name), "", expected) from None
    except ValueError:
        raise ProgrammeError(repr(name), "", Text("檔名不能含有 NUL", "a file name cannot hold NUL")) from None


def read_table(path: Place) -> dict[str, Any]:
    """The TOML file at `path` as a table, with no blank text and no negative number in it; raises ProgrammeError."""
    text, file = read_text(path), os.path.basename(path)
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        from gongxue.rules.toml_faults import syntax

        raise ProgrammeError(file, *syntax(text, error)) from None
    if _has_plain_fault(table):
        from gongxue.rules.toml_faults import plain

        raise ProgrammeError(file, *plain(table, is_plain_fault))
    return table


def fit(table: dict[str, Any], record: type[Record], file: str) -> Record:
    """The `record` that `table` holds; raises ProgrammeError with the first key that does not fit."""
    try:
        return _convert(table, record)
    except msgspec.ValidationError as error:
        from gongxue.rules.toml_faults import misfit

        raise ProgrammeError(file, *misfit(table, record, str(error), _convert)) from None


def _convert(table: dict[str, Any], record: type[Record]) -> Record:
    # Naming the dates as types of TOML keeps msgspec from reading text as dates.
    return msgspec.convert(table, record, dec_hook=_share, builtin_types=(datetime.date, datetime.datetime))


def _share(kind: type, value: object) -> Fraction:
    """A Fraction from 0 to 1 written as text."""
    if kind is Fraction and isinstance(value, str) and value.isascii() and len(value) <= _LONGEST_SHARE:
        if value.endswith("%"):
            whole, point, places = value.removesuffix("%").partition(".")
            top, bottom = whole + places, str(10 ** (2 + len(places)))
        else:
            top, point, bottom = value.partition("/")
            whole = places = top
        if whole.isdigit() and (places.isdigit() or not point) and bottom.isdigit() and 0 <= int(top) <= int(bottom) != 0:
            return Fraction(int(top), int(bottom))
    raise ValueError("share")


def _has_plain_fault(table: dict[str, Any]) -> bool:
    nodes: list[Any] = [table]
    for node in nodes:
        if type(node) is dict:
            nodes.extend(node)
            nodes.extend(node.values())
        elif type(node) is list:
            nodes.extend(node)
        elif is_plain_fault(node):
            return True
    return False


def is_plain_fault(value: object) -> bool:
    """Whether a single value is wrong wherever it stands: blank text, or a number below 0 or above all reason."""
    if type(value) is str:
        return not value.strip()
    return type(value) is int and not 0 <= value <= MOST
