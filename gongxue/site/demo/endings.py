"""How far the demo's communities have come once their papers are written: through the doors, each step by whoever takes it."""

import datetime
import random
from collections.abc import Iterator
from typing import Any, Final

from gongxue.records.actor import Actor
from gongxue.records.completion import ask_completion
from gongxue.records.doors import move
from gongxue.records.models import Application, ApplicationSchool
from gongxue.records.partners import confirm_members
from gongxue.records.past_years import Past, bring_back
from gongxue.records.signatures import signable
from gongxue.records.signing import sign
from gongxue.rules.programme import Programme
from gongxue.site.demo.lives import Plot, paper_of, school_of
from gongxue.site.demo.papers import Document
from gongxue.site.demo.townsfolk import Town
from gongxue.site.demo.words import REASONS

STEP: Final = datetime.timedelta(minutes=20)
CHAIN: Final = ("director", "accountant", "principal")
SIGNED: Final = {"half_signed": 1, "nearly_signed": 2, "signed": 3, "submitted": 3, "completing": 3, "ineligible": 3}
"""How many of the chain have signed where it stands so."""
SENT: Final = ("signing", "returned", "recalled", *SIGNED)
ASKED: Final = "第 2 場的講座請補上服務單位的全名，並上傳邀請同意的紀錄。"
NOT_FOR_US: Final = "同一社群已獲特殊教育專業社群補助，依備註4不得重複申請。"
LEAVES: Final = "召集人下學年調校，今年先不申請。"
YEAR: Final = datetime.timedelta(weeks=52)


def end(plot: Plot, town: Town, chance: random.Random, programme: Programme, times: tuple[datetime.datetime, datetime.datetime]) -> None:
    """The moves that lead to where a community stands: `times` are when it was written, and when somebody had looked at it."""
    convener = plot.convener.actor
    written, told = times
    between = written + (told - written) / 2
    if plot.ending in SENT:
        move(plot.key, "send_to_school", actor=convener, at=between)
    if plot.ending == "returned":
        move(plot.key, "return", actor=_at(town, plot, "director"), at=told, reason=chance.choice(REASONS))
    if plot.ending == "recalled":
        move(plot.key, "recall", actor=convener, at=told)
    if plot.ending in ("withdrawn", "restored"):
        move(plot.key, "withdraw", actor=convener, at=between, reason=LEAVES)
    if plot.ending == "restored":
        move(plot.key, "restore", actor=convener, at=told)
    if plot.ending in SIGNED:
        _signed(plot, town, _steps(told))


def _steps(first: datetime.datetime) -> Iterator[datetime.datetime]:
    """Moments of one evening, in order."""
    while True:
        first += STEP
        yield first


def _signed(plot: Plot, town: Town, steps: Iterator[datetime.datetime]) -> None:
    for role in CHAIN[: SIGNED[plot.ending]]:
        paper = signable(Application.objects.get(pk=plot.key))
        sign(plot.key, version=paper.version, digest=paper.digest, actor=_at(town, plot, role), at=next(steps))
    if plot.ending not in ("submitted", "completing", "ineligible"):
        return
    _confirmed(plot, town, steps)
    move(plot.key, "submit", actor=_at(town, plot, "clerk"), at=next(steps))
    officer = town.at("", "officer")[0].actor
    if plot.ending == "completing":
        ask_completion(plot.key, seals_again=True, reason=ASKED, version=None, actor=officer, at=next(steps))
    if plot.ending == "ineligible":
        move(plot.key, "mark_ineligible", actor=officer, at=next(steps), reason=NOT_FOR_US)


def _confirmed(plot: Plot, town: Town, steps: Iterator[datetime.datetime]) -> None:
    """The partner schools know their people."""
    for row in ApplicationSchool.objects.filter(application=plot.key).exclude(school=school_of(plot.convener)).select_related("school"):
        clerk = town.at(row.school.name, "clerk")[0].actor
        confirm_members(plot.key, row.school_id, row.people, actor=clerk, at=next(steps))


def _at(town: Town, plot: Plot, role: str) -> Actor:
    return town.at(school_of(plot.convener).name, role)[0].actor


def last_year(plots: list[Plot], programme: Programme, chance: random.Random, at: datetime.datetime) -> None:
    """Communities that were approved the year before, to copy from."""
    before = f"{programme.id.rpartition('-')[0]}-{programme.school_year - 1}"
    past = [Past(plot.number, _earlier(paper_of(plot, programme, chance), before)) for plot in plots]
    done = bring_back(past, programme, at=at, keep=True)
    if wrong := [each.error for each in done if each.error is not None]:
        raise ValueError(f"last year's communities do not come in: {wrong}")


def _earlier(paper: Document, programme: str) -> Document:
    sessions: list[dict[str, Any]] = [
        {**row, "date": (datetime.date.fromisoformat(row["date"]) - YEAR).isoformat()} for row in paper["sessions"]
    ]
    return {**paper, "programme": programme, "sessions": sessions}
