"""Where on the form something could not be read, as a person would say it: 「三、年度進度規劃」第 3 列「日期/時間」."""

from gongxue.documents.phrases.labels import COLUMNS, FIELDS, SECTIONS, Section
from gongxue.documents.phrases.numbers import Doubts
from gongxue.documents.reading.outcome import UnreadCell
from gongxue.rules.text import Text


def field_place(path: str) -> Text:
    """「社群召集人」「連絡電話」."""
    label = FIELDS[path].text
    if path.startswith("convener."):
        return Text(f"「{FIELDS['convener'].zh}」「{label.zh}」", label.en)
    return Text(f"「{label.zh}」", label.en)


def cell_place(section: Section, row: int, column: str) -> Text:
    """「三、年度進度規劃」第 3 列「日期/時間」; rows count from 1."""
    name = SECTIONS[section]
    label = COLUMNS["budget" if section == "materials" else section][column].text
    return Text(f"{name.zh}第 {row} 列「{label.zh}」", f"{name.en}, row {row}, {label.en}")


class Telling:
    """Gathers what could not be read, in the order in which it is met."""

    def __init__(self) -> None:
        self.cells: list[UnreadCell] = []

    def add(self, place: Text, doubts: Doubts) -> None:
        """Every doubt about one place."""
        self.cells += [UnreadCell(place, doubt.reason, doubt.text) for doubt in doubts]

    def say(self, place: Text, zh: str, en: str, text: str) -> None:
        """One reason about one place."""
        self.cells.append(UnreadCell(place, Text(zh, en), text))
