"""附件一 on its page: it makes itself, asks for what is missing, is signed with the password and sent."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongxue.records.actor import Actor
from gongxue.records.doors import move
from gongxue.records.models import Application, Post, SchoolSummary, Signature, User
from gongxue.records.people import actor_for
from gongxue.records.summary_moves import move_summary, say_facts
from gongxue.rules.programme_file import load_programme
from gongxue.site.request import Request
from gongxue.stages.applying.submitting import home
from tests.records.city import NOON, OTHER, OWN, PARTNER, SINCE, TODAY, found_draft, take_to_signed
from tests.records.test_summaries import FACTS

pytestmark = pytest.mark.usefixtures("stopped_clock")
As = Callable[[Actor], Client]
PROGRAMME = load_programme("hsinchu-111")
WORDS_OF_ALL = "a long enough word 9"
WRITTEN = {
    "classes": "30", "principal_name": "蔡文彬", "principal_phone": "03-1", "principal_email": "head@example.edu.tw", "clerk_name": "黃美玲",
    "clerk_title": "研發組長", "clerk_phone": "03-2", "clerk_email": "h@example.edu.tw",
}  # fmt: skip


@pytest.fixture
def signed(city: SimpleNamespace, draft: Application) -> Application:
    """The draft with its whole chain."""
    return take_to_signed(city, draft)


@pytest.fixture
def _told(city: SimpleNamespace, signed: Application) -> None:
    """The school has said what the form asks."""
    say_facts(city.schools[OWN], PROGRAMME, FACTS, version=1, actor=city.clerk, at=NOON)


def page(browser: Client, city: SimpleNamespace, what: str = "", school: str = OWN) -> str:
    return browser.get(f"/schools/{city.schools[school].key}/summary/{what}").content.decode()


def press(browser: Client, city: SimpleNamespace, what: str, key: str = "", **data: Any) -> HttpResponse:
    found = SchoolSummary.objects.first()
    told = {"seen": str(found.version if found else 1), "post_key": key or f"{what:k<24}", **data}
    return browser.post(f"/schools/{city.schools[OWN].key}/summary/{what}/", told)  # type: ignore[return-value]


def with_password(city: SimpleNamespace, *names: str) -> None:
    for name in names:
        user = User.objects.get(pk=getattr(city, name).user)
        user.set_password(WORDS_OF_ALL)
        user.save()


def sign(browser: Client, city: SimpleNamespace, key: str, password: str = WORDS_OF_ALL, **data: Any) -> HttpResponse:
    return press(browser, city, "sign", key=key, password=password, **data)


def test_it_lists_what_is_signed_and_names_what_is_not_yet(city: SimpleNamespace, as_: As, signed: Application) -> None:
    found_draft(city, "thematic")
    seen = page(as_(city.clerk), city)
    for words in (
        "列入 1 個社群",
        "繪本說演共學社群",
        "還有 1 個本校的社群沒有核完章",
        "溪流走讀課程社群",
        "尚未定稿（預覽）",
        "新竹市東區東園國民小學",
    ):
        assert words in seen
    assert SchoolSummary.objects.count() == 0


def test_the_clerk_is_asked_for_what_is_missing_and_what_was_wrong_comes_back(city: SimpleNamespace, as_: As, signed: Application) -> None:
    browser = as_(city.clerk)
    assert "還缺：班級數、校長姓名、" in page(browser, city)
    wrong = press(browser, city, "facts", **(WRITTEN | {"classes": "三十", "clerk_email": "x"}))
    assert wrong.status_code == 422
    assert [words in wrong.content.decode() for words in ("請填數字，例如 24。", "電子郵件的寫法不對", 'value="三十"')] == [True] * 3
    assert press(browser, city, "facts", **WRITTEN).status_code == 302
    seen = page(browser, city)
    assert ("校長 蔡文彬、承辦人 黃美玲、30 班" in seen, "送核章" in seen, "還缺：" in seen) == (True, True, False)
    assert 'value="研發組長"' in page(browser, city, "facts/")


@pytest.mark.usefixtures("_told")
def test_it_is_signed_by_its_chain_with_the_password_and_sent(city: SimpleNamespace, as_: As) -> None:
    with_password(city, "clerk", "director", "principal")
    press(as_(city.clerk), city, "send-to-sign")
    for number, who in enumerate(("clerk", "director", "principal")):
        browser = as_(getattr(city, who))
        home = browser.get("/home/").content.decode()
        assert ("附件一" in home, "目前沒有等您辦的事" in home) == (True, False)
        wrong = sign(browser, city, f"{number:025}", "not mine")
        assert (wrong.status_code, "密碼不對" in wrong.content.decode()) == (422, True)
        assert sign(browser, city, f"{number:024}").status_code == 302
    assert list(Signature.objects.filter(subject="school_summary").values_list("role", flat=True)) == ["clerk", "director", "principal"]
    seen = page(as_(city.clerk), city)
    assert ("核章完成，等承辦人送出。" in seen, "送出附件一" in seen) == (True, True)
    press(as_(city.clerk), city, "send")
    assert "已於 111年3月24日（四）12:00:" in page(as_(city.officer), city)


@pytest.mark.usefixtures("_told")
def test_a_wrong_password_does_not_hide_that_it_changed(city: SimpleNamespace, as_: As) -> None:
    with_password(city, "clerk")
    browser = as_(city.clerk)
    press(browser, city, "send-to-sign")
    assert "附件一在您開啟之後變了" not in sign(browser, city, "s" * 24, "not mine").content.decode()
    answer = sign(browser, city, "s" * 25, "not mine", seen=1).content.decode()
    assert ("密碼不對" in answer, "沒有核章：附件一在您開啟之後變了。" in answer) == (True, True)


@pytest.mark.usefixtures("_told")
def test_whose_turn_it_is_not_has_nothing_to_press(city: SimpleNamespace, as_: As) -> None:
    press(as_(city.clerk), city, "send-to-sign")
    for who in ("principal", "accountant", "officer"):
        assert "btn-primary" not in page(as_(getattr(city, who)), city).split("<main")[1]


@pytest.mark.usefixtures("_told")
def test_it_is_returned_with_a_reason_that_the_clerk_reads(city: SimpleNamespace, as_: As) -> None:
    press(as_(city.clerk), city, "send-to-sign")
    assert press(as_(city.director), city, "return").status_code == 422
    assert press(as_(city.director), city, "return", key="r" * 24, reason="電話寫錯").status_code == 302
    assert "退回原因：</strong>電話寫錯" in page(as_(city.clerk), city)


@pytest.mark.usefixtures("_told")
def test_it_is_recalled_after_asking(city: SimpleNamespace, as_: As) -> None:
    browser = as_(city.clerk)
    press(browser, city, "send-to-sign")
    assert "已核的章全部失效" in page(browser, city, "recall/")
    press(browser, city, "recall")
    assert SchoolSummary.objects.get().state == "open"


@pytest.mark.usefixtures("_told")
def test_when_an_application_changes_it_says_that_it_was_made_anew(city: SimpleNamespace, as_: As, signed: Application) -> None:
    press(as_(city.clerk), city, "send-to-sign")
    move(signed.pk, "recall", actor=city.convener, at=NOON)
    assert "附件一已自動重新編製" in page(as_(city.clerk), city)


@pytest.mark.parametrize("kind", ["pdf", "odt", "docx"])
def test_it_is_downloaded(city: SimpleNamespace, as_: As, signed: Application, kind: str) -> None:
    answer = as_(city.director).get(f"/schools/{city.schools[OWN].key}/summary/paper.{kind}")
    assert (answer.status_code, answer.content[:4]) == (200, b"%PDF" if kind == "pdf" else b"PK\x03\x04")
    assert as_(city.director).get(f"/schools/{city.schools[OWN].key}/summary/paper.exe").status_code == 404


@pytest.mark.usefixtures("_told")
def test_the_hash_of_a_signed_sheet_is_known_to_everybody(client: Client, city: SimpleNamespace, as_: As) -> None:
    move_summary(city.schools[OWN], PROGRAMME, "send_to_sign", version=2, actor=city.clerk, at=NOON)
    digest = SchoolSummary.objects.get().digest[:12]
    assert "屬於這裡保存的附件一" in client.get("/verify/", {"digest": digest}).content.decode()
    assert OWN not in client.get("/verify/", {"digest": digest}).content.decode()
    assert OWN in as_(city.principal).get("/verify/", {"digest": digest}).content.decode()


def test_a_partner_school_lists_it_without_the_money(city: SimpleNamespace, as_: As) -> None:
    take_to_signed(city, found_draft(city, "thematic"))
    seen = page(as_(city.partner_clerk), city, school=PARTNER)
    assert ("溪流走讀課程社群" in seen, "經費由東園國小辦理" in seen, "4,382" in seen) == (True, True, False)


@pytest.mark.parametrize("what", ["", "facts/", "paper.pdf", "recall/", "return/"])
@pytest.mark.parametrize("who", ["convener", "other_clerk", "partner_clerk", "reviewer", "stranger"])
def test_a_stranger_finds_what_is_not_there(city: SimpleNamespace, as_: As, signed: Application, what: str, who: str) -> None:
    browser = as_(getattr(city, who))
    foreign, nowhere = browser.get(f"/schools/{city.schools[OWN].key}/summary/{what}"), browser.get(f"/schools/no-such/summary/{what}")
    assert (foreign.status_code, foreign.content) == (404, nowhere.content)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_however_many_there_are(
    city: SimpleNamespace, as_: As, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        take_to_signed(city, found_draft(city))
    browser = as_(city.clerk)
    with django_assert_num_queries(9):
        assert f"列入 {count} 個社群" in page(browser, city)


@pytest.mark.parametrize("count", [1, 3])
def test_what_waits_on_the_home_page_costs_two_looks_at_however_many_schools(
    city: SimpleNamespace, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for name in (OWN, PARTNER, OTHER)[:count]:
        school = city.schools[name]
        Post.objects.get_or_create(user_id=city.clerk.user, role="clerk", school=school, defaults={"first": SINCE})
        SchoolSummary.objects.create(school=school, programme=PROGRAMME.id, state="signing", digest="0" * 64, changed_at=NOON)
    request = cast(Request, SimpleNamespace(actor=actor_for(city.clerk.user, TODAY)))
    with django_assert_num_queries(2):
        told = home.panel(request)
    assert [(each.school.name, step) for each, step in (told or {})["waiting"]] == [
        (name, "sign") for name in (OWN, PARTNER, OTHER)[:count]
    ]
