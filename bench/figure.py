"""One figure that is held to a limit: what was measured, against what."""

from typing import NamedTuple


class BrokenBenchError(Exception):
    """What was to be measured did not work, so there is no figure."""


class Figure(NamedTuple):
    """A row of the table: what, its limit and the measured value in words, and whether the limit holds."""

    name: str
    limit: str
    measured: str
    holds: bool


def at_most(name: str, measured: float, limit: float, unit: str) -> Figure:
    """A figure that may not be over its limit."""
    return Figure(name, f"<= {shown(limit)} {unit}", f"{shown(measured)} {unit}", measured <= limit)


def at_least(name: str, measured: float, limit: float, unit: str) -> Figure:
    """A figure that may not be under its limit."""
    return Figure(name, f">= {shown(limit)} {unit}", f"{shown(measured)} {unit}", measured >= limit)


def shown(value: float) -> str:
    """A number as people read it: thousands apart, one decimal where it is small."""
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"
