"""Official papers as files for people: which kinds there are, how the application's is called, and the press that makes PDFs.

PDFs are set by child processes of the documents floor, one pool for each web worker, made when the first is asked for. A worker that has
all its presses busy says so, instead of letting people wait behind each other.
"""

from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Final

import msgspec
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from gongxue.records.document import Document, application_of, without_ids
from gongxue.records.models import Application, Snapshot
from gongxue.records.programmes import programme_of
from gongxue.records.refusals import NotThere
from gongxue.rules.filenames import application_file_name
from gongxue.rules.text import Text
from gongxue.site.refusing import Unavailable

if TYPE_CHECKING:
    from gongxue.documents.blocks import Paper

KINDS: Final = {
    "pdf": "application/pdf",
    "odt": "application/vnd.oasis.opendocument.text",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""The files that a paper comes as, and their types."""
EXCHANGE: Final = "json"
"""The content alone, in the exchange format: what another site, or this one, reads in again."""
MOST_AT_ONCE: Final = 4
"""PDFs in the making in one worker: each takes 50 ms, so that who waits longer than `PATIENCE` waits for something that is wrong."""
PATIENCE: Final = 5.0
"""Seconds that a paper waits for a press."""
_presses = BoundedSemaphore(MOST_AT_ONCE)
_BUSY: Final = Text("現在有很多人同時在製作 PDF，請等半分鐘再按一次。", "Many PDFs are being made just now: try again in half a minute.")


class File(msgspec.Struct, frozen=True):
    """A file to hand out."""

    name: str
    kind: str
    data: bytes


def application_paper(document: Document, programme_id: str, programme_version: int, version: str, digest: str) -> "Paper":
    """附件二 of a document; `version` and `digest` are what the foot says."""
    from gongxue.documents.application_form import application_form  # a page that prints nothing does not pay for it

    return application_form(application_of(document), programme_of(programme_id, programme_version), version, digest)


def snapshot_file(application: Application, snapshot: Snapshot, kind: str) -> File:
    """附件二 of a frozen version of `application` as a file of KINDS, or its content as EXCHANGE; raises NotThere for a kind that there is
    not, Unavailable.
    """
    document = msgspec.json.decode(snapshot.content)
    programme = programme_of(application.programme, application.programme_version)
    if kind == EXCHANGE:
        content = msgspec.json.format(msgspec.json.encode(without_ids(document)), indent=2)
        return File(application_file_name(application_of(document), programme, kind), "application/json", content)
    if kind not in KINDS:
        raise NotThere()
    paper = application_paper(document, programme.id, programme.version, str(snapshot.version), snapshot.digest)
    return File(application_file_name(application_of(document), programme, kind), KINDS[kind], printed(paper, kind))


def printed(paper: "Paper", kind: str) -> bytes:
    """The paper as a file of `kind`, one of KINDS; raises Unavailable where it cannot be made now."""
    from gongxue.documents.docx import render_docx  # the same
    from gongxue.documents.odt import render_odt
    from gongxue.documents.pdf import PaperError, render_pdf

    if kind != "pdf":
        return {"odt": render_odt, "docx": render_docx}[kind](paper).data
    if not _presses.acquire(timeout=PATIENCE):
        raise Unavailable(_BUSY)
    try:
        return render_pdf(paper).data
    except PaperError as error:
        raise Unavailable(error.text) from error
    finally:
        _presses.release()


def download(file: File) -> HttpResponse:
    """The file as an attachment: never shown by the browser as a page of ours."""
    headers = {"Content-Disposition": content_disposition_header(True, file.name) or "attachment"}
    return HttpResponse(file.data, content_type=file.kind, headers=headers)
