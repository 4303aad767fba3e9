"""Reads JSON strictly and slowly, to tell each fault with its line and column: the fast path in `exchange` comes here when it doubts.

Beyond the grammar it finds what parsers pass over: doubled keys, NUL, lone surrogates, NaN, numbers of too many digits, deep nesting.
"""

import re
from typing import NoReturn

import msgspec

from gongxue.rules.malformed import MOST_TOLD, MalformedError, WrongPlace, quoted
from gongxue.rules.text import Text

BOM = b"\xef\xbb\xbf"
MOST_DEPTH = 50
MOST_DIGITS = 15


class Node(msgspec.Struct, frozen=True):
    """A value and the offset (in characters) where it begins. `members` of an object and `items` of an array are nodes again."""

    offset: int
    value: str | int | float | bool | None = None
    members: dict[str, "Node"] | None = None
    items: list["Node"] | None = None
    spoilt: bool = False
    """A number that has been told to be wrong already: its type is not judged."""


class WrongPlaces:
    """Collects what is wrong in `text`; `first_line` is the number of its first line in the file it comes from."""

    def __init__(self, text: str, first_line: int) -> None:
        self.text, self.first_line = text, first_line
        self.found: list[tuple[int, str, Text]] = []
        self.untold = 0

    @property
    def enough(self) -> bool:
        """Whether further ones are only counted."""
        return len(self.found) >= MOST_TOLD

    def add(self, offset: int, path: str, zh: str, en: str) -> None:
        """Take note of a wrong place, or only count it when there are enough."""
        if self.enough:
            self.untold += 1
        else:
            self.found.append((offset, path, Text(zh, en)))

    def stop(self, offset: int, path: str, zh: str, en: str) -> NoReturn:
        """Reading cannot go on here: raise what was found so far, and this."""
        self.found.append((offset, path, Text(zh, en)))
        raise self.malformed()

    def malformed(self) -> MalformedError:
        """All that was found, in reading order."""
        return MalformedError(tuple(self._place(*found) for found in sorted(self.found, key=lambda found: found[0])), self.untold)

    def _place(self, offset: int, path: str, expected: Text) -> WrongPlace:
        line = self.text.count("\n", 0, offset)
        return WrongPlace(expected, path, self.first_line + line, offset - self.text.rfind("\n", 0, offset))


def decode(data: bytes, first_line: int = 1) -> str:
    """The text of a UTF-8 file, a byte order mark passed over; raises MalformedError."""
    body = data.removeprefix(BOM)
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        before = body[: error.start].decode()
        wrong = WrongPlaces(before, first_line)
        wrong.stop(len(before), "", *_other_encoding(body))


def _other_encoding(body: bytes) -> tuple[str, str]:
    zh, en = "應為 UTF-8 編碼", "must be UTF-8"
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return f"{zh}；這個檔案像是 UTF-16，請另存為 UTF-8", f"{en}; this file looks like UTF-16: save it as UTF-8"
    try:
        body.decode("cp950")
    except UnicodeDecodeError:
        return f"{zh}，這裡的位元組不是", f"{en}, and these bytes are not"
    return f"{zh}；這個檔案像是 Big5（CP950），請另存為 UTF-8", f"{en}; this file looks like Big5 (CP950): save it as UTF-8"


def scan(wrong: WrongPlaces) -> Node:
    """The one value in the text of `wrong`. Adds what is wrong but can be read over; raises MalformedError where it cannot go on."""
    if (offset := wrong.text.find("\0")) >= 0:
        wrong.stop(offset, "", "不應有 NUL 字元（檔案可能損壞，或不是 UTF-8）", "must not hold NUL (the file may be damaged, or not UTF-8)")
    return _Scanner(wrong).document()


_INK = re.compile(r"[^ \t\r\n]")
_CONTROL = re.compile(r"[\x00-\x1f]")
_STRING = re.compile(r'"[^"\\\x00-\x1f]*+(?:\\[^\x00-\x1f][^"\\\x00-\x1f]*+)*+"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?")
_WORD = re.compile(r"-?[A-Za-z]++")
_ESCAPE = re.compile(r"\\(?:([\"\\/bfnrt])|u([0-9a-fA-F]{4})|)")
_SNIPPET = re.compile(r"[^\s,:\[\]{}]{1,20}|.?", re.DOTALL)
_WORDS = {"true": True, "false": False, "null": None}
_NO_NUMBERS = {"NaN", "Infinity", "-Infinity", "-NaN"}
_PLAIN_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class _Scanner:
    """Recursive descent; nesting is bounded, so the recursion is."""

    def __init__(self, wrong: WrongPlaces) -> None:
        self.wrong, self.text = wrong, wrong.text
        self.at = 0

    def document(self) -> Node:
        node = self._value("", 0)
        if self._next():
            self._stop(
                "",
                "檔案應到此為止（一檔一份；多份請存成一行一份的 .ndjson）",
                "expected the end of the file (several applications go in .ndjson, one a line)",
            )
        return node

    def _next(self) -> str:
        """The next character that is not white space, "" at the end; the scanner stands before it."""
        match = _INK.search(self.text, self.at)
        self.at = match.start() if match else len(self.text)
        return match[0] if match else ""

    def _stop(self, path: str, zh: str, en: str) -> NoReturn:
        match = _SNIPPET.match(self.text, self.at)
        found = quoted(match[0]) if match and match[0] else Text("結尾", "the end")
        self.wrong.stop(self.at, path, f"不是正確的 JSON：{zh}，卻是{found.zh}", f"not JSON: {en}, found {found.en}")

    def _value(self, path: str, depth: int) -> Node:
        start = self._next()
        offset = self.at
        if start == '"':
            return Node(offset, self._string(path))
        if start == "{":
            return Node(offset, members=self._object(path, depth + 1))
        if start == "[":
            return Node(offset, items=self._array(path, depth + 1))
        if match := _NUMBER.match(self.text, offset):
            self.at = match.end()
            return self._number(match[0], offset, path)
        match = _WORD.match(self.text, offset)
        if match and match[0] in _NO_NUMBERS:
            self.at = match.end()
            self.wrong.add(offset, path, f"應為數字；JSON 沒有 {match[0]}", f"must be a number; JSON has no {match[0]}")
            return Node(offset, spoilt=True)
        if not match or match[0] not in _WORDS:
            self._stop(path, "這裡應為一個值", "expected a value")
        self.at = match.end()
        return Node(offset, _WORDS[match[0]])

    def _number(self, text: str, offset: int, path: str) -> Node:
        if length_in_full(text) > MOST_DIGITS:
            self.wrong.add(offset, path, f"數字應在 {MOST_DIGITS} 位以內", f"a number has at most {MOST_DIGITS} digits")
            return Node(offset, spoilt=True)
        return Node(offset, int(text) if text.lstrip("-").isdigit() else float(text))

    def _enter(self, path: str, depth: int) -> str:
        if depth > MOST_DEPTH:
            self.wrong.stop(self.at, path[:80], f"巢狀應在 {MOST_DEPTH} 層以內", f"must be nested at most {MOST_DEPTH} deep")
        self.at += 1
        return self._next()

    def _array(self, path: str, depth: int) -> list[Node]:
        items: list[Node] = []
        if self._enter(path, depth) == "]":
            self.at += 1
            return items
        while True:
            items.append(self._value(f"{path}[{len(items)}]", depth))
            if not self._goes_on("]", path):
                return items
            if self._next() == "]":
                self._stop(path, "最後一項之後不應有逗號", "expected no comma after the last item")

    def _object(self, path: str, depth: int) -> dict[str, Node]:
        members: dict[str, Node] = {}
        if self._enter(path, depth) == "}":
            self.at += 1
            return members
        while True:
            offset, key = self.at, self._key(path)
            place = f"{path}.{key}" if path else key
            value = self._value(place, depth)
            if key in members:
                name = quoted(key)
                self.wrong.add(offset, place, f"{name.zh}重複出現，只應有一次", f"{name.en} stands more than once and must stand once")
            members[key] = value
            if not self._goes_on("}", path):
                return members
            if self._next() == "}":
                self._stop(path, "最後一項之後不應有逗號", "expected no comma after the last member")

    def _key(self, path: str) -> str:
        if self._next() != '"':
            self._stop(path, '這裡應為加了 " 的欄位名稱', 'expected the name of a field in "')
        key = self._string(path)
        if self._next() != ":":
            self._stop(path, "欄位名稱之後應為冒號", "expected a colon after the field's name")
        self.at += 1
        return key

    def _goes_on(self, end: str, path: str) -> bool:
        """Step over the comma (true) or the `end` (false) after an item."""
        found = self._next()
        if found not in (",", end) or not found:
            self._stop(path, f"這裡應為逗號或 {end}", f"expected a comma or {end}")
        self.at += 1
        return found == ","

    def _string(self, path: str) -> str:
        match = _STRING.match(self.text, self.at)
        if match is None:
            self._broken_string(path)
        start, self.at = self.at + 1, match.end()
        inside = match[0][1:-1]
        return self._unescaped(inside, start, path) if "\\" in inside else inside

    def _broken_string(self, path: str) -> NoReturn:
        match = _CONTROL.search(self.text, self.at)
        self.at = match.start() if match else len(self.text)
        self._stop(
            path,
            '文字的結尾應為 "（換行、定位應寫成 \\n、\\t）',
            'expected " at the end of the text (line breaks and tabs are written \\n and \\t)',
        )

    def _unescaped(self, inside: str, start: int, path: str) -> str:
        parts: list[str] = []
        at = 0
        for match in _ESCAPE.finditer(inside):
            if match.start() < at:
                continue
            parts.append(inside[at : match.start()])
            at = match.end()
            if match[1]:
                parts.append(_PLAIN_ESCAPES[match[1]])
            elif match[2]:
                character, at = self._code_unit(inside, match, start, path)
                parts.append(character)
            else:
                self.at = start + match.start()
                self._stop(
                    path,
                    '反斜線之後應為 n、t、"、\\ 等，或 u 與四個十六進位數字',
                    'expected n, t, ", \\ or the like after a backslash, or u and four hex digits',
                )
        return "".join(parts) + inside[at:]

    def _code_unit(self, inside: str, match: re.Match[str], start: int, path: str) -> tuple[str, int]:
        """The character of a \\u escape, its second half joined, and where it ends in `inside`."""
        unit, at = int(match[2], 16), match.end()
        second = _ESCAPE.match(inside, at) if 0xD800 <= unit < 0xDC00 else None
        if second and second[2] and 0xDC00 <= (low := int(second[2], 16)) < 0xE000:
            return chr(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)), second.end()
        if unit == 0:
            self.wrong.add(start + match.start(), path, "不應有 NUL 字元（\\u0000）", "must not hold NUL (\\u0000)")
        elif 0xD800 <= unit < 0xE000:
            told = f"\\u{match[2]}"
            self.wrong.add(
                start + match.start(), path, f"{told} 只是半個字（單獨的代理碼），應成對", f"{told} is half a character (a lone surrogate)"
            )
        else:
            return chr(unit), at
        return "\ufffd", at


def length_in_full(number: str) -> int:
    """How many digits a JSON number has when written in full: without an exponent, zeros that lead the whole part left out."""
    mantissa, _, exponent = number.lstrip("-").lower().partition("e")
    whole, _, fraction = mantissa.partition(".")
    if len(exponent.lstrip("+-0")) > 3:
        return MOST_DIGITS + 1
    digits, point = whole + fraction, len(whole) + int(exponent or 0)
    before = digits.ljust(point, "0")[: max(point, 0)].lstrip("0")
    return len(before) + max(len(digits) - point, 0)
