"""Turns what is visible on a filled 附件二 into an application.

Only what a person sees counts. What cannot be read is told with its place, and is blank, or raw text where the exchange format has text, so
that the rules speak of it too.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from gongxue.documents.phrases.labels import FIELDS, SECTIONS
from gongxue.documents.phrases.numbers import Doubts
from gongxue.documents.phrases.quoting import read_text
from gongxue.documents.phrases.supplement import read_supplement
from gongxue.documents.phrases.ticks import read_choices
from gongxue.documents.phrases.tier import read_tier, read_yes_or_no
from gongxue.documents.phrases.vocabulary import Vocabulary, vocabulary
from gongxue.documents.reading.budget_lines import budget
from gongxue.documents.reading.found import Found
from gongxue.documents.reading.outcome import FormError, FormReading
from gongxue.documents.reading.row_records import books, materials, members, outcomes, sessions
from gongxue.documents.reading.sheet import Sheet
from gongxue.documents.reading.telling import Telling, field_place
from gongxue.documents.reading.whose import programme_of
from gongxue.rules.application import Application, Convener
from gongxue.rules.programme import Programme
from gongxue.rules.register import school_key
from gongxue.rules.text import Text

Value = TypeVar("Value")

_LEAST_FIELDS = 2


def interpret(sheet: Sheet, programmes: Sequence[Programme] | None = None) -> FormReading:
    """The application on a sheet, by one of `programmes` (the shipped ones when None). Raises FormError when it is no 附件二 of any."""
    programme = programme_of(sheet, programmes)
    words = vocabulary(programme)
    found = Found(sheet, words)
    if len(found.fields) < _LEAST_FIELDS and not found.rows:
        raise FormError(
            Text(
                "有附件二的標題，但找不到表格欄位（社群名稱、申請社群類別…）；請用原來的表填寫",
                "it has the title of 附件二, but none of its fields is found; fill in the form itself",
            )
        )
    return _Reader(programme, words, found).reading()


class _Reader:
    """One form while it is read, and what could not be read so far."""

    def __init__(self, programme: Programme, words: Vocabulary, found: Found) -> None:
        self.programme, self.words, self.found = programme, words, found
        self.telling = Telling()

    def reading(self) -> FormReading:
        """Everything, in the form's order."""
        words, found, telling = self.words, self.found, self.telling
        tier = self._field("tier", lambda text, doubts: read_tier(text, words, doubts))
        cross_school = self._field("cross_school", read_yes_or_no)
        extra = self._field("supplement", lambda text, doubts: read_supplement(text, words, doubts))
        contents = read_choices(found.fields.get("content_types", ""), words.contents)
        approaches = read_choices("\n".join(found.approaches), words.approaches)
        application = Application(
            programme=self.programme.id,
            name=self._text("name"),
            tier=tier.tier,
            tier_year=tier.year,
            history=extra.history or None,
            cross_school=cross_school,
            school_developed_curriculum=extra.curriculum,
            fiscal_school=self._fiscal_school(extra.fiscal_school),
            other_funding=extra.other_funding,
            content_types=contents.codes or None,
            content_other=contents.other,
            convener=self._convener(),
            summary=self._text("summary"),
            members=members(found) or None,
            approaches=approaches.codes or None,
            approaches_other=approaches.other,
            sessions=sessions(found, words, telling) or None,
            outcomes=outcomes(found) or None,
            budget=budget(found, words, telling) or None,
            materials=materials(found, telling) or None,
            books=books(found, telling) or None,
        )
        for section, text in found.strays:
            telling.say(SECTIONS[section], "這一列的欄位與表頭對不起來。", "A row does not fit the columns of its table.", text)
        return FormReading(application, tuple(telling.cells))

    def _field(self, path: str, read: Callable[[str, Doubts], Value]) -> Value:
        doubts: Doubts = []
        value = read(self.found.fields.get(path, ""), doubts)
        self.telling.add(field_place(path), doubts)
        return value

    def _text(self, path: str) -> str | None:
        return read_text(self.found.fields.get(path, ""))

    def _convener(self) -> Convener | None:
        values = {path.removeprefix("convener."): self._text(path) for path in FIELDS if path.startswith("convener.")}
        return Convener(**values) if any(values.values()) else None

    def _fiscal_school(self, stated: str | None) -> str | None:
        """The school of the supplement, else that of the budget's heading; where the two differ, it is told."""
        heading = read_text(self.found.heading_school)
        register = self.programme.register
        if stated and heading and school_key(register, stated) != school_key(register, heading):
            self.telling.say(
                SECTIONS["budget"],
                f"經費概算表抬頭的「{heading}」與「辦理經費核銷學校：{stated}」不同；以後者為準。",
                f"The heading of the budget says “{heading}”, the supplement “{stated}”; the supplement counts.",
                heading,
            )
        return stated or heading
