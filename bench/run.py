"""`make bench`: measures every figure, prints the table with the machine's limits, and fails when one limit does not hold.

ARGS names the benches to run (`make bench ARGS=start_up`); none means all.
"""

import importlib
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from bench import machine
from bench.figure import BrokenBenchError, Figure

NOT_A_BENCH = {"crowd", "databases", "desk", "figure", "machine", "processes", "run"}


def benches() -> list[str]:
    """The modules beside this one that measure something."""
    return sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in NOT_A_BENCH)


def main(names: list[str]) -> int:
    """Runs the named benches, prints the table; 1 when a limit was missed."""
    print(machine.limits(), flush=True)
    figures: list[Figure] = []
    for name in names or benches():
        for figure in measured(name):
            figures.append(figure)
            print(f"  {figure.name}: {figure.measured}", flush=True)
    print("\n" + table(figures))
    return 0 if all(figure.holds for figure in figures) else 1


def measured(name: str) -> Iterator[Figure]:
    """What one bench measures; where it breaks, a row that says so and does not hold."""
    try:
        yield from importlib.import_module(f"bench.{name}").measure()
    except BrokenBenchError as error:
        yield Figure(f"{name}: {error}", "-", "-", False)


def table(figures: list[Figure]) -> str:
    """Figure, limit, measured, verdict, in columns."""
    rows = [("figure", "limit", "measured", "verdict"), *((f.name, f.limit, f.measured, "holds" if f.holds else "MISSED") for f in figures)]
    widths = [max(width(row[column]) for row in rows) for column in range(4)]
    return "\n".join("  ".join(cell + " " * (size - width(cell)) for cell, size in zip(row, widths, strict=True)).rstrip() for row in rows)


def width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
