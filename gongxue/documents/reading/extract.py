"""From the bytes of a file to what is visible in it. What a file is, is judged by what stands in it, never by its name."""

from typing import Final

from lxml import etree

from gongxue.documents.reading import docx_body, odt_body, refusals
from gongxue.documents.reading.markup import attribute, child, every, name_of, parse
from gongxue.documents.reading.outcome import FormError
from gongxue.documents.reading.package import MOST_BYTES, Package
from gongxue.documents.reading.sheet import GridCell, GridTable, ParagraphText, Sheet
from gongxue.documents.reading.strangers import refusal_of
from gongxue.rules.text import Text

__all__ = ["GridCell", "GridTable", "ParagraphText", "Sheet", "read_sheet"]

_ZIP: Final = b"PK\x03\x04"
_WORD_MAIN: Final = frozenset(
    [
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "application/vnd.ms-word.document.macroenabled.main+xml",
        "application/vnd.ms-word.template.macroenabledtemplate.main+xml",
    ]
)
"""Documents and templates. Macros are no part of what is read, and nothing here could run them."""

_ODF_TEXT: Final = frozenset(["application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text-template"])
_OTHERS: Final = (
    ("spreadsheet", refusals.SPREADSHEET),
    ("excel", refusals.SPREADSHEET),
    ("presentation", refusals.PRESENTATION),
    ("powerpoint", refusals.PRESENTATION),
    ("sun.xml.writer", refusals.OLD_OPENOFFICE),
    ("opendocument", refusals.OTHER_ODF),
)
_MOST_PROPERTIES: Final = 200
_LONGEST_PROPERTY: Final = 10_000


def read_sheet(data: bytes, name: str = "") -> Sheet:
    """The visible content of a DOCX, ODT or flat ODT file. Raises FormError. `name` only helps to say what another file is."""
    if len(data) > MOST_BYTES:
        raise FormError(refusals.FILE_TOO_LARGE)
    if data.startswith(_ZIP):
        return _read_package(Package(data))
    refusal = refusal_of(data, name)
    if refusal is None:
        return _read_flat(data)
    raise FormError(refusal)


def _read_package(package: Package) -> Sheet:
    is_word, is_odf = "[Content_Types].xml" in package, "content.xml" in package
    if is_word and is_odf:
        raise FormError(refusals.AMBIGUOUS)
    if is_word:
        return _read_docx(package)
    if is_odf:
        return _read_odt(package)
    if package.has_folder("META-INF") and "encrypted-package" in package:
        raise FormError(refusals.ENCRYPTED)
    raise FormError(refusals.PAGES if "Index/Document.iwa" in package else refusals.PLAIN_ZIP)


def _read_docx(package: Package) -> Sheet:
    relations = _relations(package, "")
    main = relations.get("officeDocument")
    if main is None:
        raise FormError(refusals.DAMAGED)
    kind = _content_type(package, main)
    if kind not in _WORD_MAIN:
        raise FormError(_other(kind) or refusals.PLAIN_ZIP)
    document = parse(package.needed(main))
    body = child(document, "w:body")
    if name_of(document) != "w:document" or body is None:
        raise FormError(refusals.DAMAGED)
    styles = _parsed(package, _relations(package, main).get("styles"))
    return Sheet(docx_body.read_body(body, styles), _word_properties(package, relations))


def _relations(package: Package, source: str) -> dict[str, str]:
    """Where a part's relations lead inside of the package, by the last word of their type; the first of a kind counts."""
    folder, _, file = source.rpartition("/")
    root = _parsed(package, f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
    found: dict[str, str] = {}
    for relation in every(root, "rels:Relationship") if root is not None else ():
        kind = (relation.get("Type") or "").rpartition("/")[2]
        if relation.get("TargetMode") != "External":
            found.setdefault("custom-properties" if kind == "customProperties" else kind, _resolved(folder, relation.get("Target") or ""))
    return found


def _resolved(folder: str, target: str) -> str:
    """The name of a part as seen from a folder of the package; `..` never leads out of it."""
    steps: list[str] = [] if target.startswith("/") else folder.split("/")
    for step in target.split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(step for step in steps if step)


def _content_type(package: Package, part: str) -> str:
    """The stated type of a part, in small letters; "" where there is none."""
    root = parse(package.needed("[Content_Types].xml"))
    for override in every(root, "types:Override"):
        if (override.get("PartName") or "").removeprefix("/").lower() == part.lower():
            return (override.get("ContentType") or "").lower()
    for default in every(root, "types:Default"):
        if (default.get("Extension") or "").lower() == part.rpartition(".")[2].lower():
            return (default.get("ContentType") or "").lower()
    return ""


def _read_odt(package: Package) -> Sheet:
    kind = (package.part("mimetype") or b"").decode("ascii", "replace").strip().lower()
    if kind and kind not in _ODF_TEXT:
        raise FormError(_other(kind) or refusals.PLAIN_ZIP)
    manifest = _parsed(package, "META-INF/manifest.xml")
    if manifest is not None and next(every(manifest, "manifest:encryption-data"), None) is not None:
        raise FormError(refusals.ENCRYPTED)
    content = parse(package.needed("content.xml"))
    roots = [root for root in (content, _parsed(package, "styles.xml")) if root is not None]
    return Sheet(_odf_blocks(content, roots), _odf_properties(_parsed(package, "meta.xml")))


def _read_flat(data: bytes) -> Sheet:
    root = parse(data)
    kind = (attribute(root, "office:mimetype") or "").lower()
    if kind and kind not in _ODF_TEXT:
        raise FormError(_other(kind) or refusals.NOT_OFFICE)
    return Sheet(_odf_blocks(root, [root]), _odf_properties(root))


def _odf_blocks(root: etree._Element, styled: list[etree._Element]) -> tuple[ParagraphText | GridTable, ...]:
    body = child(root, "office:body")
    text = child(body, "office:text")
    if text is None:
        raise FormError(refusals.DAMAGED if body is None else refusals.OTHER_ODF)
    return odt_body.read_body(text, styled)


def _other(kind: str) -> Text | None:
    return next((refusal for word, refusal in _OTHERS if word in kind), None)


def _parsed(package: Package, part: str | None) -> etree._Element | None:
    data = package.part(part) if part is not None else None
    return None if data is None else parse(data)


def _word_properties(package: Package, relations: dict[str, str]) -> dict[str, str]:
    root = _parsed(package, relations.get("custom-properties"))
    if root is None:
        return {}
    return _bounded([(each.get("name") or "", _words(each)) for each in every(root, "custom:property")])


def _odf_properties(root: etree._Element | None) -> dict[str, str]:
    if root is None:
        return {}
    return _bounded([(attribute(each, "meta:name") or "", _words(each)) for each in every(root, "meta:user-defined")])


def _words(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext())


def _bounded(properties: list[tuple[str, str]]) -> dict[str, str]:
    return {name: said[:_LONGEST_PROPERTY] for name, said in properties[:_MOST_PROPERTIES]}
