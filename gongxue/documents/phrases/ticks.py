"""Tick boxes: printed as □ and ■ before their labels, and ticked by people in a dozen ways.

Every option of a list is printed, ticked or not. Codes that are in no list stand after them with their place among the ticked ones, because
rules name a code by its place: 不在表列：第 3 項「…」.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from gongxue.documents.blocks import Blank, Inline, Line, Tick
from gongxue.documents.phrases.quoting import Lines, Masked, Parts, filled, quote, settle, tidy
from gongxue.documents.phrases.vocabulary import OTHER, Codes, key

ON: Final = "■☑☒✓✔√ˇˬ●◉◼⬛▣█◆★✅✗✘v"
OFF: Final = "□☐◻▢▯◯○◇❑❏⬜☆"
"""In small letters and after NFKC, as `key` has them."""

_UNLISTED: Final = "不在表列："
_OTHER_WORDS: Final = "其他說明："
_UNLISTED_LINE = re.compile(r"不在表列[：:](.*)", re.DOTALL)
_UNLISTED_ITEM = re.compile(r"(?:第\s*(\d{1,6})\s*項\s*)?(\0\d+\0)")
_OTHER_LINE = re.compile(r"其他說明[：:](.*)", re.DOTALL)
_FILL: Final = " \t\n　_＿:：,，、;；"
_BRACKETS: Final = {"(": ")", "（": "）", "[": "]", "〔": "〕"}


class Ticked(msgspec.Struct, frozen=True):
    """Which options are ticked, in the form's order; `after` holds the words between the label of an option and the next box."""

    codes: tuple[str, ...]
    after: Mapping[str, str]


class Chosen(msgspec.Struct, frozen=True):
    """The codes of a list in the exchange format's order, and what `other` is; None is blank."""

    codes: tuple[str, ...]
    other: str | None = None


class Layout(msgspec.Struct, frozen=True):
    """How options stand in lines: `per_line` of them, a long label counting twice; `other` in brackets, or on a line of its own."""

    per_line: int
    other_alone: bool = False


def read_ticks(text: str, options: Codes) -> Ticked:
    """The ticked options in words that may hold marks of quotes, none of them inside."""
    letters = _Letters(text)
    spots = letters.spots(options)
    boxed = any(spot.box for spot in spots.values())
    starts = sorted(spot.start for spot in spots.values())
    after = {}
    for code, spot in spots.items():
        following = next((start for start in starts if start >= spot.end), len(letters.key))
        after[code] = text[letters.place(spot.end) : letters.place(following)]
    return Ticked(tuple(code for code in options if code in spots and (spots[code].on or not boxed)), after)


class _Spot(msgspec.Struct):
    """An option's label found in the text: where its box and its label begin and end, whether it has a box, and a ticked one."""

    start: int
    end: int
    box: bool
    on: bool


class _Letters:
    """Text as labels are compared, each letter with its place in the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        pairs = [
            (letter, place)
            for place, sign in enumerate(text)
            for letter in unicodedata.normalize("NFKC", sign).lower()
            if not letter.isspace()
        ]
        self.key = "".join(letter for letter, _ in pairs).replace("臺", "台")
        self._places = [place for _, place in pairs]

    def place(self, index: int) -> int:
        """Where in the text the letter stands."""
        return self._places[index] if index < len(self._places) else len(self._text)

    def spots(self, options: Codes) -> dict[str, _Spot]:
        """The options whose labels stand in the text; where a label stands more than once, the first with a box."""
        found: dict[str, _Spot] = {}
        taken = [False] * len(self.key)
        for code, label in sorted(options.items(), key=lambda pair: -len(pair[1])):
            spots = self._all(key(label), taken)
            if spots:
                found[code] = spot = next((each for each in spots if each.box), spots[0])
                taken[spot.start : spot.end] = [True] * (spot.end - spot.start)
        return {code: found[code] for code in options if code in found}

    def _all(self, label: str, taken: Sequence[bool]) -> list[_Spot]:
        spots = []
        at = self.key.find(label) if label else -1
        while at >= 0:
            if not any(taken[at : at + len(label)]):
                spots.append(self._spot(at, at + len(label)))
            at = self.key.find(label, at + 1)
        return spots

    def _spot(self, at: int, end: int) -> _Spot:
        start = at
        while start and (self.key[start - 1] in OFF or self._is_tick(start - 1)):
            start -= 1
        signs = self.key[start:at]
        return _Spot(start, end, bool(signs), any(sign in ON for sign in signs))

    def _is_tick(self, at: int) -> bool:
        """A v may be the end of a word, as in TV."""
        return self.key[at] in ON and (self.key[at] != "v" or not at or not ("a" <= self.key[at - 1] <= "z"))


def write_choices(codes: Sequence[str] | None, other: str | None, options: Codes, path: str, other_path: str, layout: Layout) -> Lines:
    """The cell of a list: all options with their boxes, `other` with its words, codes in no list."""
    expected = _expected(codes, other, options)
    ticked = set(expected.codes)

    def build(parts: Parts) -> Lines:
        lines = _boxes(options, ticked, parts.get(OTHER), other_path, layout)
        unlisted = [f"第 {at} 項{quote(code)}" for at, code in enumerate(codes or (), 1) if code.strip() and code not in options]
        if unlisted:
            lines.append((_UNLISTED + "、".join(unlisted),))
        if OTHER not in options and OTHER in parts:
            lines.append((_OTHER_WORDS + parts[OTHER],))
        return tuple(lines) or ((Blank(path),),)

    return settle({OTHER: other}, build, lambda said: read_choices(said, options) == expected)


def _expected(codes: Sequence[str] | None, other: str | None, options: Codes) -> Chosen:
    """What reading gives back: listed codes each once and in the form's order, those in no list in their places."""
    unlisted = {at: code for at, code in enumerate(codes or ()) if code.strip() and code not in options}
    listed = [code for code in options if code in set(codes or ())]
    return Chosen(_in_places(listed, unlisted), tidy(other))


def _in_places(listed: Sequence[str], unlisted: Mapping[int, str]) -> tuple[str, ...]:
    """`unlisted` codes at their places, `listed` ones around them; a place that nothing fills is blank."""
    rest = list(listed)
    length = max((at + 1 for at in unlisted), default=0)
    filled_up = [unlisted[at] if at in unlisted else rest.pop(0) if rest else "" for at in range(length)]
    return (*filled_up, *rest)


def _boxes(options: Codes, ticked: set[str], other: str | None, other_path: str, layout: Layout) -> list[Line]:
    lines: list[Line] = []
    line: tuple[Inline, ...] = ()
    room = layout.per_line
    for code, label in options.items():
        alone = layout.other_alone and code == OTHER
        takes = 1 if len(label) <= 8 or layout.per_line == 2 else 2
        if line and (takes > room or alone):
            lines.append(line)
            line, room = (), layout.per_line
        box = (Tick(code in ticked, label),) if code != OTHER else _other_box(label, code in ticked, other, other_path, alone)
        line, room = (*line, *box), room - takes
    return [*lines, line] if line else lines


def _other_box(label: str, ticked: bool, other: str | None, path: str, alone: bool) -> tuple[Inline, ...]:
    if not other and not ticked:
        return (Tick(ticked, label), "　" + "＿" * 16) if alone else (Tick(ticked, f"{label}({'　' * 8})"),)
    words: Inline = other or Blank(path)
    return (Tick(ticked, label), "　", words) if alone else (Tick(ticked, f"{label}("), words, ")")


def read_choices(text: str, options: Codes) -> Chosen:
    """What is ticked in the cell of a list."""
    masked = Masked(text)
    words = filled(masked.text)
    words, other = _cut(words, _OTHER_LINE)
    words, unlisted = _cut(words, _UNLISTED_LINE)
    ticked = read_ticks(words, options)
    if not other and OTHER in ticked.after:
        other = between_brackets(ticked.after[OTHER])
    places: dict[int, str] = {}
    for at, held in _UNLISTED_ITEM.findall(unlisted):
        places[int(at) - 1 if at and int(at) else len(places)] = masked.raw(held) or ""
    return Chosen(_in_places(ticked.codes, places), masked.value(other))


def _cut(text: str, phrase: re.Pattern[str]) -> tuple[str, str]:
    found = phrase.search(text)
    return (text[: found.start()], found[1].strip()) if found else (text, "")


def between_brackets(text: str) -> str:
    """The words after a label: those in the brackets that follow it at once, else all of them, without what was there to be filled in."""
    words = text.strip(_FILL)
    close = _BRACKETS.get(words[:1])
    if close is None:
        return words
    depth = 0
    for at, sign in enumerate(words):
        depth += (sign == words[0]) - (sign == close)
        if not depth:
            return words[1:at].strip(_FILL)
    return words[1:].strip(_FILL)
