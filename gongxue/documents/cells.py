"""Short ways to say the cells and rows that forms are made of."""

from gongxue.documents.blocks import Align, Cell, Inline, Line, Row

Lines = tuple[Line, ...]


def head(text: str, *, columns: int = 1, rows: int = 1, align: Align = "center") -> Cell:
    """A label; line breaks in it are lines of their own."""
    return Cell(tuple((line,) for line in text.split("\n")), columns, rows, align, head=True)


def heads(*labels: str) -> Row:
    """A row of labels."""
    return Row(tuple(head(label) for label in labels))


def cell(lines: Lines, field: str = "", *, columns: int = 1, rows: int = 1, align: Align = "start") -> Cell:
    """A cell of these lines, which hold the value of `field`."""
    return Cell(lines, columns, rows, align, field=field)


def said(inline: Inline, field: str = "", *, columns: int = 1, rows: int = 1, align: Align = "start") -> Cell:
    """A cell of one line that says one thing; nothing at all where that is empty."""
    return Cell(((inline,),) if inline != "" else (), columns, rows, align, field=field)


def figure(inline: Inline, field: str = "") -> Cell:
    """A cell with a number."""
    return said(inline, field, align="end")


def middle(text: str) -> Cell:
    """A cell with a short word in its middle."""
    return said(text, align="center")


EMPTY = Cell()
