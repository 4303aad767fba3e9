"""Free text on paper: as it is where it cannot be mistaken for anything else, in 「」 where it can.

Inside 「」 a 」 is written twice, and the few characters that office files change on the way (a carriage return, Word's private signs) are
written by their number, 〔U+000D〕. So any text survives, and a person still reads it.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from gongxue.documents.blocks import Blank, Inline, Line, Tick
from gongxue.documents.printed import UNFILLED, words

Lines = tuple[Line, ...]
Parts = Mapping[str, str]

_UNFILLED = re.compile(r"[（(]\s*未\s*填\s*[）)]")
_CLOSING = re.compile("」+")
_CHANGED_ON_THE_WAY = re.compile("[\r\uf000-\uf0ff]|〔(?=U\\+)")
_BY_NUMBER = re.compile(r"〔U\+([0-9A-F]{4,6})〕")
_HELD = re.compile("\0(\\d+)\0")
_LINE_BREAK = re.compile(r"\r\n?")
_TICK_GAP: Final = "　"


def quote(text: str) -> str:
    """The text in 「」, so that `mask` finds it again whatever it holds."""
    escaped = _CHANGED_ON_THE_WAY.sub(lambda found: f"〔U+{ord(found[0]):04X}〕", text)
    return f"「{escaped.replace('」', '」」')}」"


def _unquoted(inside: str) -> str:
    return _BY_NUMBER.sub(_character, inside.replace("」」", "」"))


def _character(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    return chr(number) if number <= 0x10FFFF else found[0]


class Masked:
    """Text whose quoted stretches are held back, so that no separator inside them is seen. `text` has a mark in place of each."""

    def __init__(self, text: str) -> None:
        self._held: list[str] = []
        self.text = self._masked(text.replace("\0", "")) if "「" in text else text.replace("\0", "")

    def _masked(self, text: str) -> str:
        pieces = []
        done = 0
        while (start := text.find("「", done)) >= 0:
            # A pair 」」 is one 」 of the text; a run of them of odd length ends with the closing one.
            end = next((run.end() for run in _CLOSING.finditer(text, start) if (run.end() - run.start()) % 2), None)
            if end is None:
                break
            pieces += [text[done:start], f"\0{len(self._held)}\0"]
            self._held.append(text[start:end])
            done = end
        return "".join((*pieces, text[done:]))

    @property
    def quotes(self) -> bool:
        """Whether anything is held back."""
        return bool(self._held)

    def raw(self, piece: str) -> str | None:
        """The exact words, where `piece` is one quoted stretch and nothing else."""
        found = _HELD.fullmatch(piece.strip())
        return _unquoted(self._held[int(found[1])][1:-1]) if found else None

    def back(self, piece: str) -> str:
        """`piece` as it was written, quotation marks and all."""
        return _HELD.sub(lambda found: self._held[int(found[1])], piece)

    def value(self, piece: str) -> str | None:
        """What `piece` says as free text: the words inside when all of it is quoted, else the words as they are; None when blank."""
        raw = self.raw(piece)
        return (raw if raw is not None else self.back(piece).strip()) or None


def filled(text: str) -> str:
    """The text without （未填）, which stands for nothing, and beside which people type."""
    return _UNFILLED.sub("", text)


def read_text(text: str) -> str | None:
    """Free text that has a cell for itself."""
    masked = Masked(text)
    return masked.value(filled(masked.text))


def write_text(value: str | None, path: str, *, reserved: Callable[[str], bool] | None = None) -> Lines:
    """Free text in a cell for itself, a visible blank where there is none; in 「」 where it could be misread, or is `reserved`."""
    text = tidy(value)
    if text is None:
        return ((Blank(path),),)
    plain: Lines = ((text,),)
    if read_text(shown(plain)) == text and not (reserved is not None and reserved(text)):
        return plain
    return ((quote(text),),)


def tidy(text: str | None) -> str | None:
    """Text without the white space around it; None when that leaves nothing."""
    return (text.strip() or None) if text else None


def flowing(text: str | None) -> str | None:
    """Running text, of which no line break is worth a mark on paper: a carriage return is a new line."""
    return _LINE_BREAK.sub("\n", text) if text else text


def shown(lines: Lines) -> str:
    """What a cell of these lines says once it is printed, as a reader of office files gets it."""
    return "\n".join(_line(line) for line in lines)


def _line(line: Line) -> str:
    said = ""
    for inline in line:
        if isinstance(inline, Tick) and said and not said[-1].isspace():
            said += _TICK_GAP
        said += UNFILLED if isinstance(inline, Blank) else words(inline)
    return _LINE_BREAK.sub("\n", said)


def settle(free: Mapping[str, str | None], build: Callable[[Parts], Lines], agrees: Callable[[str], bool]) -> Lines:
    """The plainest lines that read back as they should.

    `free` are the free texts by name, `build` makes lines of them as they are to be written (blank ones are left out), `agrees` tells
    whether printed words read back right. Quoted are none of them, else one, else all.
    """
    plain = {name: text for name, value in free.items() if (text := tidy(value))}
    quoted = {name: quote(text) for name, text in plain.items()}
    for attempt in (plain, *({**plain, name: text} for name, text in quoted.items())):
        lines = build(attempt)
        if agrees(shown(lines)):
            return lines
    return build(quoted)


def or_blank(text: str | None, path: str) -> Inline:
    """The text, or a visible blank."""
    return text or Blank(path)
