"""Programme files for tests: the invented plan of Haishan County, whole or changed in one place, and any table written as TOML."""

import datetime
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from gongxue.rules.programme_file import ProgrammeError, read_programme

HERE = Path(__file__).parent / "programmes"
HAISHAN = HERE / "haishan-112.toml"


def changed(folder: Path, old: str, new: str) -> Path:
    """Haishan's file in `folder` with `old`, which stands in it once, made `new`; its register beside it."""
    text = HAISHAN.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {HAISHAN.name}"
    return written(folder, text.replace(old, new))


def written(folder: Path, text: str) -> Path:
    """`text` as a programme's file in `folder`, with Haishan's register beside it."""
    shutil.copytree(HERE / "registers", folder / "registers", dirs_exist_ok=True)
    path = folder / HAISHAN.name
    path.write_text(text, "utf-8")
    return path


def refusal(path: Path) -> ProgrammeError:
    """What is said of the file at `path`, which cannot be used."""
    with pytest.raises(ProgrammeError) as caught:
        read_programme(path)
    return caught.value


def as_toml(table: dict[str, Any]) -> str:
    """The table as TOML, each key of its own line, everything below written inline."""
    return "".join(f"{json.dumps(key, ensure_ascii=False)} = {_value(value)}\n" for key, value in table.items())


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)} = {_value(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, str):
        return json.dumps(value).replace("\\/", "/").replace("\x7f", "\\u007f")
    return str(value).lower() if isinstance(value, bool | float) else str(value)
