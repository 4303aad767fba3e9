"""What Word would not show is taken out of a document before it is read, and what it would show otherwise is put in its place."""

from typing import Final

from lxml import etree

from gongxue.documents.reading.markup import attribute, child, every, name_of, tags, value
from gongxue.documents.reading.symbols import TICKED, UNTICKED

OFF: Final = ("0", "false", "off")

_UNDERSTOOD: Final = frozenset(
    [
        "http://schemas.microsoft.com/office/word/2010/wordml",
        "http://schemas.microsoft.com/office/word/2012/wordml",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
        "http://schemas.microsoft.com/office/drawing/2010/main",
    ]
)
"""Of the alternatives in a file, the first is shown whose namespaces are all known; these Word has known since 2010 or 2013."""


def settle(body: etree._Element) -> None:
    """Tracked deletions go, one of several alternatives stays, prompts of empty fields go, check boxes become signs."""
    for gone in list(every(body, "w:del", "w:moveFrom")):
        if name_of(_parent(gone)) not in ("w:rPr", "w:trPr"):  # there it only marks the end of a paragraph, or a row
            _remove(gone)
    for row in list(every(body, "w:tr")):
        properties = child(row, "w:trPr")
        if child(properties, "w:del") is not None or is_on(properties, "w:hidden"):
            _remove(row)
    for cell in list(every(body, "w:tc")):
        if child(child(cell, "w:tcPr"), "w:cellDel") is not None:
            _remove(cell)
    for choices in list(every(body, "mc:AlternateContent")):
        _choose(choices)
    for control in list(every(body, "w:sdt")):
        _settle_control(control)


def is_on(properties: etree._Element | None, name: str) -> bool | None:
    """A switch of Word's: on, off, or None where it is not mentioned."""
    said = value(properties, name, "1")
    return None if said is None else said not in OFF


def _choose(choices: etree._Element) -> None:
    shown: etree._Element | None = None
    for branch in choices:
        name = name_of(branch)
        if shown is None and (name == "mc:Fallback" or (name == "mc:Choice" and _understood(branch))):
            shown = branch
    for branch in list(choices):
        if branch is not shown:
            _remove(branch)


def _understood(choice: etree._Element) -> bool:
    return all(choice.nsmap.get(prefix) in _UNDERSTOOD for prefix in (choice.get("Requires") or "").split())


def _settle_control(control: etree._Element) -> None:
    properties, content = child(control, "w:sdtPr"), child(control, "w:sdtContent")
    if properties is None or content is None:
        return
    box = child(properties, "w14:checkbox")
    if box is not None:
        _show_box(box, content)
    elif is_on(properties, "w:showingPlcHdr"):
        for words in every(content, "w:t"):
            words.text = ""


def _show_box(box: etree._Element, content: etree._Element) -> None:
    """The control's own sign in the content is made ☑ or ☐; where it shows another single sign, that one, by the control's state."""
    signs = {_sign(box, "w14:checkedState", "2612"): TICKED, _sign(box, "w14:uncheckedState", "2610"): UNTICKED}
    shown = list(every(content, "w:t", "w:sym"))
    for words in shown:
        text = _said(words)
        for sign, plain in signs.items():
            if sign and sign in text:
                return _say(words, text.replace(sign, plain, 1))
    if shown and len("".join(_said(words) for words in shown).strip()) == 1:
        for words in shown:
            _say(words, "")
        _say(shown[0], TICKED if _is_checked(box) else UNTICKED)
    return None


def _said(words: etree._Element) -> str:
    return words.text or "" if name_of(words) == "w:t" else _code(attribute(words, "w:char"))


def _say(words: etree._Element, text: str) -> None:
    words.tag = tags("w:t")[0]
    words.text = text


def _is_checked(box: etree._Element) -> bool:
    checked = child(box, "w14:checked")
    return checked is not None and (attribute(checked, "w14:val") or "1") not in OFF


def _sign(box: etree._Element, state: str, default: str) -> str:
    found = child(box, state)
    return _code((attribute(found, "w14:val") if found is not None else None) or default)


def _code(hexadecimal: str | None) -> str:
    try:
        return chr(int(hexadecimal or "", 16))
    except (ValueError, OverflowError):
        return ""


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    return element if parent is None else parent


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
