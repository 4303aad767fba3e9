"""Reads the exchange format: one application as JSON. Blank is never malformed; what is malformed is told with place and expectation.

There are two ways, and they agree. The fast one is for files that are right; whenever it meets a fault, or only a doubt, the exact one
(`strict_json`, `shape`) reads the file again and has the last word.
"""

from typing import Any, Final, TypeVar

import msgspec

from gongxue.rules.application import Application

BOM: Final = b"\xef\xbb\xbf"

Record = TypeVar("Record", bound=msgspec.Struct)

_decode = msgspec.json.Decoder(Application).decode
_decode_tree = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode

_NAUGHTS: Final = bytes(ord("0") if chr(byte) in "123456789" else byte for byte in range(256))
_WHITE_AND_POINTS: Final = b" \t\r\n."
_TOO_LONG: Final = b"0" * 16


def read(data: bytes, first_line: int = 1) -> Application:
    """The application in `data` (UTF-8 JSON). `first_line` is the line of its file where `data` begins.

    Raises MalformedError with every wrong place that can be told at once.
    """
    return read_quickly(data.removeprefix(BOM)) or read_exactly(data, first_line)


def read_quickly(data: bytes) -> Application | None:
    """The application, or None where anything is wrong or in doubt. It never lets a fault pass.

    The typed decoder refuses what is not UTF-8 or JSON, NaN, raw NUL, lone surrogates, wrong types, unknown keys, and so all deep nesting.
    It lets pass NUL as an escape, a number of too many digits, and a doubled key; here is how these are seen.

    *Digits.* With points taken away and all digits made naughts, a number of more than 15 digits is a run of 16 naughts or more. Only an
    exponent can make one of fewer written digits, and only floats have exponents here; `_has_odd_float` says which are in doubt.

    *Doubled keys.* With white space taken away, each member of each object has its own `":`, the end of its key. Strings may add more of
    them, never fewer. So `":` stands at least as often as there are members, and there are at least as many members as keys in what
    was decoded, where the second of two equal keys has replaced the first. When both ends are equal, so is the middle: no key stands
    twice. When they differ, it is only a doubt. The keys are counted in two ways, neither of which finds too many: quickly, then exactly.
    """
    try:
        application = _decode(data)
    except (ValueError, RecursionError):
        return None
    flat = data.translate(_NAUGHTS, _WHITE_AND_POINTS)
    # Here stands \\u0000, and whatever else of ASCII an escape can hide, the " and : of `_filled` among them.
    hides = b"\\" in flat and b"\\u00" in data
    if hides or _TOO_LONG in flat or _has_odd_float(application) or not application.programme:
        return None
    members = flat.count(b'":')
    return application if members == _filled(application) or members == _keys(_decode_tree(data)) else None


def _filled(application: Application) -> int:
    """How often `":` stands in `application` written anew, blank fields left out: its filled fields, and what strings add.

    Strings add no more than they add to `":` in the file: both are written as themselves there, or the file would hold an escape \\u00. A
    string that begins with `:null` takes one away. So this falls short of the file by every doubled key, and by what is null in it.
    """
    anew = _encode(application)
    return anew.count(b'":') - anew.count(b'":null')


def _keys(tree: Any) -> int:
    """How many keys the objects of `tree` have."""
    count = 0
    nodes: list[Any] = [tree]
    for node in nodes:
        kind = type(node)
        if kind is dict:
            count += len(node)
            nodes.extend(node.values())
        elif kind is list:
            nodes.extend(node)
    return count


def _has_odd_float(application: Application) -> bool:
    """Whether one of the two fields that may be a float has one that an exponent can have made of few digits.

    That is one of 10^15 or more, or, its 15 written digits pushed below the point, of less than 0.1; naught, too: 1e-400 is rounded to it.
    """
    for line in application.budget or ():
        if type(line.quantity) is float and not 0.1 <= abs(line.quantity) < 1e15:
            return True
    for session in application.sessions or ():
        lecturer = session.lecturer
        if lecturer is not None and type(lecturer.periods) is float and not 0.1 <= abs(lecturer.periods) < 1e15:
            return True
    return False


def read_exactly(data: bytes, first_line: int = 1) -> Application:
    """As `read`, by the slow way that knows of each value where it stands."""
    return read_record(data, Application, first_line)


def read_record(data: bytes, record: type[Record], first_line: int = 1) -> Record:
    """Any `record` in `data`, read as strictly as an application; raises MalformedError."""
    from gongxue.rules.shape import fit
    from gongxue.rules.strict_json import WrongPlaces, decode, scan

    wrong = WrongPlaces(decode(data, first_line), first_line)
    found = fit(scan(wrong), record, wrong)
    if wrong.found:
        raise wrong.malformed()
    return found
