"""主持人/講座/專家學者諮詢輔導 of a session: 主持人：王小明, and under it 講座：李大華（外聘 2 節・國立清華大學・每節 1,600 元）."""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from gongxue.documents.blocks import Inline, Line
from gongxue.documents.phrases.lecturer_typed import RATE, is_crowded, is_paid, kind_in, read_figure, read_typed
from gongxue.documents.phrases.numbers import Doubt, Doubts, number_text, read_money
from gongxue.documents.phrases.quoting import Lines, Masked, Parts, filled, or_blank, quote, settle, tidy
from gongxue.documents.phrases.vocabulary import Vocabulary, key
from gongxue.rules.application import Lecturer
from gongxue.rules.numerals import money
from gongxue.rules.text import Text

HOST_LABEL: Final = "主持人："
TALK_LABEL: Final = "講座："
ADVICE_LABEL: Final = "諮詢輔導："
_BETWEEN: Final = "・"
_UNKNOWN_KIND: Final = "類別"

_HOST = r"主持人|社群召集人|召集人|主持"
_LECTURER = r"(?:外聘/?|內聘/?){0,2}(?:講座(?:講師)?|講師|講者|講員|主講人|主講)|(?:專家學者)?諮詢輔導(?:人員|委員)?|專家學者(?:諮詢輔導)?|外聘專家|專家|諮詢委員"
_SPEAKER = re.compile(rf"(?:^|(?<=[\s；;，,、]))(?:(?P<host>{_HOST})|(?P<lecturer>{_LECTURER}))(?:\s*[：:]\s*|(?=\s)|(?=[（(])|$)")
_EXACT = re.compile(r"(?P<name>[^（()）]*?)\s*(?:（(?P<details>.+)）)?", re.DOTALL)
_KIND_AND_PERIODS = re.compile(r"(?P<kind>.*?)\s*(?:(?P<figure>-?[0-9][0-9.e+-]*)\s*節)?", re.DOTALL)
_ROLE = re.compile(r"[（(]\s*(?:主持人|召集人|社群召集人|社群成員可?|主持)\s*[）)]|^(?:主持人|社群召集人|召集人)(?=..)")


class Lead(msgspec.Struct, frozen=True):
    """Who leads a session. A lecturer of whom nothing is known is none."""

    host: str | None = None
    lecturer: Lecturer | None = None


def write_lead(lead: Lead, words: Vocabulary, path: str, *, advice: bool = False) -> Lines:
    """The host, a visible blank where there is none, and the lecturer where there is one, named as an adviser where the session is for
    `advice`."""
    expected = _tidied(lead)
    guest = expected.lecturer or Lecturer()

    def build(parts: Parts) -> Lines:
        first: Line = (HOST_LABEL, or_blank(parts.get("host"), f"{path}.host"))
        if expected.lecturer is None:
            return (first,)
        name: Inline = or_blank(parts.get("name"), f"{path}.lecturer.name")
        details = _BETWEEN.join(_details(guest, parts.get("affiliation"), words))
        return (first, (ADVICE_LABEL if advice else TALK_LABEL, name, *((f"（{details}）",) if details else ())))

    free = {"host": expected.host, "name": guest.name, "affiliation": guest.affiliation}
    return settle(free, build, lambda said: read_lead(said, words, []) == expected)


def _tidied(lead: Lead) -> Lead:
    guest = lead.lecturer
    if guest is not None:
        kind = guest.kind if guest.kind and guest.kind.strip() else None
        guest = Lecturer(tidy(guest.name), tidy(guest.affiliation), kind, guest.periods, guest.rate)
    return Lead(tidy(lead.host), guest if guest != Lecturer() else None)


def _details(guest: Lecturer, affiliation: str | None, words: Vocabulary) -> list[str]:
    kind = (words.kinds.get(guest.kind) or f"{_UNKNOWN_KIND}{quote(guest.kind)}") if guest.kind else ""
    periods = "" if guest.periods is None else f"{number_text(guest.periods)} 節"
    rate = "" if guest.rate is None else f"每節 {money(guest.rate)} 元"
    return [each for each in (f"{kind} {periods}".strip(), affiliation, rate) if each]


def read_lead(text: str, words: Vocabulary, doubts: Doubts) -> Lead:
    """Host and lecturer of a cell. A name under no role is the host's, unless pay is spoken of.

    The column is for host, lecturer or adviser: where a person names a lecturer alone, that is who leads the session. Our own forms never
    leave the host out, they print （未填）.
    """
    masked = Masked(text)
    hosts: list[str] = []
    guests: list[Lecturer] = []
    hosted = False
    for role, said in _speeches(filled(masked.text)):
        hosted = hosted or role == "host"
        if role in ("", "host") and not is_paid(said, words):
            name = _ROLE.sub("", said).strip()
            hosts += [name] if name else []
            continue
        guest = _read_lecturer(masked, role, said, words, doubts)
        guests.append(guest)
        if role == "host" and guest.name:
            hosts.append(guest.name)
    guests = [guest for guest in guests if guest != Lecturer()]
    if len(guests) > 1:
        reason = Text("一場只能有一位講師，請分成兩場。", "A session has one lecturer only; make it two sessions.")
        doubts.append(Doubt(reason, text))
    host = _host(masked, hosts)
    if host is None and not hosted and guests:
        host = guests[0].name
    return _tidied(Lead(host, guests[0] if guests else None))


def _speeches(text: str) -> Iterator[tuple[str, str]]:
    """The text cut where someone is named by role: ("host", …), ("外聘講師", …), or ("", …) for what stands under no role."""
    found = list(_SPEAKER.finditer(text))
    for line in (text[: found[0].start()] if found else text).split("\n"):
        if line.strip():
            yield "", line.strip()
    for match, after in zip(found, (*found[1:], None), strict=False):
        said = text[match.end() : after.start() if after else len(text)].strip(" \t\n　；;，,、")
        yield "host" if match["host"] else match["lecturer"], said


def _host(masked: Masked, said: list[str]) -> str | None:
    return masked.value(said[0]) if len(said) == 1 else masked.back("、".join(said)) or None


def _read_lecturer(masked: Masked, role: str, said: str, words: Vocabulary, doubts: Doubts) -> Lecturer:
    exact = _EXACT.fullmatch(said)
    details = _read_details(masked, exact["details"] or "", words) if exact and role not in ("", "host") else None
    if exact is None or details is None or is_crowded(exact["name"], words):
        return read_typed(masked, role, said, words, doubts)
    return Lecturer(masked.value(exact["name"]), details.affiliation, details.kind or kind_in(role, words), details.periods, details.rate)


def _read_details(masked: Masked, details: str, words: Vocabulary) -> Lecturer | None:
    """What stands in the brackets of our own phrase; None where it is not our phrase."""
    kind: str | None = None
    periods: int | float | None = None
    affiliations, rates = [], []
    for at, piece in enumerate(details.split(_BETWEEN) if details else ()):
        head = _KIND_AND_PERIODS.fullmatch(piece)
        known = _read_kind(masked, head["kind"], words) if head else None
        if at == 0 and head and known is not None:
            kind, periods = known or None, read_figure(head["figure"]) if head["figure"] else None
        elif rate := RATE.fullmatch(piece):
            rates.append(read_money(rate["after"] or rate["before"], []))
        else:
            affiliations.append(masked.value(piece))
    if len(affiliations) > 1 or len(rates) > 1:
        return None
    return Lecturer(None, affiliations[0] if affiliations else None, kind, periods, rates[0] if rates else None)


def _read_kind(masked: Masked, said: str, words: Vocabulary) -> str | None:
    """The code of a kind, "" where none is named, None for what is no kind."""
    if not said:
        return ""
    if said.startswith(_UNKNOWN_KIND):
        return masked.raw(said[len(_UNKNOWN_KIND) :])
    return words.kind_names.get(key(said))
