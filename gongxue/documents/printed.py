"""What every renderer hands back, and the few signs and words that all of them print alike."""

import re
from typing import Final

import msgspec

from gongxue.documents.blocks import Blank, Inline, Paper, Tick

UNTICKED: Final = "□"
TICKED: Final = "■"
"""Every Chinese font has these two, and a person changes one into the other by typing."""

UNFILLED: Final = "（未填）"
"""What a missing value prints as."""

GETA: Final = "〓"
"""The printers' sign (geta) for a character that cannot be printed."""

# The tables of XML 1.0 and of the Unicode standard: control characters but tab and line breaks, surrogates without their half,
# code points that are no characters. No font has any of them, and one alone makes an XML file unreadable.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_LINE_BREAK = re.compile(r"\r\n?")


class Printed(msgspec.Struct, frozen=True):
    """A finished document. `missing` names the characters that print as 〓, as code points (`U+0007`), each once, in the paper's order."""

    data: bytes
    missing: tuple[str, ...] = ()


def printable(text: str, missing: dict[str, None]) -> str:
    """The text with line breaks as newlines and every unprintable character as 〓; their code points are added to `missing`."""
    if "\r" in text:
        text = _LINE_BREAK.sub("\n", text)
    if _UNPRINTABLE.search(text) is None:
        return text
    missing.update(dict.fromkeys(code_point(character) for character in _UNPRINTABLE.findall(text)))
    return _UNPRINTABLE.sub(GETA, text)


def code_point(character: str) -> str:
    """`U+20BB7` for 𠮷: safe to print and to log, which a control character or half a surrogate pair is not."""
    return f"U+{ord(character):04X}"


def words(inline: Inline) -> str:
    """What an inline prints as, where ticks are typed and not drawn."""
    if isinstance(inline, Tick):
        return (TICKED if inline.checked else UNTICKED) + inline.label
    if isinstance(inline, Blank):
        return UNFILLED
    return inline


def foot(paper: Paper) -> str:
    """What stands in the foot beside the page number, in one line: the version and the first 12 digits of the snapshot's SHA-256."""
    return f"版本 {' '.join(paper.version.split())}　校驗碼 {paper.digest[:12]}"
