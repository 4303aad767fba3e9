import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxue.documents.blocks import Cell, Row, Table
from gongxue.documents.grid import edges, is_tall, slots_of
from tests.documents.papers import cell, row


def table(*rows: Row, columns: int = 3) -> Table:
    return Table("試", (1.0,) * columns, rows)


def where(*rows: Row, columns: int = 3) -> list[list[tuple[str, int, bool]]]:
    def text(each: Cell) -> str:
        return str(each.lines[0][0])

    return [[(text(slot.cell), slot.column, slot.starts) for slot in slots] for slots in slots_of(table(*rows, columns=columns))]


def test_cells_stand_one_after_another() -> None:
    assert where(row("甲", cell("乙", columns=2))) == [[("甲", 0, True), ("乙", 1, True)]]


def test_a_cell_that_spans_rows_is_met_in_each_of_them() -> None:
    rows = (row("甲", cell("乙", rows=3), "丙"), row("丁", "戊"), row(cell("己"), cell("庚")))
    assert where(*rows) == [
        [("甲", 0, True), ("乙", 1, True), ("丙", 2, True)],
        [("丁", 0, True), ("乙", 1, False), ("戊", 2, True)],
        [("己", 0, True), ("乙", 1, False), ("庚", 2, True)],
    ]


def test_a_block_of_rows_and_columns_is_met_once_a_row() -> None:
    assert where(row("甲", cell("乙", columns=2, rows=2)), row("丙")) == [
        [("甲", 0, True), ("乙", 1, True)],
        [("丙", 0, True), ("乙", 1, False)],
    ]


def test_a_row_may_hold_nothing_but_what_reaches_down_into_it() -> None:
    assert where(row(cell("甲", rows=2), cell("乙", rows=2)), Row(()), columns=2)[1] == [("甲", 0, False), ("乙", 1, False)]


def test_a_row_that_lists_too_few_cells_is_filled_up() -> None:
    assert [(slot.column, slot.cell) for slot in slots_of(table(row("甲")))[0][1:]] == [(1, Cell()), (2, Cell())]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ((row("甲", "乙", "丙", "丁"),), "row 1: no room for cell 4 of 4"),
        ((row("甲", cell("乙", columns=3), "丙"),), "row 1: no room for cell 3 of 3"),
        ((row(cell("甲", rows=2), "乙", "丙"), row("丁", "戊", "己")), "row 2: no room for cell 3 of 3"),
    ],
)
def test_a_cell_without_room_is_an_error_that_names_its_row(rows: tuple[Row, ...], message: str) -> None:
    with pytest.raises(ValueError, match=f"^table '試', {message}$"):
        slots_of(table(*rows))


def test_no_cell_reaches_below_the_table() -> None:
    assert [(slot.rows, slot.starts) for slot in slots_of(table(row("甲", "乙", cell("丙", rows=4)), row("丁", "戊")))[1]] == [
        (1, True), (1, True), (2, False),
    ]  # fmt: skip


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=12), st.integers(1000, 20000))
def test_columns_share_the_whole_width(widths: list[float], width: int) -> None:
    places = edges(Table("試", tuple(widths), ()), width)
    assert (places[0], places[-1], len(places)) == (0, width, len(widths) + 1)
    assert list(places) == sorted(places)


def test_widths_are_relative() -> None:
    assert edges(Table("試", (1, 2, 1), ()), 100) == (0, 25, 75, 100)


@pytest.mark.parametrize(
    ("words", "rows", "tall"),
    [
        ("字" * 300, 1, False),
        ("字" * 310, 1, True),
        ("a" * 600, 1, False),
        ("a" * 620, 1, True),
        ("字\n" * 30, 1, True),
        ("字" * 800, 3, False),
    ],
)
def test_a_row_is_tall_when_its_longest_cell_would_fill_more_than_the_limit(words: str, rows: int, tall: bool) -> None:
    # A third of 170 mm less padding holds 13.8 ideographs of 11 pt a line; 130 mm hold 22 lines.
    filled = table(row(cell(words, rows=rows), "乙", "丙"), *[row("丁", "戊")] * (rows - 1))
    assert {is_tall(slots, filled, 170, 130) for slots in slots_of(filled)} == {tall}
