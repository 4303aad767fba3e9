"""Fits a tree of JSON to the records of the exchange format, and tells every place where it does not fit."""

from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin

import msgspec

from gongxue.rules.malformed import quoted
from gongxue.rules.strict_json import Node, WrongPlaces
from gongxue.rules.text import Text

Record = TypeVar("Record", bound=msgspec.Struct)


class _Shape(msgspec.Struct, frozen=True):
    """What a field may hold. `record` are the fields of an object, `items` what an array holds."""

    blank: bool = False
    text: bool = False
    integer: bool = False
    number: bool = False
    boolean: bool = False
    items: "_Shape | None" = None
    record: type[msgspec.Struct] | None = None


def fit(node: Node, record: type[Record], wrong: WrongPlaces) -> Record:
    """The `record` that the tree at `node` holds; places that do not fit are added to `wrong`, and what is returned then is of no use."""
    fitted: Record = _fit(node, _Shape(record=record), "", wrong)
    return fitted


@cache
def _fields(record: type[msgspec.Struct]) -> tuple[dict[str, _Shape], frozenset[str]]:
    """The shapes of a record's fields, and the names of those that may not be blank."""
    fields = msgspec.structs.fields(record)
    return {field.name: _shape(field.type) for field in fields}, frozenset(field.name for field in fields if field.required)


def _shape(wanted: Any) -> _Shape:
    options = get_args(wanted) if isinstance(wanted, UnionType) else (wanted,)
    arrays = [get_args(option)[0] for option in options if get_origin(option) is tuple]
    records = [option for option in options if isinstance(option, type) and issubclass(option, msgspec.Struct)]
    return _Shape(
        blank=NoneType in options,
        text=str in options,
        integer=int in options and float not in options,
        number=float in options,
        boolean=bool in options,
        items=_shape(arrays[0]) if arrays else None,
        record=records[0] if records else None,
    )


def _fit(node: Node, shape: _Shape, path: str, wrong: WrongPlaces) -> Any:
    if node.members is not None and shape.record is not None:
        return _object(node, node.members, shape.record, path, wrong)
    if node.items is not None and shape.items is not None:
        return tuple([_fit(item, shape.items, f"{path}[{index}]", wrong) for index, item in enumerate(node.items)])
    if node.members is None and node.items is None and (node.spoilt or _is_of(node.value, shape)):
        return int(node.value) if shape.integer and isinstance(node.value, float) else node.value
    expected, found = _expected(shape), _found(node, shape)
    wrong.add(node.offset, path, f"應為{expected.zh}，卻是{found.zh}", f"must be {expected.en}, but is {found.en}")
    return None


def _is_of(value: str | int | float | bool | None, shape: _Shape) -> bool:
    if value is None:
        return shape.blank
    if isinstance(value, bool):
        return shape.boolean
    if isinstance(value, str):
        return shape.text
    # As JSON Schema has it, 2.0 is an integer.
    return shape.number or (shape.integer and value == int(value))


def _object(node: Node, members: dict[str, Node], record: type[msgspec.Struct], path: str, wrong: WrongPlaces) -> Any:
    fields, required = _fields(record)
    for key in required:
        member = members.get(key)
        if member is None or _is_blank(member):
            place = f"{path}.{key}" if path else key
            wrong.add((member or node).offset, place, "必填，不可空白", "is required and must not be blank")
    values: dict[str, Any] = {}
    for key, member in members.items():
        place = f"{path}.{key}" if path else key
        if key not in fields:
            wrong.add(member.offset, place, *(("", "") if wrong.enough else _unknown(key, tuple(fields))))
        elif not (key in required and _is_blank(member)):
            values[key] = _fit(member, fields[key], place, wrong)
    return record(**values) if required <= values.keys() else None


def _is_blank(node: Node) -> bool:
    return node.members is None and node.items is None and not node.spoilt and node.value in (None, "")


def _unknown(key: str, known: tuple[str, ...]) -> tuple[str, str]:
    import difflib  # Only a file with a mistake pays for it.

    name = quoted(key)
    near = difflib.get_close_matches(key[:100].strip().lower(), known, n=1)
    if near:
        return f"沒有{name.zh}這個欄位，是否為 {near[0]}？", f"there is no field {name.en}; is it {near[0]}?"
    return f"沒有{name.zh}這個欄位，這裡可用的有 {'、'.join(known)}", f"there is no field {name.en}; here are {', '.join(known)}"


_NAMES = {
    "text": Text("文字", "text"),
    "integer": Text("整數", "an integer"),
    "number": Text("數字", "a number"),
    "boolean": Text("true 或 false", "true or false"),
    "items": Text("清單 [ ]", "a list [ ]"),
    "record": Text("物件 { }", "an object { }"),
}


def _expected(shape: _Shape) -> Text:
    names = [name for kind, name in _NAMES.items() if getattr(shape, kind)]
    blank = [Text("空白（null）", "blank (null)")] if shape.blank else []
    return Text("或".join(name.zh for name in names + blank), " or ".join(name.en for name in names + blank))


def _found(node: Node, shape: _Shape) -> Text:
    value = node.value
    if node.members is not None:
        return _NAMES["record"]
    if node.items is not None:
        return _NAMES["items"]
    if value is None:
        return Text(" null", "null")
    if isinstance(value, bool):
        return Text(f" {str(value).lower()}", str(value).lower())
    if not isinstance(value, str):
        return Text(f"數字 {value}", f"the number {value}")
    words = quoted(value)
    if (shape.integer or shape.number) and value.replace(",", "").replace(".", "", 1).strip("-+ ").isdecimal():
        return Text(f"文字{words.zh}（數字不加引號、不加逗號）", f"the text {words.en} (numbers go without quotation marks and commas)")
    return Text(f"文字{words.zh}", f"the text {words.en}")
