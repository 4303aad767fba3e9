"""Hands out what people handed in: as an attachment, under a name of ours, never as a page of this site."""

from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from gongxue.records.files import MissingFileError, read
from gongxue.records.models import StoredFile
from gongxue.rules.filenames import plan_file_name
from gongxue.rules.text import Text
from gongxue.site.refusing import Unavailable

KINDS: Final = {"pdf": ("application/pdf", "pdf"), "jpeg": ("image/jpeg", "jpg")}


def attachment(stored: StoredFile, title: str) -> HttpResponse:
    """The file, called `title`; raises Unavailable where the disk does not have it any more."""
    try:
        data = read(stored)
    except MissingFileError as error:
        told = Text("這個檔案目前讀不到，請通知系統管理者。", "This file cannot be read now: tell whoever runs this site.")
        raise Unavailable(told) from error
    kind, extension = KINDS[stored.kind]
    name = plan_file_name("{community}", "", title, "", extension)
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
