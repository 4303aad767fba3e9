"""What the address of the list asks for: search, school, tier, state, flag, order, page. What is unknown is left out, not refused."""

from collections.abc import Iterable
from typing import Any, Final

import msgspec
from django.http import QueryDict
from django.utils.translation import gettext as _

from gongxue.records.listings.applications import FLAGS, ORDERS, Filters
from gongxue.records.listings.overview import GROUPS, Standing
from gongxue.rules.programme import Programme
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION, states

STATES: Final = {state.name: state for state in states(APPLICATION)}
FOLDED: Final = ("school", "flag", "order")
"""Fields of the filter bar that wait behind a word: the map leads to a school, too."""
LABELS: Final = {
    "changed": Text("最近更動", "Latest change"),
    "submitted": Text("送件時間", "Submission"),
    "school": Text("學校", "School"),
    "name": Text("名稱", "Name"),
    "tier": Text("類別", "Tier"),
    "state": Text("狀態", "State"),
    "asked": Text("金額，大的在前", "Money, largest first"),
    "people": Text("人數，多的在前", "People, most first"),
}


class Asked(msgspec.Struct, frozen=True):
    """What is asked for. `chosen` are the values as they stand in the address, for the fields and for links."""

    filters: Filters
    order: str
    page: int
    chosen: dict[str, str]

    @property
    def query(self) -> str:
        """The address's query without the page, "" where nothing is asked for."""
        kept = QueryDict(mutable=True)
        kept.update({name: value for name, value in self.chosen.items() if value})
        return str(kept.urlencode())


def asked(given: QueryDict, programme: Programme, schools: Iterable[Standing]) -> Asked:
    """Read a query."""
    known = {school.key: school.id for school in schools}
    allowed = {
        "school": known,
        "tier": {tier.code for tier in programme.tiers},
        "state": {*GROUPS, *STATES},
        "flag": FLAGS,
        "order": ORDERS,
    }
    chosen = {name: given.get(name, "") if given.get(name, "") in values else "" for name, values in allowed.items()}
    chosen["q"] = " ".join(given.get("q", "")[:200].split())
    page = given.get("page", "")
    filters = Filters(
        programme=programme.id,
        school=known.get(chosen["school"]),
        tier=chosen["tier"],
        states=GROUPS[chosen["state"]][1] if chosen["state"] in GROUPS else tuple(filter(None, [chosen["state"]])),
        flags=tuple(filter(None, [chosen["flag"]])),
        text=chosen["q"],
    )
    return Asked(filters, chosen["order"] or "changed", int(page) if page.isdecimal() and len(page) < 7 else 1, chosen)


def selects(what: Asked, programme: Programme, schools: Iterable[Standing]) -> list[dict[str, Any]]:
    """The fields of the filter bar, each with its choices."""
    everything = ("", _("全部"))
    groups = [(name, label) for name, (label, _states) in GROUPS.items()]
    offered = {
        "school": (_("學校"), [everything, *((school.key, school.name) for school in schools)]),
        "tier": (_("類別"), [everything, *((tier.code, tier.short) for tier in programme.tiers)]),
        "state": (
            _("狀態"),
            [everything, *groups, *((each.name, Text(f"・{each.label.zh}", f"· {each.label.en}")) for each in STATES.values())],
        ),
        "flag": (_("標記"), [everything, *((code, label) for code, (label, _rows) in FLAGS.items())]),
        "order": (_("排序"), [(code, LABELS[code]) for code in ORDERS]),
    }
    value = {**what.chosen, "order": what.chosen["order"] or "changed"}
    return [
        {"name": name, "label": label, "value": value[name], "options": options, "folded": name in FOLDED}
        for name, (label, options) in offered.items()
    ]
