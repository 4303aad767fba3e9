"""What the desk puts on the home page: a card for each community, what presses first, and the list of one's communities."""

from typing import Any

import msgspec

from gongxue.records.listings.home import Card, home_cards
from gongxue.records.programmes import programme_of
from gongxue.rules.access import SCHOOL_POSTS, SCHOOL_ROLES
from gongxue.rules.programme import Tier
from gongxue.rules.text import Text
from gongxue.site.programme import current
from gongxue.site.request import Request
from gongxue.stages.applying.drafting.doorways import NEXT, address

WAITING = ("wait_for_signers", "wait_for_clerk", "wait_for_city", "tell_convener", "ended", "missed")
"""What is next for somebody else, or for nobody: it stands in the list below, not among the cards."""


class NextCard(msgspec.Struct, frozen=True):
    """A card with its button; `year` is the school year where it is not the one that is open; `tone` is stop (errors, or sent back),
    amber (waits for this person), next (nothing is in the way)."""

    card: Card
    tier: Tier | None
    year: int | None
    link: str
    button: Text | None
    tone: str


def panel(request: Request) -> dict[str, Any] | None:
    """The home page's panel; None for those who have nothing to do with communities."""
    actor = request.actor
    cards = [_next(card) for card in home_cards(actor, request.at)]
    can_start = bool(actor.roles() & set(SCHOOL_POSTS))
    if not cards and not can_start:
        return None
    return {
        "cards": [each for each in cards if each.card.next not in WAITING or (each.card.next == "tell_convener")],
        "mine": [each for each in cards if each.card.role],
        "missed": sum(each.card.next == "missed" and bool(each.card.role) for each in cards),
        "waits": any(each.card.next.startswith("wait") and bool(each.card.role) for each in cards),
        "can_start": can_start,
        "at_school": bool(actor.roles() & set(SCHOOL_ROLES)),
        "start": address("drafting:start"),
    }


def _next(card: Card) -> NextCard:
    doorway = NEXT.get(card.next)
    link = address(doorway.route, card.application) if doorway is not None else ""
    if doorway is not None and not link:
        link = address("drafting:draft", card.application)
    programme = programme_of(card.programme, card.programme_version)
    year = programme.school_year if programme.id != current().id else None
    return NextCard(card, programme.tier(card.tier), year, link, doorway.label if doorway is not None else None, _tone(card))


def _tone(card: Card) -> str:
    if card.next in ("returned", "sign", "submit", "confirm", "complete", "revise"):
        return "amber"
    return "stop" if card.errors else "next"
