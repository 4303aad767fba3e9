"""Reads font files (TrueType, OpenType, collections of them): which characters they have; and cuts a small font out of a large one.

Typst holds a whole font file in memory, in every process, and walks it for every paper; TW-Kai is 52 MB, of which a paper needs a
hundredth.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path
from struct import pack, pack_into, unpack, unpack_from
from typing import Final

_REMEMBERED: Final = 4000
"""Outlines, about 700 bytes each."""

_SFNT: Final = b"\x00\x01\x00\x00"
_HEAD_LOCA_FORMAT: Final = 50
_HHEA_METRICS: Final = 34
_MAXP_GLYPHS: Final = 4
_POST_HEADER: Final = 32
_POST_WITHOUT_NAMES: Final = b"\x00\x03\x00\x00"

# A composite glyph's flags: which of its parts are there.
_WORDS, _SCALE, _MORE, _TWO_SCALES, _MATRIX, _HINTS = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080, 0x0100


class FontFile:
    """One face of a font file. Tables are read when they are asked for, outlines one by one: next to nothing is held in memory.

    For one thread: it seeks.
    """

    def __init__(self, path: Path, index: int = 0) -> None:
        """`index` tells the faces of a collection apart. Raises OSError, or ValueError where the file is no font."""
        self._file = path.open("rb", buffering=0)
        start = 0
        if self._read(0, 4) == b"ttcf":
            (start,) = unpack(">I", self._read(12 + 4 * index, 4))
        count = int.from_bytes(self._read(start + 4, 2), "big")
        listed = self._read(start + 12, 16 * count)
        if not count or len(listed) < 16 * count:
            raise ValueError(f"{path} is no font")
        self._tables = {tag: (offset, size) for tag, _, offset, size in (unpack_from(">4sIII", listed, 16 * n) for n in range(count))}
        self._first, self._last, self._glyph = _characters(self._table(b"cmap"))
        self.can_be_cut = b"glyf" in self._tables
        """Whether the outlines are TrueType's; those of other kinds are taken whole."""
        self._where: array[int] | None = None
        self._outlines: dict[int, bytes] = {}

    def _read(self, offset: int, size: int) -> bytes:
        self._file.seek(offset)
        return self._file.read(size)

    def _table(self, tag: bytes) -> bytes:
        offset, size = self._tables.get(tag, (0, 0))
        return self._read(offset, size)

    def glyph(self, character: str) -> int:
        """The number of the character's glyph, 0 where the face has none."""
        code = ord(character)
        place = bisect_right(self._first, code) - 1
        return self._glyph[place] + code - self._first[place] if place >= 0 and code <= self._last[place] else 0

    def __contains__(self, character: str) -> bool:
        """Whether the face has a glyph for the character."""
        return self.glyph(character) != 0

    def cut(self, characters: Iterable[str]) -> bytes:
        """A font of the same name with the glyphs of these characters alone, without hints for screens. It is for Typst, not for passing
        on."""
        wanted = sorted((ord(character), self.glyph(character)) for character in set(characters) if character in self)
        numbers: dict[int, int] = {0: 0}
        for _, glyph in wanted:
            numbers.setdefault(glyph, len(numbers))
        outlines = [_renumbered(self._outline(glyph), numbers) for glyph in _as_they_grow(numbers)]
        return _font(self._smaller_tables(numbers, outlines, [(code, numbers[glyph]) for code, glyph in wanted]))

    def _outline(self, glyph: int) -> bytes:
        """The outline without hints. Papers share most of their characters: the last few thousand are remembered."""
        outline = self._outlines.get(glyph)
        if outline is None:
            if self._where is None:
                self._where = self._places()
            start, end = self._where[glyph], self._where[glyph + 1]
            outline = _unhinted(self._read(self._tables[b"glyf"][0] + start, end - start))
            if len(self._outlines) >= _REMEMBERED:
                self._outlines.clear()
            self._outlines[glyph] = outline
        return outline

    def _places(self) -> "array[int]":
        """Where each outline begins, from the start of the glyf table."""
        loca = self._table(b"loca")
        if self._table(b"head")[_HEAD_LOCA_FORMAT + 1]:
            return array("I", unpack(f">{len(loca) // 4}I", loca))
        return array("I", [2 * half for half in unpack(f">{len(loca) // 2}H", loca)])

    def _smaller_tables(self, numbers: dict[int, int], outlines: list[bytes], mapped: list[tuple[int, int]]) -> dict[bytes, bytes]:
        head, hhea, maxp = bytearray(self._table(b"head")), bytearray(self._table(b"hhea")), bytearray(self._table(b"maxp"))
        (metrics,) = unpack_from(">H", hhea, _HHEA_METRICS)
        widths = self._table(b"hmtx")
        pack_into(">H", head, _HEAD_LOCA_FORMAT, 1)
        pack_into(">H", hhea, _HHEA_METRICS, len(numbers))
        pack_into(">H", maxp, _MAXP_GLYPHS, len(numbers))
        places = [0]
        for outline in outlines:
            places.append(places[-1] + len(outline))
        return {
            b"OS/2": self._table(b"OS/2"),
            b"cmap": _cmap(mapped),
            b"glyf": b"".join(outlines),
            b"head": bytes(head),
            b"hhea": bytes(hhea),
            b"hmtx": b"".join(_advance(widths, metrics, glyph) for glyph in numbers),
            b"loca": pack(f">{len(places)}I", *places),
            b"maxp": bytes(maxp),
            b"name": self._table(b"name"),
            b"post": _POST_WITHOUT_NAMES + self._table(b"post")[4:_POST_HEADER],
        }


def _as_they_grow(numbers: dict[int, int]) -> Iterable[int]:
    """The keys in order, with those that are added on the way: a composite glyph brings its parts."""
    done = 0
    while done < len(numbers):
        for glyph in list(numbers)[done:]:
            yield glyph
            done += 1


def _advance(widths: bytes, metrics: int, glyph: int) -> bytes:
    """Width and left bearing; past the end of the widths the last one holds, and only bearings follow."""
    if glyph < metrics:
        return widths[4 * glyph : 4 * glyph + 4]
    at = 4 * metrics + 2 * (glyph - metrics)
    return widths[4 * metrics - 4 : 4 * metrics - 2] + widths[at : at + 2]


def _unhinted(outline: bytes) -> bytes:
    """The outline without its instructions, as long as a multiple of four bytes."""
    if outline:
        (contours,) = unpack_from(">h", outline)
        if contours >= 0:
            at = 10 + 2 * contours
            (size,) = unpack_from(">H", outline, at)
            outline = outline[:at] + b"\x00\x00" + outline[at + 2 + size :]
    return outline + b"\x00" * (-len(outline) % 4)


def _renumbered(outline: bytes, numbers: dict[int, int]) -> bytes:
    """A composite glyph with its parts under their new numbers, which are given out here; any other glyph as it is."""
    if len(outline) < 10 or unpack_from(">h", outline)[0] >= 0:
        return outline
    composite = bytearray(outline)
    at = 10
    while True:
        flags, part = unpack_from(">HH", composite, at)
        pack_into(">HH", composite, at, flags & ~_HINTS, numbers.setdefault(part, len(numbers)))
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0
        if not flags & _MORE:
            return bytes(composite[:at]) + b"\x00" * (-at % 4)


def _cmap(mapped: list[tuple[int, int]]) -> bytes:
    """Format 12, a range for each character."""
    groups = b"".join(pack(">III", code, code, glyph) for code, glyph in mapped)
    return pack(">HHHHI", 0, 1, 3, 10, 12) + pack(">HHIII", 12, 0, 16 + len(groups), 0, len(mapped)) + groups


def _font(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    head = _SFNT + pack(">HHHH", count, 16 << power, power, 16 * (count - (1 << power)))
    at = 12 + 16 * count
    listed, bodies = [], []
    for tag, body in sorted(tables.items()):
        listed.append(pack(">4sIII", tag, 0, at, len(body)))
        padded = body + b"\x00" * (-len(body) % 4)
        bodies.append(padded)
        at += len(padded)
    return b"".join((head, *listed, *bodies))


Characters = tuple["array[int]", "array[int]", "array[int]"]
"""Ranges of code points: first, last, and the glyph of the first; the others follow it one by one."""


def _characters(cmap: bytes) -> Characters:
    """What the face's cmap table says. Formats 12 and 4 are those that Chinese fonts use."""
    found = {}
    for number in range(int.from_bytes(cmap[2:4], "big")):
        platform, _, offset = unpack_from(">HHI", cmap, 4 + 8 * number)
        if platform in (0, 3):
            found[int.from_bytes(cmap[offset : offset + 2], "big")] = offset
    if 12 in found:
        return _groups(cmap, found[12])
    if 4 in found:
        return _segments(cmap, found[4])
    raise ValueError("the cmap table has neither format 12 nor format 4")


def _groups(cmap: bytes, start: int) -> Characters:
    """Format 12. Glyph 0 means that there is none."""
    (count,) = unpack_from(">I", cmap, start + 12)
    flat = unpack_from(f">{3 * count}I", cmap, start + 16)
    kept = [group for group in zip(flat[::3], flat[1::3], flat[2::3], strict=True) if group[2]]
    return array("I", [each[0] for each in kept]), array("I", [each[1] for each in kept]), array("I", [each[2] for each in kept])


def _segments(cmap: bytes, start: int) -> Characters:
    """Format 4: ranges of the first plane, whose glyphs follow by a difference or stand in a list of their own."""
    count = unpack_from(">H", cmap, start + 6)[0] // 2
    lasts = unpack_from(f">{count}H", cmap, start + 14)
    firsts, deltas, offsets = (unpack_from(f">{count}H", cmap, start + 16 + 2 * part * count) for part in (1, 2, 3))
    first, last, glyphs = array("I"), array("I"), array("I")
    for number in range(count):
        place = start + 16 + 6 * count + 2 * number
        for code in range(firsts[number], min(lasts[number], 0xFFFE) + 1):
            listed = unpack_from(">H", cmap, place + offsets[number] + 2 * (code - firsts[number]))[0] if offsets[number] else code
            glyph = (listed + deltas[number]) & 0xFFFF if listed or not offsets[number] else 0
            if not glyph:
                continue
            if last and code == last[-1] + 1 and glyph == glyphs[-1] + code - first[-1]:
                last[-1] = code
            else:
                first.append(code)
                last.append(code)
                glyphs.append(glyph)
    return first, last, glyphs
