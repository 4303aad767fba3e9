"""What a POST needs done before its transaction: done for whoever is let in, outside of it, and not again for a form that is sent again."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from gongxue.records.actor import Actor
from gongxue.records.models import Application, Message, PostKey
from gongxue.records.refusals import NotAllowed, NotThere
from gongxue.site import guard
from gongxue.site.once import FIELD
from gongxue.site.request import Request, ours
from tests.records.city import LATER, put_into

Seen = list[tuple[str, bool]]
KEY = "k" * 24


def posted(actor: Actor, key: str = KEY) -> Request:
    request = ours(RequestFactory().post("/x/", {FIELD: key}))
    request.actor, request.at = actor, LATER
    return request


def view(seen: Seen, does: Callable[[Application], object] = lambda application: None) -> Callable[..., Any]:
    def before(request: Request) -> str:
        seen.append(("before", connection.in_atomic_block))
        return "prepared"

    @guard.on_application("send_to_school", before=before)
    def page(request: Request, application: Application, prepared: str = "") -> HttpResponse:
        seen.append((prepared, connection.in_atomic_block))
        does(application)
        return HttpResponse("done")

    return page


@pytest.mark.django_db(transaction=True)
def test_it_is_done_before_the_transaction_and_handed_on(city: SimpleNamespace, draft: Application) -> None:
    seen: Seen = []
    assert view(seen)(posted(city.convener), application=draft.pk).content == b"done"
    assert seen == [("before", False), ("prepared", True)]


@pytest.mark.parametrize(("who", "told"), [("member", NotAllowed), ("stranger", NotThere)])
def test_for_whoever_is_not_let_in_nothing_is_done(city: SimpleNamespace, draft: Application, who: str, told: type[Exception]) -> None:
    seen: Seen = []
    with pytest.raises(told):
        view(seen)(posted(getattr(city, who)), application=draft.pk)
    assert (seen, PostKey.objects.count(), Message.objects.count()) == ([], 0, 0)


def test_a_form_sent_again_gets_its_answer_though_its_own_effect_would_refuse_it_now(city: SimpleNamespace, draft: Application) -> None:
    seen: Seen = []
    page = view(seen, lambda application: put_into(application, "signing"))
    answers = [page(posted(city.convener), application=draft.pk).content for _ in range(2)]
    assert (answers, [name for name, _ in seen]) == ([b"done", b"done"], ["before", "prepared"])
    with pytest.raises(NotAllowed):
        page(posted(city.convener, "o" * 24), application=draft.pk)
