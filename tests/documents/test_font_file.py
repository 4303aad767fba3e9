"""Font files: what characters a face has, and small fonts cut out of large ones that print the same."""

from pathlib import Path
from struct import pack

import pytest
import typst

from gongxue.documents.font_file import FontFile
from gongxue.documents.fonts import KNOWN, Face

# Glyphs: none, a triangle with hints, a bar, a composite of both with hints of its own.
TRIANGLE = (
    pack(">hhhhh", 1, 0, 0, 100, 100) + pack(">H", 2) + pack(">H", 3) + b"HNT" + bytes([1, 1, 1]) + pack(">hhhhhh", 0, 50, 50, 0, 100, -100)
)
BAR = pack(">hhhhh", 1, 0, 0, 80, 10) + pack(">H", 1) + pack(">H", 0) + bytes([1, 1]) + pack(">hhhh", 0, 80, 0, 10)
BOTH = pack(">hhhhh", -1, 0, 0, 100, 100) + pack(">HHbb", 0x0022, 2, 0, 5) + pack(">HHhh", 0x0101, 1, 7, 9) + pack(">H", 2) + b"HN"
WIDTHS = (500, 600, 700, 800)


def _font(cmap: bytes) -> bytes:
    """A font of four glyphs with this cmap subtable."""
    glyphs = [b"", TRIANGLE + b"\x00" * (-len(TRIANGLE) % 2), BAR + b"\x00" * (-len(BAR) % 2), BOTH]
    places = [sum(map(len, glyphs[:n])) for n in range(5)]
    tables = {
        b"OS/2": b"\x00" * 78,
        b"cmap": pack(">HHHHI", 0, 1, 3, 10 if cmap[1] == 12 else 1, 12) + cmap,
        b"glyf": b"".join(glyphs),
        b"head": b"\x00" * 54,
        b"hhea": b"\x00" * 34 + pack(">H", 4),
        b"hmtx": b"".join(pack(">Hh", wide, 0) for wide in WIDTHS),
        b"loca": pack(">5H", *(place // 2 for place in places)),
        b"maxp": b"\x00\x01\x00\x00" + pack(">H", 4) + b"\x00" * 26,
        b"name": b"\x00" * 6,
        b"post": b"\x00" * 32,
    }
    at = 12 + 16 * len(tables)
    listed = b""
    for tag, body in tables.items():
        listed += pack(">4sIII", tag, 0, at, len(body))
        at += len(body)
    return b"\x00\x01\x00\x00" + pack(">HHHH", len(tables), 0, 0, 0) + listed + b"".join(tables.values())


def _format_12(*groups: tuple[int, int, int]) -> bytes:
    return pack(">HHIII", 12, 0, 16 + 12 * len(groups), 0, len(groups)) + b"".join(pack(">III", *group) for group in groups)


def _format_4(*segments: tuple[int, int, int, int], glyphs: bytes = b"") -> bytes:
    rows = (*segments, (0xFFFF, 0xFFFF, 1, 0))
    lasts, firsts, deltas, offsets = (b"".join(pack(">H", row[n] & 0xFFFF) for row in rows) for n in (1, 0, 2, 3))
    return pack(">HHHHHHH", 4, 0, 0, 2 * len(rows), 0, 0, 0) + lasts + b"\x00\x00" + firsts + deltas + offsets + glyphs


def _open(folder: Path, cmap: bytes) -> FontFile:
    file = folder / "font.ttf"
    file.write_bytes(_font(cmap))
    return FontFile(file)


def _glyphs(font: FontFile, text: str) -> list[int]:
    return [font.glyph(character) for character in text]


def test_ranges_beyond_the_first_plane_are_read(tmp_path: Path) -> None:
    font = _open(tmp_path, _format_12((0x4E00, 0x4E01, 1), (0x20BB7, 0x20BB7, 3), (0x20BB8, 0x20BB8, 0)))
    assert _glyphs(font, "丿一丁丂\U00020bb7\U00020bb8") == [0, 1, 2, 0, 3, 0]
    assert "一" in font
    assert "\U00020bb8" not in font


def test_ranges_of_the_first_plane_are_read_by_difference_and_by_list(tmp_path: Path) -> None:
    by_difference = _open(tmp_path, _format_4((0x41, 0x43, 1 - 0x41, 0)))
    assert _glyphs(by_difference, "@ABCD\uffff") == [0, 1, 2, 3, 0, 0]
    # The list stands right behind the offsets, which are counted from their own place: two segments, so four bytes on.
    by_list = _open(tmp_path, _format_4((0x41, 0x43, 0, 4), glyphs=pack(">HHH", 3, 0, 1)))
    assert _glyphs(by_list, "ABC") == [3, 0, 1]


def test_a_cut_font_has_what_was_asked_for_and_the_parts_of_it_without_hints(tmp_path: Path) -> None:
    font = _open(tmp_path, _format_12((0x41, 0x43, 1)))
    cut = tmp_path / "cut.ttf"
    cut.write_bytes(font.cut("CCz"))
    small = FontFile(cut)
    assert _glyphs(small, "ABCz") == [0, 0, 1, 0]
    data = cut.read_bytes()
    assert b"HN" not in data
    # The composite names its parts by their new numbers: the bar is 2, the triangle 3.
    assert pack(">HHbb", 0x0022, 2, 0, 5) + pack(">HHhh", 0x0001, 3, 7, 9) in data
    assert pack(">HhHhHhHh", 500, 0, 800, 0, 700, 0, 600, 0) in data


def test_a_cut_font_cut_once_more_is_the_same(tmp_path: Path) -> None:
    font = _open(tmp_path, _format_12((0x41, 0x43, 1)))
    cut = tmp_path / "cut.ttf"
    cut.write_bytes(font.cut("ABC"))
    assert FontFile(cut).cut("CBA") == cut.read_bytes()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\x00\x01\x00\x00\x00\x09", _font(b"\x00\x02" + b"\x00" * 30)])
def test_what_is_no_font_that_can_be_read_is_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "font.ttf"
    file.write_bytes(data)
    with pytest.raises(ValueError, match=r"no font|neither format 12 nor format 4"):
        FontFile(file)


def _picture(folder: Path, family: str, text: str) -> bytes:
    """The text as Typst draws it in the font that lies in the folder."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    markup = "#set page(width: 20cm, height: auto)\n#set text(font: sys.inputs.family, fallback: false, size: 20pt)\n#sys.inputs.text"
    drawn = typst.compile(markup.encode(), font_paths=fonts, sys_inputs={"family": family, "text": text}, format="png", ppi=100)
    assert isinstance(drawn, bytes)
    return drawn


def _draws_alike(face: Face, folder: Path, text: str) -> bool:
    font = FontFile(face.path, face.index)
    assert [character for character in text if character not in font] == []
    (folder / "cut.ttf").write_bytes(font.cut(text))
    return _picture(folder, face.family, text) == _picture(face.path.parent, face.family, text)


@pytest.mark.needs("tw-kai")
def test_a_cut_of_tw_kai_draws_the_same_picture(tmp_path: Path) -> None:
    assert _draws_alike(KNOWN[0], tmp_path, "新竹市教師專業學習社群，堃喆（111）")


@pytest.mark.needs("tw-kai")
def test_a_cut_of_tw_kai_ext_b_draws_the_same_picture(tmp_path: Path) -> None:
    assert _draws_alike(KNOWN[1], tmp_path, "𡘙𠮷")


@pytest.mark.needs("npm-noto")
def test_a_cut_of_noto_serif_tc_draws_the_same_picture(tmp_path: Path) -> None:
    assert _draws_alike(KNOWN[3], tmp_path, "新竹市教師㛢龘é")
