"""What can be clicked in an OpenDocument text, and what it shows: form controls, form fields that came from Word, content controls."""

from typing import Final

from lxml import etree

from gongxue.documents.reading.markup import attribute, every, name_of, whole
from gongxue.documents.reading.symbols import TICKED, UNTICKED

_FIELD_KINDS: Final = "vnd.oasis.opendocument.field."
_CHECK_BOX: Final = "FORMCHECKBOX"
_DROP_DOWN: Final = "FORMDROPDOWN"


_PROMPTS: Final = frozenset(
    [
        "按一下或點選這裡以輸入文字。", "按一下這裡以輸入文字。", "按一下或點選以輸入日期。", "按一下這裡以輸入日期。", "選擇一個項目。",
        "Click or tap here to enter text.", "Click here to enter text.", "Click or tap to enter a date.", "Click here to enter a date.",
        "Choose an item.",
    ]
)  # fmt: skip


def is_prompt(field: etree._Element) -> bool:
    """Whether an input field only says what Word says in an empty content control.

    LibreOffice makes one of the other, and forgets that nobody typed anything.
    """
    return "".join(str(piece) for piece in field.itertext()).strip() in _PROMPTS


def form_controls(root: etree._Element) -> dict[str, str]:
    """What each form control of the document shows, by the name that a drawing calls it by."""
    shown: dict[str, str] = {}
    for control in every(root, "form:checkbox", "form:radio", "form:text", "form:textarea"):
        for identity in (attribute(control, "xml:id"), attribute(control, "form:id")):
            if identity:
                shown[identity] = _shown(control)
    return shown


def _shown(control: etree._Element) -> str:
    kind = name_of(control)
    if kind in ("form:text", "form:textarea"):
        return attribute(control, "form:current-value") or attribute(control, "form:value") or ""
    if kind == "form:checkbox":
        ticked = (attribute(control, "form:current-state") or attribute(control, "form:state")) == "checked"
    else:
        ticked = (attribute(control, "form:current-selected") or attribute(control, "form:selected")) == "true"
    return (TICKED if ticked else UNTICKED) + (attribute(control, "form:label") or "")


def form_field(field: etree._Element) -> str:
    """What a `field:fieldmark` shows: a check box its state, a list the entry chosen."""
    parameters = [(attribute(each, "field:name") or "", attribute(each, "field:value") or "") for each in every(field, "field:param")]
    values = dict(parameters)
    kind = (attribute(field, "field:type") or "").removeprefix(_FIELD_KINDS)
    if kind == _CHECK_BOX:
        return TICKED if values.get("Checkbox_Checked", values.get("Checkbox_Default")) in ("true", "1") else UNTICKED
    if kind == _DROP_DOWN:
        entries = [value for name, value in parameters if name == "Dropdown_ListEntry"]
        chosen = whole(values.get("Dropdown_Selected"), len(entries) - 1, default=0, least=0) if entries else 0
        return entries[chosen] if entries else ""
    return ""


def content_control(control: etree._Element, shown: str) -> str:
    """What a content control shows, with the sign of a check box made ☑ or ☐. `shown` is what stands in it.

    Where a check box shows one single sign that is neither of its own two, its state counts.
    """
    if attribute(control, "loext:checkbox") != "true":
        return shown
    for state, plain in (("loext:checked-state", TICKED), ("loext:unchecked-state", UNTICKED)):
        sign = attribute(control, state)
        if sign and sign in shown:
            return shown.replace(sign, plain, 1)
    if len(shown.strip()) == 1:
        return TICKED if attribute(control, "loext:checked") == "true" else UNTICKED
    return shown
