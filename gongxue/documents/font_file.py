"""Reads font files (TrueType, OpenType, collections of them): which characters they have; and cuts a small font out of a large one.

Typst holds a whole font file in memory, in every process, and walks it for every paper; TW-Kai is 52 MB, of which a paper needs a
hundredth.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path
from struct import pack, pack_into, unpack, unpack_from
from typing import BinaryIO, Final

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
    """One face of a font file. Tables are read when they are asked for, outlines one by one: next to nothing is held in memory."""

    def __init__(self, path: Path, index: int = 0) -> None:
        """`index` tells the faces of a collection apart. Raises OSError, or ValueError where the file is no font that can be read."""
        self._path = path
        with path.open("rb") as file:
            self._tables = _tables(file, index)
            if b"cmap" not in self._tables:
                raise ValueError(f"{path} is no font")
            self._first, self._last, self._glyph = _characters(self._table(file, b"cmap"))
        self.can_be_cut = b"glyf" in self._tables
        """Whether the outlines are TrueType's; those of other kinds are taken whole."""
        self._where: array[int] | None = None
        self._outlines: dict[int, bytes] = {}

    def glyph(self, character: str) -> int:
        """The number of the character's glyph, 0 where the face has none."""
        code = ord(character)
        place = bisect_right(self._first, code) - 1
        return self._glyph[place] + code - self._first[place] if place >= 0 and code <= self._last[place] else 0

    def __contains__(self, character: str) -> bool:
        """Whether the face has a glyph for the character."""
        return self.glyph(character) != 0

    def cut(self, characters: Iterable[str]) -> bytes:
        """A font of the same name with the glyphs of these characters alone, without hints for screens.

        It is for Typst, not for passing on.
        """
        wanted = sorted((ord(character), self.glyph(character)) for character in set(characters) if character in self)
        numbers: dict[int, int] = {0: 0}
        for _, glyph in wanted:
            numbers.setdefault(glyph, len(numbers))
        with self._path.open("rb", buffering=0) as file:
            outlines = [_renumbered(self._outline(file, glyph), numbers) for glyph in _as_they_grow(numbers)]
            tables = self._smaller_tables(file, numbers, outlines)
        tables[b"cmap"] = _cmap([(code, numbers[glyph]) for code, glyph in wanted])
        return _font(tables)

    def _table(self, file: BinaryIO, tag: bytes) -> bytes:
        offset, size = self._tables.get(tag, (0, 0))
        return _read(file, offset, size)

    def _outline(self, file: BinaryIO, glyph: int) -> bytes:
        """The outline without hints. Papers share most of their characters: the last few thousand are remembered."""
        outline = self._outlines.get(glyph)
        if outline is None:
            if self._where is None:
                self._where = self._places(file)
            start, end = self._where[glyph], self._where[glyph + 1]
            outline = _unhinted(_read(file, self._tables[b"glyf"][0] + start, end - start))
            if len(self._outlines) >= _REMEMBERED:
                self._outlines.clear()
            self._outlines[glyph] = outline
        return outline

    def _places(self, file: BinaryIO) -> "array[int]":
        """Where each outline begins, from the start of the glyf table."""
        loca = self._table(file, b"loca")
        if self._table(file, b"head")[_HEAD_LOCA_FORMAT + 1]:
            return array("I", unpack(f">{len(loca) // 4}I", loca))
        return array("I", [2 * half for half in unpack(f">{len(loca) // 2}H", loca)])

    def _smaller_tables(self, file: BinaryIO, numbers: dict[int, int], outlines: list[bytes]) -> dict[bytes, bytes]:
        """All tables but cmap, for these glyphs alone."""
        head, hhea, maxp = (bytearray(self._table(file, tag)) for tag in (b"head", b"hhea", b"maxp"))
        (metrics,) = unpack_from(">H", hhea, _HHEA_METRICS)
        widths = self._table(file, b"hmtx")
        pack_into(">H", head, _HEAD_LOCA_FORMAT, 1)
        pack_into(">H", hhea, _HHEA_METRICS, len(numbers))
        pack_into(">H", maxp, _MAXP_GLYPHS, len(numbers))
        return {
            b"OS/2": self._table(file, b"OS/2"),
            b"glyf": b"".join(outlines),
            b"head": bytes(head),
            b"hhea": bytes(hhea),
            b"hmtx": b"".join(_advance(widths, metrics, glyph) for glyph in numbers),
            b"loca": pack(f">{len(outlines) + 1}I", *accumulate(map(len, outlines), initial=0)),
            b"maxp": bytes(maxp),
            b"name": self._table(file, b"name"),
            b"post": _POST_WITHOUT_NAMES + self._table(file, b"post")[4:_POST_HEADER],
        }


def _read(file: BinaryIO, offset: int, size: int) -> bytes:
    file.seek(offset)
    return file.read(size)


def _tables(file: BinaryIO, index: int) -> dict[bytes, tuple[int, int]]:
    """Place and size of each table of the face; none where the file is no font."""
    start = 0
    if _read(file, 0, 4) == b"ttcf":
        start = int.from_bytes(_read(file, 12 + 4 * index, 4), "big")
    count = int.from_bytes(_read(file, start + 4, 2), "big")
    listed = _read(file, start + 12, 16 * count)
    if len(listed) < 16 * count:
        return {}
    return {tag: (offset, size) for tag, _, offset, size in (unpack_from(">4sIII", listed, 16 * number) for number in range(count))}


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
