"""Reads a programme file (TOML) strictly: what is unknown, missing or doubled fails with file, key and remedy."""

import csv
import re
import tomllib
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from gongxue.rules.programme import Programme
from gongxue.rules.register import Register, School
from gongxue.rules.text import Language, Text

FOLDER = Path(__file__).parent / "programmes"
REGISTER_COLUMNS = ("key", "code", "name", "full_name", "level", "district", "founder", "participates", "classes", "code_is")


class ProgrammeError(Exception):
    """A programme file that cannot be used: which file, which key, what was expected."""

    def __init__(self, file: str, key: str, expected: Text) -> None:
        super().__init__(f"{file}: {key}: {expected.en}")
        self.file, self.key, self.expected = file, key, expected

    def in_language(self, language: Language) -> str:
        """One line for people: file, key, what was expected."""
        place = f"{self.file}：{self.key}：" if language == "zh" else f"{self.file}: {self.key}: "
        return (place if self.key else place[: -len(self.key) - 1]) + self.expected.in_language(language)


def known_programmes() -> tuple[str, ...]:
    """The ids of the programmes that are shipped."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml") if not path.stem.endswith(".clauses")))


def programme_path(programme_id: str) -> Path | None:
    """The file of a shipped programme, or None where there is none of that id."""
    return FOLDER / f"{programme_id}.toml" if programme_id in known_programmes() else None


@lru_cache(maxsize=64)
def load_programme(programme_id: str) -> Programme:
    """The shipped programme of that id; KeyError where nobody knows it."""
    path = programme_path(programme_id)
    if path is None:
        raise KeyError(programme_id)
    programme = read_programme(path)
    if programme.id != programme_id:
        raise ProgrammeError(path.name, "id", Text(f"應與檔名相同（{programme_id}）", f"must be the file's name ({programme_id})"))
    return programme


def read_programme(path: Path) -> Programme:
    """The programme in the file at `path`; raises ProgrammeError."""
    table = _table(path)
    register = table.pop("register", None)
    if register is not None and not isinstance(register, str):
        raise ProgrammeError(path.name, "register", Text("應為檔名", "must be a file name"))
    try:
        programme = msgspec.convert(table, Programme, dec_hook=_fraction)
    except msgspec.ValidationError as error:
        raise _unfit(path.name, error) from None
    if register is not None:
        programme = msgspec.structs.replace(programme, register=_register(path, register))
    for key, expected in _contradictions(programme):
        raise ProgrammeError(path.name, key, expected)
    return programme


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ProgrammeError(str(path), "", Text(f"檔案打不開（{error.strerror}）", f"cannot be opened ({error.strerror})")) from None
    except UnicodeDecodeError:
        raise ProgrammeError(path.name, "", Text("應為 UTF-8 編碼", "must be UTF-8")) from None
    except tomllib.TOMLDecodeError as error:
        told = str(error)
        doubled = re.match(r"Cannot (?:overwrite|declare|mutate|redefine)", told)
        zh = "同一個鍵出現兩次，請刪去一個" if doubled else "不是正確的 TOML，請改正這一行"
        en = "the key stands twice: remove one" if doubled else "not TOML: correct this line"
        raise ProgrammeError(path.name, _line_key(path, told), Text(f"{zh}（{told}）", f"{en} ({told})")) from None


def _line_key(path: Path, told: str) -> str:
    """The key on the line that tomllib names, else the line itself."""
    place = re.search(r"at line (\d+)", told)
    if place is None:
        return ""
    lines = path.read_text("utf-8-sig").splitlines()
    number = min(int(place[1]), len(lines))
    before = lines[number - 1].split("=")[0].strip(" []") if lines else ""
    return before or f"line {number}"


def _fraction(kind: type, value: object) -> Fraction:
    if kind is Fraction and isinstance(value, str) and (match := re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*%\s*|\s*(\d+)/(\d+)\s*", value)):
        if match[1]:
            return Fraction(match[1]) / 100
        if int(match[3]):
            return Fraction(int(match[2]), int(match[3]))
    raise ValueError('Expected a share written as "5%" or "1/2"')


_KINDS = {
    "int": Text("整數", "a whole number"),
    "str": Text("文字", "text"),
    "bool": Text("true 或 false", "true or false"),
    "array": Text("清單 [ … ]", "a list [ … ]"),
    "object": Text("表格 { … }", "a table { … }"),
    "date": Text("日期，如 2022-08-01", "a date such as 2022-08-01"),
    "datetime": Text("日期時間，如 2022-03-31T00:00:00+08:00", "a date and time such as 2022-03-31T00:00:00+08:00"),
}


def _unfit(file: str, error: msgspec.ValidationError) -> ProgrammeError:
    message, _, place = str(error).partition(" - at `")
    key = place.rstrip("`").removeprefix("$").removeprefix(".")
    if match := re.search(r"(missing required|unknown) field `(.+?)`", message):
        key = f"{key}.{match[2]}" if key else match[2]
        if match[1] == "unknown":
            return ProgrammeError(file, key, Text("沒有這個鍵，請刪去或改成認得的鍵", "no such key: remove it or correct its name"))
        return ProgrammeError(file, key, Text("缺少這個鍵，請補上", "this key is missing: add it"))
    if match := re.match(r"Expected `(\w+)", message):
        expected = _KINDS.get(match[1], Text(match[1], match[1]))
        return ProgrammeError(file, key, Text(f"應為{expected.zh}（{message}）", f"must be {expected.en} ({message})"))
    return ProgrammeError(file, key, Text(f"值不對（{message}）", message))


def _register(path: Path, name: str) -> Register:
    file = path.parent / name
    if Path(name).is_absolute():
        raise ProgrammeError(path.name, "register", Text("應為相對於本檔的檔名", "must be a file name relative to this file"))
    try:
        rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError):
        raise ProgrammeError(path.name, "register", Text(f"名冊 {name} 打不開", f"the register {name} cannot be read")) from None
    if not rows or tuple(rows[0]) != REGISTER_COLUMNS:
        raise ProgrammeError(name, "1", Text(f"第一列應為 {','.join(REGISTER_COLUMNS)}", f"first row must be {','.join(REGISTER_COLUMNS)}"))
    return Register.of(tuple(_school(name, number, row) for number, row in enumerate(rows[1:], start=2) if row))


def _school(file: str, number: int, row: list[str]) -> School:
    if len(row) != len(REGISTER_COLUMNS):
        raise ProgrammeError(file, str(number), Text(f"應有 {len(REGISTER_COLUMNS)} 欄", f"must have {len(REGISTER_COLUMNS)} columns"))
    cell = dict(zip(REGISTER_COLUMNS, row, strict=True))
    participates, classes = cell.pop("participates"), cell.pop("classes")
    if participates not in ("yes", "no"):
        raise ProgrammeError(file, f"{number} participates", Text("應為 yes 或 no", "must be yes or no"))
    if classes and not classes.isdecimal():
        raise ProgrammeError(file, f"{number} classes", Text("應為整數或空白", "must be a whole number or empty"))
    return School(**cell, participates=participates == "yes", classes=int(classes) if classes else None)


def _contradictions(programme: Programme) -> Iterator[tuple[str, Text]]:
    """Keys that contradict each other, with what was expected."""
    from gongxue.rules.registry import RULES

    for code in programme.rules:
        if code not in RULES:
            yield f"rules.{code}", Text("沒有這條規則", "there is no such rule")
    for name, values in (("tiers", [tier.code for tier in programme.tiers]), ("budget", [item.code for item in programme.budget])):
        if doubled := {value for value in values if values.count(value) > 1}:
            yield name, Text(f"代碼重複：{'、'.join(sorted(doubled))}", f"codes stand twice: {', '.join(sorted(doubled))}")
    for index, tier in enumerate(programme.tiers):
        if tier.advances_to is not None and programme.tier(tier.advances_to) is None:
            yield f"tiers[{index}].advances_to", Text("應為本計畫的類別代碼", "must be the code of a tier of this programme")
    for name, date in _dates(programme):
        told = [date.on, date.before, date.first and date.last, date.words]
        if sum(value is not None for value in told) != 1 or (date.first is None) != (date.last is None):
            yield f"dates.{name}", Text("應寫 on、before、first 與 last、words 其中一種", "must have one of: on, before, first and last, words")
        elif date.before is not None and date.before.tzinfo is None:
            yield f"dates.{name}.before", Text("應寫時區，如 +08:00", "must have a time zone such as +08:00")
        elif date.first is not None and date.last is not None and date.last < date.first:
            yield f"dates.{name}.last", Text("不應早於 first", "must not be before first")
    for code in programme.rules:
        for need in RULES[code].needs:
            if not has_figure(programme, need) and not is_unknown(programme, need):
                yield need, Text(f"規則 {code} 要用，請補上，或列入 unknown", f"rule {code} needs it: add it, or list it in `unknown`")


def _dates(programme: Programme) -> Iterator[tuple[str, Any]]:
    for name in programme.dates.__struct_fields__:
        if (date := getattr(programme.dates, name)) is not None:
            yield name, date


def has_figure(programme: Programme, need: str) -> bool:
    """Whether the programme has what `need` names, as in `figures.people_minimum`, `tiers.sessions` or `calendar`."""
    first, _, rest = need.partition(".")
    if first == "tiers" and rest:
        return all(getattr(tier, rest) is not None for tier in programme.tiers)
    value = getattr(programme, first)
    return (getattr(value, rest) if rest else value) not in (None, ())


def is_unknown(programme: Programme, need: str) -> bool:
    """Whether the programme says that it does not know what `need` names."""
    return any(need == name or need.startswith(f"{name}.") for name in programme.unknown)
