"""A table as its rows show it: every row with all the cells it meets, those that reach down from above among them."""

from collections.abc import Iterator

import msgspec

from gongxue.documents.reading.sheet import GridTable


class Spot(msgspec.Struct, frozen=True, gc=False):
    """A cell as one row meets it, over the columns from `start` up to `end`.

    `above` says that it began in an earlier row; `turn` counts the rows it has met before this one, of the `rows` that it spans.
    """

    text: str
    start: int
    end: int
    above: bool = False
    turn: int = 0
    rows: int = 1


SpotRow = tuple[Spot, ...]


def spot_rows(table: GridTable) -> Iterator[SpotRow]:
    """The rows from the top, their spots from the left."""
    reaching: list[Spot] = []
    for row in table.rows:
        spots: list[Spot] = []
        held = {spot.start: spot for spot in reaching}
        column = 0
        for cell in row:
            while column in held:
                spots.append(held.pop(column))
                column = spots[-1].end
            spots.append(Spot(cell.text, column, column + max(cell.columns, 1), rows=max(cell.rows, 1)))
            column = spots[-1].end
        spots = sorted((*spots, *held.values()), key=lambda spot: spot.start)
        yield tuple(spots)
        reaching = [Spot(spot.text, spot.start, spot.end, True, spot.turn + 1, spot.rows) for spot in spots if spot.turn + 1 < spot.rows]
