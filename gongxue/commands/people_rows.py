"""Rows of a sheet of people: who, at which school, with which posts, from when."""

import datetime
import re
from collections.abc import Mapping
from typing import Final

from gongxue.commands.sheets import Row
from gongxue.records.arrivals import Arrival, Arrived, Given
from gongxue.rules.access import CITY_POSTS, ROLES, SCHOOL_POSTS
from gongxue.rules.register import Register
from gongxue.rules.text import Text
from gongxue.rules.written import Refusal, shown
from gongxue.rules.written_dates import parse_date

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "school": ("學校", "服務學校", "school code", "學校代碼"),
    "name": ("姓名", "full name"),
    "subject": ("任教科目", "科目", "任教科目/年級"),
    "email": ("電子郵件", "E-mail", "e-mail", "mail", "信箱"),
    "posts": ("職務", "身分", "post", "role", "roles"),
    "title": ("職稱",),
    "first": ("起日", "開始日", "from"),
    "last": ("迄日", "結束日", "until", "to"),
}
REQUIRED: Final = ("name", "email", "posts")
_BETWEEN: Final = re.compile(r"[、,，;；/／\n]+")
_WORDS: Final = {
    **{code: code for code in ROLES},
    **{label.zh: code for code, label in ROLES.items()},
    **{label.en: code for code, label in ROLES.items()},
    "教師": "member", "老師": "member", "社群成員": "member", "召集人": "member", "teacher": "member", "學校承辦人": "clerk", "clerk": "clerk",
    "主任": "director", "教務主任": "director", "會計主任": "accountant", "主計": "accountant", "市府承辦人": "officer", "審查": "reviewer",
}  # fmt: skip
"""How people write a post. Nobody is given the convener's: conveners are who begins a community."""


class RowError(Exception):
    """A row that cannot be read."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def arrivals(rows: list[Row], register: Register, keys: Mapping[str, int], today: datetime.date) -> tuple[list[Arrival], list[Arrived]]:
    """What the rows ask for, and those that cannot be read, each with its error. `keys` are our schools' primary keys by key."""
    read: list[Arrival] = []
    wrong: list[Arrived] = []
    for row in rows:
        try:
            read.append(_arrival(row, register, keys, today))
        except RowError as error:
            wrong.append(Arrived(row.line, error=error.text))
    return read, wrong


def _arrival(row: Row, register: Register, keys: Mapping[str, int], today: datetime.date) -> Arrival:
    cells = row.cells
    school = _school(cells.get("school", ""), register, keys)
    first, last = _date(cells.get("first", "")) or today, _date(cells.get("last", ""))
    posts = tuple(_given(word, school, first, last) for word in _BETWEEN.split(cells["posts"]) if word.strip())
    if not posts:
        raise RowError(Text("沒有職務。", "The post is missing."))
    return Arrival(row.line, cells["email"], cells["name"], cells.get("subject", ""), cells.get("title", ""), posts)


def _school(text: str, register: Register, keys: Mapping[str, int]) -> int | None:
    if not text or text in ("市府", "教育處", "city"):
        return None
    found = register.find(text)
    if found is None or found.key not in keys:
        told = shown(text)
        raise RowError(
            Text(f"名單裡沒有「{told}」這所學校（可寫代碼、全名或簡稱）。", f"No school is known as “{told}” (code, full or short name).")
        )
    return keys[found.key]


def _given(word: str, school: int | None, first: datetime.date, last: datetime.date | None) -> Given:
    role = _WORDS.get(word.strip()) or _WORDS.get(word.strip().lower())
    if role is None or role not in (*SCHOOL_POSTS, *CITY_POSTS):
        known = [ROLES[code] for code in (*SCHOOL_POSTS, *CITY_POSTS)]
        told = shown(word)
        raise RowError(
            Text(
                f"沒有「{told}」這個職務；可寫{'、'.join(each.zh for each in known)}。",
                f"No post “{told}”; there are {', '.join(each.en for each in known)}.",
            )
        )
    return Given(role, None if role in CITY_POSTS else school, first, last)


def _date(text: str) -> datetime.date | None:
    if not text:
        return None
    written = parse_date(text)
    if isinstance(written, Refusal):
        raise RowError(written.reason)
    return written.date
