"""What a rule is: a small generator that yields a fault for each offending place, under a decorator that says its code, severity and needs.

The clause a rule stands on belongs to the plan, so the programme's file gives it (`[rules]`), and thereby chooses which rules it has. When
a year words a rule anew, a second rule stands beside the first.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import msgspec

from gongxue.rules.finding import Severity
from gongxue.rules.text import Text

if TYPE_CHECKING:
    from gongxue.rules.case import Case


class Fault(msgspec.Struct, frozen=True, gc=False):
    """One offending place: its path, and the sentence about it, with the figures seen and allowed, in Chinese and in English."""

    path: str
    zh: str
    en: str


Faults = Iterator[Fault]
Faulting = Callable[["Case"], Faults]


class Rule(msgspec.Struct, frozen=True):
    """A rule of a plan. `needs` names what a programme must know for it to run; `says` is when it holds."""

    code: str
    severity: Severity
    says: Text
    needs: tuple[str, ...]
    faults: "Faulting"


class Rules:
    """The rules of one subject, in the order of its form."""

    def __init__(self) -> None:
        self.all: list[Rule] = []

    def __call__(self, code: str, severity: Severity, zh: str, en: str, needs: tuple[str, ...] = ()) -> "Callable[[Faulting], Faulting]":
        """Register the decorated generator as the rule `code`, which holds when what `zh` and `en` say is so."""

        def register(faults: Faulting) -> Faulting:
            self.all.append(Rule(code, severity, Text(zh, en), needs, faults))
            return faults

        return register
