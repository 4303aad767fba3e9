"""The visible words of one OpenDocument paragraph: spans, fields, controls, and the boxes that hang on it."""

import re
from typing import Final

import msgspec
from lxml import etree

from gongxue.documents.reading.bounds import Bounds
from gongxue.documents.reading.markup import attribute, name_of, whole
from gongxue.documents.reading.odt_controls import content_control, form_field, is_prompt
from gongxue.documents.reading.odt_styles import Styles
from gongxue.documents.reading.symbols import signs

_MOST_SPACES: Final = 1_000
"""That one element may stand for; more is no text."""

_UNSEEN: Final = frozenset(
    [
        "text:note", "text:tracked-changes", "text:ruby-text", "text:placeholder", "text:script", "text:number", "text:soft-page-break",
        "office:annotation", "office:annotation-end", "office:event-listeners", "field:param",
    ]
)  # fmt: skip
_SIGNS: Final = {"text:tab": "\t", "text:line-break": "\n"}
_WHITE: Final = re.compile("[ \t\r\n]+")


class Words(msgspec.Struct):
    """What a paragraph says, and the drawings that hang on it."""

    text: str
    drawings: list[etree._Element]
    bookmarks: list[str]
    hidden: bool


class ParagraphReader:
    """Reads the paragraphs of one document. `controls` is what its form controls show, by their names."""

    def __init__(self, styles: Styles, controls: dict[str, str], bounds: Bounds) -> None:
        self._styles, self._controls, self._bounds = styles, controls, bounds

    def read(self, paragraph: etree._Element) -> Words:
        """The words of a `text:p` or `text:h`; raises FormError where a document says too much."""
        return _Paragraph(paragraph, self._styles, self._controls, self._bounds).words()


class _Paragraph:
    """One paragraph while it is read. White space in the file folds into one space, as OpenDocument wants; elements stand for the rest."""

    def __init__(self, paragraph: etree._Element, styles: Styles, controls: dict[str, str], bounds: Bounds) -> None:
        self._root, self._styles, self._controls, self._bounds = paragraph, styles, controls, bounds
        bounds.take_text(1)
        self._pieces: list[str] = []
        self._folding = True
        self._drawings: list[etree._Element] = []
        self._bookmarks: list[str] = []
        self._gone = False

    def words(self) -> Words:
        style = attribute(self._root, "text:style-name")
        self._inside(self._root, self._styles.hides("paragraph", style, False), self._styles.font("paragraph", style, ""))
        text = "" if self._gone else "".join(self._pieces)
        return Words(text, [] if self._gone else self._drawings, self._bookmarks, self._gone)

    def _inside(self, element: etree._Element, hidden: bool, font: str) -> None:
        self._characters(element.text, hidden, font)
        for each in element:
            self._element(each, hidden, font)
            self._characters(each.tail, hidden, font)

    def _characters(self, text: str | None, hidden: bool, font: str) -> None:
        if not text or hidden:
            return
        folded = _WHITE.sub(" ", text)
        if self._folding:
            folded = folded.removeprefix(" ")
        if folded:
            self._bounds.take_text(len(folded))
            self._folding = folded[-1] == " "
            self._pieces.append(signs(folded, font))

    def _exact(self, text: str, hidden: bool) -> None:
        if not hidden:
            self._bounds.take_text(len(text))
            self._pieces.append(text)
            self._folding = False

    def _element(self, element: etree._Element, hidden: bool, font: str) -> None:
        name = name_of(element)
        if name in _UNSEEN or attribute(element, "text:display") == "none":
            return
        match name:
            case "text:s":
                self._exact(" " * whole(attribute(element, "text:c"), _MOST_SPACES), hidden)
            case "text:tab" | "text:line-break":
                self._exact(_SIGNS[name], hidden)
            case "text:span":
                style = attribute(element, "text:style-name")
                self._inside(element, self._styles.hides("text", style, hidden), self._styles.font("text", style, font))
            case "text:bookmark" | "text:bookmark-start":
                self._bounds.take_text(1)
                self._bookmarks.append(attribute(element, "text:name") or "")
            case _ if name.startswith("draw:"):
                self._drawing(element, hidden)
            case _:
                self._field(name, element, hidden, font)

    def _field(self, name: str, element: etree._Element, hidden: bool, font: str) -> None:
        match name:
            case "text:text-input" if is_prompt(element):
                pass
            case "text:hidden-text" | "text:hidden-paragraph":
                self._conditional(element, hidden, font)
            case "field:fieldmark":
                self._exact(form_field(element), hidden)
            case "loext:content-control":
                self._content_control(element, hidden, font)
            case _:
                self._inside(element, hidden, font)

    def _conditional(self, element: etree._Element, hidden: bool, font: str) -> None:
        is_hidden = attribute(element, "text:is-hidden") == "true"
        if name_of(element) == "text:hidden-paragraph":
            self._gone = self._gone or is_hidden
        elif not is_hidden:
            self._inside(element, hidden, font)

    def _content_control(self, element: etree._Element, hidden: bool, font: str) -> None:
        if attribute(element, "loext:showing-place-holder") == "true":
            return
        before = len(self._pieces)
        self._inside(element, hidden, font)
        self._pieces[before:] = [content_control(element, "".join(self._pieces[before:]))]

    def _drawing(self, element: etree._Element, hidden: bool) -> None:
        if name_of(element) == "draw:control":
            self._exact(self._controls.get(attribute(element, "draw:control") or "", ""), hidden)
        elif not hidden:
            self._drawings.append(element)
