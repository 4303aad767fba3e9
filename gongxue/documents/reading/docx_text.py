"""The visible words of one Word paragraph: runs, fields, form fields, signs, and the boxes that hang on it."""

from collections.abc import Iterator
from typing import Final

import msgspec
from lxml import etree

from gongxue.documents.reading.docx_settle import OFF, is_on
from gongxue.documents.reading.docx_styles import Styles
from gongxue.documents.reading.markup import attribute, child, every, name_of, value, whole
from gongxue.documents.reading.symbols import TICKED, UNTICKED, is_symbol_font, sign, signs

_TRANSPARENT: Final = frozenset(
    [
        "w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:sdt", "w:sdtContent", "w:hyperlink", "w:fldSimple", "w:dir", "w:bdo",
        "mc:AlternateContent", "mc:Choice", "mc:Fallback", "w:rubyBase",
    ]
)  # fmt: skip
"""What only wraps: around runs, paragraphs, rows or cells."""

_SIGNS: Final = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad"}
_ANCHORS: Final = ("w:drawing", "w:pict", "w:object")
_LINE_ENDS: Final = {0x0A: " ", 0x0D: " "}
"""Line ends in the XML itself are how it was written, and show as spaces."""


def unwrapped(element: etree._Element) -> Iterator[etree._Element]:
    """The children of an element, those of mere wrappers in the wrapper's place."""
    open_wrappers = [iter(element)]
    while open_wrappers:
        for each in open_wrappers[-1]:
            if name_of(each) in _TRANSPARENT:
                open_wrappers.append(iter(each))
                break
            yield each
        else:
            open_wrappers.pop()


class Fields:
    """The fields that are open at a place in the document: while one tells its instruction, nothing shows."""

    def __init__(self) -> None:
        self._open: list[bool] = []
        self._instructing = 0

    @property
    def show(self) -> bool:
        """Whether words here are to be seen."""
        return not self._instructing

    def mark(self, kind: str | None) -> None:
        """A field begins, its result begins, or it ends."""
        if kind == "begin":
            self._open.append(True)
            self._instructing += 1
        elif kind == "separate" and self._open and self._open[-1]:
            self._open[-1] = False
            self._instructing -= 1
        elif kind == "end" and self._open:
            self._instructing -= self._open.pop()

    def end_all(self) -> None:
        """No field reaches into a cell, or out of one."""
        self._open.clear()
        self._instructing = 0


class Words(msgspec.Struct):
    """What a paragraph says. `boxes` are the text boxes that hang on it; `runs_on` when its end is deleted or hidden."""

    text: str
    boxes: list[etree._Element]
    bookmarks: list[str]
    runs_on: bool


class ParagraphReader:
    """Reads the paragraphs of one document, in order: fields may reach from one into the next."""

    def __init__(self, styles: Styles) -> None:
        self.fields = Fields()
        self._styles = styles

    def read(self, paragraph: etree._Element) -> Words:
        """The words of a `w:p`."""
        properties = child(paragraph, "w:pPr")
        words = Words("", [], [], _runs_on(properties))
        pieces: list[str] = []
        for each in unwrapped(paragraph):
            self._inline(each, properties, pieces, words)
        words.text = "".join(pieces)
        return words

    def _inline(self, element: etree._Element, paragraph: etree._Element | None, pieces: list[str], words: Words) -> None:
        name = name_of(element)
        if name == "w:r":
            self._run(element, paragraph, pieces, words)
        elif name == "w:bookmarkStart":
            words.bookmarks.append(attribute(element, "w:name") or "")
        elif name in ("m:oMath", "m:oMathPara") and self.fields.show:
            pieces += [part.text or "" for part in every(element, "m:t")]

    def _run(self, run: etree._Element, paragraph: etree._Element | None, pieces: list[str], words: Words) -> None:
        properties = child(run, "w:rPr")
        hidden = self._styles.hides(properties, paragraph)
        font = self._styles.font(properties)
        for each in unwrapped(run):
            name = name_of(each)
            if name == "w:fldChar":
                kind = attribute(each, "w:fldCharType")
                if kind == "begin" and self.fields.show and not hidden:
                    pieces.append(_form_field(child(each, "w:ffData")))
                self.fields.mark(kind)
            elif name == "w:ruby":
                for base in unwrapped(each):
                    self._inline(base, paragraph, pieces, words)
            elif self.fields.show and not hidden:
                pieces.append(_shown(each, font))
                if name in _ANCHORS:
                    words.boxes += _outermost_boxes(each)


def _shown(element: etree._Element, font: str) -> str:
    name = name_of(element)
    if name == "w:t":
        return signs((element.text or "").translate(_LINE_ENDS), font)
    if name == "w:br" and attribute(element, "w:type") in ("page", "column"):
        return ""  # where paper ends is none of a value's words
    return _symbol(element) if name == "w:sym" else _SIGNS.get(name, "")


def _runs_on(properties: etree._Element | None) -> bool:
    mark = child(properties, "w:rPr")
    return child(mark, "w:del") is not None or child(mark, "w:moveFrom") is not None or bool(is_on(mark, "w:vanish"))


def _symbol(element: etree._Element) -> str:
    try:
        code = int(attribute(element, "w:char") or "", 16)
    except ValueError:
        return ""
    font = attribute(element, "w:font") or ""
    if is_symbol_font(font):
        return sign(code, font)
    return chr(code) if 0x20 <= code < 0xD800 else ""


def _form_field(field: etree._Element | None) -> str:
    """What a form field of the old kind shows by itself: a check box its state, a list the entry chosen."""
    box = child(field, "w:checkBox")
    if box is not None:
        state = value(box, "w:checked", "1") or value(box, "w:default", "1") or "0"
        return UNTICKED if state in OFF else TICKED
    choice = child(field, "w:ddList")
    if choice is not None:
        entries = [attribute(entry, "w:val") or "" for entry in every(choice, "w:listEntry")]
        chosen = whole(value(choice, "w:result") or value(choice, "w:default"), len(entries) - 1, default=0, least=0) if entries else 0
        return entries[chosen] if entries else ""
    return ""


def _outermost_boxes(element: etree._Element) -> list[etree._Element]:
    boxes: list[etree._Element] = []
    waiting = [element]
    while waiting:
        each = waiting.pop()
        if name_of(each) == "w:txbxContent":
            boxes.append(each)
        else:
            waiting += reversed(each)
    return boxes
