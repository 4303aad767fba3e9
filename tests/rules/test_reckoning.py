"""What a budget reckons by itself: periods from the schedule, amounts, the premium, 附錄1's sum, and the room under the ceiling."""

import pytest

from gongxue.rules.application import Application, BudgetLine, Lecturer, MaterialItem, Session
from gongxue.rules.programme_file import load_programme
from gongxue.rules.reckoning import Part, Room, paid_sessions, reckoned, reckoned_items, room

PLAN = load_programme("hsinchu-111")


def of(*lines: BudgetLine, **more: object) -> Application:
    return Application(PLAN.id, budget=lines, **more)  # type: ignore[arg-type]  # whichever fields a case needs


def paid(*lecturers: tuple[str, float]) -> tuple[Session, ...]:
    return tuple(Session(lecturer=Lecturer(name="講師", kind=kind, periods=periods)) for kind, periods in lecturers)


@pytest.mark.parametrize(
    ("quantity", "price", "stood", "amount"),
    [(20, 100, None, 2000), (2.5, 2000, 1, 5000), (20, None, 2000, None), (None, 100, 2000, None), (None, None, 2000, 2000)],
)
def test_an_amount_is_quantity_times_price(quantity: float | None, price: int | None, stood: int | None, amount: int | None) -> None:
    (line,) = reckoned(of(BudgetLine("printing", quantity, price, stood)), PLAN)
    assert line == BudgetLine("printing", quantity, price, amount)


def test_the_periods_of_the_one_line_of_a_kind_come_from_the_schedule_and_bring_the_premium() -> None:
    lines = reckoned(of(BudgetLine("lecturer_external", 1, 2000), sessions=paid(("external", 2), ("internal", 1), ("external", 2))), PLAN)
    assert lines == (BudgetLine("lecturer_external", 4, 2000, 8000), BudgetLine("nhi_supplement", 1, 169, 169))


def test_two_rates_of_one_kind_are_left_to_people() -> None:
    lines = of(BudgetLine("lecturer_external", 1, 2000), BudgetLine("lecturer_external", 3, 1600), sessions=paid(("external", 9)))
    assert [(line.quantity, line.amount) for line in reckoned(lines, PLAN)] == [(1, 2000), (3, 4800), (1, 143)]


def test_the_premium_goes_with_the_last_lecturer() -> None:
    assert reckoned(of(BudgetLine("nhi_supplement", 1, 42, 42)), PLAN) == ()


def test_the_line_of_materials_is_the_sum_of_the_items_and_stands_in_its_place() -> None:
    items = (MaterialItem("桌遊", 4, "組", 300), MaterialItem("牌卡", 2, "盒", 150))
    lines = reckoned(of(BudgetLine("printing", 10, 10), BudgetLine("meals", 3, 80), materials=items), PLAN)
    assert [(line.line, line.amount) for line in lines] == [("printing", 100), ("materials", 1500), ("meals", 240)]


@pytest.mark.parametrize(
    ("line", "after"),
    [
        (BudgetLine("miscellaneous", None, None, 500), BudgetLine("miscellaneous", 1, 500, 500)),
        (BudgetLine("miscellaneous", None, 300, None), BudgetLine("miscellaneous", 1, 300, 300)),
        (BudgetLine("miscellaneous"), BudgetLine("miscellaneous", 1)),
    ],
)
def test_miscellaneous_is_one_lump(line: BudgetLine, after: BudgetLine) -> None:
    assert reckoned(of(line), PLAN) == (after,)


def test_each_item_has_its_amount_once_both_figures_stand() -> None:
    items = (MaterialItem("甲", 4, "組", 300), MaterialItem("乙", 4, amount=9), MaterialItem("丙", amount=700))
    assert [item.amount for item in reckoned_items(items)] == [1200, None, 700]


def test_which_sessions_a_line_pays() -> None:
    external = next(item for item in PLAN.budget if item.code == "lecturer_external")
    assert paid_sessions(of(sessions=paid(("external", 2), ("internal", 1), ("external", 0), ("external", 0.5))), external) == (1, 4)


def test_the_room_under_the_ceiling_with_what_each_supplement_adds() -> None:
    lines = (BudgetLine("printing", 95, 100, 9500), BudgetLine("miscellaneous", 1, 600, 600))
    parts = (Part("cap", 20000, True), Part("cross_school", 3000, True), Part("school_developed_curriculum", 5000, False))
    assert room(of(*lines, tier="curriculum", cross_school=True), PLAN) == Room(10100, 23000, parts, 475)
