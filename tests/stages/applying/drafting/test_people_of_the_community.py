"""Who writes with a community: found, invited, taken away, made convener."""

from collections.abc import Callable
from types import SimpleNamespace

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongxue.records.actor import Actor
from gongxue.records.listings.people import open_invitations, persons_of
from gongxue.records.models import Application, ApplicationPerson, Message, User
from gongxue.site.clock import now
from tests.records.city import NOON

As = Callable[[Actor], Client]
KEY = "k" * 24


def address(application: Application, what: str = "") -> str:
    return f"/applications/{application.pk}/people/{what}"


def roles(application: Application) -> dict[str, str]:
    return {person.name: person.role for person in persons_of(application)}


def post(browser: Client, application: Application, what: str, **told: str) -> int:
    status: int = browser.post(address(application, what), {"post_key": KEY + what[:30], **told}).status_code
    return status


def test_a_colleague_is_found_by_name_and_added_once(city: SimpleNamespace, draft: Application, as_: As) -> None:
    browser = as_(city.convener)
    page = browser.get(address(draft), {"q": "direc"}).content.decode()
    assert address(draft, f"add/{city.director.user}/") in page
    assert [post(browser, draft, f"add/{city.director.user}/") for _ in range(2)] == [302, 302]
    assert roles(draft) == {"convener": "convener", "director": "member", "member": "member"}
    assert "已經在這裡" in browser.get(address(draft), {"q": "direc"}).content.decode()


def test_a_teacher_of_another_school_is_found_there(city: SimpleNamespace, draft: Application, as_: As) -> None:
    partner = city.schools["三民國小"].key
    page = as_(city.convener).get(address(draft), {"school": partner, "q": ""}).content.decode()
    assert "partner_clerk" in page
    assert "沒有這樣的人" in as_(city.convener).get(address(draft), {"school": partner, "q": "zzz"}).content.decode()


def test_an_invitation_goes_out_by_letter_and_can_be_taken_back(city: SimpleNamespace, draft: Application, as_: As) -> None:
    browser = as_(city.convener)
    assert post(browser, draft, "invite/", email="new@example.edu.tw", name="新老師") == 302
    assert [letter.to for letter in Message.objects.all()] == ["new@example.edu.tw"]
    (invited,) = open_invitations(draft.pk, now())
    assert "new@example.edu.tw" in browser.get(address(draft)).content.decode()
    assert post(browser, draft, f"invitations/{invited.id}/withdraw/") == 302
    assert open_invitations(draft.pk, now()) == ()


def test_an_address_that_is_none_comes_back_as_it_was_typed(city: SimpleNamespace, draft: Application, as_: As) -> None:
    answer = as_(city.convener).post(address(draft, "invite/"), {"post_key": KEY, "email": "new@", "name": "新老師"})
    assert answer.status_code == 422
    assert 'value="new@"' in answer.content.decode()
    assert Message.objects.count() == 0


def test_an_invitation_of_another_community_is_not_there(city: SimpleNamespace, draft: Application, as_: As) -> None:
    from gongxue.records.doors import start

    other = start({"programme": "hsinchu-111", "name": "別的"}, actor=city.other_principal, at=NOON)
    browser = as_(city.other_principal)
    assert post(browser, other, "invite/", email="new@example.edu.tw") == 302
    (invited,) = open_invitations(other.pk, now())
    assert post(as_(city.convener), draft, f"invitations/{invited.id}/withdraw/") == 404
    assert len(open_invitations(other.pk, now())) == 1


def test_a_member_is_removed_or_leaves_after_being_asked(city: SimpleNamespace, draft: Application, as_: As) -> None:
    what = f"{city.member.user}/remove/"
    assert "移除後，對方不能再看或修改這份申請書" in as_(city.convener).get(address(draft, what)).content.decode()
    assert "離開後，您不能再看或修改這份申請書" in as_(city.member).get(address(draft, what)).content.decode()
    assert post(as_(city.member), draft, what) == 302
    assert roles(draft) == {"convener": "convener"}
    assert as_(city.member).get(address(draft)).status_code == 404


def test_the_convener_hands_over_and_stays_as_a_member(city: SimpleNamespace, draft: Application, as_: As) -> None:
    what = f"{city.member.user}/hand-over/"
    assert "之後由對方送學校核章" in as_(city.convener).get(address(draft, what)).content.decode()
    assert post(as_(city.convener), draft, what) == 302
    assert roles(draft) == {"member": "convener", "convener": "member"}


def test_and_the_stranger_and_the_member_change_nobody(city: SimpleNamespace, draft: Application, as_: As) -> None:
    before = roles(draft)
    assert post(as_(city.stranger), draft, f"add/{city.stranger.user}/") == 404
    assert post(as_(city.member), draft, f"add/{city.director.user}/") == 403
    assert post(as_(city.member), draft, f"{city.convener.user}/remove/") == 403
    assert post(as_(city.director), draft, f"{city.member.user}/remove/") == 403
    assert post(as_(city.convener), draft, f"{city.convener.user}/remove/") == 403  # hands over first
    assert post(as_(city.convener), draft, f"{city.director.user}/hand-over/") == 404
    assert roles(draft) == before


def test_addresses_are_for_those_who_write_along(city: SimpleNamespace, draft: Application, as_: As) -> None:
    assert "member@example.edu.tw" in as_(city.convener).get(address(draft)).content.decode()
    assert "member@example.edu.tw" not in as_(city.director).get(address(draft)).content.decode()


def test_the_page_costs_the_same_for_one_person_and_for_three(
    city: SimpleNamespace, draft: Application, as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser = as_(city.convener)
    for more in range(2):
        with django_assert_num_queries(11):
            browser.get(address(draft), {"q": "e"})
        user = User.objects.create(email=f"{more}@example.edu.tw", name=f"more {more}", date_joined=NOON)
        ApplicationPerson.objects.create(application=draft, user=user, role="member")
