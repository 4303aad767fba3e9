"""What is malformed is told with its place and what was expected, in both languages."""

import re

import pytest

from gongxue.rules.exchange import read
from gongxue.rules.malformed import MOST_TOLD, MalformedError, WrongPlace
from gongxue.rules.text import Text


def told(data: bytes | str) -> list[str]:
    """What reading `data` says in English, a line for each wrong place; it says as much in Chinese."""
    with pytest.raises(MalformedError) as raised:
        read(data if isinstance(data, bytes) else data.encode())
    zh, en = raised.value.in_language("zh"), raised.value.in_language("en")
    assert len(zh) == len(en)
    assert all(re.search(r"[\u4e00-\u9fff]", line) for line in zh)
    return en


UNENDED = r'not JSON: expected " at the end of the text (line breaks and tabs are written \n and \t), found'

MALFORMED = {
    "not UTF-8": (b'{"programme": "a",\n "name": "\xff"}', ["line 2, column 11: must be UTF-8, and these bytes are not"]),
    "Big5": (
        '{"programme": "a", "name": "數學遊戲"}'.encode("cp950"),
        ["line 1, column 29: must be UTF-8; this file looks like Big5 (CP950): save it as UTF-8"],
    ),
    "UTF-16": ('{"programme": "a"}'.encode("utf-16"), ["line 1, column 1: must be UTF-8; this file looks like UTF-16: save it as UTF-8"]),
    "NUL": (b'{"programme": "a"}\n\0', ["line 2, column 1: must not hold NUL (the file may be damaged, or not UTF-8)"]),
    "NUL escaped": (r'{"programme": "a", "name": "x\u0000"}', [r"line 1, column 30, name: must not hold NUL (\u0000)"]),
    "lone surrogate": (
        r'{"programme": "a", "name": "\uD842x"}',
        [r"line 1, column 29, name: \uD842 is half a character (a lone surrogate)"],
    ),
    "second half alone": (
        r'{"programme": "a", "name": "\udfb7"}',
        [r"line 1, column 29, name: \udfb7 is half a character (a lone surrogate)"],
    ),
    "empty": (b"", ["line 1, column 1: not JSON: expected a value, found the end"]),
    "cut off": (b'{"programme": "a"', ["line 1, column 18: not JSON: expected a comma or }, found the end"]),
    "two values": (
        b'{"programme": "a"}\n{}',
        ["line 2, column 1: not JSON: expected the end of the file (several applications go in .ndjson, one a line), found “{”"],
    ),
    "comma at the end": (b'{"programme": "a",\n}', ["line 2, column 1: not JSON: expected no comma after the last member, found “}”"]),
    "comma at the end of a list": (
        b'{"programme": "a", "books": [{},]}',
        ["line 1, column 33, books: not JSON: expected no comma after the last item, found “]”"],
    ),
    "no comma": (b'{"programme": "a" "name": ""}', ['line 1, column 19: not JSON: expected a comma or }, found “"name"”']),
    "no colon": (b'{"programme" "a"}', ['line 1, column 14: not JSON: expected a colon after the field\'s name, found “"a"”']),
    "name without quotation marks": (
        b"{programme: 1}",
        ['line 1, column 2: not JSON: expected the name of a field in ", found “programme”'],
    ),
    "single quotation marks": (
        b"{'programme': 1}",
        ["line 1, column 2: not JSON: expected the name of a field in \", found “'programme'”"],
    ),
    "unknown word": (b'{"programme": True}', ["line 1, column 15, programme: not JSON: expected a value, found “True”"]),
    "leading naught": (b'{"programme": "a", "tier_year": 01}', ["line 1, column 34: not JSON: expected a comma or }, found “1”"]),
    "text that does not end": (
        b'{"programme": "a',
        [f"line 1, column 17, programme: {UNENDED} the end"],
    ),
    "line break in a text": (
        b'{"programme": "a", "name": "x\ny"}',
        [rf"line 1, column 30, name: {UNENDED} “\n”"],
    ),
    "bad escape": (
        rb'{"programme": "a", "name": "C:\temp\x"}',
        [r'line 1, column 36, name: not JSON: expected n, t, ", \ or the like after a backslash, or u and four hex digits, found “\x"”'],
    ),
    "doubled key": (
        b'{"programme": "a", "programme": "a"}',
        ["line 1, column 20, programme: “programme” stands more than once and must stand once"],
    ),
    "doubled key deep down": (
        b'{"programme": "a", "sessions": [{}, {"lecturer": {"rate": 1, "name": "x", "rate": 1}}]}',
        ["line 1, column 75, sessions[1].lecturer.rate: “rate” stands more than once and must stand once"],
    ),
    "doubled key hidden by an escape": (
        rb'{"programme": "a", "name": "\u0022:", "n\u0061me": "x"}',
        ["line 1, column 39, name: “name” stands more than once and must stand once"],
    ),
    "NaN": (b'{"programme": "a", "tier_year": NaN}', ["line 1, column 33, tier_year: must be a number; JSON has no NaN"]),
    "Infinity": (
        b'{"programme": "a", "budget": [{"quantity": -Infinity}]}',
        ["line 1, column 44, budget[0].quantity: must be a number; JSON has no -Infinity"],
    ),
    "16 digits": (b'{"programme": "a", "tier_year": 1000000000000000}', ["line 1, column 33, tier_year: a number has at most 15 digits"]),
    "16 digits by an exponent": (
        b'{"programme": "a", "budget": [{"quantity": 1e15}]}',
        ["line 1, column 44, budget[0].quantity: a number has at most 15 digits"],
    ),
    "out of range": (
        b'{"programme": "a", "budget": [{"quantity": 1e400}]}',
        ["line 1, column 44, budget[0].quantity: a number has at most 15 digits"],
    ),
    "fraction where an integer is": (
        b'{"programme": "a", "tier_year": 1.5}',
        ["line 1, column 33, tier_year: must be an integer or blank (null), but is the number 1.5"],
    ),
    "true is no integer": (
        b'{"programme": "a", "tier_year": true}',
        ["line 1, column 33, tier_year: must be an integer or blank (null), but is true"],
    ),
    "number as text": (
        b'{"programme": "a", "budget": [{"quantity": "1,000"}]}',
        [
            (
                "line 1, column 44, budget[0].quantity: must be a number or blank (null), but is the text “1,000” "
                "(numbers go without quotation marks and commas)"
            )
        ],
    ),
    "text for a list": (
        b'{"programme": "a", "members": "x"}',
        ["line 1, column 31, members: must be a list [ ] or blank (null), but is the text “x”"],
    ),
    "null among items": (b'{"programme": "a", "members": [null]}', ["line 1, column 32, members[0]: must be an object { }, but is null"]),
    "list for the whole": (b"[]", ["line 1, column 1: must be an object { }, but is a list [ ]"]),
    "unknown key, a near one": (
        b'{"programme": "a", "budget": [{"ammount": 1}]}',
        ["line 1, column 43, budget[0].ammount: there is no field “ammount”; is it amount?"],
    ),
    "unknown key, none near": (
        '{"programme": "a", "books": [{"書名": ""}]}',
        ["line 1, column 37, books[0].書名: there is no field “書名”; here are title, relevance, copies"],
    ),
    "no programme": (b"{}", ["line 1, column 1, programme: is required and must not be blank"]),
    "null programme": (b'{"programme": null}', ["line 1, column 15, programme: is required and must not be blank"]),
    "empty programme": (b'{"programme": ""}', ["line 1, column 15, programme: is required and must not be blank"]),
    "programme of another type": (b'{"programme": 111}', ["line 1, column 15, programme: must be text, but is the number 111"]),
    "control characters in a key": (
        rb'{"programme": "a", "books": [{"\u001b[2J": 1}]}',
        [r"line 1, column 44, books[0].\x1b[2J: there is no field “\x1b[2J”; here are title, relevance, copies"],
    ),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_is_told_with_place_and_what_was_expected(name: str) -> None:
    data, expected = MALFORMED[name]
    assert told(data) == expected


def test_all_wrong_places_are_told_at_once_in_reading_order() -> None:
    text = """{"name": 5, "nam": "x",
        "tier_year": "2", "cross_school": "yes",
        "budget": [{"amount": "2,000"}, {"amount": 12345678901234567}, {"line": "printing", "line": ""}]}"""
    assert [line.split(": ")[0] for line in told(text)] == [
        "line 1, column 1, programme",
        "line 1, column 10, name",
        "line 1, column 20, nam",
        "line 2, column 22, tier_year",
        "line 2, column 43, cross_school",
        "line 3, column 31, budget[0].amount",
        "line 3, column 52, budget[1].amount",
        "line 3, column 93, budget[2].line",
    ]


def test_after_twenty_wrong_places_the_others_are_counted() -> None:
    lines = told('{"programme": "a", "members": [' + "1," * 999 + "1]}")
    assert len(lines) == MOST_TOLD + 1
    assert lines[-1] == "980 more; put these right first"


def test_lines_are_counted_from_where_the_text_stands_in_its_file() -> None:
    with pytest.raises(MalformedError) as raised:
        read(b'{"programme": "a", "name": 1}', first_line=7)
    assert raised.value.wrong == (
        WrongPlace(Text("應為文字或空白（null），卻是數字 1", "must be text or blank (null), but is the number 1"), "name", 7, 28),
    )


def test_the_place_is_told_in_chinese_too() -> None:
    with pytest.raises(MalformedError) as raised:
        read(b'{"programme": "a",\n"cross_school": null, "name": true}')
    assert raised.value.in_language("zh") == ["第 2 行第 31 欄，name：應為文字或空白（null），卻是 true"]


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'{"programme":"a","history":[', b'[{"a":['])
@pytest.mark.parametrize("times", [51, 1_000, 100_000])
def test_deep_nesting_is_told_and_never_exhausts_the_stack(opening: bytes, times: int) -> None:
    assert told(opening * times)[-1].endswith(": must be nested at most 50 deep")


def test_fifty_levels_are_not_too_deep() -> None:
    assert told(b'{"programme": "a", "x": ' + b"[" * 49 + b"]" * 49 + b"}")[0].startswith("line 1, column 25, x: there is no field “x”")


def test_a_megabyte_with_a_fault_at_its_end_is_told() -> None:
    data = b'{"programme": "a", "members": [' + b'{"name": "x", "note": "y"},' * 37_000 + b'{"nmae": ""}]}'
    assert told(data) == [f"line 1, column {len(data) - 4}, members[37000].nmae: there is no field “nmae”; is it name?"]


def test_long_texts_and_keys_are_cut_where_they_are_told() -> None:
    (line,) = told('{"programme": "a", "' + "k" * 100_000 + '": 1}')
    assert len(line) < 1_000
