"""The fonts that papers are set in: where they lie and in which order they are asked."""

import os
from pathlib import Path
from typing import Final

import msgspec

from gongxue.rules.text import Text

FOLDER_VARIABLE: Final = "GONGXUE_FONTS"
"""Names a folder of fonts that is taken instead of the places below."""

LATIN: Final = "Libertinus Serif"
"""Latin letters and digits. It comes inside the typst package; TW-Kai's own Latin has the spacing of a typewriter and a hyphen as long
as a dash."""

LATIN_RANGES: Final = ((0x20, 0x7E), (0xA0, 0xB6), (0xB8, 0x2AF), (0x300, 0x36F), (0x1E00, 0x1EFF))
"""What is set in `LATIN` (first and last code point). Not the middle dot and the tone marks of Bopomofo: they are full-width in Chinese
fonts."""


class Face(msgspec.Struct, frozen=True):
    """One font of a file: `index` tells the faces of a collection (.ttc) apart."""

    family: str
    path: Path
    index: int = 0


_KAI: Final = Path("/usr/share/fonts/truetype/cns11643")
_NOTO: Final = Path("/usr/share/fonts/opentype/noto")
_NPM: Final = Path(__file__).parents[2] / "node_modules/@expo-google-fonts/noto-serif-tc"

KNOWN: Final = (
    Face("TW-Kai", _KAI / "TW-Kai-98_1.ttf"),
    Face("TW-Kai-Ext-B", _KAI / "TW-Kai-Ext-B-98_1.ttf"),
    Face("Noto Serif CJK TC", _NOTO / "NotoSerifCJK-Regular.ttc", 3),
    Face("Noto Serif TC", _NPM / "400Regular/NotoSerifTC_400Regular.ttf"),
)
"""Debian's TW-Kai, which has the look of 標楷體, then Debian's Noto, then npm's. TW-Kai-Plus is not among them: it has private characters
alone, and more than a thousand of those are empty.
"""

NO_FONTS: Final = Text(
    f"找不到中文字型，無法製作 PDF：請安裝 Debian 套件 fonts-cns11643-kai 或 fonts-noto-cjk，或執行 make run，或以 {FOLDER_VARIABLE} 指定字型資料夾",
    "no Chinese font is found, so no PDF can be made: install Debian's fonts-cns11643-kai or fonts-noto-cjk, or run make run, "
    f"or name a folder of fonts in {FOLDER_VARIABLE}",
)
"""What a person is told where none of the places has a Chinese font."""


def named_folder() -> Path | None:
    """The folder that somebody named, or None. It is then the only place: a paper must not depend on what else a machine has."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else None


def known_faces() -> tuple[Face, ...]:
    """Those of the known fonts that this machine has, in the order they are asked."""
    return tuple(face for face in KNOWN if face.path.is_file())


def in_order(faces: list[Face]) -> tuple[Face, ...]:
    """One face a family, the families we know first."""
    order = {face.family: number for number, face in enumerate(KNOWN)}
    first: dict[str, Face] = {}
    for face in sorted(faces, key=lambda face: (order.get(face.family, len(order)), face.family, face.path, face.index)):
        first.setdefault(face.family, face)
    return tuple(first.values())
