"""`check`: all that a programme's rules say of one application. The same call serves the form as it is typed and the command line."""

import re
from functools import lru_cache

import msgspec

from gongxue.rules import application as shapes
from gongxue.rules.application import Application
from gongxue.rules.case import Case, Desk
from gongxue.rules.finding import Finding
from gongxue.rules.programme import Programme
from gongxue.rules.programme_file import has_figure
from gongxue.rules.registry import RULES
from gongxue.rules.rule import Rule


class Totals(msgspec.Struct, frozen=True):
    """What an application adds up to: people (each once), sessions, dollars. `ceiling` is None where the tier is unknown."""

    people: int
    sessions: int
    lecturer_fees: int
    requested: int
    ceiling: int | None


class Verdict(msgspec.Struct, frozen=True):
    """Findings in the form's order, and totals. `ok` when no finding is an error."""

    findings: list[Finding]
    totals: Totals

    @property
    def ok(self) -> bool:
        """Whether nothing stands in the way of submission."""
        return not any(finding.severity == "error" for finding in self.findings)


class Checker:
    """One programme's rules, made ready for many applications."""

    def __init__(self, programme: Programme) -> None:
        self.desk = Desk(programme)
        self.rules = tuple((RULES[code].faults, RULES[code], programme.rules[code]) for code in running(programme))

    def verdict(self, application: Application) -> Verdict:
        """All findings and the totals of one application."""
        case = Case(application, self.desk)
        found: list[Finding] = []
        for faults, rule, clause in self.rules:
            for fault in faults(case):
                finding = Finding(rule.code, rule.severity, clause, fault.path, fault.zh, fault.en)
                found.append(finding)  # most rules find nothing: a comprehension for each would cost more
        if len(found) > 1:
            found.sort(key=_place)
        totals = Totals(case.headcount, len(case.meetings), case.lecturer_fees, case.requested, case.ceiling)
        return Verdict(found, totals)


def running(programme: Programme) -> tuple[str, ...]:
    """The codes of the rules that run: those the programme has, and of which it knows all that they need."""
    return tuple(code for code in programme.rules if not _lacking(programme, RULES[code]))


def _lacking(programme: Programme, rule: Rule) -> bool:
    return any(not has_figure(programme, need) for need in rule.needs)


_checkers: dict[int, tuple[Programme, Checker]] = {}


def checker(programme: Programme) -> Checker:
    """The checker of a programme, made once while the programme lives here."""
    kept = _checkers.get(id(programme))
    if kept is None or kept[0] is not programme:
        if len(_checkers) >= 64:
            _checkers.clear()
        kept = _checkers[id(programme)] = (programme, Checker(programme))
    return kept[1]


def check(application: Application, programme: Programme) -> list[Finding]:
    """Every finding on `application` by the rules of `programme`, in the form's order."""
    return checker(programme).verdict(application).findings


def totals(application: Application, programme: Programme) -> Totals:
    """What `application` adds up to under `programme`."""
    return checker(programme).verdict(application).totals


_ORDER = {
    name: index
    for shape in (
        shapes.Book, shapes.MaterialItem, shapes.BudgetLine, shapes.Outcome, shapes.Lecturer, shapes.Session, shapes.Member,
        shapes.Convener, shapes.PastYear,
    )
    for index, name in enumerate(shape.__struct_fields__)
}  # fmt: skip
_TOP = {name: index for index, name in enumerate(Application.__struct_fields__)}
_TOKEN = re.compile(r"\d+|\w+")


def _place(finding: Finding) -> tuple[int, ...]:
    return _place_of(finding.path)


@lru_cache(maxsize=4096)
def _place_of(path: str) -> tuple[int, ...]:
    """A path as numbers, in the order of the form: the exchange format's keys stand in the form's order."""
    first, *rest = _TOKEN.findall(path)
    return (_TOP[first], *(int(token) if token.isdigit() else _ORDER[token] for token in rest))
