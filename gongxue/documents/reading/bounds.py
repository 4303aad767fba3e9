"""How much a form may hold: more is no form, and would only cost the reader time and memory."""

from typing import Final

from gongxue.documents.reading import refusals
from gongxue.documents.reading.outcome import FormError

MOST_CELLS: Final = 50_000
MOST_CHARACTERS: Final = 2_000_000
MOST_COLUMNS: Final = 256
"""Of one table; Word itself allows 63."""
MOST_NESTED: Final = 40
"""Tables, boxes and lists inside each other; ten levels of lists, which is all that office programs have, make twenty."""


class Bounds:
    """What is left for one document. Every paragraph counts as a character more than it has."""

    def __init__(self) -> None:
        self.cells = MOST_CELLS
        self.characters = MOST_CHARACTERS

    def take_cells(self, count: int) -> None:
        """Raises FormError when the document has too many cells."""
        self.cells -= count
        if self.cells < 0:
            raise FormError(refusals.TOO_MUCH)

    def take_text(self, length: int) -> None:
        """Raises FormError when the document has too many words."""
        self.characters -= length
        if self.characters < 0:
            raise FormError(refusals.TOO_MUCH)


def check_depth(depth: int) -> None:
    """Raises FormError when tables, boxes or lists stand too deep inside each other."""
    if depth > MOST_NESTED:
        raise FormError(refusals.TOO_DEEP)
