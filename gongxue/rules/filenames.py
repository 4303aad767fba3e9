"""File names as 陸、二(一) of the plan wants them, safe to save, send and unpack on Windows, macOS and Linux.

The programme gives the template (新竹市111學年度{school}-{community}-{tier}); what people typed goes into it and cannot break it.
"""

import re
import unicodedata
from collections.abc import Iterable

from gongxue.rules.application import Application
from gongxue.rules.programme import Programme

MISSING = "未填"
"""Stands where the school, the community or the tier is blank, so that the gap is seen in the name."""

ANY_NAME = "{school}-{community}-{tier}"
"""For a programme that does not say how files are named."""

LONGEST = 255
"""UTF-8 bytes and, decomposed as macOS keeps them, UTF-16 units: the limit of every file system in use."""

_ROOM_FOR_NUMBER = 9
"""Bytes kept free for the （2） to （999） of `unique_names`."""

_LONGEST_TEMPLATE = 120
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_SHORTENED_FIRST = ("community", "school", "tier")
_EXTENSION = re.compile(r"[A-Za-z0-9]{1,10}")
_WITH_EXTENSION = re.compile(r"(.+?)(\.[A-Za-z0-9]{1,10})?", re.DOTALL)
_ELLIPSIS = "…"
_WIDE = str.maketrans('<>:"/\\|?*≮≯', "＜＞：＂／＼｜？＊＜＞")
"""Windows forbids the first nine; the last two decompose into < and > with a stroke."""

_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
"""Invisible, though Unicode files them as letters, marks and symbols; two names that differ in one look the same."""

_DEVICES = frozenset(
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"] + [f"{port}{digit}" for port in ("COM", "LPT") for digit in "0123456789¹²³"]
)
_MOST_MARKS = 4
"""Combining marks on one letter: enough for any language, few enough that the shortest name of three letters fits."""


def plan_file_name(template: str, school: str, community: str, tier_label: str, extension: str) -> str:
    """The name of an application's file: `template` with {school}, {community} and {tier} filled in, and `extension` (pdf, .pdf).

    A name that would be too long is shortened in the community, then in the school; the tier's label only when nothing else is left,
    because the plan wants it in the name.

    ValueError for what a programme, not a person, got wrong: another placeholder or none, a template over 120 bytes, an extension that is
    not 1 to 10 ASCII letters and digits.
    """
    suffix = extension.removeprefix(".")
    if not _EXTENSION.fullmatch(suffix):
        raise ValueError(f"{extension!r} is no file extension: 1 to 10 letters and digits")
    pieces = _template_pieces(template)
    values = {name: _clean(value) or MISSING for name, value in (("school", school), ("community", community), ("tier", tier_label))}
    room = LONGEST - _ROOM_FOR_NUMBER - len(suffix) - 1
    for name in _SHORTENED_FIRST:
        over = _size(_filled(pieces, values)) - room
        if over > 0:
            values[name] = _shortened(values[name], _size(values[name]) - over)
    return f"{_safe_stem(_filled(pieces, values))}.{suffix}"


def application_file_name(application: Application, programme: Programme, extension: str) -> str:
    """The name of an application's file as its programme wants it, the school by its short name where the register knows it (陸、二).

    A programme that does not say how files are named gets ANY_NAME. ValueError as `plan_file_name`.
    """
    form, tier = programme.forms.get("application"), programme.tier(application.tier)
    template = (form.file_name if form else "") or ANY_NAME
    school = short_name(programme, application.fiscal_school or "")
    return plan_file_name(template, school, application.name or "", tier.label.zh if tier else "", extension)


def short_name(programme: Programme, school: str) -> str:
    """What people call a school: its short name in the programme's register, else what was written."""
    known = programme.register.find(school) if programme.register else None
    return known.name if known else school


def unique_names(names: Iterable[str]) -> list[str]:
    """The names in their order, each made different from all others by （2）, （3）… before its extension where need be.

    Names differ only when a file system that ignores case and normalisation says so; the first of equals keeps its name, and no number
    makes a name that another one has already.
    """
    given = list(names)
    taken = {_same(name) for name in given}
    last: dict[str, int] = {}
    unique = []
    for name in given:
        key = _same(name)
        number, chosen = last.get(key, 0) + 1, name
        if number > 1:
            while _same(chosen := _numbered(name, number)) in taken:
                number += 1
            taken.add(_same(chosen))
        last[key] = number
        unique.append(chosen)
    return unique


def _template_pieces(template: str) -> list[str]:
    """Text and placeholder names by turns: ["新竹市111學年度", "school", "-", "community", "-", "tier", ""]."""
    pieces = _PLACEHOLDER.split(template)
    unknown = [name for name in pieces[1::2] if name not in _SHORTENED_FIRST]
    if unknown or len(pieces) == 1:
        raise ValueError(f"{template!r} must have the placeholders {{school}}, {{community}}, {{tier}} and no others, not {unknown}")
    pieces[::2] = [_replaced(text) for text in pieces[::2]]
    if _size("".join(pieces[::2])) > _LONGEST_TEMPLATE:
        raise ValueError(f"{template!r} is longer than {_LONGEST_TEMPLATE} bytes, too long for a file name")
    return pieces


def _filled(pieces: list[str], values: dict[str, str]) -> str:
    return unicodedata.normalize("NFC", "".join(values[piece] if at % 2 else piece for at, piece in enumerate(pieces)))


def _clean(text: str) -> str:
    """`text` as it may stand inside a name: on one line, single spaces, no mark that would cling to what stands before it."""
    words = " ".join(_replaced(text).split())
    return "".join(_few_marks(words.lstrip(_leading_marks(words)))).strip()


def _leading_marks(text: str) -> str:
    """The combining marks among the characters of `text`, and the space, for `str.lstrip`."""
    return " " + "".join({character for character in text if _is_mark(character)})


def _few_marks(text: str) -> Iterable[str]:
    """`text` with at most 4 combining marks on one letter, so that it can always be cut between letters."""
    marks = 0
    for character in text:
        marks = marks + 1 if _is_mark(character) else 0
        if marks <= _MOST_MARKS:
            yield character


def _replaced(text: str) -> str:
    """`text` in NFC with every character that is forbidden somewhere replaced by a look-alike or _, and the invisible ones left out."""
    seen = "".join(_allowed(character) for character in unicodedata.normalize("NFC", text))
    return unicodedata.normalize("NFC", seen).translate(_WIDE)


def _allowed(character: str) -> str:
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category == "Cf" or character in _UNSEEN or "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return ""
    # U+F000 to U+F0FF stand for the forbidden characters themselves where Windows and macOS share files.
    if category in ("Cc", "Cs", "Cn") or "\uf000" <= character <= "\uf0ff":
        return "_"
    return character


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def _size(text: str) -> int:
    """At least the bytes and at least the units of `text`, and the sum of the sizes of its parts, so that cutting can be reckoned."""
    return sum(max(len(each.encode()), len(unicodedata.normalize("NFD", each).encode("utf-16-le")) // 2) for each in text)


def _shortened(text: str, size: int) -> str:
    """The beginning of `text` with … after it, `size` at most, cut between letters; at least the first letter of it."""
    kept, used = "", _size(_ELLIPSIS)
    for letter in _letters(text):
        used += _size(letter)
        if kept and used > size:
            break
        kept += letter
    return f"{kept.rstrip()}{_ELLIPSIS}" if len(kept) < len(text) else text


def _letters(text: str) -> list[str]:
    """What a reader takes for one letter each: a character with its marks or its skin tone, or the two halves of a flag."""
    letters: list[str] = []
    for character in text:
        before = letters[-1] if letters else ""
        tone = _is_tone(character) and not _is_tone(before[-1:])
        flag = _is_half_flag(character) and _is_half_flag(before)
        if before and (_is_mark(character) or tone or flag):
            letters[-1] += character
        else:
            letters.append(character)
    return letters


def _is_tone(character: str) -> bool:
    return len(character) == 1 and "\U0001f3fb" <= character <= "\U0001f3ff"


def _is_half_flag(character: str) -> bool:
    return len(character) == 1 and "\U0001f1e6" <= character <= "\U0001f1ff"


def _safe_stem(text: str) -> str:
    """`text` without the dots and spaces that Windows drops, the dot that hides, the dash of an option, and no device's name."""
    stem = text.lstrip(" .-").rstrip(" .") or MISSING
    return f"_{stem}" if stem.partition(".")[0].rstrip().upper() in _DEVICES else stem


def _numbered(name: str, number: int) -> str:
    match = _WITH_EXTENSION.fullmatch(name)
    stem, suffix = (match[1], match[2] or "") if match else (name, "")
    mark = f"（{number}）"
    while _size(f"{stem}{mark}{suffix}") > LONGEST:
        stem = "".join(_letters(stem)[:-1])
    return f"{stem}{mark}{suffix}"


def _same(name: str) -> str:
    """What a file system that ignores case and normalisation compares."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())
