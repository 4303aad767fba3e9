"""What `gongxue check` prints for people: a heading, findings and totals for each application, and one line at the end for all."""

from typing import Final

from gongxue.commands.console import Console
from gongxue.rules.check import Totals, Verdict
from gongxue.rules.finding import Finding, Severity
from gongxue.rules.text import Language, Text

SEVERITIES: Final[dict[Severity, Text]] = {
    "error": Text("錯誤", "error"),
    "warning": Text("警告", "warning"),
    "info": Text("提醒", "note"),
}


class Report:
    """Prints applications one by one, and remembers only how many there were of each kind."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._language = console.language
        self._good = self._bad = self._malformed = 0

    def add(self, source: str, name: str, verdict: Verdict) -> None:
        """Print one application: errors first, then warnings and notes, each in the form's order."""
        groups: dict[Severity, list[Finding]] = {severity: [] for severity in SEVERITIES}
        for finding in verdict.findings:
            groups[finding.severity].append(finding)
        if groups["error"]:
            self._bad += 1
        else:
            self._good += 1
        lines = [heading(source, name, {severity: len(group) for severity, group in groups.items()}, self._language)]
        for severity, group in groups.items():
            label = SEVERITIES[severity].in_language(self._language)
            lines += [in_one_line(finding, label, self._language) for finding in group]
        self._console.say(*lines, sums(verdict.totals, self._language), "")

    def malformed(self) -> None:
        """Count an input that could not be read; it has been told on standard error."""
        self._malformed += 1

    def end(self) -> None:
        """Print how many there were of each kind."""
        zh = f"共 {self._good + self._bad:,} 份：{self._good:,} 份符合、{self._bad:,} 份有錯誤"
        en = f"{counted(self._good + self._bad, 'application')}: {self._good:,} ok, {self._bad:,} with errors"
        if self._malformed:
            zh += f"；另有 {self._malformed:,} 份無法讀取"
            en += f"; {self._malformed:,} could not be read"
        self._console.say(Text(zh, en).in_language(self._language))


def heading(source: str, name: str, count: dict[Severity, int], language: Language) -> str:
    """Which application, and how it stands."""
    if language == "en":
        told = [counted(count[severity], label.en) for severity, label in SEVERITIES.items() if count[severity]]
        return f"{source} “{name or '(no name)'}”: {', '.join(told if count['error'] else ['ok', *told])}"
    told = [f"{count[severity]:,} 項{label.zh}" for severity, label in SEVERITIES.items() if count[severity]]
    return f"{source}「{name or '（未命名）'}」：{'、'.join(told if count['error'] else ['符合', *told])}"


def in_one_line(finding: Finding, label: str, language: Language) -> str:
    """What is wrong, the clause it stands on, and the field."""
    if language == "en":
        return f"  {label}: {finding.message_en} [{finding.clause} | {finding.path}]"
    return f"  {label}：{finding.message}〔{finding.clause}｜{finding.path}〕"


def sums(totals: Totals, language: Language) -> str:
    """People, sessions and money on one line."""
    if language == "en":
        ceiling = "ceiling unknown" if totals.ceiling is None else f"ceiling {totals.ceiling:,}"
        return (
            f"  totals: {counted(totals.people, 'person', 'people')}, {counted(totals.sessions, 'session')}, "
            f"lecturer fees {totals.lecturer_fees:,}, requested {totals.requested:,} ({ceiling})"
        )
    ceiling = "上限不明" if totals.ceiling is None else f"上限 {totals.ceiling:,} 元"
    return (
        f"  合計：{totals.people:,} 人、{totals.sessions:,} 場、講座鐘點費 {totals.lecturer_fees:,} 元、"
        f"申請 {totals.requested:,} 元（{ceiling}）"
    )


def counted(count: int, one: str, more: str = "") -> str:
    """A count and its English noun: 1 session, 2 sessions."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"
