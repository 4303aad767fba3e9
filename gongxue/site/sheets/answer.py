"""A list as a file to download. It is written whole before the first byte goes out: what goes wrong half way is an error page, never a
sheet that looks complete and is not. Beyond a few megabytes it lies in a temporary file, not in memory.
"""

import tempfile
from collections.abc import Callable
from typing import IO, Final, cast

import msgspec
from django.http import FileResponse

from gongxue.records.refusals import NotThere
from gongxue.rules.filenames import plan_file_name
from gongxue.site.sheets import ods, plain, xlsx
from gongxue.site.sheets.columns import Columns, Rows

Write = Callable[[str, Columns, Rows, IO[bytes]], None]
_IN_MEMORY = 4 * 1024 * 1024


class Kind(msgspec.Struct, frozen=True):
    """A kind of sheet: what a menu calls it, its type, and how it is written."""

    label: str
    content_type: str
    write: Write


KINDS: Final[dict[str, Kind]] = {
    "xlsx": Kind("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx.write),
    "ods": Kind("ODS", ods.KIND, ods.write),
    "csv": Kind("CSV", "text/csv; charset=utf-8", plain.write_csv),
    "json": Kind("JSON", "application/json", plain.write_json),
}


def sheet(kind: str, title: str, columns: Columns, rows: Rows) -> FileResponse:
    """The rows as a file of `kind`, named by `title`. Raises NotThere for a kind that there is not, ValueError for a row that does not
    fit."""
    if kind not in KINDS:
        raise NotThere()
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # the answer closes it, once it has gone out
    try:
        KINDS[kind].write(title, columns, rows, cast(IO[bytes], file))
    except BaseException:
        file.close()
        raise
    file.seek(0)
    name = plan_file_name("{community}", "", title, "", kind)
    return FileResponse(file, as_attachment=True, filename=name, content_type=KINDS[kind].content_type)
