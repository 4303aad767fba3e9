"""The keepers' pages: how the site fares, what became of each letter, and what a person does about one that did not arrive."""

import datetime
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from django_q.models import OrmQ, Task
from pytest_django import DjangoAssertNumQueries, Settings

from gongxue.records.actor import Actor
from gongxue.records.models import Chore, Message
from gongxue.site import clock
from tests.records.city import NOON

As = Callable[[Actor], Client]
KEY = "k" * 24


def letters(*states: str) -> list[Message]:
    """A letter in each of these states."""
    return [
        Message.objects.create(
            to=f"{state}-{number}@example.edu.tw",
            title=f"第 {number} 封",
            body="秘密的連結",
            state=state,
            message_id=f"<{state}{number}@x>",
            made_at=NOON + datetime.timedelta(minutes=number),
            error="unanswered|" if state == "uncertain" else "",
        )
        for number, state in enumerate(states)
    ]


def page(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_keepers_see_how_the_site_fares(city: SimpleNamespace, as_: As) -> None:
    letters("waiting", "uncertain", "sent")
    now = clock.real_now()
    Chore.objects.create(name="deliver", begun_at=now, done_at=now, ok=True)
    Chore.objects.create(name="seal", begun_at=now, done_at=now, ok=True, told={"subjects": 3, "entries": 1234, "faults": 0, "first": []})
    told = page(as_(city.officer), "/upkeep/")
    assert ("背景程式沒有在工作" in told, "3 條鏈、1,234 筆紀錄" in told, "?state=uncertain" in told) == (False, True, True)


def test_what_is_wrong_is_told_first(city: SimpleNamespace, as_: As) -> None:
    now = clock.real_now()
    Chore.objects.create(name="deliver", begun_at=now - datetime.timedelta(hours=1), done_at=now, ok=True)
    first = ["application 1 #2"]
    Chore.objects.create(name="seal", begun_at=now, done_at=now, ok=True, told={"subjects": 3, "entries": 9, "faults": 1, "first": first})
    Task.objects.create(
        id="a" * 32,
        name="deliver",
        func="x",
        started=now,
        stopped=now,
        success=False,
        attempt_count=2,
        result="deliver: OSError x.py:1 : Traceback secret",
    )
    OrmQ.objects.create(key="gongxue", payload="", lock=now)
    told = page(as_(city.centre_staff), "/upkeep/")
    assert [words in told for words in ("背景程式沒有在工作", "1 處不符", first[0], "deliver: OSError x.py:1", "佇列裡有 1 件")] == [
        True
    ] * 5
    assert "Traceback" not in told


def test_a_site_that_has_just_begun_says_what_has_not_happened_yet(city: SimpleNamespace, as_: As, settings: Settings) -> None:
    settings.MAIL_URL = ""
    told = page(as_(city.officer), "/upkeep/")
    assert [words in told for words in ("還沒查核過", "還沒有備份", "還沒有設定郵件主機")] == [True] * 3


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("address", ["/upkeep/", "/upkeep/letters/"])
def test_the_pages_cost_the_same_with_many_letters(
    city: SimpleNamespace, as_: As, django_assert_num_queries: DjangoAssertNumQueries, count: int, address: str
) -> None:
    letters(*["failed"] * count)
    browser = as_(city.officer)
    browser.get(address)
    with django_assert_num_queries({"/upkeep/": 8, "/upkeep/letters/": 5}[address]):
        browser.get(address)


def test_letters_are_narrowed_by_state_and_words_and_their_words_are_nobodys(city: SimpleNamespace, as_: As) -> None:
    letters("sent", "failed", "uncertain", "bounced", "waiting")
    browser = as_(city.officer)
    told = {
        query: page(browser, f"/upkeep/letters/?{query}") for query in ("", "state=attention", "state=sent", "q=bounced-3", "state=nope")
    }
    titles = {query: [number for number in range(5) if f"第 {number} 封" in words] for query, words in told.items()}
    assert titles == {"": [0, 1, 2, 3, 4], "state=attention": [1, 2, 3], "state=sent": [0], "q=bounced-3": [3], "state=nope": []}
    assert not any("秘密的連結" in words for words in told.values())


def test_letters_go_out_as_a_sheet_narrowed_as_the_page_is(city: SimpleNamespace, as_: As) -> None:
    letters("sent", "uncertain")
    answer = as_(city.officer).get("/upkeep/letters/sheet.csv?state=uncertain")
    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    assert lines[0] == "時間,收件人,主旨,狀態,寄出時間,次數,原因"
    assert [line.split(",")[1:4] for line in lines[1:]] == [["uncertain-1@example.edu.tw", "第 1 封", "不確定"]]


def test_a_letter_is_sent_again_by_a_click_that_asks_first_once(city: SimpleNamespace, as_: As) -> None:
    (letter,) = letters("uncertain")
    browser, address = as_(city.officer), f"/upkeep/letters/{letter.pk}/send_again/"
    assert "對方可能已經收到" in page(browser, address)
    answers = [browser.post(address, {"post_key": KEY, "seen": "uncertain"}) for _ in range(2)]
    assert [(each.status_code, each.headers["Location"]) for each in answers] == [(302, "/upkeep/letters/?done=send_again")] * 2
    assert Message.objects.get().state == "waiting"


def test_a_letter_that_has_moved_on_meanwhile_is_not_sent_again(city: SimpleNamespace, as_: As) -> None:
    (letter,) = letters("sent")
    answer = as_(city.officer).post(f"/upkeep/letters/{letter.pk}/send_again/", {"post_key": KEY, "seen": "uncertain"})
    assert (answer.status_code, Message.objects.get().state) == (409, "sent")


def test_the_supervisor_looks_and_leaves_the_acts_to_others(city: SimpleNamespace, as_: As) -> None:
    letters("failed")
    assert "再寄一次" not in page(as_(city.supervisor), "/upkeep/letters/")
    assert "再寄一次" in page(as_(city.officer), "/upkeep/letters/")


@pytest.mark.parametrize("address", ["/upkeep/letters/1/drop_table/", "/upkeep/letters/999/send_again/", "/upkeep/letters/sheet.exe"])
def test_what_is_not_there_is_not_there(city: SimpleNamespace, as_: As, address: str) -> None:
    assert as_(city.officer).get(address).status_code == 404


def test_the_keepers_have_it_in_their_menu_and_others_do_not(city: SimpleNamespace, as_: As) -> None:
    assert {who: "系統狀況" in page(as_(getattr(city, who)), "/home/") for who in ("officer", "auditor", "clerk")} == {
        "officer": True, "auditor": False, "clerk": False,
    }  # fmt: skip


def test_the_demo_says_that_it_mails_nothing(city: SimpleNamespace, as_: As, settings: Settings) -> None:
    settings.DEMO = True
    assert "示範站不寄信" in page(as_(city.officer), "/upkeep/")


def test_the_home_page_tells_the_officer_what_did_not_arrive(city: SimpleNamespace, as_: As) -> None:
    letters("sent", "waiting")
    assert "沒有寄到" not in page(as_(city.officer), "/home/")
    letters("bounced", "failed")
    told = {who: "有 2 封信沒有寄到" in page(as_(getattr(city, who)), "/home/") for who in ("officer", "centre_staff", "auditor", "clerk")}
    assert told == {"officer": True, "centre_staff": True, "auditor": False, "clerk": False}
