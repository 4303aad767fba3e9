"""附件一: what one school applies for, a row for each community, as a tree of blocks.

A community stands with its money at the school that handles it, and without money at the other schools of a cross-school community, where
the note names the school that does (伍、二、備註2). People and sessions are counted wherever it stands; the city counts it once.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from gongxue.documents.blocks import Blank, Block, Cell, Inline, Paper, Paragraph, Row, Seals, Table, Title
from gongxue.documents.cells import EMPTY, cell, figure, head, middle, said
from gongxue.documents.phrases.numbers import in_words
from gongxue.documents.phrases.quoting import tidy
from gongxue.documents.phrases.titles import summary_title
from gongxue.documents.snapshot import digest as digest_of
from gongxue.rules.application import Application
from gongxue.rules.check import totals
from gongxue.rules.numerals import money
from gongxue.rules.programme import Programme
from gongxue.rules.register import Register, school_key
from gongxue.rules.school_facts import Clerk, Principal, SchoolFacts

_SPARE_ROWS: Final = 4
_NO_MONEY: Final = "－"
_COLUMNS: Final = (
    "項次",
    "類別\n（填編號）",
    "社群名稱",
    "是否為\n跨校社群",
    "參與\n人數",
    "辦理\n次數",
    "申請\n經費",
    "備註\n（若為跨校社群請備註）",
)
_WIDTHS: Final = (1.3, 2.0, 4.6, 1.9, 1.3, 1.3, 1.9, 4.4)


class _Entry(msgspec.Struct, frozen=True):
    """One community as it stands on this school's sheet; `amount` is None where another school handles the money."""

    application: Application
    tier: int | None
    people: int
    sessions: int
    amount: int | None
    note: str


def school_summary(
    applications: Sequence[Application], programme: Programme, school: SchoolFacts, version: str = "", digest: str | None = None
) -> Paper:
    """The sheet of one school. What the school does not tell of itself prints as blanks; its name is found from the applications where
    they agree."""
    own = tidy(school.school) or _school_of_all(applications, programme.register)
    entries = [_entry(application, programme, own) for application in applications]
    form = programme.forms.get("school_summary")
    title = summary_title(programme)
    blocks: list[Block] = [Paragraph(((form.annex,),))] if form is not None and form.annex else []
    blocks += [Title(title), _school(school, own, programme), _communities(entries), _subtotals(entries, programme)]
    if form is not None and form.chain:
        blocks.append(Seals(tuple(step.label for step in form.chain)))
    return Paper(
        title=title,
        blocks=tuple(blocks),
        version=version or f"{programme.id} v{programme.version}",
        digest=digest_of({"applications": list(applications), "school": school}) if digest is None else digest,
    )


def _school_of_all(applications: Sequence[Application], register: Register | None) -> str | None:
    """The school that has to do with every application, the one that handles the first one's money before others; None where none does."""
    schools = [_schools(application, register) for application in applications]
    for key, name in schools[0].items() if schools else ():
        if all(key in each for each in schools):
            return name
    return None


def _schools(application: Application, register: Register | None) -> dict[str, str]:
    """The schools of an application by what makes them equal, the one that handles the money first, then the people's."""
    people = (application.convener, *(application.members or ()))
    names = (application.fiscal_school, *(person.school for person in people if person is not None))
    found: dict[str, str] = {}
    for name in names:
        if name and name.strip():
            found.setdefault(school_key(register, name), name.strip())
    return found


def _entry(application: Application, programme: Programme, own: str | None) -> _Entry:
    register = programme.register
    reckoned = totals(application, programme)
    tier = programme.tier(application.tier)
    here = own is None or school_key(register, application.fiscal_school) == school_key(register, own)
    return _Entry(
        application,
        tier.number if tier is not None else None,
        reckoned.people,
        reckoned.sessions,
        reckoned.requested if here else None,
        _note(application, register, own or application.fiscal_school, here),
    )


def _note(application: Application, register: Register | None, own: str | None, here: bool) -> str:
    """Who handles the money, where it is not this school; the other schools of the community."""
    fiscal = school_key(register, application.fiscal_school)
    schools = _schools(application, register)
    partners = [_short(name, register) for key, name in schools.items() if key not in (school_key(register, own), fiscal)]
    parts = [] if here else [f"經費由{_short(application.fiscal_school, register) or '（未填）'}辦理"]
    if application.cross_school and partners:
        parts.append(f"夥伴學校：{'、'.join(partners)}")
    return "；".join(parts)


def _short(name: str | None, register: Register | None) -> str:
    school = register.find(name) if register is not None else None
    return school.name if school is not None else (name or "").strip()


# Tables


def _school(school: SchoolFacts, own: str | None, programme: Programme) -> Table:
    known = programme.register.find(own) if programme.register is not None else None
    principal, clerk = school.principal or Principal(), school.clerk or Clerk()
    name = known.official_name if known is not None else own
    classes: Inline = f"{school.classes} 班" if school.classes is not None else Blank("classes")
    rows = [
        Row((head("學校"), _told(name, "school", columns=4), head("班級數"), said(classes, "classes", columns=2))),
        Row((head("校長"), _told(principal.name, "principal.name", columns=3), *_reached(principal, "principal"))),
        Row((head("承辦人"), _told(clerk.name, "clerk.name"), head("職稱"), _told(clerk.title, "clerk.title"), *_reached(clerk, "clerk"))),
    ]
    if programme.tiers:
        listed = [f"「{tier.number}.{tier.label.zh}」" for tier in programme.tiers]
        kinds = f"{'、'.join(listed[:-1])}及{listed[-1]}" if len(listed) > 1 else listed[0]
        rows.append(Row((said(f"社群類別：{kinds}。", columns=8),)))
    return Table("學校基本資料", (1.5, 1.9, 1.1, 2.4, 1.4, 3.1, 1.6, 5.5), tuple(rows))


def _reached(person: Principal | Clerk, path: str) -> tuple[Cell, ...]:
    return (head("聯絡\n電話"), _told(person.phone, f"{path}.phone"), head("E-mail"), _told(person.email, f"{path}.email"))


def _told(value: str | None, path: str, columns: int = 1) -> Cell:
    return said(tidy(value) or Blank(path), path, columns=columns)


def _communities(entries: list[_Entry]) -> Table:
    rows = [_community(entry, number) for number, entry in enumerate(entries, 1)]
    rows += [Row((EMPTY,) * len(_COLUMNS))] * (0 if entries else _SPARE_ROWS)
    people, sessions = sum(entry.people for entry in entries), sum(entry.sessions for entry in entries)
    asked = sum(entry.amount or 0 for entry in entries)
    total = head("總計：（參與人數、辦理次數、申請經費）", columns=4, align="end")
    figures = [figure(text) for text in (str(people), str(sessions), money(asked))] if entries else [EMPTY] * 3
    in_capitals = in_words(asked) if entries else "新臺幣　　　　　　元整"
    last = (
        Row((said("全文完", columns=len(_COLUMNS), align="center"),)),
        Row((total, *figures, EMPTY)),
        Row((head("經費合計", columns=4, align="end"), said(in_capitals, columns=4))),
    )
    return Table("申請社群", _WIDTHS, (Row(tuple(head(label) for label in _COLUMNS)), *rows, *last), head_rows=1)


def _community(entry: _Entry, number: int) -> Row:
    application, path = entry.application, f"applications[{number - 1}]"
    must_say = application.cross_school and not entry.note
    return Row(
        (
            middle(str(number)),
            said(str(entry.tier) if entry.tier is not None else Blank(f"{path}.tier"), align="center"),
            _told(application.name, f"{path}.name"),
            middle("是" if application.cross_school else "否"),
            figure(str(entry.people)),
            figure(str(entry.sessions)),
            figure(money(entry.amount) if entry.amount is not None else _NO_MONEY),
            said(Blank(f"{path}.note") if must_say else entry.note),
        )
    )


def _subtotals(entries: list[_Entry], programme: Programme) -> Table:
    tiers = programme.tiers
    rows = [Row((head("社群\n小計", rows=len(tiers) + 1), head("項次"), head("類型"), head("數量")))]
    for tier in tiers:
        count = sum(entry.tier == tier.number for entry in entries)
        rows.append(Row((middle(str(tier.number)), cell(((tier.label.zh,),)), middle(str(count) if entries else ""))))
    return Table("社群小計", (2, 2, 8, 3), tuple(rows))
