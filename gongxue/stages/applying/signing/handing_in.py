"""A stamped scan as it comes in: decoded before any transaction, by a child."""

import msgspec

from gongxue.records.files import Clean
from gongxue.rules.text import Text
from gongxue.site import limits
from gongxue.site.request import Request
from gongxue.site.uploads.taking import take_scan
from gongxue.site.uploads.unfit import UnfitError


class Received(msgspec.Struct, frozen=True):
    """The clean scan, or why there is none."""

    scan: Clean | None = None
    refused: Text | None = None


def receive(request: Request) -> Received:
    """The scan that the form brings."""
    limits.limit(request, "uploads", times=60, seconds=60)
    try:
        return Received(take_scan(request.FILES.getlist("scan")))
    except UnfitError as error:
        nothing = Text("請選擇掃描檔或照片。", "Choose the scan, or photos of it.")
        return Received(refused=error.reason if request.FILES else nothing)
