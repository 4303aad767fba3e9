"""How an official form looks in the office formats, as in print: sizes in millimetres and points, colours as RRGGBB."""

from typing import Final

A4: Final = (210.0, 297.0)
MARGIN: Final = 20.0
"""On each side, in millimetres."""
FOOT_FROM_EDGE: Final = 10.0

TITLE_POINTS: Final = 18.0
TITLE_SPREAD_POINTS: Final = 1.1
"""Added between the title's characters."""
SECTION_POINTS: Final = 13.0
TEXT_POINTS: Final = 11.0
SMALL_POINTS: Final = 9.5
LINE: Final = 1.5
"""From one line to the next, in sizes of type."""

RULE_POINTS: Final = 0.6
CELL_PADDING: Final = {"top": 0.1, "left": 1.6, "bottom": 1.1, "right": 1.6}
"""In millimetres. A line's own room stands above its text, so that less is wanted there for the text to stand in the middle."""
ROW_HEIGHT: Final = 7.0
SEAL_HEIGHT: Final = 32.0
"""Room for a stamp of three centimetres."""

GAP_POINTS: Final = 6.0
"""Between a table and what follows it."""
SEAM_POINTS: Final = 1.0
"""Between a table and a table that goes on from it."""
SEALS_GAP_POINTS: Final = 10.0
"""Above the seals, beside the gap after a table."""

HEAD_SHADE: Final = "F2F2F2"
FOOT_GREY: Final = "4D4D4D"
UNFILLED_GREY: Final = "595959"
"""Read easily on white and on paper (7 : 1), and yet not as what was filled in."""

NEVER_END_A_LINE: Final = "([{£¥‘“‵〈《「『〔〝︵︷︹︻︽︿﹁﹃﹙﹛﹝（｛□■"
"""What Chinese custom keeps from the end of a line, and the tick boxes: a box stands in one line with the start of its label."""
NEVER_BEGIN_A_LINE: Final = "!),.:;?]}¢·–—’”•‥…‧′╴、。〉》」』〕〞︰︱︳︴︶︸︺︼︾﹀﹂﹄﹏﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞！），．：；？｜｝､"


def page_size(landscape: bool) -> tuple[float, float]:
    """Width and height of the page, in millimetres."""
    width, height = A4
    return (height, width) if landscape else A4


def text_area(landscape: bool) -> tuple[float, float]:
    """Width and height between the margins, in millimetres."""
    width, height = page_size(landscape)
    return width - 2 * MARGIN, height - 2 * MARGIN
