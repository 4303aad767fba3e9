"""地點/備註 of a session: the place; 線上；課堂實踐；公開授課教師：王小明；全市開放; 備註：…"""

import re
from typing import Final

import msgspec

from gongxue.documents.blocks import Blank, Line
from gongxue.documents.phrases.quoting import Lines, Masked, Parts, filled, flowing, settle, tidy
from gongxue.documents.phrases.vocabulary import key

ONLINE: Final = "線上"
PRACTICE: Final = "課堂實踐"
OPEN: Final = "全市開放"
TEACHER: Final = "公開授課教師："
NOTE: Final = "備註："

_SAID: Final = {
    **dict.fromkeys((ONLINE, "線上辦理", "線上會議", "線上進行", "線上活動", "線上社群"), "online"),
    **dict.fromkeys((PRACTICE, "課堂實踐活動"), "practice"),
    **dict.fromkeys((OPEN, "開放全市", "開放全市教師", "開放全市觀課", "開放全市教師觀課", "開放全市教師參與"), "open_to_city"),
}
_PHRASES: Final = "|".join(sorted(_SAID, key=len, reverse=True))
_EMBEDDED = re.compile(rf"(?:^|[\s（(、，,【\[])(?P<said>{_PHRASES})(?P<after>[）)】\]]|(?=$|[、，,\s]))")
_TEACHER = re.compile(r"(?:公開授課教師|公開授課者|授課教師|授課者)\s*[：:]\s*(.*)", re.DOTALL)
_NOTE = re.compile(r"(?:^|(?<=[\n；;]))[ \t　]*備註[ \t　]*[：:](.*)", re.DOTALL)
_SEPARATOR = re.compile(r"[\n；;]")
_BY_WIRE = re.compile(r"線上|視訊|google\s*meet|webex|ms\s*teams|zoom", re.IGNORECASE)


class Place(msgspec.Struct, frozen=True):
    """Where a session is held, and what else its cell says of it."""

    place: str | None = None
    online: bool = False
    practice: bool = False
    teacher: str | None = None
    open_to_city: bool = False
    note: str | None = None


def write_place(place: Place, path: str) -> Lines:
    """The place, a visible blank where a session that is not online has none; under it what is so, and the note."""
    note = tidy(flowing(place.note))
    expected = Place(tidy(place.place), place.online, place.practice, tidy(place.teacher), place.open_to_city, note)

    def build(parts: Parts) -> Lines:
        lines: list[Line] = []
        if "place" in parts:
            lines.append((parts["place"],))
        elif not place.online:
            lines.append((Blank(f"{path}.place"),))
        teacher = TEACHER + parts["teacher"] if "teacher" in parts else ""
        said = (ONLINE if place.online else "", PRACTICE if place.practice else "", teacher, OPEN if place.open_to_city else "")
        if any(said):
            lines.append(("；".join(each for each in said if each),))
        return (*lines, (NOTE + parts["note"],)) if "note" in parts else tuple(lines)

    free = {"place": expected.place, "teacher": expected.teacher, "note": note}
    return settle(free, build, lambda text: read_place(text) == expected)


def read_place(text: str) -> Place:
    """What a cell says. A place that speaks of a video conference is online, and keeps its words."""
    masked = Masked(text)
    said = filled(masked.text)
    note = _NOTE.search(said)
    so: set[str] = set()
    places: list[str] = []
    teacher: str | None = None
    for piece in _SEPARATOR.split(said[: note.start()] if note else said):
        named = _TEACHER.fullmatch(piece.strip())
        if named:
            teacher = masked.value(named[1])
            continue
        rest = _without_phrases(piece, so).strip()
        if _BY_WIRE.search(rest):
            so.add("online")
        places += [rest] if rest else []
    return Place(
        masked.value("\n".join(places)),
        "online" in so,
        "practice" in so,
        teacher,
        "open_to_city" in so,
        masked.value(note[1]) if note else None,
    )


def _without_phrases(piece: str, so: set[str]) -> str:
    """The piece without our phrases, alone or between separators; what they say is added to `so`."""
    said = _SAID.get(key(piece))
    if said:
        so.add(said)
        return ""

    def taken(found: re.Match[str]) -> str:
        so.add(_SAID[found["said"]])
        return ""

    return _EMBEDDED.sub(taken, piece)
