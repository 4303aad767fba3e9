"""Applications written as JSON in every lawful and unlawful way, for trials of reading."""

import json
from decimal import Decimal
from typing import Any

import msgspec
from hypothesis import strategies as st

from gongxue.rules.application import Application

white = st.sampled_from(["", "", "", " ", "\n", "\t", "\r\n  "])
words = st.one_of(
    st.sampled_from(["", "數學遊戲", ":", '":', '" :', ":null", '":null,"', "\\", "1234567890123456", "a.b:c", "é·\x7f", "𠮷", "\u2028"]),
    st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=12),
)
number_texts = st.one_of(
    st.integers(-(10**17), 10**17).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.from_regex(r"-?(0|[1-9][0-9]{0,3})(\.[0-9]{1,16})?([eE][+-]?[0-9]{1,3})?", fullmatch=True),
    st.sampled_from(["0", "-0", "0.0", "1e400", "1e-400", "0e9", "1e14", "1e15", "1.234567890123e-4", "1e+0000000001", "999999999999999"]),
)


@st.composite
def string_texts(draw: st.DrawFn, text: str) -> str:
    """`text` as a JSON string: characters as themselves or escaped, whatever is lawful."""
    return '"' + "".join(draw(st.sampled_from(sorted(_ways(character)))) for character in text) + '"'


def _ways(character: str) -> set[str]:
    plain = json.dumps(character, ensure_ascii=False)[1:-1]
    units = character.encode("utf-16-be")
    escaped = "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
    return {plain, plain.replace("/", "\\/"), escaped, json.dumps(character)[1:-1]}


@st.composite
def object_texts(draw: st.DrawFn, record: type[msgspec.Struct]) -> str:
    """An object of `record`: mostly right, its keys in any order, sometimes doubled or unknown, values sometimes of another type."""
    fields = {field.name: field.type for field in msgspec.structs.fields(record)}
    keys = draw(st.lists(st.sampled_from(sorted(fields)), max_size=5, unique=draw(st.integers(0, 3)) > 0))
    if record is Application and draw(st.integers(0, 9)) > 0:
        keys.append("programme")
    members = [(key, draw(value_texts(msgspec.inspect.type_info(fields[key])))) for key in keys]
    if draw(st.integers(0, 19)) == 0:
        members.append((draw(words), "1"))
    return draw(joined("{", [draw(string_texts(key)) + draw(white) + ":" + draw(white) + value for key, value in members], "}"))


@st.composite
def joined(draw: st.DrawFn, opening: str, parts: list[str], closing: str) -> str:
    """`parts` between brackets, with commas and white space."""
    return opening + ",".join(draw(white) + part + draw(white) for part in parts) + closing


@st.composite
def value_texts(draw: st.DrawFn, info: Any) -> str:
    """A value of that type as JSON; once in a while of another."""
    if draw(st.integers(0, 39)) == 0:
        return draw(st.sampled_from(["null", "true", "1", "1.0", '"1"', "[]", "{}", "NaN", "01", '"\\ud800"', '"\\u0000"']))
    match info:
        case msgspec.inspect.UnionType(types=types):
            return draw(value_texts(draw(st.sampled_from(types))))
        case msgspec.inspect.IntType() | msgspec.inspect.FloatType():
            return draw(number_texts)
        case msgspec.inspect.BoolType():
            return draw(st.sampled_from(["true", "false"]))
        case msgspec.inspect.NoneType():
            return "null"
        case msgspec.inspect.VarTupleType(item_type=item):
            return draw(joined("[", [draw(value_texts(item)) for _ in range(draw(st.integers(0, 3)))], "]"))
        case msgspec.inspect.StructType(cls=cls):
            return draw(object_texts(cls))
    return draw(string_texts(draw(words)))


application_texts = object_texts(Application)


def in_full(written: str) -> str:
    """The number without its exponent, and without the naughts that lead it before the point."""
    whole, point, fraction = f"{Decimal(written):f}".lstrip("-").partition(".")
    return whole.lstrip("0") + point + fraction
