"""Word's styles, as far as they hide text or set it in a picture font."""

from typing import Final

import msgspec
from lxml import etree

from gongxue.documents.reading.docx_settle import is_on
from gongxue.documents.reading.markup import attribute, child, every, value

_LONGEST_CHAIN: Final = 20
"""Styles that are based on each other; Word itself stops at ten or so."""


class _Style(msgspec.Struct, frozen=True, gc=False):
    based_on: str | None
    hidden: bool | None
    font: str


class Styles:
    """The styles of one document, none where it has no part for them."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._usual: str | None = None
        for style in every(root, "w:style") if root is not None else ():
            name = attribute(style, "w:styleId") or ""
            properties = child(style, "w:rPr")
            self._styles[name] = _Style(value(style, "w:basedOn"), is_on(properties, "w:vanish"), _font(properties))
            if attribute(style, "w:type") == "paragraph" and attribute(style, "w:default") in ("1", "true", "on"):
                self._usual = name

    def hides(self, run: etree._Element | None, paragraph: etree._Element | None) -> bool:
        """Whether words with these properties (`w:rPr`, `w:pPr`) are hidden: said by themselves, by their style, or by the paragraph's."""
        said = is_on(run, "w:vanish")
        if said is not None:
            return said
        styles = (*self._chain(value(run, "w:rStyle")), *self._chain(value(paragraph, "w:pStyle") or self._usual))
        return next((style.hidden for style in styles if style.hidden is not None), False)

    def font(self, run: etree._Element | None) -> str:
        """The font of words with these properties (`w:rPr`): said by themselves or by their style, else ""."""
        return _font(run) or next((style.font for style in self._chain(value(run, "w:rStyle")) if style.font), "")

    def _chain(self, name: str | None) -> list[_Style]:
        chain: list[_Style] = []
        while name is not None and len(chain) < _LONGEST_CHAIN:
            style = self._styles.get(name)
            if style is None:
                break
            chain.append(style)
            name = style.based_on
        return chain


def _font(properties: etree._Element | None) -> str:
    fonts = child(properties, "w:rFonts")
    if fonts is None:
        return ""
    return attribute(fonts, "w:ascii") or attribute(fonts, "w:hAnsi") or ""
