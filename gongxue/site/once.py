"""A POST has one effect, however often it is sent.

The page's form carries a key. The key's row is written in the same transaction as the effect, together with what was answered: after a
crash neither is there and the form can be sent again; after success a second sending gets the first one's answer. Two at the same moment
meet at the unique key, and the second waits for the first. A refusal (status 400 and over) rolls everything back and leaves the key free.
"""

import re
from collections.abc import Callable

import msgspec
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase

from gongxue.records.models import PostKey
from gongxue.records.refusals import NotAllowed, Refused
from gongxue.records.whole import whole
from gongxue.rules.text import Text
from gongxue.site.request import Request

FIELD, HEADER = "post_key", "X-Post-Key"
LONGEST_PATH = 300
_MADE = re.compile(r"[!-~]{16,64}", re.ASCII)
"""How a key looks."""
KEPT = ("Content-Type", "Location", "HX-Redirect", "HX-Location", "HX-Trigger", "HX-Push-Url", "HX-Retarget", "HX-Reswap", "HX-Refresh")
"""The headers of an answer that are kept with it."""


class Answer(msgspec.Struct, frozen=True):
    """What was answered: enough to say it again."""

    headers: dict[str, str]
    body: str


class KeyMissing(Refused):
    """A POST without its key, or with that of another form."""


def key_of(request: Request) -> str:
    """The key that a POST carries, or "" for none and for what no page of ours made.

    Reads the body whole: it must happen before any transaction, an upload may be slow.
    """
    key = str(request.headers.get(HEADER) or request.POST.get(FIELD) or "")
    return key if _MADE.fullmatch(key) else ""


def is_used(request: Request) -> bool:
    """Whether the key of this POST has had its effect already."""
    return PostKey.objects.filter(user=request.actor.user, key=key_of(request)).exists()


def one_effect(request: Request, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Run `act` once for the request's key and user; answer a repeated key as before. Somebody is logged in."""
    key = key_of(request)
    if not key:
        raise KeyMissing(Text("這張表單不完整，請重新載入頁面後再送出。", "This form is incomplete: reload the page and send it again."))
    if request.actor.user is None:
        raise TypeError("only who is logged in has keys")
    return _one_effect(request, request.actor.user, key, act)


@whole
def _one_effect(request: Request, user: int, key: str, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    # The unique constraint holds over user and key: the second of two at once waits here until the first has committed, or has gone.
    known = {"path": request.path[:LONGEST_PATH], "at": request.at}
    row, is_new = PostKey.objects.get_or_create(user_id=user, key=key, defaults=known)
    if not is_new:
        if row.path != known["path"]:
            raise NotAllowed(Text("這張表單已經用過，請重新載入頁面。", "This form has been used already: reload the page."))
        return _again(row)
    response = act()
    if response.status_code >= 400:
        transaction.set_rollback(True)
    else:
        _keep(row, response)
    return response


def _keep(row: PostKey, response: HttpResponseBase) -> None:
    if not isinstance(response, HttpResponse):
        raise TypeError(
            "a POST that has an effect answers with a page or a redirect, not with a stream: send the reader to a GET for the file"
        )
    if hasattr(response, "render"):
        response.render()
    headers = {name: response.headers[name] for name in KEPT if name in response.headers}
    row.status = response.status_code
    row.answer = msgspec.json.encode(Answer(headers, response.content.decode())).decode()
    row.save(update_fields=["status", "answer"])


def _again(row: PostKey) -> HttpResponse:
    answer = msgspec.json.decode(row.answer, type=Answer)
    response = HttpResponse(answer.body, status=row.status)
    for name, value in answer.headers.items():
        response.headers[name] = value
    return response
