"""What the home page tells: what is next, what waits, one's communities."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongxue.records.actor import Actor
from gongxue.records.doors import edit, move, start
from gongxue.records.models import Application, User
from gongxue.records.past_years import Past, bring_back
from gongxue.rules.programme_file import load_programme
from tests.records.city import LATER, NOON, document, put, put_into

pytestmark = pytest.mark.usefixtures("stopped_clock")
As = Callable[[Actor], Client]


def home(browser: Client) -> str:
    return browser.get("/home/").content.decode()


def test_a_draft_tells_how_many_things_are_left_and_by_when(city: SimpleNamespace, draft: Application, as_: As) -> None:
    edit(draft.pk, [put("summary", draft.document["summary"], ""), put("name", draft.name, "")], actor=city.convener, at=LATER)
    page = home(as_(city.convener))
    assert "申請書還差 2 件事，就能送學校核章" in page
    assert "還有 6 天" in page
    assert f'href="/applications/{draft.pk}/"' in page
    assert "草稿" in page


def test_a_draft_that_is_complete_can_be_sent_by_its_convener_only(city: SimpleNamespace, draft: Application, as_: As) -> None:
    assert "申請書寫好了，可以送學校核章" in home(as_(city.convener))
    assert f'href="/applications/{draft.pk}/check/"' in home(as_(city.convener))
    assert "申請書寫好了，等召集人送學校核章" in home(as_(city.member))


def test_a_returned_one_comes_first_and_says_why(city: SimpleNamespace, draft: Application, as_: As) -> None:
    move(draft.pk, "send_to_school", actor=city.convener, at=LATER)
    move(draft.pk, "return", actor=city.director, at=LATER, reason="請補第 4 次的課堂實踐班級")
    start({"programme": "hsinchu-111", "name": "另一個"}, actor=city.convener, at=LATER)
    page = home(as_(city.convener))
    assert page.index("學校退回：請補第 4 次的課堂實踐班級") < page.index("另一個")
    assert page.count("btn-primary") == 1


def test_what_waits_for_a_signer_or_the_clerk_is_told_to_them(city: SimpleNamespace, draft: Application, as_: As) -> None:
    move(draft.pk, "send_to_school", actor=city.convener, at=LATER)
    assert "等您核章" in home(as_(city.director))
    assert draft.name not in home(as_(city.clerk))
    put_into(draft, "signed")
    assert "核章都完成了，等您送件" in home(as_(city.clerk))


def test_who_has_no_community_is_told_how_to_begin(city: SimpleNamespace, as_: As) -> None:
    page = home(as_(city.member))
    assert "還沒有社群" in page
    assert 'href="/applications/start/"' in page


def test_and_the_stranger_and_the_officer_see_nothing_of_it(city: SimpleNamespace, draft: Application, as_: As) -> None:
    for actor in (city.stranger, city.officer, city.other_clerk):
        assert draft.name not in home(as_(actor))
    assert "發起社群" not in home(as_(city.stranger))


def test_home_costs_the_same_for_one_community_and_for_three(
    city: SimpleNamespace, draft: Application, as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser = as_(city.convener)
    with django_assert_num_queries(6):
        home(browser)
    for _ in range(2):
        start(document(), actor=city.convener, at=NOON)
    with django_assert_num_queries(6):
        assert home(browser).count('class="card card--next"') == 3


def test_a_community_of_a_year_before_stands_in_the_list(city: SimpleNamespace, as_: As) -> None:
    past = {**document("autonomous"), "name": "去年的社群", "programme": "hsinchu-110"}
    past["convener"] = {**past["convener"], "email": User.objects.get(pk=city.convener.user).email}
    done = bring_back([Past(1, past)], load_programme("hsinchu-111"), at=NOON, keep=True)
    assert [each.error for each in done] == [None]
    page = home(as_(city.convener))
    assert "去年的社群" in page
    assert "110學年度・" in page
