"""A city's earlier school years of which no plan is at hand: their name, tiers and schools, so that what was approved then has its year.

Nothing is judged by such a year and none of its figures is known; nobody can apply under it.
"""

from typing import Final

import msgspec

from gongxue.rules.figures import Dates, Figures
from gongxue.rules.programme import Programme
from gongxue.rules.text import Text

VERSION: Final = 0
"""The version of a year without a plan; a plan's own begin with 1."""
_UNKNOWN: Final = ("figures", "dates", "tiers.cap", "tiers.cross_school", "tiers.school_developed_curriculum", "tiers.sessions", "calendar")


def earlier_year(programme: Programme, school_year: int) -> Programme:
    """The year `school_year` (ROC) of the city of a known programme; its id is that one's with the other year."""
    title = Text(
        f"{programme.city.zh}{school_year}學年度（只有核定紀錄，沒有計畫）",
        f"{programme.city.en}, school year {school_year} (what was approved; the plan is not at hand)",
    )
    return msgspec.structs.replace(
        programme,
        id=f"{programme.id.rpartition('-')[0]}-{school_year}",
        version=VERSION,
        school_year=school_year,
        title=title,
        clauses="",
        sources=(),
        facts=(),
        unknown=_UNKNOWN,
        figures=Figures(),
        dates=Dates(),
        calendar=None,
        rules={},
        class_quota=(),
        set_asides=(),
        fiscal_years=(),
    )
