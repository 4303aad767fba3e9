"""What lists need of a document, kept in columns beside it and written in the same transaction; and recomputed to prove that they agree."""

import unicodedata
from typing import Any

import msgspec

from gongxue.records.document import Document, application_of
from gongxue.records.models import Application, ApplicationSchool, School
from gongxue.records.programmes import programme_of
from gongxue.records.whole import whole
from gongxue.rules.application import Application as Facts
from gongxue.rules.check import checker
from gongxue.rules.known import is_unknown
from gongxue.rules.register import Register, normal


class Columns(msgspec.Struct, frozen=True):
    """Everything that repeats a document: the columns of its row, its fiscal school's key, and the people of each school by its key."""

    row: dict[str, Any]
    fiscal: str | None
    people: dict[str, str]


def columns_of(document: Document, programme_id: str, version: int) -> Columns:
    """All columns of a document, under the programme it was made under."""
    facts = application_of(document)
    programme = programme_of(programme_id, version)
    verdict = checker(programme).verdict(facts)
    severities = [finding.severity for finding in verdict.findings]
    row = {
        "name": (facts.name or "").strip()[:300],
        "tier": (facts.tier or "")[:40],
        "cross_school": bool(facts.cross_school),
        "people": verdict.totals.people,
        "sessions": verdict.totals.sessions,
        "asked": verdict.totals.requested,
        "ceiling": None if is_unknown(programme, "tiers.cap") else verdict.totals.ceiling,
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
        "search": search_text(facts),
    }
    return Columns(row, *schools_of(facts, programme.register or Register.of(())))


def searchable(text: str) -> str:
    """`text` as a search compares it: NFKC, lower case, 臺 as 台, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split()).replace("臺", "台")


def search_text(facts: Facts) -> str:
    """What a search looks in: name, people, schools, summary."""
    convener = facts.convener
    words = [facts.name, facts.summary, facts.fiscal_school, *((convener.name, convener.school) if convener else ())]
    words += [word for member in facts.members or () for word in (member.name, member.school)]
    return "|".join(searchable(word) for word in words if word)


def schools_of(facts: Facts, register: Register) -> tuple[str | None, dict[str, str]]:
    """The key of the fiscal school, and the names of the people of each school, joined."""
    names: dict[str, list[str]] = {}
    for row in (facts.convener, *(facts.members or ())):
        school = register.find(row.school) if row is not None else None
        if row is not None and school is not None and (row.name or "").strip():
            names.setdefault(school.key, []).append(normal(row.name or ""))
    fiscal = register.find(facts.fiscal_school)
    return fiscal.key if fiscal is not None else None, {key: "|".join(sorted(people)) for key, people in names.items()}


def save_with_columns(application: Application, *, new: bool = False) -> None:
    """Save `application` with every column made from its document. For the doors, which hold the lock."""
    columns = columns_of(application.document, application.programme, application.programme_version)
    for name, value in columns.row.items():
        setattr(application, name, value)
    schools = _ids({*columns.people, *filter(None, [columns.fiscal])})
    application.fiscal_school_id = schools.get(columns.fiscal or "")
    application.save(force_insert=new, force_update=not new)
    _write_schools(application, {schools[key]: people for key, people in columns.people.items() if key in schools})


def _ids(keys: set[str]) -> dict[str, int]:
    return dict(School.objects.filter(key__in=keys).values_list("key", "pk"))


def _write_schools(application: Application, people: dict[int, str]) -> None:
    """Keep the schools' rows; a confirmation covers the names it was given for, and no others."""
    known = {row.school_id: row for row in ApplicationSchool.objects.filter(application=application)}
    gone = [key for key in known if key not in people]
    if gone:
        ApplicationSchool.objects.filter(application=application, school_id__in=gone).delete()
    ApplicationSchool.objects.bulk_create(
        ApplicationSchool(application=application, school_id=school, people=names)
        for school, names in people.items()
        if school not in known
    )
    for school, names in people.items():
        if school in known and known[school].people != names:
            ApplicationSchool.objects.filter(pk=known[school].pk).update(people=names, confirmed_by=None, confirmed_at=None)


class Difference(msgspec.Struct, frozen=True):
    """A column that does not say what the document says."""

    application: str
    column: str
    kept: Any
    recomputed: Any


def recompute() -> list[Difference]:
    """Recompute every column of every application from its document; what does not agree comes back, nothing is changed."""
    ids = dict(School.objects.values_list("key", "pk"))
    found: list[Difference] = []
    for application in Application.objects.order_by("pk").prefetch_related("schools").iterator(chunk_size=200):
        columns = columns_of(application.document, application.programme, application.programme_version)
        wanted = columns.row | {
            "fiscal_school": ids.get(columns.fiscal or ""),
            "schools": {ids[key]: people for key, people in columns.people.items() if key in ids},
        }
        kept = {name: getattr(application, name) for name in columns.row} | {
            "fiscal_school": application.fiscal_school_id,
            "schools": {row.school_id: row.people for row in application.schools.all()},
        }
        found += [Difference(str(application.pk), name, kept[name], value) for name, value in wanted.items() if kept[name] != value]
    return found


@whole
def put_right(application_id: str) -> None:
    """Write one application's columns anew from its document, which stays as it is: what `recompute` found after a register or a rule
    changed."""
    save_with_columns(Application.objects.select_for_update(no_key=True).get(pk=application_id))
