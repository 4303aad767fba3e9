"""Every key of a programme file is tried: of another type, left out, doubled, and any TOML in its place. It is never a traceback."""

import datetime
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongxue.rules.malformed import visible
from gongxue.rules.programme import Programme
from gongxue.rules.programme_file import ProgrammeError, read_programme
from tests.rules.programme_texts import HAISHAN, as_toml, refusal, written

HAISHAN_TABLE = tomllib.loads(HAISHAN.read_text("utf-8"))
HAISHAN_LINES = HAISHAN.read_text("utf-8").splitlines()

Steps = tuple[str | int, ...]


def keys(node: Any, above: Steps = ()) -> Iterator[Steps]:
    """Every key of a table, and of the tables and lists in it."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield (*above, name)
            yield from keys(value, (*above, name))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from keys(value, (*above, index))


def place(steps: Steps) -> str:
    """`tiers[0].cap` for its steps."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")


def without(node: Any, steps: Steps, *instead: Any) -> Any:
    """A copy of `node` in which the key at `steps` is gone, or has another value."""
    first, *rest = steps
    items = node.items() if isinstance(node, dict) else enumerate(node)
    made = {
        name: without(value, tuple(rest), *instead) if name == first and rest else instead[0] if name == first else value
        for name, value in items
        if rest or instead or name != first
    }
    return made if isinstance(node, dict) else list(made.values())


OF_ANOTHER_TYPE = {
    str: [5, 1.5, True, [], {}, [["x"]], datetime.date(2023, 1, 1), datetime.time(8)],
    int: ["5", 1.5, True, [], {}, datetime.date(2023, 1, 1), float("nan")],
    bool: ["true", 1, [], {}],
    datetime.date: ["2023-01-01", 20230101, True, [], {}, datetime.datetime(2023, 1, 1, tzinfo=datetime.UTC), datetime.time(8)],
    datetime.datetime: ["2023-01-01T00:00:00+08:00", 5, [], {}, datetime.date(2023, 1, 1)],
    list: ["x", 5, True, {}],
    dict: ["x", 5, True, []],
}
ALL_KEYS = list(keys(HAISHAN_TABLE))
any_key = st.sampled_from(ALL_KEYS)
one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def value_at(steps: Steps) -> Any:
    value: Any = HAISHAN_TABLE
    for step in steps:
        value = value[step]
    return value


def test_the_writer_of_these_tests_writes_what_it_was_given(tmp_path: Path) -> None:
    assert tomllib.loads(as_toml(HAISHAN_TABLE)) == HAISHAN_TABLE
    assert read_programme(written(tmp_path, as_toml(HAISHAN_TABLE))) == read_programme(HAISHAN)


@one_folder
@given(data=st.data(), steps=any_key)
def test_a_value_of_another_type_is_refused_by_its_key(data: st.DataObject, steps: Steps, tmp_path: Path) -> None:
    wrong = data.draw(st.sampled_from(OF_ANOTHER_TYPE[type(value_at(steps))]))
    error = refusal(written(tmp_path, as_toml(without(HAISHAN_TABLE, steps, wrong))))
    assert (error.file, error.key) == (HAISHAN.name, place(steps))


@one_folder
@given(steps=any_key)
def test_a_key_that_is_gone_is_told_or_may_be_left_out(steps: Steps, tmp_path: Path) -> None:
    path = written(tmp_path, as_toml(without(HAISHAN_TABLE, steps)))
    read = outcome(path)
    if isinstance(read, ProgrammeError):
        assert read.file == HAISHAN.name
        assert str(steps[-1]) in read.key + read.expected.en
    else:
        assert read != read_programme(HAISHAN)


@one_folder
@given(line=st.sampled_from([number for number, line in enumerate(HAISHAN_LINES) if line[:1].isalpha() or line[:1] == '"']))
def test_a_key_that_stands_twice_is_told(line: int, tmp_path: Path) -> None:
    lines = HAISHAN_LINES
    end = line
    while lines[line].endswith("[") and lines[end] != "]":
        end += 1
    doubled = lines[: end + 1] + lines[line : end + 1] + lines[end + 1 :]
    error = refusal(written(tmp_path, "\n".join(doubled)))
    name = lines[line].partition(" = ")[0].strip('"')
    assert error.key.removesuffix(name) in ("", *(f"{above}." for above in above_of(lines, line)))
    assert error.expected.en.startswith("the key stands twice: remove one (line ")


def above_of(lines: list[str], number: int) -> list[str]:
    """The header that a line stands under, as an error names it."""
    heads = [line for line in lines[:number] if line.startswith("[")]
    if not heads:
        return []
    name = heads[-1].strip("[]")
    return [f"{name}[{heads.count(heads[-1]) - 1}]" if heads[-1].startswith("[[") else name]


toml_values = st.recursive(
    st.none().map(lambda _: 0) | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates() | st.times(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@one_folder
@given(steps=any_key, value=toml_values)
def test_no_toml_whatever_brings_a_traceback(steps: Steps, value: Any, tmp_path: Path) -> None:
    path = written(tmp_path, as_toml(without(HAISHAN_TABLE, steps, value)))
    assert is_told(outcome(path))


@one_folder
@given(data=st.binary(max_size=60), at=st.integers(0, 7000))
def test_no_bytes_whatever_bring_a_traceback(data: bytes, at: int, tmp_path: Path) -> None:
    path = written(tmp_path, "")
    whole = HAISHAN.read_bytes()
    path.write_bytes(whole[:at] + data + whole[at:])
    assert is_told(outcome(path))


def outcome(path: Path) -> Programme | ProgrammeError:
    """The programme at `path`, or what is wrong with it; anything else fails the test."""
    try:
        return read_programme(path)
    except ProgrammeError as error:
        return error


def is_told(read: Programme | ProgrammeError) -> bool:
    """Whether it was read, or refused with a line for people in each language."""
    if isinstance(read, Programme):
        return True
    zh, en = read.in_language("zh"), read.in_language("en")
    return zh != en and visible(zh + en) == zh + en
