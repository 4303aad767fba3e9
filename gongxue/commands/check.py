"""`gongxue check`: applications against their programme's rules, without a database."""

from typing import Final

import msgspec

from gongxue.commands.arguments import Arguments
from gongxue.commands.console import Console
from gongxue.commands.inputs import Input, applications
from gongxue.commands.report import Report
from gongxue.commands.shelf import Shelf
from gongxue.rules.check import Totals, Verdict
from gongxue.rules.finding import Finding
from gongxue.rules.malformed import MalformedError

GOOD: Final = 0
HAS_ERRORS: Final = 1
MALFORMED: Final = 2


def run(arguments: Arguments, console: Console) -> int:
    """Check every application; 0 when none has an error, 1 when some have, 2 when something was malformed."""
    shelf = Shelf(arguments.all("--programme-file"), console)
    report: Report | Lines = Lines(console) if arguments.one("--format") == "json" else Report(console)
    status = GOOD if shelf.complete else MALFORMED
    for taken in applications(arguments.words, shelf.own):
        try:
            application = taken.application
            verdict = shelf.checker(application.programme).verdict(application)
        except MalformedError as error:
            console.tell_malformed(taken.source, error)
            report.malformed()
            status = MALFORMED
        else:
            _tell_unread(taken, console)
            report.add(taken.source, application.name or "", verdict)
            status = max(status, GOOD if verdict.ok else HAS_ERRORS)
    report.end()
    return status


def _tell_unread(taken: Input, console: Console) -> None:
    for place in taken.unread:
        console.tell(taken.source, place)


class Line(msgspec.Struct, frozen=True, gc=False):
    """What programs read of one application; the order of the keys is part of the contract. A blank name is ""."""

    source: str
    name: str
    ok: bool
    findings: list[Finding]
    totals: Totals


class Lines:
    """One line of JSON for each application."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._encode = msgspec.json.Encoder().encode

    def add(self, source: str, name: str, verdict: Verdict) -> None:
        """Write the line of one application."""
        self._console.write(self._encode(Line(source, name, verdict.ok, verdict.findings, verdict.totals)) + b"\n")

    def malformed(self) -> None:
        """A malformed input has no line."""

    def end(self) -> None:
        """Programs count for themselves."""
