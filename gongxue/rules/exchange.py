"""Reads the exchange format: one application as JSON. Blank is never malformed; what is malformed is told with place and expectation.

There are two ways, and they agree. The fast one is for files that are right; whenever it meets a fault, or only a doubt, the exact one
(`strict_json`, `shape`) reads the file again and has the last word.
"""

from typing import Any, Final

import msgspec

from gongxue.rules.application import Application

BOM: Final = b"\xef\xbb\xbf"

_decode = msgspec.json.Decoder(Application).decode
_decode_tree = msgspec.json.Decoder().decode

_NAUGHTS: Final = bytes(ord("0") if chr(byte).isdigit() and byte < 128 else byte for byte in range(256))
_WHITE_AND_POINTS: Final = b" \t\r\n."
_TOO_LONG: Final = b"0" * 16


def read(data: bytes, first_line: int = 1) -> Application:
    """The application in `data` (UTF-8 JSON). `first_line` is the line of its file where `data` begins.

    Raises MalformedError with every wrong place that can be told at once.
    """
    return _read_fast(data.removeprefix(BOM)) or read_exactly(data, first_line)


def _read_fast(data: bytes) -> Application | None:
    """The application, or None where anything is wrong or in doubt. It never lets a fault pass.

    The typed decoder refuses what is not UTF-8 or JSON, NaN, raw NUL, lone surrogates, wrong types, unknown keys, and so all deep nesting.
    It lets pass a doubled key, a number of too many digits, and NUL as an escape; here is how these are seen.

    *Doubled keys.* With white space taken away, each member of each object has its own `":`, the end of its key. Strings may add more of
    them, never fewer. So `":` stands at least as often as there are members, and there are at least as many members as keys in
    the decoded tree, where the second of two equal keys has replaced the first. When both ends are equal, so is the middle: no key stands
    twice. When they differ, it is only a doubt. What an escape hides (`\\u0022`) is no `"` among the bytes, and cannot upset this.

    *Digits.* With points taken away and all digits made naughts, a number of more than 15 digits is a run of 16 naughts or more. Only an
    exponent can make one of fewer written digits; such a number is decoded as a float of 10^15 or more, or, with its 15 written
    digits pushed below the point, of less than 0.1. Floats outside of these bounds are a doubt (naught, too: 1e-400 is rounded to it).
    """
    try:
        application = _decode(data)
    except (ValueError, RecursionError):
        return None
    flat = data.translate(_NAUGHTS, _WHITE_AND_POINTS)
    if _TOO_LONG in flat or (b"\\" in flat and b"\\u0000" in data) or flat.count(b'":') != _keys(_decode_tree(data)):
        return None
    return application if application.programme else None


def _keys(tree: Any) -> int:
    """How many keys the objects of `tree` have; -1 when it holds a float that needs a second look."""
    count = 0
    nodes: list[Any] = [tree]
    for node in nodes:
        kind = type(node)
        if kind is dict:
            count += len(node)
            nodes.extend(node.values())
        elif kind is list:
            nodes.extend(node)
        elif kind is float and not 0.1 <= abs(node) < 1e15:
            return -1
    return count


def read_exactly(data: bytes, first_line: int = 1) -> Application:
    """As `read`, by the slow way that knows of each value where it stands."""
    from gongxue.rules.shape import fit
    from gongxue.rules.strict_json import WrongPlaces, decode, scan

    wrong = WrongPlaces(decode(data, first_line), first_line)
    application = fit(scan(wrong), Application, wrong)
    if wrong.found:
        raise wrong.malformed()
    return application  # type: ignore[no-any-return]
