"""One account for the pages that close it or open it again."""

import datetime
from typing import Final

import msgspec
from django.db.models import Q

from gongxue.records.models import ApplicationPerson, Post, TrailEntry, User
from gongxue.records.refusals import NotThere
from gongxue.rules.access import USER
from gongxue.rules.workflow import APPLICATION, states

_OVER: Final = ("ineligible", *(state.name for state in states(APPLICATION) if state.final))


class Account(msgspec.Struct, frozen=True):
    """Whose it is; `held` are the posts of the day, each as a role and a school's name ("" in the city), closed or not; `convenes` how many
    communities that are under way.

    `closed_at`, `closed_by` and `reason` tell of the last time that it was closed.
    """

    user: int
    name: str
    email: str
    is_open: bool
    held: tuple[tuple[str, str], ...]
    convenes: int
    closed_at: datetime.datetime | None = None
    closed_by: str = ""
    reason: str = ""


def account(user_id: int, day: datetime.date) -> Account:
    """The account. Raises NotThere. Four queries at most."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise NotThere()
    posts = Post.objects.filter(Q(last__isnull=True) | Q(last__gte=day), user=user, first__lte=day).order_by("first", "pk")
    held = tuple((role, school or "") for role, school in posts.values_list("role", "school__name"))
    convenes = ApplicationPerson.objects.filter(user=user, role="convener").exclude(application__state__in=_OVER).count()
    told = Account(user.pk, user.name, user.email, user.is_active, held, convenes)
    if user.is_active:
        return told
    entries = TrailEntry.objects.filter(subject=USER, subject_id=str(user.pk), verb="close_account").select_related("user")
    if (last := entries.order_by("-number").first()) is None:
        return told
    by, reason = last.user.name if last.user is not None else "", str(last.words.get("reason", ""))
    return msgspec.structs.replace(told, closed_at=last.at, closed_by=by, reason=reason)
