"""What people write into forms, made comparable, and why it cannot be read when it cannot.

`written_dates`, `written_times` and `written_amounts` read it; each returns a value or a `Refusal`, never a bare None, so that a person is
told what was wrong. The exchange format needs none of this: its dates and times are strict (`taiwan`).

The readers keep their patterns as text, which `re` compiles when it first meets them and then remembers: a form that is filled in well
needs few of them, and a check of JSON none.
"""

import re
import unicodedata

import msgspec

from gongxue.rules.text import Text

LONGEST = 100
"""Characters of a date, a time or an amount, spaces included; what is longer is something else."""

_SHOWN = 20

# U+FE30 is the colon of some Taiwanese input methods, and NFKC would make two full stops of it.
_BEFORE_NFKC = str.maketrans({"︰": ":", "〜": "~"})
_AFTER_NFKC = (
    dict.fromkeys(map(ord, "‐‑‒–—―−─ー"), "-")
    | dict.fromkeys(map(ord, "·‧・•⋅。"), ".")
    | dict.fromkeys(map(ord, "∶"), ":")
    | {ord("∼"): "~"}
)
# Superscripts, fractions and circled figures: NFKC would make 50001 of 5000¹, and 21⁄2 of 2½.
_KEPT_FROM_NFKC = "²³¹¼½¾⁰-ₜ⅐-⅟↉①-⑳⓪-⓿㉑-㉟㊱-㊿"
_FOLDED = re.compile(f"[^{_KEPT_FROM_NFKC}]+")
_LOOSE_SPACE = re.compile(r"(?<![0-9]) | (?![0-9])")


class Refusal(msgspec.Struct, frozen=True, gc=False):
    """`code` is one word for programs; `reason` says what is wrong, with the figures seen, and what to write instead."""

    code: str
    reason: Text


def shown(text: str) -> str:
    """What was written, fit to stand inside a sentence: on one line, at most 20 characters, 〓 for what cannot be printed."""
    line = " ".join(text[:1000].split())
    cut = line[:_SHOWN] + "…" if len(line) > _SHOWN else line
    return "".join(character if character.isprintable() else "〓" for character in cut)


def plain(text: str) -> str:
    """NFKC, with one kind of dash, dot, colon and tilde, without invisible characters, and with white space only between two digits.

    Figures that are not plain ones (5000¹, 2½, ①) stay as they are, for the readers to refuse. The space between digits stays because it
    may divide two numbers, as in 111.8.17 13:30.
    """
    folded = _FOLDED.sub(_nfkc, text.translate(_BEFORE_NFKC)).translate(_AFTER_NFKC)
    visible = "".join(character for character in folded if unicodedata.category(character) != "Cf")
    return _LOOSE_SPACE.sub("", " ".join(visible.split()))


def _nfkc(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match.group())
