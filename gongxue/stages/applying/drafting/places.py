"""Where findings stand on the pages: a rule counts rows from 0, a page knows them by their ids. Pure functions."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from gongxue.records.document import ID, ROWS, Document
from gongxue.rules.finding import Finding

WITHOUT_FIELD: Final = frozenset({*ROWS, "cross_school", "convener"})
"""Paths that no one field of the page has for its own."""
_STEP: Final = re.compile(r"(\w+)(?:\[(\d+)\])?")


def place_of(path: str, document: Document) -> str:
    """The change's path for a finding's: `members[1].school` is `members/<row id>/school`; a tick's is that of its list of ticks."""
    (name, number), *rest = _STEP.findall(path)
    steps: list[str] = [name]
    if name in ROWS and number:
        rows = document.get(name) or []
        if int(number) >= len(rows):
            return str(name)
        steps.append(str(rows[int(number)][ID]))
    return "/".join([*steps, *(step for step, _ in rest)])


def numbers_of(document: Document) -> dict[str, int]:
    """The number of each row as people count, from 1, by `<list>/<row id>`."""
    return {f"{name}/{row[ID]}": number for name in ROWS for number, row in enumerate(document.get(name) or [], start=1)}


def row_of(path: str) -> str:
    """`<list>/<row id>` of a path inside a row, "" elsewhere."""
    first, *rest = path.split("/")
    return f"{first}/{rest[0]}" if first in ROWS and rest else ""


def spot_of(path: str) -> str:
    """Where a page says what is found at a path: beside the row for what stands in a row, beside the field for any other."""
    return row_of(path) or path


def anchor_of(path: str) -> str:
    """Where a link to what is found leads: to the field or the row itself, else to what is said of it."""
    if path in WITHOUT_FIELD:
        return f"at:{path}"
    return row_of(path) if path.startswith("budget/") else path  # a line asks for some of its fields only


def placed(findings: Iterable[Finding], document: Document) -> dict[str, list[Finding]]:
    """The findings by the change's path of the place they are about, in their order."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(place_of(finding.path, document), []).append(finding)
    return found


def by_spot(found: Mapping[str, list[Finding]]) -> dict[str, list[tuple[str, Finding]]]:
    """What each spot of a page says: pairs of path and finding."""
    spots: dict[str, list[tuple[str, Finding]]] = {}
    for path, findings in found.items():
        spots.setdefault(spot_of(path), []).extend((path, finding) for finding in findings)
    return spots
