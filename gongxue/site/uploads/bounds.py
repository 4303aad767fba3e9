"""How much one request may bring. Counted as it comes in, so that nobody fills the disk with what is refused in the end."""

from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST: Final = 100 * 1024 * 1024
"""Bytes of all files of one request: twenty photos of a phone."""


class Bounded(FileUploadHandler):
    """Stands before Django's own handlers and lets through what they keep; over the limit it answers 413."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """The same bytes; raises RequestDataTooBig."""
        self.seen += len(raw_data)
        if self.seen > MOST:
            raise RequestDataTooBig("the files of this request are too big")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Keeps nothing itself."""
