"""A lecturer as people type one: 外聘講師 李大華教授（清華大學）2節, 國立清華大學 李大華 每節1600元.

Nothing is guessed of money: periods and a rate count only where 節 or 元 says so. Names and institutions are told apart by the words that
institutions bear.
"""

import re
import unicodedata
from typing import Final

from gongxue.documents.phrases.numbers import Doubt, Doubts, read_money, read_quantity
from gongxue.documents.phrases.quoting import Masked
from gongxue.documents.phrases.vocabulary import Vocabulary, key
from gongxue.rules.application import Lecturer
from gongxue.rules.numerals import read_number
from gongxue.rules.text import Text

_FIGURE: Final = r"-?[0-9][0-9.,，]{0,30}(?:e[+-]?[0-9]{1,3})?"
_COUNTED: Final = r"[一二兩三四五六七八九十]{1,2}"
_PERIODS = re.compile(rf"(?<!第)(?<![第0-9.,、-])(?P<figure>{_FIGURE}|{_COUNTED})\s*[節堂]課?")
RATE = re.compile(rf"每\s*[節堂]\s*(?P<after>{_FIGURE})\s*元?|(?P<before>{_FIGURE})\s*元\s*[/／每]\s*[節堂]")
"""What a period pays."""

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_BETWEEN = re.compile(r"[・‧·,，、/;；:：\s]+")
_INSTITUTION = re.compile(
    r".*(?:大學|學院|學校|國小|國中|高中|高職|小學|中學|附小|附中|中心|教育局|教育處|教育部|市政府|縣政府|公司|協會|基金會|學會|圖書館|博物館|美術館)"
)
_TITLE = re.compile(r"(?:名譽|兼任|退休|副|助理|客座)*(?:教授|老師|教師|講師|講座|校長|主任|組長|博士|先生|女士|小姐|督學|委員|輔導員)")
_TITLE_AT_END = re.compile(rf"(?<=..){_TITLE.pattern}$")
_TITLE_APART = re.compile(rf"\s{_TITLE.pattern}\s*$")
_ROLE_AT_START = re.compile(r"^(?:外聘|內聘)*(?:講師|講座|講者|主講人|專家學者|諮詢輔導(?:人員|委員)?)(?=..)")
_ROLES = frozenset({"主持人", "召集人", "社群召集人", "社群成員", "社群成員可", "講師", "講座", "講者", "鐘點費", "支領"})


def is_paid(said: str, words: Vocabulary) -> bool:
    """Whether the words speak of pay, as they only do of lecturers."""
    plain = unicodedata.normalize("NFKC", said)
    return bool(_PERIODS.search(plain) or RATE.search(plain)) or any(name in key(said) for name in words.kind_names)


def is_crowded(said: str, words: Vocabulary) -> bool:
    """Whether there is more than a name in the words: pay, an institution before the name, a title after it, a list."""
    found = _INSTITUTION.match(said)
    return is_paid(said, words) or bool(found and found[0] != said) or _TITLE_APART.search(said) is not None or "、" in said


def kind_in(said: str, words: Vocabulary) -> str | None:
    """The one kind of lecturer that is named; None where none or several are (外聘/內聘講師)."""
    rest, found = key(said), set()
    for name, code in words.kind_names.items():
        if name in rest:
            rest = rest.replace(name, "\0")
            found.add(code)
    return found.pop() if len(found) == 1 else None


def read_figure(figure: str) -> int | float | None:
    """A number in figures, or in everyday words (兩)."""
    counted = read_number(figure) if re.fullmatch(_COUNTED, figure) else None
    return counted if counted is not None else read_quantity(figure, [])


def read_typed(masked: Masked, role: str, said: str, words: Vocabulary, doubts: Doubts) -> Lecturer:
    """The lecturer in what a person typed after `role` (外聘講師)."""
    plain = unicodedata.normalize("NFKC", said)
    rate, plain = _taken(RATE, plain)
    periods, plain = _taken(_PERIODS, plain)
    kind = kind_in(role, words) or kind_in(plain, words)
    bracketed = [piece for inside in _BRACKETS.findall(plain) for piece in _pieces(inside, words)]
    names, institutions = _told_apart(_pieces(_BRACKETS.sub(" ", plain), words))
    if not names and institutions and bracketed:
        names, bracketed = bracketed[:1], bracketed[1:]
    institutions += bracketed
    if len(names) > 1:
        reason = Text("一場只能有一位講師，這裡讀到好幾個姓名。", "A session has one lecturer only; several names are read here.")
        doubts.append(Doubt(reason, masked.back(said)))
    return Lecturer(
        masked.value(_TITLE_AT_END.sub("", names[0])) if names else None,
        masked.value("・".join(institutions)) if institutions else None,
        kind,
        read_figure(periods["figure"]) if periods else None,
        read_money(rate["after"] or rate["before"], doubts) if rate else None,
    )


def _taken(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str] | None, str]:
    found = pattern.search(text)
    return (found, f"{text[: found.start()]} {text[found.end() :]}") if found else (None, text)


def _pieces(text: str, words: Vocabulary) -> list[str]:
    """The words between separators, but for those that only say what a lecturer is."""
    pieces = [_ROLE_AT_START.sub("", piece) for piece in _BETWEEN.split(text) if piece]
    return [piece for piece in pieces if key(piece) not in words.kind_names and piece not in _ROLES and not _TITLE.fullmatch(piece)]


def _told_apart(pieces: list[str]) -> tuple[list[str], list[str]]:
    """Names and institutions; 國立清華大學李大華 is both."""
    names, institutions = [], []
    for piece in pieces:
        found = _INSTITUTION.match(piece)
        if found is None:
            names.append(piece)
            continue
        institutions.append(found[0])
        if rest := piece[found.end() :]:
            names.append(rest)
    return names, institutions
