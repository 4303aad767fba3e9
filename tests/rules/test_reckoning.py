"""A budget that has been reckoned breaks no rule of arithmetic, premium or materials."""

from hypothesis import given
from hypothesis import strategies as st

from gongxue.rules.application import Application, BudgetLine, Lecturer, MaterialItem, Session
from gongxue.rules.check import check
from gongxue.rules.programme_file import load_programme
from gongxue.rules.reckoning import Part, reckoned, room

PROGRAMME = load_programme("hsinchu-111")


def test_premium_amounts_and_materials_fill_themselves() -> None:
    application = Application(
        "hsinchu-111",
        sessions=(
            Session(lecturer=Lecturer("葉", kind="external", periods=3)),
            Session(lecturer=Lecturer("石", kind="external", periods=1)),
        ),
        budget=(BudgetLine("lecturer_external", 1, 2000, 2000), BudgetLine("meals", 12, 80)),
        materials=(MaterialItem("水質檢測包", 4, "組", 300),),
    )
    assert [(line.line, line.quantity, line.amount) for line in reckoned(application, PROGRAMME)] == [
        ("lecturer_external", 4, 8000),
        ("nhi_supplement", 1, 169),
        ("materials", 1, 1200),
        ("meals", 12, 960),
    ]


def test_lines_that_come_to_nothing_are_left_out() -> None:
    application = Application("hsinchu-111", budget=(BudgetLine("nhi_supplement", 1, 42, 42), BudgetLine("materials", 1, 5, 5)))
    assert reckoned(application, PROGRAMME) == ()


@given(
    st.lists(
        st.builds(
            BudgetLine,
            st.sampled_from(["lecturer_external", "lecturer_internal", "printing", "meals"]),
            st.integers(0, 40),
            st.integers(0, 80),
        ),
        max_size=4,
    ),
    st.lists(st.builds(MaterialItem, st.just("物品"), st.integers(0, 9), st.just("個"), st.integers(0, 900)), max_size=3),
)
def test_a_reckoned_budget_breaks_no_rule_of_sums(lines: list[BudgetLine], items: list[MaterialItem]) -> None:
    application = Application("hsinchu-111", budget=tuple(lines), materials=tuple(items))
    whole = Application("hsinchu-111", budget=reckoned(application, PROGRAMME), materials=tuple(items))
    found = {finding.rule for finding in check(whole, PROGRAMME)}
    assert found.isdisjoint({"budget.arithmetic", "budget.nhi", "budget.materials-items"})
    assert reckoned(whole, PROGRAMME) == whole.budget


def test_the_money_bar_tells_what_each_supplement_adds() -> None:
    application = Application(
        "hsinchu-111",
        tier="curriculum",
        cross_school=True,
        budget=(BudgetLine("printing", amount=20000), BudgetLine("miscellaneous", amount=4000)),
    )
    bar = room(application, PROGRAMME)
    assert bar.parts == (Part("cap", 20000, True), Part("cross_school", 3000, True), Part("school_developed_curriculum", 5000, False))
    assert (bar.asked, bar.ceiling, bar.over, bar.miscellaneous_limit) == (24000, 23000, 1000, 1000)
