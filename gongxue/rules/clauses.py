"""A plan's clauses: what each means to us and what keeps it, and the readings that were settled. Not on the path of a check."""

import os
import re
from typing import Final, Literal

import msgspec

from gongxue.rules.describe import sections
from gongxue.rules.figures import Entry
from gongxue.rules.programme import Programme
from gongxue.rules.shown import Shown
from gongxue.rules.text import Text
from gongxue.rules.toml_file import Place, ProgrammeError, fit, read_table

Stage = Literal["preparing", "applying", "reviewing", "awarding", "running", "reporting", "settling", "sharing"]

SEPARATOR: Final = "; "
"""Between the clauses that one figure or rule cites."""

_PLACE = re.compile(r"\{([\w.-]+)\}")


class Clause(Entry, frozen=True):
    """One clause as its readers cite it, and what it means to us.

    `kept_by` names places of the programme that keep it without citing it, `later` stages that will keep it; `background` only tells why.
    """

    cite: str
    means: Text
    background: bool = False
    kept_by: tuple[str, ...] = ()
    later: tuple[Stage, ...] = ()


class Reading(Entry, frozen=True):
    """What the plan says twice or leaves open, and what we do."""

    clauses: tuple[str, ...]
    plan: Text
    we: Text
    rules: tuple[str, ...] = ()


class ClauseList(Entry, frozen=True):
    """Every clause of one plan, in its order, and the readings."""

    clauses: tuple[Clause, ...]
    readings: tuple[Reading, ...] = ()


class Claim(msgspec.Struct, frozen=True):
    """A line of the programme that stands on a clause, and the heading it is found under."""

    heading: Text
    line: Shown


def read_clauses(path: Place) -> ClauseList:
    """The clause list in the file at `path`; raises ProgrammeError."""
    file = os.path.basename(path)
    clauses = fit(read_table(path), ClauseList, file)
    cites = [clause.cite for clause in clauses.clauses]
    for index, cite in enumerate(cites):
        if cite in cites[:index]:
            raise ProgrammeError(file, f"clauses[{index}].cite", Text(f"「{cite}」出現兩次", f"“{cite}” stands twice"))
    return clauses


def cited(clause: str) -> tuple[str, ...]:
    """The clauses that a figure or rule cites: "捌、三(一); 附件二 五" cites two."""
    return tuple(clause.split(SEPARATOR))


def claims(programme: Programme) -> tuple[Claim, ...]:
    """Every line of the programme that bears a clause."""
    return tuple(Claim(section.title, line) for section in sections(programme) for line in section.lines if line.clause)


def keepers(clause: Clause, found: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """What keeps `clause`: the lines that cite it, then those that it names."""
    citing = [claim for claim in found if clause.cite in cited(claim.line.clause)]
    named = [claim for claim in found if claim.line.place in clause.kept_by]
    once: dict[str, Claim] = {}
    for claim in citing + named:
        once.setdefault(claim.line.place, claim)
    return tuple(once.values())


def unclaimed(clauses: ClauseList, programme: Programme) -> list[str]:
    """The clauses that nothing keeps, no stage will keep, and that are not background."""
    found = claims(programme)
    return [each.cite for each in clauses.clauses if not (each.background or each.later or keepers(each, found))]


def claimed_background(clauses: ClauseList, programme: Programme) -> list[str]:
    """The clauses that are called background although something keeps them, or a stage will."""
    found = claims(programme)
    return [each.cite for each in clauses.clauses if each.background and (each.later or keepers(each, found))]


def unlisted(clauses: ClauseList, programme: Programme) -> list[str]:
    """What is cited or named, and is not there: clauses by lines and readings, places and rules by clauses and readings."""
    cites, found, values = {clause.cite for clause in clauses.clauses}, claims(programme), values_of(programme)
    wrong = [f"{claim.line.place}: {cite}" for claim in found for cite in cited(claim.line.clause) if cite not in cites]
    for clause in clauses.clauses:
        places = (*clause.kept_by, *_PLACE.findall(clause.means.zh + clause.means.en))
        wrong += [f"{clause.cite}: {place}" for place in places if place not in values]
    for number, reading in enumerate(clauses.readings, start=1):
        places = tuple(_PLACE.findall(reading.plan.zh + reading.plan.en + reading.we.zh + reading.we.en))
        wrong += [f"reading {number}: {cite}" for cite in reading.clauses if cite not in cites]
        wrong += [f"reading {number}: {code}" for code in reading.rules if code not in programme.rules]
        wrong += [f"reading {number}: {place}" for place in places if place not in values]
    return wrong


def values_of(programme: Programme) -> dict[str, Text]:
    """What stands at each place of the programme, in words."""
    values: dict[str, Text] = {}
    for section in sections(programme):
        for line in section.lines:
            values.setdefault(line.place, line.value)
    return values


def filled_in(text: Text, values: dict[str, Text]) -> Text:
    """`text` with the programme's figures for the places in braces; KeyError for a place that is not there."""
    return Text(
        _PLACE.sub(lambda match: values[match[1]].zh, text.zh),
        _PLACE.sub(lambda match: values[match[1]].en, text.en),
    )
