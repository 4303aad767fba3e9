"""Reminders are drafted from the facts of each school, read and changed by a person, and only then sent."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from gongxue.records.document import tidy
from gongxue.records.listings.applications import Filters, narrowed
from gongxue.records.listings.overview import MARKS, Standing, overview
from gongxue.records.listings.signing import chains_of
from gongxue.records.models import Application, Post
from gongxue.records.openings import deadline_among, late_openings
from gongxue.records.refusals import ChangeError
from gongxue.records.reminders import LONGEST_BODY, LONGEST_TITLE, READERS, USUAL, readers
from gongxue.rules.deadlines import TAIPEI, is_late
from gongxue.rules.programme import Programme
from gongxue.site.fields import told
from gongxue.site.mail.posting import CHINESE
from gongxue.site.programme import current
from gongxue.site.request import Request
from gongxue.stages.applying.overseeing.desk import mark_of

UNFINISHED: Final = ("draft", "returned", "signing", "signed")


class Fact(msgspec.Struct, frozen=True):
    """One application that is not submitted yet: its name, its state, what stands in the way, whose seal it waits for."""

    name: str
    state: str
    errors: int
    waits_for: str


class Reader(msgspec.Struct, frozen=True):
    """Somebody who can be written to at a school."""

    user: int
    name: str
    email: str
    role: str
    chosen: bool


class Draft(msgspec.Struct, frozen=True):
    """A letter to one school before it goes. `errors` are what is wrong with it, `chosen` whether it is to go."""

    school: Standing
    facts: tuple[Fact, ...]
    readers: tuple[Reader, ...]
    title: str = ""
    body: str = ""
    chosen: bool = True
    errors: tuple[str, ...] = ()


def mark_asked(request: Request) -> int:
    """The mark of the address, else the one that the time left has come to."""
    given = request.GET.get("mark", "")
    return int(given) if given in {str(mark) for mark in MARKS} else mark_of(request, current())


def behind(request: Request, mark: int) -> list[Draft]:
    """The schools that are behind, each with its facts and readers. Seven queries, however many there are."""
    programme = current()
    found = [school for school in overview(request.actor, programme.id).schools if school.behind(mark)]
    facts = _facts(request, programme, found)
    people: dict[int, list[Post]] = defaultdict(list)
    for post in readers(request.at.astimezone(TAIPEI).date(), [school.id for school in found]):
        people[post.school_id or 0].append(post)
    return [Draft(school, tuple(facts[school.id]), _readers(people[school.id], USUAL)) for school in found]


def _readers(posts: Iterable[Post], roles: Iterable[str]) -> tuple[Reader, ...]:
    """Each person once, in the first of the posts held."""
    once = {post.user_id: post for post in reversed(list(posts))}
    kept = sorted(once.values(), key=lambda post: (READERS.index(post.role), post.pk))
    return tuple(Reader(post.user_id, post.user.name, post.user.email, post.role, post.role in roles) for post in kept)


def _facts(request: Request, programme: Programme, schools: list[Standing]) -> dict[int, list[Fact]]:
    rows = narrowed(request.actor, Filters(programme=programme.id, states=UNFINISHED)).filter(
        fiscal_school__in=[each.id for each in schools]
    )
    applications: list[Application] = list(rows.defer("document", "search").order_by("fiscal_school", "name", "pk"))
    chains = chains_of([each for each in applications if each.state == "signing"])
    found: dict[int, list[Fact]] = defaultdict(list)
    for each in applications:
        turn = next((link.label for link in chains.get(each.pk, ()) if link.is_next), "")
        found[each.fiscal_school_id or 0].append(Fact(each.name, each.state, each.errors, turn))
    return found


def drafted(request: Request, mark: int, chosen: Iterable[str], roles: Iterable[str], more: str, url: str) -> list[Draft]:
    """The letters to the schools `chosen` (by key), with what somebody wants to add, to whoever holds one of `roles`."""
    programme, wanted, asked = current(), set(chosen), set(roles)
    openings = late_openings(programme.id)
    letters = []
    for draft in behind(request, mark):
        if draft.school.key in wanted:
            before = deadline_among(programme, draft.school.id, openings)
            context = {
                "draft": draft,
                "programme": programme,
                "before": before,
                "is_late": before is not None and is_late(request.at, before),
                "at": request.at,
                "more": more,
                "url": url,
                "by": request.actor.name,
            }
            title, body = _written(context)
            people = tuple(msgspec.structs.replace(each, chosen=each.role in asked) for each in draft.readers)
            letters.append(msgspec.structs.replace(draft, title=title, body=body, readers=people))
    return letters


def _written(context: dict[str, Any]) -> tuple[str, str]:
    """Title and text, in Chinese: schools read it."""
    with translation.override(CHINESE):
        title, body = render_to_string("overseeing/reminder_draft.html", context).strip().split("\n", 1)
    lines = [line.rstrip() for line in body.strip().splitlines()]
    return " ".join(title.split()), "\n".join(line for number, line in enumerate(lines) if line or lines[number - 1])


def typed(request: Request, mark: int, given: QueryDict) -> list[Draft]:
    """The letters as they came back: what was typed, who was chosen, and what is wrong. Only of schools that are behind still."""
    letters = []
    for draft in behind(request, mark):
        key = draft.school.key
        if f"title-{key}" in given:
            to = set(given.getlist(f"to-{key}"))
            people = tuple(msgspec.structs.replace(each, chosen=str(each.user) in to) for each in draft.readers)
            title, body = " ".join(given.get(f"title-{key}", "").split()), given.get(f"body-{key}", "").replace("\r\n", "\n").strip()
            chosen = f"send-{key}" in given
            letter = msgspec.structs.replace(draft, title=title, body=body, chosen=chosen, readers=people)
            letters.append(msgspec.structs.replace(letter, errors=_wrong(letter) if chosen else ()))
    return letters


def _wrong(letter: Draft) -> tuple[str, ...]:
    said = []
    if not letter.title or not letter.body:
        said.append(_("主旨與內容都要寫。"))
    if not any(each.chosen for each in letter.readers):
        said.append(_("請至少選一位收件人；不寄給這所學校，就取消勾選「寄出」。"))
    parts = ((_("主旨"), letter.title, LONGEST_TITLE), (_("內容"), letter.body, LONGEST_BODY))
    return (*said, *(words for part in parts for words in _unkept(*part)))


def _unkept(part: str, words: str, most: int) -> Iterator[str]:
    """Why a part of a letter cannot be kept as it was typed."""
    if len(words) > most:
        yield _("%(part)s最多 %(most)s 字，這裡有 %(count)s 字。") % {"part": part, "most": f"{most:,}", "count": f"{len(words):,}"}
    try:
        tidy(words, part)
    except ChangeError as error:
        yield told(error.reason)
