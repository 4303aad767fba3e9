"""Reads a programme file (TOML) strictly: what is unknown, missing, doubled or contradictory fails with file, key and what was expected."""

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import msgspec

from gongxue.rules.contradictions import contradictions
from gongxue.rules.known import has_figure as has_figure
from gongxue.rules.known import is_unknown as is_unknown
from gongxue.rules.programme import Programme
from gongxue.rules.register_file import read_register
from gongxue.rules.text import Text
from gongxue.rules.toml_file import Place, fit, read_table
from gongxue.rules.toml_file import ProgrammeError as ProgrammeError

if TYPE_CHECKING:
    from pathlib import Path

FOLDER: Final = os.path.join(os.path.dirname(__file__), "programmes")
CLAUSES: Final = ".clauses.toml"
"""How the names of clause lists end, which lie beside the programmes."""


def known_programmes() -> tuple[str, ...]:
    """The ids of the programmes that are shipped."""
    names = (name for name in os.listdir(FOLDER) if name.endswith(".toml") and not name.endswith(CLAUSES))
    return tuple(sorted(name.removesuffix(".toml") for name in names))


def programme_path(programme_id: str) -> "Path | None":
    """The file of a shipped programme, or None where there is none of that id."""
    from pathlib import Path  # Costs 3 ms, and a check has no need of it.

    return Path(_file_of(programme_id)) if programme_id in known_programmes() else None


def _file_of(programme_id: str) -> str:
    return os.path.join(FOLDER, f"{programme_id}.toml")


@lru_cache(maxsize=64)
def load_programme(programme_id: str) -> Programme:
    """The shipped programme of that id; KeyError where nobody knows it."""
    if programme_id not in known_programmes():
        raise KeyError(programme_id)
    file = _file_of(programme_id)
    programme = read_programme(file)
    if programme.id != programme_id:
        expected = Text(f"應與檔名相同（{programme_id}）", f"must be the file's name ({programme_id})")
        raise ProgrammeError(os.path.basename(file), "id", expected)
    return programme


def read_programme(path: Place) -> Programme:
    """The programme in the file at `path`, with its register; raises ProgrammeError."""
    file, table = os.path.basename(path), read_table(path)
    register = table.pop("register", None)
    if register is not None and not isinstance(register, str):
        raise ProgrammeError(file, "register", Text("應為檔名", "must be a file name"))
    programme = fit(table, Programme, file)
    if register is not None:
        programme = msgspec.structs.replace(programme, register=read_register(path, register))
    for key, expected in contradictions(programme):
        raise ProgrammeError(file, key, expected)
    return programme
