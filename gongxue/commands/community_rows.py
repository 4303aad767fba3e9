"""Communities approved in earlier years, from NDJSON in the exchange format or from a sheet with a row each."""

import re
from pathlib import Path
from typing import Any, Final

import msgspec

from gongxue.commands.console import Console
from gongxue.commands.inputs import JSON, NDJSON, applications
from gongxue.commands.site_at_hand import tell_all
from gongxue.records.arrivals import Arrived
from gongxue.records.past_years import Past
from gongxue.rules.malformed import MalformedError
from gongxue.rules.programme import Programme
from gongxue.rules.register import normal
from gongxue.rules.text import Text
from gongxue.rules.written import shown

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "school": ("學校", "核銷學校", "經費辦理校", "fiscal school"),
    "name": ("社群名稱", "名稱", "community"),
    "tier": ("類別", "申請類別"),
    "school_year": ("學年度", "年度", "year"),
    "convener": ("召集人",),
    "email": ("召集人電子郵件", "電子郵件", "e-mail"),
    "members": ("成員", "社群成員"),
    "summary": ("簡介", "摘要"),
}
REQUIRED: Final = ("school", "name", "tier", "school_year")
_BETWEEN: Final = re.compile(r"[、,，;；\n]+")
_MEMBER: Final = re.compile(r"(?P<name>[^(（]+)(?:[(（](?P<school>[^)）]+)[)）])?")


def past_communities(path: Path, programme: Programme, console: Console) -> tuple[list[Past], list[Arrived]]:
    """The communities of a file, and the rows that cannot be read, each with its error. Raises SheetError, OSError."""
    if path.suffix.lower() in (JSON, NDJSON):
        return _records(path)
    from gongxue.commands.sheets import read_sheet

    sheet = read_sheet(path, COLUMNS, REQUIRED)
    tell_all(sheet.notes, console)
    read: list[Past] = []
    wrong: list[Arrived] = []
    for row in sheet.rows:
        outcome = _document(row.cells, programme)
        if isinstance(outcome, Text):
            wrong.append(Arrived(row.line, error=outcome))
        else:
            read.append(Past(row.line, outcome))
    return read, wrong


def _records(path: Path) -> tuple[list[Past], list[Arrived]]:
    path.stat()  # a file that is not there is told as such, not as a wrong row
    read: list[Past] = []
    wrong: list[Arrived] = []
    for number, given in enumerate(applications([str(path)]), 1):
        line = int(given.source.rpartition(":")[2]) if path.suffix.lower() == NDJSON else number
        try:
            read.append(Past(line, msgspec.to_builtins(given.application)))
        except MalformedError as error:
            zh, en = "；".join(error.in_language("zh")), "; ".join(error.in_language("en"))
            wrong.append(Arrived(line, error=Text(zh, en)))
    return read, wrong


def _document(cells: dict[str, str], programme: Programme) -> dict[str, Any] | Text:
    """The exchange document of a row, or what is wrong with it."""
    year = cells["school_year"].removesuffix("學年度").strip()
    if not (year.isascii() and year.isdigit() and len(year) <= 3):
        told = shown(cells["school_year"])
        return Text(f"學年度應像 110，卻是「{told}」。", f"The school year looks like 110, not “{told}”.")
    tier = _tier(cells["tier"], programme)
    if tier is None:
        known = "、".join(each.label.zh for each in programme.tiers)
        told = shown(cells["tier"])
        return Text(f"沒有「{told}」這個類別；有{known}。", f"There is no tier “{told}”; there are {known}.")
    school = cells["school"]
    members = [_member(word, school) for word in _BETWEEN.split(cells.get("members", "")) if word.strip()]
    convener = {"name": cells.get("convener", ""), "school": school, "email": cells.get("email", "")}
    return {
        "programme": f"{programme.id.rpartition('-')[0]}-{year}",
        "name": cells["name"],
        "tier": tier,
        "fiscal_school": school,
        "convener": {key: value for key, value in convener.items() if value},
        "members": members,
        "cross_school": len({normal(each["school"]) for each in members} | {normal(school)}) > 1,
        **({"summary": cells["summary"]} if cells.get("summary") else {}),
    }


def _tier(text: str, programme: Programme) -> str | None:
    """The code of the tier that is meant: its code, its label, how the site calls it, or a label cut short (專題實踐), as lists have it."""
    word = normal(text).removesuffix("社群").removesuffix("學習")
    for tier in programme.tiers:
        label = normal(tier.label.zh).removesuffix("社群").removesuffix("學習")
        if word in (tier.code, normal(tier.short.zh), label):
            return tier.code
    return None


def _member(word: str, school: str) -> dict[str, str]:
    """陳志明, or 陳志明（三民國小) of another school."""
    match = _MEMBER.match(word.strip())
    if match is None:
        return {"name": word.strip(), "school": school}
    return {"name": match["name"].strip(), "school": (match["school"] or school).strip()}
