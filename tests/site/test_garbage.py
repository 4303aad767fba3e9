"""Whatever comes in, by whomever: an answer, never a fault. Every route is sent forms full of rubbish, and addresses that nobody typed.

Each field stands as it should, or is left out, doubled, or holds something from a drawer of odd values; each request is undone.
"""

import random
from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.db import transaction
from django.test.client import BOUNDARY, encode_multipart
from django.urls import reverse
from django.utils.http import urlencode

from gongxue.records.signatures import signable
from tests.conftest import Rounds
from tests.site.permissions import Expect
from tests.site.test_permissions import KEY, ROUTES, World, _as_served, objects, world

__all__ = ["_as_served", "world"]

ROOMS: Final = ("signing", "submitting", "overseeing", "mail", "people", "drafting", "papers")
TYPES: Final = (f"multipart/form-data; boundary={BOUNDARY}", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded")
ODD: Final[tuple[str, ...]] = (
    "", " ", "0", "-1", "1.5", "1e9", "True", "null", "\x00", "a\x00b", "\x01\x1f\x7f", "\r\nX-Odd: 1", "9" * 19, "9" * 400,
    "9" * 5000, "-" + "9" * 30,
    "٣", "１２", "²", "\ufffd", "\u202e=1+1", "=1+1",
    "<script>", "'; --", "%", "_", "\\",
    "{{ 7|add:7 }}", "%(name)s", "../../etc/passwd", "00000000-0000-0000-0000-000000000007", "zzzzzzzz", "9999-12-31",
    "0001-01-01", "9999/12/31",
    "111/13/40", "-1/1/1", "x" * 3000, "字" * 2100, "\n" * 500, "\u0301" * 300, "𠮷", "\ufffe", "a" * 64, "true.1", "nan", "inf",
    ".", "..", "|", "||",
)  # fmt: skip
"""What nobody means to send."""
PERSONS: Final = ("convener", "clerk", "director", "principal", "partner_clerk", "officer", "supervisor", "stranger", "nobody")


class Drawer:
    """Odd values, drawn in an order that one word sets."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)  # noqa: S311  # a trial's, not a secret

    def fields(self, proper: dict[str, Any]) -> list[tuple[str, str]]:
        """A form's fields: up to three of them, or all, odd, left out or doubled; the others as they should be."""
        most = len(proper) if self.random.random() < 0.25 else self.random.randint(0, 3)
        odd = set(self.random.sample(sorted(proper), most))
        found: list[tuple[str, str]] = []
        for name, value in proper.items():
            drawn = [self.random.choice(ODD) for _ in range(self.random.choice((0, 1, 1, 1, 2)))] if name in odd else [str(value)]
            found += [(name, each) for each in drawn]
        return found


def proper(world: World, row: Expect) -> dict[str, Any]:
    """Every field that a form of these rooms has, with a value that could be sent."""
    paper = signable(world.ours)
    school, posts = world.schools["own"], {name: actor.posts[0].post for name, actor in world.people.items() if actor.posts}
    return {
        "version": paper.version, "digest": paper.digest, "seen": 1, "reason": "原因", "password": "x", "seals_again": "yes",
        "code": paper.digest[:12],
        "roles": "director", "who_director": posts["director"], "name_director": "", "who_clerk": posts["clerk"], "name_clerk": "某人",
        "role": "accountant", "person": world.people["member"].user, "first": "111/3/24", "last": "111/3/30", "people": "王小明",
        "undo": "", "pick": f"{world.ours.pk}.{paper.version}", "classes": 24, "principal_name": "x", "principal_phone": "x",
        "principal_email": "a@example.edu.tw",
        "clerk_name": "x", "clerk_title": "x", "clerk_phone": "x", "clerk_email": "a@example.edu.tw", "school": school.key,
        "until": "111/4/10",
        "more": "x", f"title-{school.key}": "主旨", f"body-{school.key}": "內容", f"send-{school.key}": "1",
        f"to-{school.key}": world.people["clerk"].user,
        "email": "new@example.edu.tw", "name": "新人", "q": "教師", "state": "signing", "tier": "thematic", "whose": "fiscal",
        "page": 1, "order": "name",
        "flag": "errors", "mark": 3, "progress": "none", "summary": "missing", "of": world.ours.pk, "done": "withdraw",
        "sent": 3, "place": school.key,
        "ended": "", "section": "basics", "changes": "[]", "path": "name", "base": "", "value": "x", "row": "members-1",
        "kind": "set", "user": 1,
        "before": 1, "after": 1, "verb": "edit", "query": "x", **row.data,
    }  # fmt: skip


def sent(world: World, name: str, method: str, address: str, fields: list[tuple[str, str]], kind: str) -> Any:
    """One request, undone. `kind` is the content type of a form."""
    browser = world.browser(name)
    with transaction.atomic():
        if method == "GET":
            answer = browser.generic("GET", f"{address}?{urlencode(fields)}", content_type=kind)
        else:
            kept: dict[str, list[str]] = {"post_key": [KEY]}
            for field, value in fields:
                kept.setdefault(field, []).append(value)
            body = encode_multipart(BOUNDARY, kept) if "multipart" in kind else urlencode(kept, doseq=True).encode()
            answer = browser.generic("POST", address, body, kind)
        if answer.streaming:
            answer.getvalue()
        transaction.set_rollback(True)
    return answer


def tried(world: World, route: str, count: int) -> Iterator[tuple[object, ...]]:
    """What of `count` requests of everybody to a route ended in a fault."""
    row = ROUTES[route]
    addresses = objects(world, row)
    address, form = reverse(route, kwargs=addresses["ours"]), proper(world, row)
    if route == "signing:partner":
        kept = world.ours.schools.get(school=world.schools["partner"])
        form |= {"school": kept.school_id, "people": kept.people}
    for name in PERSONS:
        drawer = Drawer(f"{route} {name}")
        for _ in range(count):
            fields, kind = drawer.fields(form), drawer.random.choice(TYPES)
            for method in ("POST", "GET"):
                answer = sent(world, name, method, address, fields, kind)
                if answer.status_code >= 500:
                    yield route, name, method, kind, answer.status_code, fields


@pytest.mark.parametrize("room", ROOMS)
def test_no_form_is_a_fault(world: World, room: str, rounds: Rounds) -> None:
    faults: list[tuple[object, ...]] = []
    for route in sorted(route for route in ROUTES if route.startswith(f"{room}:")):
        with transaction.atomic():
            faults += tried(world, route, rounds(1, 15))
            transaction.set_rollback(True)
    assert faults == []


@pytest.mark.parametrize("charset", ["hex", "utf-7", "unicode_escape", "undefined", "idna", "utf-16", "none-such"])
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=" + BOUNDARY, "application/x-www-form-urlencoded"])
def test_what_a_form_says_of_its_letters_is_not_believed(world: World, kind: str, charset: str) -> None:
    """A page of this site is sent back in UTF-8; other letters could bring halves of characters past every form."""
    form = [("name", "\\ud800+2AA-"), ("mail", "each"), ("language", "en"), ("q", "\\ud800")]
    for address in ("/accounts/details/", "/", f"/city/applications/{world.ours.pk}/withdraw/"):
        for method in ("GET", "POST"):
            answer = sent(world, "officer", method, address, form, f"{kind}; charset={charset}")
            assert answer.status_code < 500, (address, method, answer.status_code)


def test_an_address_with_what_no_database_takes_is_refused(world: World) -> None:
    for address in ("/?q=%00", "/city/openings/?q=a%00b", "/mail/1/%00/"):
        assert sent(world, "officer", "POST", address, [], TYPES[0]).status_code == 400
    assert world.browser("officer").get("/city/openings/", {"q": "\x00"}).status_code == 400


def test_a_key_that_no_page_made_is_none(world: World) -> None:
    for key in ("\x00" * 24, "字" * 24, " " * 24, "k" * 65):
        answer = world.browser("officer").post("/city/bundles/new/", {"post_key": key})
        assert answer.status_code == 422
