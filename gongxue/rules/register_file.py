"""Reads a programme's register of schools (CSV with a head) strictly."""

import os
from typing import Final

from gongxue.rules.malformed import visible
from gongxue.rules.register import Register, School
from gongxue.rules.text import Text
from gongxue.rules.toml_file import Place, ProgrammeError, read_text

COLUMNS: Final = ("key", "code", "name", "full_name", "level", "district", "founder", "participates", "classes", "code_is")


def read_register(programme_file: Place, name: str) -> Register:
    """The register that lies at `name`, a path relative to the programme's file; raises ProgrammeError."""
    own = os.path.basename(programme_file)
    if os.path.isabs(name):
        raise ProgrammeError(own, "register", Text("應為相對於本檔的檔名", "must be a file name relative to this file"))
    try:
        text = read_text(os.path.join(os.path.dirname(programme_file), name))
    except ProgrammeError as error:
        told = visible(name)
        expected = Text(f"名冊 {told}：{error.expected.zh}", f"the register {told} {error.expected.en}")
        raise ProgrammeError(own, "register", expected) from None
    rows = _rows(os.path.basename(name), text)
    if not rows or tuple(rows[0][1]) != COLUMNS:
        raise _error(name, 1, "", f"第一列應為 {','.join(COLUMNS)}", f"the first row must be {','.join(COLUMNS)}")
    schools = tuple(_school(name, number, row) for number, row in rows[1:])
    lines: dict[str, int] = {}
    for (number, _), school in zip(rows[1:], schools, strict=True):
        if (first := lines.setdefault(school.key, number)) != number:
            raise _error(name, number, "key", f"與第 {first} 列重複", f"is that of row {first}, too")
    return Register.of(schools)


def _rows(file: str, text: str) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, each with the number of its line."""
    if '"' not in text:
        lines = text.replace("\r\n", "\n").split("\n")
        return [(number, line.split(",")) for number, line in enumerate(lines, start=1) if line]
    import csv  # On the path of every check; only a register with quotation marks needs it.

    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        return [(reader.line_num, row) for row in reader if row]
    except csv.Error as error:
        raise _error(file, reader.line_num, "", f"不是正確的 CSV（{error}）", f"not CSV ({error})") from None


def _school(file: str, number: int, row: list[str]) -> School:
    if len(row) != len(COLUMNS):
        raise _error(file, number, "", f"應有 {len(COLUMNS)} 欄，卻有 {len(row)} 欄", f"must have {len(COLUMNS)} columns, not {len(row)}")
    cell = dict(zip(COLUMNS, (text.strip() for text in row), strict=True))
    participates, classes = cell.pop("participates"), cell.pop("classes")
    for column in ("key", "name"):
        if not cell[column]:
            raise _error(file, number, column, "不可空白", "must not be blank")
    if participates not in ("yes", "no"):
        raise _error(file, number, "participates", "應為 yes 或 no", "must be yes or no")
    if classes and not (classes.isascii() and classes.isdigit() and len(classes) <= 4):
        raise _error(file, number, "classes", "應為整數或空白", "must be a whole number or empty")
    return School(**cell, participates=participates == "yes", classes=int(classes) if classes else None)


def _error(file: str, number: int, column: str, zh: str, en: str) -> ProgrammeError:
    return ProgrammeError(os.path.basename(file), f"line {number} {column}".rstrip(), Text(zh, en))
