"""What a file is that is no ZIP, told by how it begins: people hand in many things as .docx."""

import re
from typing import Final

from gongxue.documents.reading import refusals
from gongxue.rules.text import Text

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The beginning of all Office files before 2007, and of newer ones under a password."""
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM: Final = "WordDocument".encode("utf-16-le")
_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_HEAD: Final = 4_096
"""How far a look into the file goes."""
_WEB: Final = re.compile(rb"<(!doctype\s+html|html|head|meta|body|table|div|p)[\s>]", re.IGNORECASE)


def refusal_of(data: bytes, name: str) -> Text | None:
    """Why this file is refused; None for one that may be a text document in a single XML file."""
    if not data.strip(b"\x00 \t\r\n"):
        return refusals.EMPTY
    if data.startswith(_OLE):
        return _old_office(data)
    if data.startswith(b"PK"):
        return refusals.PLAIN_ZIP if data.startswith(b"PK\x05\x06") else refusals.DAMAGED
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return refusals.PDF
    if head.startswith(b"{\\rtf"):
        return refusals.RICH_TEXT
    if head.startswith(_PICTURES) or head[4:12] in (b"ftypheic", b"ftypmif1"):
        return refusals.PICTURE
    if name.lower().endswith((".gdoc", ".gsheet", ".url", ".webloc")):
        return refusals.CLOUD_LINK
    return _mark_up(head)


def _old_office(data: bytes) -> Text:
    if _ENCRYPTED_STREAM in data:
        return refusals.ENCRYPTED
    return refusals.OLD_WORD if _WORD_STREAM in data else refusals.OLD_OFFICE


def _mark_up(head: bytes) -> Text | None:
    for byte_order, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(byte_order):
            head = head[2:].decode(encoding, "replace").encode()
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if b"urn:oasis:names:tc:opendocument:xmlns:office:1.0" in head:
        return None
    if b"schemas.microsoft.com/office/word/2003/wordml" in head or b"schemas.microsoft.com/office/2006/xmlPackage" in head:
        return refusals.WORD_XML
    return refusals.WEB_PAGE if _WEB.search(head) else refusals.NOT_OFFICE
