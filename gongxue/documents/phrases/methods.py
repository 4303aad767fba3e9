"""實施方式 of a session: labels of the list in the given order, 公開授課、專業回饋; 其他（桌遊試玩）; a code in no list in 「」."""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from gongxue.documents.blocks import Blank, Inline
from gongxue.documents.phrases.quoting import Lines, Masked, Parts, filled, quote, settle, tidy
from gongxue.documents.phrases.ticks import OFF, ON, between_brackets
from gongxue.documents.phrases.vocabulary import OTHER, Vocabulary, key

_OTHER_WORDS: Final = "其他說明："
_OTHER_LINE = re.compile(r"(?:^|\n)[ \t　]*其他說明[：:](.*)", re.DOTALL)
_BETWEEN: Final = "、,，;；/／\n"
_NUMBERING = re.compile(r"[\s(（]*[0-9０-９]{1,2}[.、．)）]\s*")
_BRACKET = re.compile(r"[（(].*", re.DOTALL)
_PRACTICE: Final = "課堂實踐"


class Methods(msgspec.Struct, frozen=True):
    """The codes of a session in the exchange format's order, and what `other` is. 課堂實踐 is no method, but people write it here."""

    codes: tuple[str, ...]
    other: str | None = None
    practice: bool = False


def write_methods(codes: Sequence[str] | None, other: str | None, words: Vocabulary, path: str) -> Lines:
    """One line of labels, the words of `other` with the first of them; a visible blank where there is none."""
    expected = Methods(_tidied(codes), tidy(other))

    def build(parts: Parts) -> Lines:
        line: list[Inline] = []
        for at, code in enumerate(expected.codes):
            line += ["、"] if at else []
            if code == OTHER and OTHER in words.methods and code not in expected.codes[:at]:
                line += [f"{words.methods[code]}（", parts.get(OTHER) or Blank(f"{path}.method_other"), "）"]
            else:
                line.append((words.methods.get(code) or quote(code)) if code else Blank(f"{path}.methods"))
        first = tuple(line) or (Blank(f"{path}.methods"),)
        told = OTHER in parts and not (OTHER in words.methods and OTHER in expected.codes)
        return (first, (_OTHER_WORDS + parts[OTHER],)) if told else (first,)

    return settle({OTHER: other}, build, lambda said: read_methods(said, words) == expected)


def _tidied(codes: Sequence[str] | None) -> tuple[str, ...]:
    """Blank codes as "", because each holds its place among the others; none at all where all are blank."""
    tidied = tuple(code if code.strip() else "" for code in codes or ())
    return tidied if any(tidied) else ()


def read_methods(text: str, words: Vocabulary) -> Methods:
    """The methods of a cell; what is in no list comes back as it is written, for the rules to name."""
    masked = Masked(text)
    said = masked.text
    found = _OTHER_LINE.search(said)
    other = found[1].strip() if found else ""
    codes: list[str] = []
    practice = False
    for piece in _pieces(said[: found.start()] if found else said):
        raw = masked.raw(piece)
        if raw is not None:
            codes.append(raw)
            continue
        if key(piece) == _PRACTICE:
            practice = True
            continue
        for code, told in _read(filled(piece), words):
            codes.append(code if code in words.methods else masked.back(code))
            other = other or told
    return Methods(_tidied(codes), masked.value(other), practice)


def _pieces(text: str) -> list[str]:
    """The text at its separators, none of them inside brackets. A piece that is empty as typed is none; （未填） is one."""
    pieces = [""]
    depth = 0
    for sign in text:
        depth = max(0, depth + (sign in "（(") - (sign in "）)"))
        if sign in _BETWEEN and not depth:
            pieces.append("")
        else:
            pieces[-1] += sign
    return [piece for piece in pieces if piece.strip()]


def _read(piece: str, words: Vocabulary) -> list[tuple[str, str]]:
    """The codes that a piece names, each with what it says of `other`: its label, a label with remarks, or several labels in a phrase."""
    plain = _NUMBERING.sub("", piece, count=1).strip() if _NUMBERING.match(piece) else piece.strip()
    if plain[:1] and plain[0] in OFF:
        return []
    plain = plain.lstrip(ON + " 　")
    if not plain:
        return [("", "")]
    other = words.methods.get(OTHER)
    if other and key(plain).startswith(key(other)):
        return [(OTHER, between_brackets(plain[len(other) :]))]
    for said in (plain, _BRACKET.sub("", plain)):
        if key(said) in words.method_names:
            return [(words.method_names[key(said)], "")]
    inside = _labels_inside(key(plain), words)
    return [(code, "") for code in inside] or [(piece.strip(), "")]


def _labels_inside(text: str, words: Vocabulary) -> list[str]:
    """Codes of the labels that stand in the text, from left to right; a label inside a longer one does not count."""
    found: dict[int, str] = {}
    for name, code in words.method_names.items():
        at = text.find(name)
        while at >= 0:
            text = text[:at] + "\0" * len(name) + text[at + len(name) :]
            found[at] = code
            at = text.find(name)
    return [code for _, code in sorted(found.items()) if code != OTHER]
