"""Names of bookmarks, by which a filled form's cells are found again: `sessions[0].lecturer.name` ↔ `sessions_0__lecturer__name`.

Word allows 40 letters, digits and underscores, the first a letter, and takes capitals and small letters for the same. Paths of the exchange
format are made of small words with single underscores and no digits, so that the name leads back to the path.
"""

import hashlib
import re
from typing import Final

LONGEST: Final = 40
_INDEX = re.compile(r"\[(\d+)\]")
_FOREIGN = re.compile(r"[^a-z0-9_]")
_PATH = re.compile(r"[a-z]+(_[a-z]+)*(\[\d+\])?(\.[a-z]+(_[a-z]+)*(\[\d+\])?)*")
_NAME = re.compile(r"(?P<path>[a-z]+(_[a-z]+)*(_\d+)?(__[a-z]+(_[a-z]+)*(_\d+)?)*)(__\d+)?")
_NUMBER = re.compile(r"_(\d+)(?=__|$)")


def bookmark_name(path: str, taken: set[str]) -> str:
    """A name for the cell that holds `path`, unlike those in `taken`, and added to them: later cells of one path get `__2`, `__3`."""
    plain = _INDEX.sub(r"_\1", path).replace(".", "__")
    if len(plain) > LONGEST - 6 or not _PATH.fullmatch(path):
        digest = hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        plain = f"x9_{_FOREIGN.sub('_', plain.lower())[:22]}_{digest}"
    name, times = plain, 1
    while name in taken:
        times += 1
        name = f"{plain}__{times}"
    taken.add(name)
    return name


def bookmark_path(name: str) -> str | None:
    """The path that `bookmark_name` made this name from; None for a name that is not of that shape (made by a person, or shortened)."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    return _NUMBER.sub(r"[\1]", match["path"]).replace("__", ".")
