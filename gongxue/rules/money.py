"""Sums and shares of money, exact. Money is whole New Taiwan dollars; a share is a Fraction; each rounding is named here, once."""

from collections.abc import Iterable
from fractions import Fraction

from gongxue.rules.application import Application, BudgetLine, MaterialItem
from gongxue.rules.programme import Tier


def half_up(share: Fraction, amount: int) -> int:
    """`share` of `amount`, rounded half up to a whole dollar (全民健康保險法施行細則 §52)."""
    return (2 * amount * share.numerator + share.denominator) // (2 * share.denominator)


def rounded_down(share: Fraction, amount: int) -> int:
    """`share` of `amount`, rounded down to a whole dollar."""
    return amount * share.numerator // share.denominator


def exceeds(part: int | float, share: Fraction, whole: int) -> bool:
    """Whether `part` is more than `share` of `whole`, exactly."""
    top, bottom = part.as_integer_ratio()
    return top * share.denominator > share.numerator * whole * bottom


def percent(share: Fraction) -> str:
    """A share as people read it: 5%, 2.11%."""
    hundredths, remainder = divmod(share.numerator * 10000, share.denominator)
    if remainder:
        return f"{share.numerator}/{share.denominator}"
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%"


def stated(lines: Iterable[BudgetLine]) -> int:
    """The sum of the amounts as written; a blank amount is none."""
    return sum(line.amount or 0 for line in lines)


def items_total(items: Iterable[MaterialItem]) -> int:
    """The sum of quantity × unit price over 附錄1."""
    return sum((item.quantity or 0) * (item.unit_price or 0) for item in items)


def ceiling(application: Application, tier: Tier | None) -> int | None:
    """The tier's cap and the supplements claimed by the two flags; None where the tier is unknown (伍、二)."""
    if tier is None:
        return None
    total = tier.cap.value
    if application.cross_school and tier.cross_school is not None:
        total += tier.cross_school.value
    if application.school_developed_curriculum and tier.school_developed_curriculum is not None:
        total += tier.school_developed_curriculum.value
    return total
