"""Who else has a draft open, within half a minute."""

import datetime
from types import SimpleNamespace

from pytest_django import DjangoAssertNumQueries

from gongxue.records.models import Application, Presence
from gongxue.records.presence import Present, forget, touch, who_else
from tests.records.city import NOON


def seconds(many: float) -> datetime.datetime:
    return NOON + datetime.timedelta(seconds=many)


def test_others_see_who_is_there_and_nobody_sees_himself(city: SimpleNamespace, draft: Application) -> None:
    convener, member = city.convener.user, city.member.user
    touch(draft.pk, convener, "members", NOON)
    touch(draft.pk, member, "budget", NOON)
    assert who_else(draft.pk, convener, seconds(1)) == (Present(member, "member", "budget"),)
    assert who_else(draft.pk, member, seconds(1)) == (Present(convener, "convener", "members"),)
    touch(draft.pk, member, "sessions", seconds(2))
    assert [each.section for each in who_else(draft.pk, convener, seconds(2))] == ["sessions"]


def test_who_touches_every_ten_seconds_stays_and_who_left_is_gone(city: SimpleNamespace, draft: Application) -> None:
    convener, member = city.convener.user, city.member.user
    for at in range(0, 60, 10):
        touch(draft.pk, member, "budget", seconds(at))
    assert who_else(draft.pk, convener, seconds(79))
    assert who_else(draft.pk, convener, seconds(80)) == ()
    assert forget(seconds(80)) == 1
    assert Presence.objects.count() == 0


def test_touching_again_at_once_writes_nothing(
    city: SimpleNamespace, draft: Application, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    touch(draft.pk, city.member.user, "budget", NOON)
    with django_assert_num_queries(1):
        touch(draft.pk, city.member.user, "budget", seconds(5))
    assert Presence.objects.get().at == NOON
    touch(draft.pk, city.member.user, "b" * 99, seconds(5))
    assert Presence.objects.get().section == "b" * 40
    with django_assert_num_queries(1):
        who_else(draft.pk, city.convener.user, NOON)
