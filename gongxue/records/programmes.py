"""The programmes this installation runs, by id and version; an application keeps the version it was made under."""

from gongxue.rules.programme import Programme
from gongxue.rules.programme_file import load_programme


class UnknownProgrammeError(LookupError):
    """No programme of that id and version is here."""


def programme_of(programme_id: str, version: int | None = None) -> Programme:
    """The programme of that id, in that version or, for a new application, the one in force; raises UnknownProgrammeError."""
    try:
        programme = load_programme(programme_id)
    except KeyError:
        raise UnknownProgrammeError(programme_id) from None
    if version is not None and programme.version != version:
        raise UnknownProgrammeError(f"{programme_id} version {version}")
    return programme
