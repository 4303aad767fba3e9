"""Writes a file so that it is there whole or not at all: nobody ever opens half a form."""

import os
from pathlib import Path


def save(target: Path, data: bytes) -> None:
    """Put `data` in the file `target`, in place of what it held; its folder is made where it is missing. Raises OSError."""
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and not target.is_file():
        # /dev/null and the like must not be replaced by a file.
        target.write_bytes(data)
        return
    unfinished = target.with_name(f".gongxue-{os.getpid()}.part")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
