"""XML of unknown origin: parsed without entities, without a document type, without the network; names shortened to `w:p`, `text:span`."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from lxml import etree

from gongxue.documents.reading import refusals
from gongxue.documents.reading.outcome import FormError

_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_OOXML: Final = "http://schemas.openxmlformats.org/"
_STRICT: Final = "http://purl.oclc.org/ooxml/"

NAMESPACES: Final = {
    "w": (f"{_OOXML}wordprocessingml/2006/main", f"{_STRICT}wordprocessingml/main"),
    "m": (f"{_OOXML}officeDocument/2006/math", f"{_STRICT}officeDocument/math"),
    "w14": ("http://schemas.microsoft.com/office/word/2010/wordml",),
    "mc": (f"{_OOXML}markup-compatibility/2006",),
    "rels": (f"{_OOXML}package/2006/relationships",),
    "types": (f"{_OOXML}package/2006/content-types",),
    "custom": (f"{_OOXML}officeDocument/2006/custom-properties", f"{_STRICT}officeDocument/customProperties"),
    "office": (f"{_ODF}office:1.0",),
    "text": (f"{_ODF}text:1.0",),
    "table": (f"{_ODF}table:1.0",),
    "draw": (f"{_ODF}drawing:1.0",),
    "style": (f"{_ODF}style:1.0",),
    "svg": (f"{_ODF}svg-compatible:1.0",),
    "fo": (f"{_ODF}xsl-fo-compatible:1.0",),
    "form": (f"{_ODF}form:1.0",),
    "meta": (f"{_ODF}meta:1.0",),
    "manifest": (f"{_ODF}manifest:1.0",),
    "field": ("urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",),
    "loext": ("urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",),
    "xml": ("http://www.w3.org/XML/1998/namespace",),
}
"""Our prefixes, and what they stand for in files; Word has two sets of names, transitional and strict."""

_PREFIXES: Final = {uri: prefix for prefix, uris in NAMESPACES.items() for uri in uris}
_DOCTYPE: Final = "<!DOCTYPE"
_ENCODINGS: Final = ("utf-8", "utf-16-le", "utf-16-be")


def parse(data: bytes) -> etree._Element:
    """The root of an XML part in UTF-8 or UTF-16. Raises FormError: damaged, with a document type, nested more than 256 levels deep."""
    if any(_DOCTYPE.encode(encoding) in data for encoding in _ENCODINGS):
        raise FormError(refusals.FORBIDDEN_XML)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _fault(error) from None
    except (ValueError, LookupError):  # text that is marked as decoded already, an encoding nobody knows
        raise FormError(refusals.DAMAGED) from None
    document = root.getroottree().docinfo
    if document.internalDTD is not None or document.doctype:  # in an encoding that the look at the bytes does not see through
        raise FormError(refusals.FORBIDDEN_XML)
    return root


def _fault(error: etree.XMLSyntaxError) -> FormError:
    told = str(error)
    if "depth" in told:
        return FormError(refusals.TOO_DEEP)
    if "llocation failed" in told or "memory" in told:
        return FormError(refusals.TOO_HEAVY)
    return FormError(refusals.DAMAGED)


@lru_cache(maxsize=2048)
def _short(tag: str) -> str:
    uri, _, local = tag[1:].rpartition("}")
    prefix = _PREFIXES.get(uri)
    return f"{prefix}:{local}" if prefix else ""


@lru_cache(maxsize=2048)
def tags(name: str) -> tuple[str, ...]:
    """How lxml spells `name`: one tag for each namespace that its prefix stands for."""
    prefix, _, local = name.partition(":")
    return tuple(f"{{{uri}}}{local}" for uri in NAMESPACES[prefix])


def name_of(element: etree._Element) -> str:
    """`w:p` and the like; "" in a namespace we do not read."""
    return _short(element.tag)


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by our name for it."""
    for tag in tags(name):
        found = element.get(tag)
        if found is not None:
            return found
    return None


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of that name."""
    if element is not None:
        for tag in tags(name):
            found = element.find(tag)
            if found is not None:
                return found
    return None


def value(element: etree._Element | None, name: str, default: str | None = None) -> str | None:
    """The `w:val` of the child of that name: None without the child, `default` where it says nothing."""
    found = child(element, name)
    if found is None:
        return None
    said = attribute(found, "w:val")
    return default if said is None else said


def every(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """All descendants of these names, and the element itself where it is one, in document order."""
    return element.iter(*(tag for name in names for tag in tags(name)))


def whole(text: str | None, most: int, default: int = 1, least: int = 1) -> int:
    """A count as written in an attribute, from `least` to `most`; `default` where there is none or it is no number."""
    digits = (text or "").strip()
    if not digits.isascii() or not digits.isdecimal():
        return default
    return min(max(int(digits[:9]), least), most) if len(digits) <= 9 else most
