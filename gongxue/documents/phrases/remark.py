"""備註 of a budget line: under the plan's own notes the way of travel, the line's place in the list, and a note. 火車; 第 3 列; 備註：…

The form has its lines in a fixed order and the exchange format has none; where the two differ, each line says its place, as messages
name it.
"""

import re
from typing import Final

import msgspec

from gongxue.documents.blocks import Line
from gongxue.documents.phrases.quoting import Lines, Masked, Parts, filled, flowing, quote, settle, tidy
from gongxue.documents.phrases.vocabulary import Vocabulary, key

NOTE: Final = "備註："
_MODE: Final = "交通方式："
_NOTE = re.compile(r"(?:^|(?<=[\n；;]))[ \t　]*備註[ \t　]*[：:](.*)", re.DOTALL)
_MODE_LINE = re.compile(r"交通方式\s*[：:]\s*(.*)", re.DOTALL)
_PLACE = re.compile(r"第\s*([0-9]{1,6})\s*列")
_SEPARATOR = re.compile(r"([\n；;])")
_WORD_END = re.compile(r"[\s（(,，、:：]")
_BEFORE_MODE: Final = r"(?:以|搭乘|搭|乘坐|乘)?"
_AFTER_MODE: Final = r"(?:來回|往返|單程|車票|票價|車資|票|費)*"


class Remark(msgspec.Struct, frozen=True):
    """What 備註 says of one line; `place` counts from 1."""

    mode: str | None = None
    place: int | None = None
    note: str | None = None


def write_remark(remark: Remark, notes: tuple[str, ...], words: Vocabulary) -> Lines:
    """The plan's `notes`, and under them the remark."""
    expected = Remark(remark.mode if remark.mode and remark.mode.strip() else None, remark.place, tidy(flowing(remark.note)))
    mode = (words.modes.get(expected.mode) or _MODE + quote(expected.mode)) if expected.mode else ""
    place = f"第 {remark.place} 列" if remark.place is not None else ""

    def build(parts: Parts) -> Lines:
        said: list[Line] = [(each,) for each in (mode, place) if each]
        return (*((note,) for note in notes), *said, *(((NOTE + parts["note"],),) if "note" in parts else ()))

    return settle({"note": expected.note}, build, lambda text: read_remark(text, words, travel=True) == expected)


def read_remark(text: str, words: Vocabulary, *, travel: bool) -> Remark:
    """The remark of a cell from which the plan's own notes are taken out. A way of travel is looked for in other words where it is
    `travel`."""
    masked = Masked(text)
    said = "\n".join(line for line in filled(masked.text).split("\n") if key(masked.back(line)) not in words.notes)
    found = _NOTE.search(said)
    mode: str | None = None
    place: int | None = None
    rest: list[str] = []
    for piece in _SEPARATOR.split(said[: found.start()] if found else said):
        if not piece.strip(" \t\n　；;"):
            rest.append(piece)
            continue
        told = _MODE_LINE.fullmatch(piece.strip())
        numbered = _PLACE.fullmatch(piece.strip())
        if told:
            mode = masked.raw(told[1]) or words.mode_names.get(key(told[1])) or masked.back(told[1]).strip() or None
        elif numbered:
            place = int(numbered[1])
        elif key(piece) in words.mode_names:
            mode = words.mode_names[key(piece)]
        else:
            mode = mode or (_mode_in(piece, words) if travel else None)
            rest.append(piece)
    kept = masked.value("".join(rest).strip(" \t\n　；;"))
    noted = masked.value(found[1]) if found else None
    return Remark(mode, place, "\n".join(each for each in (kept, noted) if each) or None)


def _mode_in(piece: str, words: Vocabulary) -> str | None:
    """The way of travel with which a piece begins, as in 搭火車來回, 高鐵（台北-新竹）; a word inside a sentence (不含計程車) says nothing."""
    first = key(_WORD_END.split(piece.strip(), maxsplit=1)[0])
    return next(
        (code for name, code in words.mode_names.items() if re.fullmatch(f"{_BEFORE_MODE}{re.escape(name)}{_AFTER_MODE}", first)), None
    )
