"""A draft as its pages see it: the document, what the rules say of it, and its rows ready to be drawn."""

import datetime
from collections.abc import Iterable
from functools import cached_property
from typing import Any, Final

from django.utils.safestring import SafeString

from gongxue.records.document import ID, ROWS, Document, application_of
from gongxue.records.models import Application
from gongxue.records.openings import deadline
from gongxue.records.programmes import programme_of
from gongxue.rules.application import Application as Facts
from gongxue.rules.application import Convener, Lecturer
from gongxue.rules.check import Verdict, checker
from gongxue.rules.finding import Finding
from gongxue.rules.programme import Programme
from gongxue.stages.applying.drafting import places
from gongxue.stages.applying.drafting.findings import spoken
from gongxue.stages.applying.drafting.typed import kinds_of, shown, shown_as

BLANK_ROW: Final = "NEWROW"
"""The id of the blank row in a section's template; whoever adds a row puts a new id in its place."""
_HEAD: Final = ("name", "tier", "tier_year", "fiscal_school", "other_funding", "content_other", "summary", "approaches_other")

DUE: Final = ("draft", "returned", "signing", "signed", "revising")
"""States in which it has yet to be submitted by a deadline."""


class Draft:
    """One application, read for a page. Everything is worked out when it is first asked for."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.document: Document = application.document

    @cached_property
    def programme(self) -> Programme:
        """The programme it was made under."""
        return programme_of(self.application.programme, self.application.programme_version)

    @cached_property
    def facts(self) -> Facts:
        """What the rules look at."""
        return application_of(self.document)

    @cached_property
    def verdict(self) -> Verdict:
        """What the rules say, and the totals."""
        return checker(self.programme).verdict(self.facts)

    @cached_property
    def found(self) -> dict[str, list[Finding]]:
        """The findings by the change's path they are about."""
        return places.placed(self.verdict.findings, self.document)

    @cached_property
    def spots(self) -> dict[str, SafeString]:
        """What is said beside each field and row of the page, as markup."""
        return {spot: spoken(pairs) for spot, pairs in places.by_spot(self.found).items()}

    @cached_property
    def due(self) -> datetime.datetime | None:
        """The exclusive instant by which it has to be submitted, None where it was. At most one query."""
        if self.application.state not in DUE:
            return None
        name = "revisions_due" if self.application.state == "revising" else "applications_close"
        return deadline(self.programme, self.application.fiscal_school_id, name)

    @property
    def errors(self) -> int:
        """How many things stand in the way."""
        return sum(finding.severity == "error" for finding in self.verdict.findings)

    def findings_of(self, fields: Iterable[str]) -> list[tuple[str, Finding]]:
        """Pairs of path and finding about these top fields of the document, in the form's order."""
        wanted = set(fields)
        return [(path, each) for path, found in self.found.items() if path.split("/")[0] in wanted for each in found]

    def head(self) -> dict[str, str]:
        """The single fields as they stand in their inputs."""
        return {name: shown(name, self.document.get(name)) for name in _HEAD}

    def convener(self) -> dict[str, str]:
        """The convener's fields as they stand in their inputs."""
        convener = self.document.get("convener") or {}
        return {name: shown_as("text", convener.get(name)) for name in Convener.__struct_fields__}

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows of a list, ready to be drawn: every field as it stands in its input ("yes" or "" for a box, a list for ticks), with
        `id`, `at` (`<list>/<row id>`), `number` from 1, `said` (markup of what is found in the row), `is_first`, `is_last`."""
        stored: list[Document] = self.document.get(name) or []
        rows = [self._row(name, number, row) for number, row in enumerate(stored, start=1)]
        if rows:
            rows[0]["is_first"] = rows[-1]["is_last"] = True
        return rows

    def blank_row(self, name: str) -> dict[str, Any]:
        """A row without content under the id that a new one's takes the place of."""
        return self._row(name, 0, {ID: BLANK_ROW})

    def _row(self, name: str, number: int, row: Document) -> dict[str, Any]:
        at = f"{name}/{row[ID]}"
        fields: dict[str, Any] = {
            field: (row.get(field) or []) if kind == "ticks" else shown_as(kind, row.get(field)) for field, kind in _KINDS[name].items()
        }
        if name == "sessions":
            lecturer = row.get("lecturer") or {}
            fields["lecturer"] = {field: shown_as(kind, lecturer.get(field)) for field, kind in _LECTURER.items()}
        fields |= {"id": row[ID], "at": at, "number": number, "said": self.spots.get(at, ""), "is_first": False, "is_last": False}
        return fields


_KINDS: Final = {name: kinds_of(record) for name, record in ROWS.items()}
_LECTURER: Final = kinds_of(Lecturer)
