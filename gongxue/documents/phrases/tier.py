"""申請社群類別 and yes-or-no boxes: ■專題實踐學習社群(第 2 年申請，滿3年可直接申請課程研創社群); ■是 □否."""

import re
from typing import Final

import msgspec

from gongxue.documents.blocks import Blank, Inline, Line, Tick
from gongxue.documents.phrases.numbers import Doubt, Doubts
from gongxue.documents.phrases.quoting import Lines, Masked, filled, quote
from gongxue.documents.phrases.ticks import read_ticks
from gongxue.documents.phrases.vocabulary import Vocabulary
from gongxue.rules.numerals import NUMERALS, read_number
from gongxue.rules.programme import Programme, Tier
from gongxue.rules.text import Text

_UNLISTED: Final = "不在表列："
_UNLISTED_LINE = re.compile(r"不在表列[：:]\s*(\0\d+\0)")
_YEAR = re.compile(rf"第\s*(-?[0-9０-９]{{1,15}}|[{NUMERALS}]{{1,6}})\s*年")
_YES_NO: Final = {"yes": "是", "no": "否"}


class Applied(msgspec.Struct, frozen=True):
    """The tier applied for and the year of application in it."""

    tier: str | None = None
    year: int | None = None


def write_tier(applied: Applied, programme: Programme, path: str = "tier") -> Lines:
    """A line for each tier; the year where the form asks for it, else in a line of its own."""
    tier, year = applied.tier, applied.year
    asking = [each for each in programme.tiers if each.asks_year]
    told_by = next((each for each in asking if each.code == tier), asking[0] if asking else None)
    lines: list[Line] = []
    for each in programme.tiers:
        box = Tick(each.code == tier, each.label.zh)
        lines.append((box, *_year(each, programme, year if each is told_by else None, each.code == tier)) if each.asks_year else (box,))
    if tier and tier.strip() and programme.tier(tier) is None:
        lines.append((_UNLISTED + quote(tier),))
    if year is not None and told_by is None:
        lines.append((f"第 {year} 年申請",))
    return tuple(lines) or ((Blank(path),),)


def _year(tier: Tier, programme: Programme, year: int | None, ticked: bool) -> tuple[Inline, ...]:
    stated: Inline = f" {year} " if year is not None else Blank("tier_year") if ticked else "　　"
    return ("(第", stated, f"年申請{_advance(tier, programme)})")


def _advance(tier: Tier, programme: Programme) -> str:
    years, higher = programme.figures.advance_years, programme.tier(tier.advances_to)
    if years is None or higher is None:
        return ""
    # The form shortens the name here: 課程研創社群, without 學習.
    return f"，滿{years.value}年可直接申請{higher.label.zh.replace('學習社群', '社群')}"


def read_tier(text: str, words: Vocabulary, doubts: Doubts) -> Applied:
    """The one ticked tier; with two or more there is none, and it is told."""
    masked = Masked(text)
    said = filled(masked.text)
    unlisted = _UNLISTED_LINE.search(said)
    ticked = read_ticks(said[: unlisted.start()] if unlisted else said, words.tiers).codes
    if len(ticked) > 1 or (ticked and unlisted):
        labels = "、".join(words.tiers[code] for code in ticked)
        reason = Text(f"勾選了不只一個類別（{labels}），請只勾一個。", f"More than one tier is ticked ({labels}); tick one.")
        doubts.append(Doubt(reason, text))
    year = _YEAR.search(said)
    return Applied(
        masked.raw(unlisted[1]) if unlisted and not ticked else ticked[0] if len(ticked) == 1 else None,
        read_year(year[1]) if year else None,
    )


def read_year(figure: str) -> int | None:
    """A year in figures or in words."""
    return int(figure) if figure.removeprefix("-").isdecimal() else read_number(figure)


def yes_or_no(value: bool | None) -> Line:
    """□是 □否, neither ticked where nothing is said."""
    return (Tick(value is True, _YES_NO["yes"]), Tick(value is False, _YES_NO["no"]))


def read_yes_or_no(text: str, doubts: Doubts) -> bool | None:
    """Whether 是 or 否 is ticked; None with neither, and with both, which is told."""
    ticked = read_ticks(filled(text), _YES_NO).codes
    if len(ticked) > 1:
        doubts.append(Doubt(Text("「是」「否」都勾了，請只勾一個。", "Both 是 and 否 are ticked; tick one."), text))
    return None if len(ticked) != 1 else ticked[0] == "yes"
