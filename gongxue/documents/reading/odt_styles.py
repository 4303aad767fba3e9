"""OpenDocument's styles, as far as they hide text or set it in a picture font."""

from typing import Final, Literal

import msgspec
from lxml import etree

from gongxue.documents.reading.markup import attribute, child, every

Family = Literal["text", "paragraph"]

_LONGEST_CHAIN: Final = 20


class _Style(msgspec.Struct, frozen=True, gc=False):
    parent: str | None
    hidden: bool | None
    font: str


class Styles:
    """The styles of one document, from its content and its common styles; where both have one of a name, the content's counts."""

    def __init__(self, roots: list[etree._Element]) -> None:
        faces: dict[str, str] = {}
        for root in roots:
            for face in every(root, "style:font-face"):
                faces[attribute(face, "style:name") or ""] = (attribute(face, "svg:font-family") or "").strip("'\" ")
        self._styles: dict[tuple[str, str], _Style] = {}
        for root in roots:
            for style in every(root, "style:style"):
                key = (attribute(style, "style:family") or "", attribute(style, "style:name") or "")
                self._styles.setdefault(key, _style(style, faces))

    def hides(self, family: Family, name: str | None, otherwise: bool) -> bool:
        """Whether text in the style is hidden; `otherwise` where neither it nor those it is based on say so."""
        for style in self._chain(family, name):
            if style.hidden is not None:
                return style.hidden
        return otherwise

    def font(self, family: Family, name: str | None, otherwise: str) -> str:
        """The font of text in the style; `otherwise` where it names none."""
        for style in self._chain(family, name):
            if style.font:
                return style.font
        return otherwise

    def _chain(self, family: Family, name: str | None) -> list[_Style]:
        chain: list[_Style] = []
        while name is not None and len(chain) < _LONGEST_CHAIN:
            style = self._styles.get((family, name))
            if style is None:
                break
            chain.append(style)
            name = style.parent
        return chain


def _style(style: etree._Element, faces: dict[str, str]) -> _Style:
    parent = attribute(style, "style:parent-style-name")
    properties = child(style, "style:text-properties")
    if properties is None:
        return _Style(parent, None, "")
    display = attribute(properties, "text:display")
    name = attribute(properties, "style:font-name") or ""
    font = faces.get(name, name) or attribute(properties, "fo:font-family") or ""
    return _Style(parent, None if display is None else display == "none", font)
