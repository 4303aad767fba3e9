"""Text as a page can carry it: only characters that some font has, and breaks where a word is wider than its column."""

import re
import unicodedata
from collections.abc import Iterable

from gongxue.documents.font_file import FontFile
from gongxue.documents.fonts import LATIN, LATIN_RANGES, Face
from gongxue.documents.printed import GETA, code_point, printable

BREAK = "\u200b"
"""Marks in our output where a word may be broken. It is taken out of all text that comes in, and the template prints nothing for it."""

# Invisible by design (default-ignorable code points): joiners, variation selectors, marks of direction, tags. No font need have them,
# and a mark of direction could show a reader other words than a program reads.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_SPACE = re.compile("[\u1680\u2000-\u200a\u202f\u205f]")
_LINE_BREAK = re.compile("[\u2028\u2029]")
_MARK = "\u0300-\u036f\u3099\u309a"
_MARKED = re.compile(f"(.?)([{_MARK}]+)", re.DOTALL)
_HAS_MARK = re.compile(f"[{_MARK}]")

# Between two of these, and after a space, a line may end wherever Unicode's rules are asked. Everything else counts as one word.
_BREAKS_ANYWHERE = "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff"
_WORD = re.compile(f"[^ {_BREAKS_ANYWHERE}]+")
_BETWEEN = re.compile(f"(?<=.)(?=[^{_MARK}])", re.DOTALL)

# Letters, digits and signs that stand alone and are not wider than they are high: all that is left when a page of checked characters
# failed.
_SIMPLE = re.compile(f"[ -~\u00a0-\u00b6\u00b8-\u02af\u1e00-\u1eff\u2010-\u2027\u3000-\u30ff\u3100-\u312f\uff01-\uff5e{_BREAKS_ANYWHERE}]")
_ALL_SIMPLE = re.compile(f"(?:{_SIMPLE.pattern})*")


class _Widths(dict[int, float]):
    """Widths in ems that no glyph of LATIN exceeds (its widest ASCII glyphs are M and W, its widest letter Ǆ 1.29); all others are
    square."""

    def __missing__(self, code: int) -> float:
        wide = 0.0 if 0x300 <= code <= 0x36F else 1.3 if any(first <= code <= last for first, last in LATIN_RANGES) else 1.0
        self[code] = wide
        return wide


_WIDTHS = _Widths()
for _code in range(0x20, 0x7F):
    _WIDTHS[_code] = 1.0 if chr(_code) in "MW@mw%&" else 0.76 if chr(_code).isupper() else 0.56


def width(text: str) -> float:
    """An upper bound of the text's width in ems, the quarter em between Chinese and Latin included."""
    total = sum(_WIDTHS[ord(character)] for character in text)
    return total if text.isascii() else total + 0.5 * len(_WORD.findall(text))


def is_simple(text: str) -> bool:
    """Whether the text is all letters, digits and signs that stand alone, none of them wider than `width` says."""
    return _ALL_SIMPLE.fullmatch(text) is not None


def has_marks(text: str) -> bool:
    """Whether the text has combining marks, as romanised Taiwanese does (o͘, a̍)."""
    return _HAS_MARK.search(text) is not None


def breakable(text: str, room: float) -> str:
    """The text with a `BREAK` between all characters of each word that is wider than `room` ems, so that no word runs out of its cell."""

    def loosen(word: re.Match[str]) -> str:
        # Signs may cling to the ideograph before and after a word: they count as part of it.
        return word[0] if width(word[0]) + 2 <= room else BREAK + _BETWEEN.sub(BREAK, word[0]) + BREAK

    return text if len(text) * 1.3 + 2 <= room else _WORD.sub(loosen, text)


class Lettering:
    """Knows which family prints which character. One for all papers; what it has looked up it remembers."""

    def __init__(self, faces: Iterable[Face]) -> None:
        """`faces` in the order they are asked."""
        self.files = {face.family: FontFile(face.path, face.index) for face in faces}
        self._known: dict[str, str] = {}

    def family(self, character: str) -> str:
        """The first family that has the character, "" where none has."""
        family = self._known.get(character)
        if family is None:
            family = self._known[character] = self._look_up(character)
        return family

    def _look_up(self, character: str) -> str:
        code = ord(character)
        if any(first <= code <= last for first, last in LATIN_RANGES):
            return LATIN
        return next((family for family, file in self.files.items() if character in file), "")

    def by_family(self, characters: Iterable[str]) -> dict[str, str]:
        """The characters shared out among the families that print them, families in the order they are asked, `LATIN` always first."""
        shares: dict[str, list[str]] = {family: [] for family in (LATIN, *self.files)}
        for character in characters:
            if family := self.family(character):
                shares[family].append(character)
        return {family: "".join(share) for family, share in shares.items() if share or family == LATIN}

    def plain(self, text: str, missing: dict[str, None], *, simple: bool = False) -> str:
        """The text as it prints: lines parted by newlines, unprintable characters as 〓 and added to `missing` (as code points).

        `simple` lets nothing through but letters, digits and signs that stand alone: the way out where a page failed.
        """
        text = _LINE_BREAK.sub("\n", printable(text, missing))
        if not text.isascii():
            text = _SPACE.sub(" ", _INVISIBLE.sub("", text))
            if has_marks(text):
                text = _MARKED.sub(lambda cluster: self._compose(cluster[1], cluster[2], missing), text)
        text = text.replace("\t", "    ")
        for character in dict.fromkeys(text):
            if character != "\n" and (not self.family(character) or (simple and not is_simple(character) and character != GETA)):
                missing[code_point(character)] = None
                text = text.replace(character, GETA)
        return text

    def _compose(self, base: str, marks: str, missing: dict[str, None]) -> str:
        """A letter with its marks in one font: composed where Unicode has it so, else Latin; marks on anything else print as 〓."""
        whole = unicodedata.normalize("NFC", base + marks)
        if len(whole) == 1 or (base.isalpha() and self.family(base) == LATIN):
            return whole
        missing.update(dict.fromkeys(code_point(mark) for mark in whole[len(base) :]))
        return whole[: len(base)] + GETA * (len(whole) - len(base))
