"""Who acts: a user's posts as they are held on a day."""

import datetime
from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from gongxue.records.actor import NOBODY, Actor
from gongxue.records.models import User
from gongxue.records.people import actor_for
from gongxue.rules.deadlines import TAIPEI
from gongxue.rules.text import Language
from gongxue.site.request import Request, ours


def actor_of(user: User, at: datetime.datetime) -> Actor:
    """`user` as an actor, in all posts held on the day of `at` in Taipei: one query."""
    return actor_for(user.pk, at.astimezone(TAIPEI).date())


def language() -> Language:
    """The language that this request is answered in, as `Text` knows it."""
    return "en" if (get_language() or "").startswith("en") else "zh"


class Acting:
    """Sets `request.actor`, looked up when first asked for: a page that needs nobody costs no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer to a request."""
        ours(request).actor = cast(Actor, SimpleLazyObject(lambda: self._actor(ours(request))))
        return self.get_response(request)

    @staticmethod
    def _actor(request: Request) -> Actor:
        return actor_of(request.user, request.at) if isinstance(request.user, User) else NOBODY
