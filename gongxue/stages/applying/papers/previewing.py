"""附件二 as a page: the current content, drawn as it will be printed, and what of it prints as a blank."""

from functools import cache

import msgspec
from django.utils.safestring import SafeString, mark_safe

from gongxue.documents.blocks import blanks
from gongxue.documents.fonts import known_faces, named_folder
from gongxue.documents.html import render_fragment
from gongxue.documents.lettering import Lettering
from gongxue.records.document import Document
from gongxue.records.models import Application, Snapshot
from gongxue.site import printing

NOT_KEPT = "尚未留存（預覽）"
"""Stands for the hash of a version that was never frozen: a preview writes nothing, so its hash would lead nowhere."""


class Drawn(msgspec.Struct, frozen=True):
    """A paper as HTML. `blanks` is how many values are missing on it, `unprintable` what prints as 〓: 😀 (U+1F600), or U+0007."""

    html: SafeString
    blanks: int
    unprintable: tuple[str, ...]


def preview(application: Application) -> Drawn:
    """The current content of an application as its paper. One query."""
    frozen = Snapshot.objects.filter(application=application, version=application.version).values_list("digest", flat=True).first()
    version, digest = str(application.version), frozen or NOT_KEPT
    return drawn(application.document, application.programme, application.programme_version, version, digest)


def drawn(document: Document, programme: str, programme_version: int, version: str = "", digest: str = NOT_KEPT) -> Drawn:
    """Any content as its paper under a programme."""
    paper = printing.application_paper(document, programme, programme_version, version, digest)
    fragment = render_fragment(paper)
    html = mark_safe(fragment.data.decode())  # noqa: S308  # the renderer escapes every word, and its tests hold it to that
    return Drawn(html, len(blanks(paper)), (*fragment.missing, *_without_a_glyph(html)))


@cache
def _lettering() -> Lettering | None:
    """What the machine's fonts can print, read once; None where they are not the known ones, and only the press can tell."""
    faces = () if named_folder() else known_faces()
    return Lettering(faces) if faces else None


def _without_a_glyph(text: str) -> tuple[str, ...]:
    """The characters that a browser shows but no font of ours has, so that nobody finds out on the printed paper."""
    lettering, missing = _lettering(), dict[str, None]()
    if lettering is not None:
        lettering.plain(text, missing)
    return tuple(f"{chr(int(point.partition('+')[2], 16))} ({point})" for point in missing)
