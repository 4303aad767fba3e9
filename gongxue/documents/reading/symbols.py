"""Signs of Word's picture fonts as characters that everybody has; above all the check boxes."""

from typing import Final

TICKED: Final = "☑"
UNTICKED: Final = "☐"

_WINGDINGS: Final = {
    0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x78: "☒", 0xA8: UNTICKED,
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: TICKED,
}  # fmt: skip
_WINGDINGS_2: Final = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: TICKED, 0x53: "☒", 0x54: "☒", 0xA2: "■", 0xA3: UNTICKED,
}  # fmt: skip

_PRIVATE: Final = 0xF000
"""Where Word puts the signs of fonts that follow no standard: their own number above this."""


def is_symbol_font(font: str) -> bool:
    """Whether letters in this font show as signs."""
    return font.lower().startswith("wingdings")


def sign(code: int, font: str) -> str:
    """What the sign `code` of a symbol font shows; "" for a picture without a meaning here."""
    number = code - _PRIVATE if _PRIVATE <= code <= _PRIVATE + 0xFF else code
    table = _WINGDINGS_2 if font.lower().startswith("wingdings 2") else _WINGDINGS
    return table.get(number, "")


def signs(text: str, font: str) -> str:
    """Text as it shows in its font: in a picture font the signs that are known here, as characters."""
    if not is_symbol_font(font):
        return text
    return "".join(sign(ord(character), font) or character for character in text)
