"""Rows of a filled form as records: members, sessions, outcomes, 附錄1, 附錄2."""

from collections.abc import Callable
from typing import TypeVar

from gongxue.documents.phrases.budget_lines import is_total
from gongxue.documents.phrases.labels import Section, is_example
from gongxue.documents.phrases.lead import read_lead
from gongxue.documents.phrases.methods import read_methods
from gongxue.documents.phrases.numbers import Doubts, read_money, read_whole
from gongxue.documents.phrases.place import read_place
from gongxue.documents.phrases.quoting import filled, read_text
from gongxue.documents.phrases.vocabulary import Vocabulary
from gongxue.documents.phrases.when import read_when
from gongxue.documents.reading.found import Found, FoundRow
from gongxue.documents.reading.telling import Telling, cell_place
from gongxue.rules.application import Book, MaterialItem, Member, Outcome, Session

Value = TypeVar("Value")


def told(telling: Telling, section: Section, row: FoundRow, column: str, read: Callable[[str, Doubts], Value]) -> Value:
    """What `read` makes of a cell; its doubts are told with their place."""
    doubts: Doubts = []
    value = read(row.text(column), doubts)
    telling.add(cell_place(section, row.number, column), doubts)
    return value


def members(found: Found) -> tuple[Member, ...]:
    """社群成員."""
    return tuple(
        Member(*(read_text(row.text(column)) for column in ("school", "name", "subject", "note"))) for row in found.section("members")
    )


def sessions(found: Found, words: Vocabulary, telling: Telling) -> tuple[Session, ...]:
    """三、年度進度規劃."""
    return tuple(_session(row, words, telling) for row in found.section("sessions"))


def _session(row: FoundRow, words: Vocabulary, telling: Telling) -> Session:
    when = told(telling, "sessions", row, "when", read_when)
    lead = told(telling, "sessions", row, "lead", lambda text, doubts: read_lead(text, words, doubts))
    methods = read_methods(row.text("methods"), words)
    place = read_place(row.text("place"))
    unknown = [code for code in methods.codes if code and words.methods and code not in words.methods]
    if unknown:
        listed = "、".join(unknown)
        telling.say(
            cell_place("sessions", row.number, "methods"),
            f"「{listed}」不在實施方式的表列之中。",
            f"“{listed}” is not in the list of methods.",
            row.text("methods"),
        )
    return Session(
        date=when.date,
        start=when.start,
        end=when.end,
        content=read_text(row.text("content")),
        methods=methods.codes or None,
        method_other=methods.other,
        host=lead.host,
        lecturer=lead.lecturer,
        place=place.place,
        online=place.online or None,
        classroom_practice=place.practice or methods.practice or None,
        public_lesson_teacher=place.teacher,
        open_to_city=place.open_to_city or None,
        note=place.note,
    )


def outcomes(found: Found) -> tuple[Outcome, ...]:
    """四、預期效益與檢核方式, the paper's example rows left out."""
    rows = [row for row in found.section("outcomes") if not any(map(is_example, row.texts.values()))]
    return tuple(Outcome(read_text(row.text("outcome")), read_text(row.text("check"))) for row in rows)


def materials(found: Found, telling: Telling) -> tuple[MaterialItem, ...]:
    """附錄1."""
    return tuple(_material(row, telling) for row in found.section("materials") if not is_total(row.text("line")))


def _material(row: FoundRow, telling: Telling) -> MaterialItem:
    unit = read_text(row.text("unit"))
    return MaterialItem(
        name=read_text(row.text("line")),
        quantity=told(telling, "materials", row, "quantity", lambda text, doubts: read_whole(text, doubts, unit or "")),
        unit=unit,
        unit_price=told(telling, "materials", row, "unit_price", read_money),
        amount=told(telling, "materials", row, "amount", read_money),
        note=read_text(row.text("note")),
    )


def books(found: Found, telling: Telling) -> tuple[Book, ...]:
    """附錄2."""
    return tuple(
        Book(
            read_text(row.text("title")),
            read_text(row.text("relevance")),
            told(telling, "books", row, "copies", lambda text, doubts: read_whole(text, doubts, _unit(text))),
        )
        for row in found.section("books")
    )


def _unit(text: str) -> str:
    """本 or 冊, whichever stands after the number."""
    last = filled(text).strip()[-1:]
    return last if last in ("本", "冊") else ""
