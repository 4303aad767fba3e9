"""Names tables, and the labels at the head of their rows, in a tagged PDF: Typst as a library tags the cells of table heads alone.

A screen reader then says 「社群名稱」 before the value beside it. Only the few objects of the structure tree are touched, each by a small
change of
its own text; all others keep their bytes, and the table of their places (xref) is written anew.
"""

import re
from collections.abc import Iterator, Sequence

_XREF = re.compile(rb"xref\n0 (\d+)\n")
_ELEMENT = re.compile(rb"\d+ 0 obj\n<</Type/StructElem/S/(TD|TH|Table)/P ")

Labels = tuple[str, tuple[bool, ...]]
"""A table's name, and for each of its cells in reading order whether it is a label in a row of data."""


def labelled(pdf: bytes, tables: Sequence[Labels]) -> bytes:
    """The PDF with its tables named and its row labels tagged as header cells.

    Raises ValueError where the PDF is not built as Typst builds it, or has other tables or cells than `tables` says.
    """
    at = int(pdf[pdf.rindex(b"startxref") + 9 :].split()[0])
    head = _XREF.match(pdf, at)
    if head is None:
        raise ValueError("the PDF has no plain table of objects")
    count = int(head[1])
    places = [int(pdf[entry : entry + 10]) for entry in range(head.end() + 20, head.end() + 20 * count, 20)]
    order = sorted(range(len(places)), key=places.__getitem__)
    ends = [places[number] for number in order[1:]] + [at]
    objects = [pdf[places[number] : end] for number, end in zip(order, ends, strict=True)]
    changed = list(_changed(objects, tables))
    moved = [0] * len(places)
    position = places[order[0]]
    for number, text in zip(order, changed, strict=True):
        moved[number] = position
        position += len(text)
    entries = b"".join(b"%010d 00000 n\r\n" % place for place in moved)
    free, trailer = pdf[head.end() : head.end() + 20], pdf[head.end() + 20 * count : pdf.rindex(b"startxref")]
    parts = (pdf[: places[order[0]]], *changed, head[0], free, entries, trailer, b"startxref\n%d\n%%%%EOF" % position)
    return b"".join(parts)


def _changed(objects: list[bytes], tables: Sequence[Labels]) -> Iterator[bytes]:
    """The objects with the changes in them. Cells stand before their table, in reading order."""
    waiting = list(tables)
    cells = 0
    for text in objects:
        element = _ELEMENT.match(text)
        if element is None:
            yield text
            continue
        if not waiting:
            raise ValueError("the PDF has more tables than the paper")
        name, marks = waiting[0]
        if element[1] == b"Table":
            if cells != len(marks):
                raise ValueError(f"table {name!r} has {cells} cells in the PDF and {len(marks)} on paper")
            yield _named(text, name)
            del waiting[0]
            cells = 0
            continue
        if cells >= len(marks):
            raise ValueError(f"table {name!r} has more than {len(marks)} cells in the PDF")
        yield _as_row_head(text) if marks[cells] and element[1] == b"TD" else text
        cells += 1
    if waiting:
        raise ValueError("the PDF has fewer tables than the paper")


def _as_row_head(text: bytes) -> bytes:
    text = text.replace(b"/StructElem/S/TD/P ", b"/StructElem/S/TH/P ", 1)
    return text.replace(b"<</O/Table", b"<</O/Table/Scope/Row", 1)


def _named(text: bytes, name: str) -> bytes:
    words = ("\ufeff" + name).encode("utf-16-be").hex().upper().encode()
    return text.replace(b"/A[", b"/A[<</O/Table/Summary<" + words + b">>>", 1) if name else text
