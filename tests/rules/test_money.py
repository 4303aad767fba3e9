"""Money agrees with a slow, obvious second computation, for any budget."""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxue.rules.application import Application, BudgetLine, MaterialItem
from gongxue.rules.check import check, totals
from gongxue.rules.money import half_up, percent, rounded_down
from gongxue.rules.programme_file import load_programme

PROGRAMME = load_programme("hsinchu-111")
LECTURER = ["lecturer_external", "lecturer_affiliated", "lecturer_internal"]
LINES = [*LECTURER, "nhi_supplement", "lecturer_travel", "printing", "materials", "meals", "miscellaneous"]
CAPS = {"autonomous": (5000, 2000, 0), "thematic": (10000, 3000, 0), "curriculum": (20000, 3000, 5000)}

amounts = st.one_of(st.none(), st.integers(0, 200_000), st.integers(0, 10**14))
lines = st.builds(BudgetLine, line=st.sampled_from(LINES), amount=amounts)
applications = st.builds(
    Application,
    programme=st.just("hsinchu-111"),
    tier=st.sampled_from([*CAPS, "other", ""]),
    cross_school=st.sampled_from([None, True, False]),
    school_developed_curriculum=st.sampled_from([None, True, False]),
    budget=st.lists(lines, max_size=12).map(tuple),
    materials=st.lists(
        st.builds(MaterialItem, quantity=st.integers(0, 500), unit_price=st.one_of(st.none(), st.integers(0, 20_000))), max_size=5
    ).map(tuple),
)


@pytest.mark.parametrize(
    ("fees", "premium"),
    [(1000, 21), (1500, 32), (2000, 42), (3000, 63), (5000, 106), (8000, 169), (12000, 253), (15000, 317), (35000, 739), (0, 0)],
)
def test_the_premium_of_the_vectors(fees: int, premium: int) -> None:
    assert half_up(Fraction("0.0211"), fees) == premium


@given(st.integers(0, 10**15))
def test_the_premium_is_rounded_half_up(fees: int) -> None:
    assert half_up(Fraction("0.0211"), fees) == int((Decimal(fees) * Decimal("0.0211")).quantize(Decimal(1), ROUND_HALF_UP))


@given(st.integers(0, 10**15))
def test_five_percent_is_rounded_down(base: int) -> None:
    assert rounded_down(Fraction("0.05"), base) == int((Decimal(base) * Decimal("0.05")).quantize(Decimal(1), ROUND_FLOOR))


@pytest.mark.parametrize(("share", "written"), [("1/20", "5%"), ("211/10000", "2.11%"), ("1/2", "50%"), ("1/3", "1/3"), ("1/8", "12.5%")])
def test_a_share_is_written_as_people_read_it(share: str, written: str) -> None:
    assert percent(Fraction(share)) == written


def _sum(application: Application, codes: list[str]) -> int:
    total = 0
    for line in application.budget or ():
        for code in codes:
            if line.line == code and line.amount is not None:
                total += line.amount
    return total


def _ceiling(application: Application) -> int | None:
    if application.tier not in CAPS:
        return None
    cap, cross, developed = CAPS[application.tier]
    return cap + cross * (application.cross_school is True) + developed * (application.school_developed_curriculum is True)


@given(applications)
def test_totals_agree_with_sums_by_hand(application: Application) -> None:
    seen = totals(application, PROGRAMME)
    assert (seen.requested, seen.lecturer_fees, seen.ceiling) == (
        _sum(application, LINES),
        _sum(application, LECTURER),
        _ceiling(application),
    )


@given(applications)
def test_limits_agree_with_a_second_computation(application: Application) -> None:
    found = {finding.rule for finding in check(application, PROGRAMME)}
    asked, fees, ceiling = _sum(application, LINES), _sum(application, LECTURER), _ceiling(application)
    miscellaneous = _sum(application, ["miscellaneous"])
    items = sum(Decimal(item.quantity or 0) * (item.unit_price or 0) for item in application.materials or ())
    premium = (Decimal(fees) * Decimal("0.0211")).quantize(Decimal(1), ROUND_HALF_UP)
    assert ("budget.nhi" in found) == (_sum(application, ["nhi_supplement"]) != premium)
    assert ("budget.miscellaneous" in found) == (
        Decimal(miscellaneous) * 20 > Decimal(asked - miscellaneous) - (asked - miscellaneous) % 20
    )
    assert ("budget.cap" in found) == (ceiling is not None and asked > ceiling)
    assert ("budget.positive" in found) == (asked == 0)
    overpriced = any((item.unit_price or 0) > 10_000 for item in application.materials or ())
    assert ("budget.materials-items" in found) == (_sum(application, ["materials"]) != items or overpriced)


halves = st.integers(0, 80).map(lambda twice: twice / 2 if twice % 2 else twice // 2)


@given(st.sampled_from(LINES), halves, st.integers(0, 3000), st.integers(-2, 2))
def test_arithmetic_agrees_with_a_second_computation(code: str, quantity: float, price: int, slip: int) -> None:
    product = Decimal(str(quantity)) * price
    amount = int(product) + slip
    budget = (BudgetLine(line=code, quantity=quantity, unit_price=price, amount=amount),)
    found = {finding.rule for finding in check(Application("hsinchu-111", budget=budget), PROGRAMME)}
    whole_enough = quantity == int(quantity) or code in LECTURER
    assert ("budget.arithmetic" in found) == (amount < 0 or not whole_enough or Decimal(amount) != product)
