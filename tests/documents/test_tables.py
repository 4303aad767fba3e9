"""Where the cells of a table lie, whatever its rows list."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongxue.documents.blocks import Cell, Row, Table
from gongxue.documents.tables import bands
from tests.documents.papers import cell, row

spans = st.builds(Cell, columns=st.integers(1, 5), rows=st.integers(1, 5))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table that has room for all its cells."""
    rows = draw(st.lists(st.lists(spans, max_size=3), max_size=6))
    table = Table("表", (1.0,) * draw(st.integers(1, 5)), tuple(Row(tuple(cells)) for cells in rows), draw(st.integers(0, len(rows))))
    try:
        bands(table)
    except ValueError:
        assume(False)
    return table


def _places(table: Table) -> list[tuple[int, int, int, int]]:
    return [(each.x, each.y, each.columns, each.rows) for band in bands(table) for each in band.cells]


def test_what_a_row_span_covers_is_not_listed_again() -> None:
    table = Table("表", (1, 1, 1), (row(cell("甲", rows=2), "乙", "丙"), row("丁", "戊"), row(cell("己", columns=3))))
    assert _places(table) == [(0, 0, 1, 2), (1, 0, 1, 1), (2, 0, 1, 1), (1, 1, 1, 1), (2, 1, 1, 1), (0, 2, 3, 1)]
    assert [(band.first, band.end) for band in bands(table)] == [(0, 2), (2, 3)]


def test_spans_that_overlap_in_turn_make_one_band() -> None:
    table = Table("表", (1, 1), (row(cell("甲", rows=2), "乙"), row(cell("丙", rows=2)), row("丁"), row("戊", "己")))
    assert [(band.first, band.end) for band in bands(table)] == [(0, 3), (3, 4)]


def test_a_row_with_a_cell_too_many_is_refused() -> None:
    with pytest.raises(ValueError, match="table '表', row 2: no room for cell 2 of 2"):
        bands(Table("表", (1, 1), (row(cell("甲", rows=2), "乙"), row("丙", "丁"))))


def test_a_span_reaches_neither_out_of_the_table_nor_out_of_its_head() -> None:
    table = Table("表", (1, 1), (row(cell("甲", rows=9), "乙"), row("丙", cell("丁", columns=9, rows=9))), head_rows=1)
    assert _places(table) == [(0, 0, 1, 1), (1, 0, 1, 1), (0, 1, 1, 1), (1, 1, 1, 1)]


@given(tables())
def test_every_place_is_covered_once(table: Table) -> None:
    covered = [(x + i, y + j) for x, y, columns, rows in _places(table) for i in range(columns) for j in range(rows)]
    assert sorted(covered) == [(x, y) for x in range(len(table.widths)) for y in range(len(table.rows))]


@given(tables())
def test_bands_follow_each_other_and_the_head_is_a_band_border(table: Table) -> None:
    borders = [band.first for band in bands(table)] + [len(table.rows)]
    assert [band.end for band in bands(table)] == borders[1:]
    assert table.head_rows in borders
    assert all(band.first <= each.y and each.y + each.rows <= band.end for band in bands(table) for each in band.cells)
