"""補充說明, where the form has no box: 歷年核定：110 專題; 結合校訂課程運作：□是 □否; 辦理經費核銷學校：…; 其他計畫補助：無."""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from gongxue.documents.blocks import Blank, Inline, Line
from gongxue.documents.phrases.numbers import Doubt, Doubts
from gongxue.documents.phrases.quoting import Lines, Masked, Parts, filled, or_blank, quote, settle, tidy
from gongxue.documents.phrases.tier import read_yes_or_no, yes_or_no
from gongxue.documents.phrases.vocabulary import Vocabulary, key
from gongxue.rules.application import PastYear
from gongxue.rules.community import NO_FUNDING
from gongxue.rules.programme import Programme
from gongxue.rules.text import Text

HISTORY: Final = "歷年核定"
CURRICULUM: Final = "結合校訂課程運作"
FISCAL: Final = "辦理經費核銷學校"
FUNDING: Final = "其他計畫補助"
NONE: Final = "無"

_HEAD = re.compile(
    r"(?:^|(?<=\n))[ \t　]*(?:(?P<history>歷年核定)|(?P<curriculum>結合校訂課程(?:運作)?)|(?P<fiscal>(?:辦理)?經費核銷之?學校)|(?P<funding>其他計畫(?:經費)?補助))\s*[：:]"
)
_SPAN = re.compile(
    r"(?P<first>[0-9]{2,3})(?:學年度?|年度?)?\s*[-~～至到]\s*(?P<last>[0-9]{2,3})(?:學年度?|年度?)?\s*(?P<tier>.*)", re.DOTALL
)
_YEAR = re.compile(r"(?P<year>-?[0-9]{1,15})?\s*(?:學年度?|年度?)?\s*(?P<tier>.*)", re.DOTALL)
_BETWEEN = re.compile(r"[、,，;；\n]")
_NOTHING: Final = frozenset({*NO_FUNDING, "-", "--", "/", "沒有", "無。"})
"""What people write where there is nothing; the rules know the first few themselves."""


class Supplement(msgspec.Struct, frozen=True):
    """Values that the form has no box for."""

    history: tuple[PastYear, ...] = ()
    curriculum: bool | None = None
    fiscal_school: str | None = None
    other_funding: str | None = None


def write_supplement(supplement: Supplement, programme: Programme, words: Vocabulary) -> Lines:
    """One line for each value; 校訂課程 only where a tier has its supplement, or someone claims it."""
    asks = supplement.curriculum or any(tier.school_developed_curriculum is not None for tier in programme.tiers)
    expected = Supplement(
        tuple(PastYear(past.school_year, past.tier if past.tier and past.tier.strip() else None) for past in supplement.history),
        supplement.curriculum if asks else None,
        tidy(supplement.fiscal_school),
        None if key(supplement.other_funding or "") in NO_FUNDING else tidy(supplement.other_funding),
    )

    def build(parts: Parts) -> Lines:
        curriculum: tuple[Line, ...] = ((f"{CURRICULUM}：", *yes_or_no(supplement.curriculum)),) if asks else ()
        fiscal: Line = (f"{FISCAL}：", or_blank(parts.get("fiscal"), "fiscal_school"))
        history: Line = (f"{HISTORY}：", *_history(expected.history, words))
        return (history, *curriculum, fiscal, (f"{FUNDING}：{parts.get('funding', NONE)}",))

    free = {"fiscal": expected.fiscal_school, "funding": expected.other_funding}
    return settle(free, build, lambda said: read_supplement(said, words, []) == expected)


def _history(past: tuple[PastYear, ...], words: Vocabulary) -> Iterator[Inline]:
    short = {code: name for name, code in words.tier_names.items()}
    if not past:
        yield NONE
    for at, each in enumerate(past):
        if at:
            yield "、"
        if each.school_year is None:
            yield Blank(f"history[{at}].school_year")
        else:
            yield str(each.school_year)
        if each.tier:
            yield f" {short.get(each.tier) or quote(each.tier)}"
        elif each.school_year is not None:
            yield " "
            yield Blank(f"history[{at}].tier")


def read_supplement(text: str, words: Vocabulary, doubts: Doubts) -> Supplement:
    """The values of a cell, each after its label."""
    masked = Masked(text)
    heads = list(_HEAD.finditer(masked.text))
    said: dict[str, str] = {}
    for head, after in zip(heads, (*heads[1:], None), strict=False):
        said[str(head.lastgroup)] = masked.text[head.end() : after.start() if after else len(masked.text)]
    return Supplement(
        tuple(_read_history(masked, said.get("history", ""), words, doubts)),
        read_yes_or_no(said.get("curriculum", ""), doubts),
        masked.value(filled(said.get("fiscal", ""))),
        None if key(said.get("funding", "")) in _NOTHING else masked.value(filled(said.get("funding", ""))),
    )


def _read_history(masked: Masked, said: str, words: Vocabulary, doubts: Doubts) -> Iterator[PastYear]:
    if key(said) in _NOTHING:
        return
    for piece in _BETWEEN.split(said):
        span = _SPAN.fullmatch(filled(piece).strip())
        if span and int(span["first"]) < int(span["last"]) < int(span["first"]) + 20:
            for year in range(int(span["first"]), int(span["last"]) + 1):
                yield PastYear(year, _read_tier(masked, span["tier"], words, doubts))
        elif piece.strip() and (found := _YEAR.fullmatch(filled(piece).strip())):
            year_of = int(found["year"]) if found["year"] else None
            yield PastYear(year_of, _read_tier(masked, found["tier"], words, doubts))


def _read_tier(masked: Masked, said: str, words: Vocabulary, doubts: Doubts) -> str | None:
    raw = masked.raw(said)
    if raw is not None:
        return raw
    plain = key(said)
    code = words.tier_names.get(plain) or next((code for name, code in words.tier_names.items() if plain and name in plain), None)
    if code is None and plain:
        reason = Text(f"「{said.strip()}」不是本計畫的類別。", f"“{said.strip()}” is not a tier of this programme.")
        doubts.append(Doubt(reason, masked.back(said).strip()))
        return masked.back(said).strip()
    return code
