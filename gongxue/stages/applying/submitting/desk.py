"""What the pages of the school's desk show: rows with their seals and what is missing, filters, columns of the export."""

import uuid
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from gongxue.records.actor import Actor
from gongxue.records.listings.applications import Filters
from gongxue.records.listings.likeness import Likeness, likenesses
from gongxue.records.listings.posts import roles_given
from gongxue.records.listings.school_desk import Desk, DeskRow, Mine, school_desk
from gongxue.records.models import School, SchoolSummary
from gongxue.records.openings import deadline
from gongxue.records.summary_moves import ties_at
from gongxue.rules.access import ROLES, Tie, may
from gongxue.rules.programme import Programme
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION, states
from gongxue.site.acting import language
from gongxue.site.chains import sealed_by
from gongxue.site.sheets import KINDS, Cell, Column
from gongxue.site.templatetags.pieces import Seal

WHOSE: Final[dict[str, Text]] = {
    "fiscal": Text("本校辦理經費", "Ours to fund"),
    "partner": Text("參加他校的社群", "In other schools' communities"),
}

VERBS: Final = ("submit", "complete", "withdraw")
"""What the school does from its desk."""


class Shown(msgspec.Struct, frozen=True):
    """One row of the page. `alike` are the other communities that this one looks like, a sentence each; `may` what the reader may do to
    it now, as far as the access table tells."""

    row: DeskRow
    tier: Text
    seals: tuple[Seal, ...]
    alike: tuple[Text, ...]
    may: frozenset[str]

    @property
    def can_submit(self) -> bool:
        """Whether nothing that a list can tell stands in the way."""
        return "submit" in self.may and not self.row.unconfirmed


def filters_of(query: QueryDict, programme: Programme) -> tuple[Filters, Mine]:
    """What an address asks for; what it does not know finds nothing."""
    state, tier, whose = query.get("state", ""), query.get("tier", ""), query.get("whose", "")
    found = Filters(programme.id, tier=tier[:40], states=(state[:40],) if state else (), text=query.get("q", "")[:200])
    return found, "fiscal" if whose == "fiscal" else "partner" if whose == "partner" else ""


def context(actor: Actor, school: School, programme: Programme, query: QueryDict) -> dict[str, Any]:
    """The desk's page: eight queries or fewer, however many rows."""
    filters, mine = filters_of(query, programme)
    desk = school_desk(actor, school.pk, filters, mine)
    ties = ties_at(actor, school.pk)
    alike = likenesses(actor, programme.id, [row.id for row in desk.rows])
    return {
        "school": school,
        "programme": programme,
        "desk": desk,
        "rows": [shown(row, programme, ties, alike.get(row.id, ())) for row in desk.rows],
        "due": deadline(programme, school.pk),
        "summary_state": _summary_state(school, programme),
        "may_submit": any(held.role == "clerk" and held.school == school.pk for held in actor.posts),
        "gives_posts": bool(roles_given(actor, school.pk)),
        "told": told_of(query),
        "is_narrowed": bool(filters.text or filters.states or filters.tier or mine),
        **_bar(school, programme, filters, mine),
    }


def _summary_state(school: School, programme: Programme) -> str:
    """Where 附件一 stands; one that nobody has touched is open."""
    found = SchoolSummary.objects.filter(school=school, programme=programme.id).values_list("state", flat=True).first()
    return found or "open"


def shown(row: DeskRow, programme: Programme, ties: tuple[Tie, ...], alike: tuple[Likeness, ...] = ()) -> Shown:
    """A row as pages show it."""
    tier = programme.tier(row.tier)
    verbs = frozenset(verb for verb in VERBS if row.fiscal and may(APPLICATION, verb, ties, row.state).yes)
    return Shown(row, tier.short if tier is not None else Text("", ""), _seals(row), _alike(alike), verbs)


def _alike(found: tuple[Likeness, ...]) -> tuple[Text, ...]:
    """One sentence for each other community, whatever it is that is alike."""
    others: dict[uuid.UUID, list[Text]] = {}
    for each in found:
        others.setdefault(each.other, []).append(each.words)
    return tuple(Text("；".join(words.zh for words in each), "; ".join(words.en for words in each)) for each in others.values())


def _seals(row: DeskRow) -> tuple[Seal, ...]:
    """The chain as it stands; dashed where nobody has signed."""
    found, next_seen = [], row.state != "signing"
    for step in row.chain:
        by = next((row.signed[role] for role in step.posts if role in row.signed), None)
        found.append(
            Seal(step.posts[0], step.label, by.name, by.at, by.stands_in)
            if by is not None
            else Seal(step.posts[0], step.label, is_next=not next_seen)
        )
        next_seen = next_seen or by is None
    return tuple(found)


def _bar(school: School, programme: Programme, filters: Filters, mine: Mine) -> dict[str, Any]:
    """The filter bar: what is chosen, what can be, and the list as a file with the same choices."""
    chosen = {"q": filters.text, "state": "".join(filters.states), "tier": filters.tier, "whose": mine}
    selects = [
        {
            "name": "state",
            "label": _("狀態"),
            "value": chosen["state"],
            "options": [("", _("全部")), *((each.name, each.label) for each in states(APPLICATION))],
        },
        {
            "name": "tier",
            "folded": True,
            "label": _("類別"),
            "value": filters.tier,
            "options": [("", _("全部")), *((each.code, each.label) for each in programme.tiers)],
        },
        {"name": "whose", "folded": True, "label": _("經費"), "value": mine, "options": [("", _("全部")), *WHOSE.items()]},
    ]
    query = urlencode({name: value for name, value in chosen.items() if value})
    links = {kind: reverse("submitting:export", args=[school.key, kind]) for kind in KINDS}
    exports = [{"label": KINDS[kind].label, "link": f"{link}?{query}" if query else link} for kind, link in links.items()]
    return {"query": filters.text, "selects": selects, "exports": exports}


def columns() -> list[Column]:
    """The columns of the export."""
    return [
        Column("name", _("社群名稱"), width=28),
        Column("tier", _("類別"), width=20),
        Column("state", _("狀態")),
        Column("money_at", _("經費辦理學校"), width=16),
        Column("convener", _("召集人"), width=10),
        Column("cross_school", _("跨校"), width=6),
        Column("people", _("人數"), "int", 6),
        Column("sessions", _("次數"), "int", 6),
        Column("asked", _("申請金額"), "int", 10),
        Column("ceiling", _("上限"), "int", 10),
        Column("errors", _("要改正"), "int", 8),
        Column("unconfirmed", _("未確認的夥伴學校"), width=20),
        Column("signed_by", _("核章"), width=40),
        Column("waits_for", _("等誰"), width=16),
        Column("since", _("從何時起"), "instant", 20),
        Column("submitted_at", _("送件時間"), "instant", 20),
        Column("receipt", _("回執編號"), width=12),
    ]


def lines(desk: Desk, programme: Programme) -> Iterator[tuple[Cell, ...]]:
    """The rows of the export, in the page's order."""
    labels = {state.name: state.label.in_language(language()) for state in states(APPLICATION)}
    for row in desk.rows:
        tier = programme.tier(row.tier)
        yield (
            row.name, tier.label.in_language(language()) if tier is not None else row.tier, labels[row.state], row.school, row.convener,
            _("是") if row.cross_school else _("否"), row.people, row.sessions, row.asked, row.ceiling, row.errors,
            "、".join(row.unconfirmed), _signers(row), row.waits_for.in_language(language()), row.since, row.submitted_at, row.receipt,
        )  # fmt: skip


def _signers(row: DeskRow) -> str:
    """Who has sealed it, in the chain's order."""
    sealed = [(role, row.signed[role]) for step in row.chain for role in step.posts if role in row.signed]
    label = {role: ROLES[role].in_language(language()) for role, _seal in sealed}
    return "、".join(sealed_by(label[role], each.name, stands_in=each.stands_in, how=each.how) for role, each in sealed)


def picked(rows: list[Shown], query: QueryDict) -> frozenset[uuid.UUID]:
    """What is ticked at first: the one that the address names, or all that can be submitted."""
    ready = frozenset(each.row.id for each in rows if each.can_submit)
    asked = query.get("of", "")
    return frozenset(key for key in ready if str(key) == asked) if asked else ready


def told_of(query: QueryDict) -> str:
    """What was just done, for the desk to say."""
    if "recalled" in query:
        return _("已撤回送件，核章仍然有效；截止前可以再送。")
    return _("已撤回申請。") if "withdrawn" in query else ""
