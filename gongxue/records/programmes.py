"""The programmes this installation runs, by id and version; an application keeps the version it was made under."""

from functools import lru_cache

from gongxue.rules import earlier
from gongxue.rules.programme import Programme
from gongxue.rules.programme_file import known_programmes, load_programme


class UnknownProgrammeError(LookupError):
    """No programme of that id and version is here."""


def programme_of(programme_id: str, version: int | None = None) -> Programme:
    """The programme of that id, in that version or, for a new application, the one in force; raises UnknownProgrammeError.

    Version 0 is a year without a plan (`rules.earlier`), for what was approved before this site was there.
    """
    if version == earlier.VERSION:
        return _earlier(programme_id)
    try:
        programme = load_programme(programme_id)
    except KeyError:
        raise UnknownProgrammeError(programme_id) from None
    if version is not None and programme.version != version:
        raise UnknownProgrammeError(f"{programme_id} version {version}")
    return programme


@lru_cache(maxsize=64)
def _earlier(programme_id: str) -> Programme:
    city, _, year = programme_id.rpartition("-")
    later = sorted(each for each in known_programmes() if each.rpartition("-")[0] == city and each > programme_id)
    if not later or not (year.isascii() and year.isdigit() and len(year) <= 3):
        raise UnknownProgrammeError(f"{programme_id} version {earlier.VERSION}")
    return earlier.earlier_year(load_programme(later[0]), int(year))
