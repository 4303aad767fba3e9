"""What stands where on a filled form: fields by their labels, rows by their section and columns, found by what the labels say.

People add rows, split tables, paste from other forms, merge cells. So nothing is found by counting: a heading opens a section, a row of
labels says what the columns are, and a table without labels goes on with those before it as long as its rows fit.
"""

import re
from typing import Final

import msgspec

from gongxue.documents.phrases.labels import COLUMNS, HEADINGS, Section, columns_of, field_of, section_of
from gongxue.documents.phrases.quoting import filled
from gongxue.documents.phrases.vocabulary import Vocabulary, key
from gongxue.documents.reading.grid_rows import Spot, SpotRow, spot_rows
from gongxue.documents.reading.sheet import GridTable, ParagraphText, Sheet

_LEAST_LABELS: Final = {"members": 3, "sessions": 4, "outcomes": 2, "budget": 4, "books": 2}
"""How many different labels make a row the head of a table; people take some away and change others."""

_SEALS: Final = frozenset({"承辦主任", "會計", "校長", "主任", "承辦人", "主計", "會計主任", "教務主任"})
_FIRST_FIELDS: Final = frozenset({"name", "tier", "cross_school", "supplement", "content_types", "convener", "summary"})
_SECTION_OF_TABLE: Final[dict[str, Section]] = {"members": "members", "sessions": "sessions", "outcomes": "outcomes", "books": "books"}
_FIGURE: Final = re.compile(r"-?[0-9][0-9.,e+-]*")
_COLON: Final = re.compile("[:：]")
_LONGEST_NAME: Final = 60
_FISCAL: Final = "辦理經費核銷"


class FoundRow(msgspec.Struct, frozen=True):
    """A row of a section, its texts by column. `number` counts the section's rows from 1, as a person does, empty ones too.

    `above` are the columns whose cell began in an earlier row; `turns` tells of the columns with a cell of several rows which of them
    this is.
    """

    number: int
    texts: dict[str, str]
    above: frozenset[str] = frozenset()
    turns: dict[str, tuple[int, int]] = {}

    def text(self, column: str) -> str:
        """The text in a column, "" where there is none."""
        return self.texts.get(column, "")

    @property
    def is_empty(self) -> bool:
        """Whether nobody wrote anything into the row, its number aside."""
        return not any(text.strip() for column, text in self.texts.items() if column != "number" and column not in self.above)


class _Head(msgspec.Struct, frozen=True):
    columns: tuple[str | None, ...]
    spots: SpotRow


class Found:
    """Walks through a sheet once and keeps what it finds."""

    def __init__(self, sheet: Sheet, words: Vocabulary) -> None:
        self.fields: dict[str, str] = {}
        self.rows: dict[Section, list[FoundRow]] = {}
        self.approaches: list[str] = []
        self.heading_school = ""
        self.strays: list[tuple[Section, str]] = []
        """Rows inside a section that do not fit its columns."""
        self._words = words
        self._counts: dict[Section, int] = {}
        self._section: Section | None = None
        self._head: _Head | None = None
        for block in sheet.blocks:
            if isinstance(block, ParagraphText):
                self._paragraph(block.text)
            else:
                self._table(block)

    def section(self, section: Section) -> list[FoundRow]:
        """The rows of a section in which something is written."""
        return [row for row in self.rows.get(section, []) if not row.is_empty]

    def _open(self, section: Section | None) -> None:
        self._section, self._head = section, None

    def _paragraph(self, text: str) -> None:
        section = section_of(text)
        if section is not None:
            self._open(section)
            if section == "budget":
                self._heading(text)
        elif self._section == "approaches" and text.strip():
            self.approaches.append(text)
        elif self._is_school(text) or (self._section == "budget" and key(text).startswith(_FISCAL)):
            self.heading_school = _COLON.split(filled(text))[-1].strip()

    def _is_school(self, text: str) -> bool:
        """A paragraph that is the name of a school stands over the budget: nowhere else has the form such a one."""
        register = self._words.register
        return len(text) <= _LONGEST_NAME and register is not None and register.find(text.strip()) is not None

    def _heading(self, text: str) -> None:
        """The school in the budget's heading: what stands before its own words."""
        before = filled(text).partition("經費概算表")[0].strip(" 　\t\n五、5.")
        self.heading_school = before or self.heading_school

    # Tables

    def _table(self, table: GridTable) -> None:
        first = True
        for row in spot_rows(table):
            self._row(row, first)
            first = False

    def _row(self, row: SpotRow, first: bool) -> None:
        own = [spot for spot in row if not spot.above]
        written = [spot for spot in own if spot.text.strip()]
        if len(written) == 1 and self._single(written[0], len(row) == 1):
            return
        if first and written and all(key(spot.text) in _SEALS for spot in written):
            self._open("seals")
            return
        if self._is_head(row, own) or not own:
            return
        if written and field_of(written[0].text) in _FIRST_FIELDS:
            if self._section != "aside":
                self._open(None)
            self._read_fields(own)
        elif cells := self._matched(row):
            self._keep(cells)
        elif written and not self._read_fields(own) and self._head is not None and self._section is not None:
            self.strays.append((self._section, " ".join(spot.text.strip() for spot in written)))

    def _single(self, spot: Spot, alone: bool) -> bool:
        """A row with one thing in it may be a heading, or the boxes of 一."""
        section = section_of(spot.text)
        if section is not None:
            self._open(section)
            if section == "budget":
                self._heading(spot.text)
            if section == "approaches":
                self.approaches.append(spot.text.partition("\n")[2])
            return True
        if alone and self._section == "approaches":
            self.approaches.append(spot.text)
            return True
        return False

    def _is_head(self, row: SpotRow, own: list[Spot]) -> bool:
        texts = tuple("" if spot.above else spot.text for spot in row)
        if any(_FIGURE.fullmatch(key(spot.text)) for spot in own) or any(filled(text) != text for text in texts):
            return False
        best = ""
        columns: tuple[str | None, ...] = ()
        for table in COLUMNS:
            found = columns_of(texts, table)
            if len({*found} - {None}) >= _LEAST_LABELS[table] and len({*found} - {None}) > len({*columns} - {None}):
                best, columns = table, found
        if not best:
            return False
        self._section, self._head = self._section_of_head(best), _Head(columns, row)
        return True

    def _section_of_head(self, table: str) -> Section:
        if self._section == "aside":
            return "aside"
        if table in _SECTION_OF_TABLE:
            return _SECTION_OF_TABLE[table]
        if self._section in ("budget", "materials"):
            return self._section
        return "materials" if self.rows.get("budget") else "budget"

    def _matched(self, row: SpotRow) -> list[tuple[str, Spot]]:
        """The spots of a row with their columns; none where the row does not fit the head."""
        head = self._head
        if head is None:
            return []
        columns = list(head.columns)
        if len(row) == len(columns):
            pairs = list(zip(columns, row, strict=True))
        elif row[-1].end == head.spots[-1].end and len(row) > 1:
            pairs = [(columns[_widest(spot, head.spots)], spot) for spot in row]
        elif len(row) == len(columns) - 1 and columns[0] == "number":
            pairs = list(zip(columns[1:], row, strict=True))
        else:
            return []
        return [(column, spot) for column, spot in pairs if column is not None]

    def _keep(self, cells: list[tuple[str, Spot]]) -> None:
        section = self._section
        if section is None:
            return
        number = self._counts[section] = self._counts.get(section, 0) + 1
        texts: dict[str, str] = {}
        for column, spot in cells:
            texts[column] = f"{texts[column]}\n{spot.text}" if column in texts else spot.text
        above = frozenset(column for column, spot in cells if spot.above)
        turns = {column: (spot.turn, spot.rows) for column, spot in cells if spot.rows > 1}
        self.rows.setdefault(section, []).append(FoundRow(number, texts, above, turns))

    def _read_fields(self, spots: list[Spot]) -> bool:
        """Labels and the values beside them: a label's value is the cell after it, and those up to the next label. Whether there are
        any."""
        path: str | None = None
        labels = 0
        values: list[str] = []
        for spot in spots:
            label = field_of(spot.text) if path is None or values else None
            if label is not None:
                labels += 1
                self._keep_field(path, values)
                path, values = (None if label in HEADINGS else label), []
            elif path is not None:
                values.append(spot.text)
            else:
                labels += self._read_labelled(spot.text)
        self._keep_field(path, values)
        return labels > 0

    def _read_labelled(self, text: str) -> bool:
        """姓名：王小明 in one cell."""
        label, *value = _COLON.split(text, maxsplit=1)
        path = field_of(label) if value else None
        if path is None or path in HEADINGS:
            return False
        self._keep_field(path, value)
        return True

    def _keep_field(self, path: str | None, values: list[str]) -> None:
        text = "\n".join(value for value in values if value.strip())
        if path is not None and text and not self.fields.get(path):
            self.fields[path] = text


def _widest(spot: Spot, heads: SpotRow) -> int:
    """The head with which a spot has most in common."""
    shared = [min(spot.end, head.end) - max(spot.start, head.start) for head in heads]
    return shared.index(max(shared))
