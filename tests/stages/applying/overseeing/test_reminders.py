"""Reminders: drafted from each school's facts, read and changed, sent once to whoever was chosen, on record."""

import csv
import datetime
import io
import re
from collections.abc import Callable
from html import unescape
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from gongxue.records.actor import Actor
from gongxue.records.models import Application, Message, Reminder, TrailEntry
from gongxue.records.refusals import NotAllowed, NotThere
from gongxue.records.reminders import remind
from gongxue.site import clock
from tests.records.city import CAST, NOON, OTHER, OWN, found_draft, put_into

As = Callable[[Actor], Client]
pytestmark = pytest.mark.usefixtures("stopped_clock")
KEY, NEW, SEND = "k" * 24, "/city/reminders/new/?mark=7", "/city/reminders/send/?mark=7"
OWN_KEY, OTHER_KEY = "hc11", "hc35"


def letters(html: str) -> dict[str, str]:
    """The text of each letter, by the school's key."""
    return {key: unescape(body).strip() for key, body in re.findall(r'name="body-(hc\d+)"[^>]*>(.*?)</textarea>', html, re.DOTALL)}


def read(client: Client, *schools: str, **given: object) -> str:
    answer = client.post(NEW, {"school": schools, "role": ["clerk", "director"], "post_key": KEY, **given})
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_schools_that_are_behind_are_offered_with_their_facts(city: SimpleNamespace, as_: As, draft: Application) -> None:
    put_into(found_draft(city, "thematic"), "signing")
    html = as_(city.officer).get(NEW).content.decode()
    assert html.count('name="school"') == 47
    assert "繪本說演共學社群（撰寫中）" in html
    assert "溪流走讀課程社群（等承辦主任）" in html
    assert re.search(r'value="hc02" id="school-hc02" disabled', html)  # nobody holds a post there


def test_each_letter_tells_its_schools_facts(city: SimpleNamespace, as_: As, draft: Application) -> None:
    put_into(found_draft(city, "thematic"), "signing")
    put_into(found_draft(city, "curriculum"), "signed")
    html = read(as_(city.officer), OWN_KEY, OTHER_KEY, more="請務必留意。")
    found = letters(html)
    assert set(found) == {OWN_KEY, OTHER_KEY}
    assert found[OWN_KEY].splitlines() == [
        "東園國小 您好：",
        "",
        "111學年度教師專業學習社群申請於 111年3月30日（三）23:59 截止（還有 6 天）。貴校目前的情形：",
        "",
        "・「校訂課程研創社群」：已核完章，還沒有送件。",
        "・「溪流走讀課程社群」：核章中，等承辦主任核章。",
        "・「繪本說演共學社群」：撰寫中，還沒有送學校核章。",
        "",
        "請務必留意。",
        "",
        "請在截止前完成核章與送件，逾期恕不受理。登入後就看得到該做的事：",
        found[OWN_KEY].splitlines()[11],
        "",
        "教育處 officer",
    ]
    assert "・還沒有任何申請。" in found[OTHER_KEY]
    chosen = re.findall(r'name="to-hc11" value="(\d+)" id="[^"]*" checked', html)
    assert chosen == [str(city.clerk.user), str(city.director.user)]


def test_all_that_was_added_stands_in_each_letter(city: SimpleNamespace, as_: As, draft: Application) -> None:
    """What is too long is told when it is sent, never cut off unseen."""
    more = "請" * 1500
    assert more in letters(read(as_(city.officer), OWN_KEY, more=more))[OWN_KEY]


def test_what_was_read_is_what_is_sent_and_once(city: SimpleNamespace, as_: As, draft: Application) -> None:
    client = as_(city.officer)
    given = {
        f"send-{OWN_KEY}": "on", f"title-{OWN_KEY}": "請送件 <b>", f"body-{OWN_KEY}": "改過的內容 & 文字\n第二行",
        f"to-{OWN_KEY}": [str(city.principal.user)],
        f"title-{OTHER_KEY}": "不寄", f"body-{OTHER_KEY}": "不寄", f"to-{OTHER_KEY}": [str(city.other_clerk.user)],
        "post_key": KEY,
    }  # fmt: skip
    answers = [client.post(SEND, given) for _ in range(3)]
    assert [(answer.status_code, answer.headers["Location"]) for answer in answers] == [(302, "/city/reminders/?sent=1")] * 3
    letter = Message.objects.get()
    assert (letter.to, letter.title, letter.body) == ("principal@example.edu.tw", "請送件 <b>", "改過的內容 & 文字\n第二行\n")
    kept = Reminder.objects.get()
    assert (kept.school.name, kept.mark, kept.to, kept.made_by_id) == (OWN, 7, [city.principal.user], city.officer.user)
    entry = TrailEntry.objects.get(subject="reminder")
    assert (entry.verb, entry.user_id, entry.words["body"]) == ("remind", city.officer.user, "改過的內容 & 文字\n第二行")
    history = client.get("/city/reminders/?sent=1").content.decode()
    assert "1 封信已經交寄。" in history
    assert "請送件 &lt;b&gt;" in history
    assert "principal" in history


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({f"title-{OWN_KEY}": " "}, "主旨與內容都要寫。"),
        ({f"body-{OWN_KEY}": ""}, "主旨與內容都要寫。"),
        ({f"to-{OWN_KEY}": []}, "請至少選一位收件人"),
        ({f"to-{OWN_KEY}": ["999999"]}, "請至少選一位收件人"),
        ({f"title-{OWN_KEY}": "主" * 201}, "主旨最多 200 字，這裡有 201 字。"),
        ({f"body-{OWN_KEY}": "寫了很久的內容" + "文" * 5000}, "內容最多 5,000 字，這裡有 5,007 字。"),
        ({f"body-{OWN_KEY}": "寫了很久的內容\x00"}, "第 8 個字是不能保存的字元（U+0000），請刪去"),
        ({f"send-{OWN_KEY}": None}, "沒有勾選任何要寄出的信。"),
    ],
)
def test_what_is_wrong_with_one_letter_sends_none_and_keeps_what_was_typed(
    city: SimpleNamespace, as_: As, draft: Application, changed: dict[str, object], told: str
) -> None:
    given = {
        f"send-{OWN_KEY}": "on", f"title-{OWN_KEY}": "主旨", f"body-{OWN_KEY}": "寫了很久的內容",
        f"to-{OWN_KEY}": [str(city.clerk.user)], "post_key": KEY,
    } | changed  # fmt: skip
    answer = as_(city.officer).post(SEND, {name: value for name, value in given.items() if value is not None})
    page = answer.content.decode()
    assert (answer.status_code, told in page) == (422, True)
    assert (Message.objects.count(), Reminder.objects.count()) == (0, 0)
    assert "寫了很久的內容" in page or f"body-{OWN_KEY}" in changed


def test_without_a_school_the_page_says_so(city: SimpleNamespace, as_: As) -> None:
    answer = as_(city.officer).post(NEW, {"more": "保留的話", "post_key": KEY})
    assert (answer.status_code, "請至少選一所學校。" in answer.content.decode(), "保留的話" in answer.content.decode()) == (422, True, True)


def test_what_was_ticked_and_what_not_stays_so_where_a_school_is_missing(city: SimpleNamespace, as_: As) -> None:
    page = as_(city.officer).post(NEW, {"role": ["principal"], "post_key": KEY}).content.decode()
    ticked = re.findall(r'name="(school|role)" value="([^"]+)"[^>]* checked', page)
    assert (ticked, page.count('id="error_schools"')) == ([("role", "principal")], 1)


def test_english_counts_the_days_before_the_deadline(city: SimpleNamespace, as_: As) -> None:
    client = as_(city.officer)
    client.cookies["language"] = "en"
    pages = [client.get(address).content.decode() for address in (NEW, reverse("overseeing:schools"), reverse("overseeing:reminders"))]
    assert [("1 day before" in page, "1 days" in page) for page in pages] == [(True, False)] * 3


def test_who_is_not_behind_gets_no_letter(city: SimpleNamespace, as_: As, draft: Application) -> None:
    put_into(draft, "submitted")
    assert letters(read(as_(city.officer), OWN_KEY, OTHER_KEY)).keys() == {OTHER_KEY}


def test_only_the_officer_and_the_centre_write_and_only_to_people_of_the_school(city: SimpleNamespace) -> None:
    school = city.schools[OWN].pk
    words = {"mark": 3, "title": "主旨", "body": "內容", "at": NOON}
    for who in set(CAST) - {"officer", "centre_staff"}:
        with pytest.raises(NotAllowed):
            remind(school, "hsinchu-111", to=[city.clerk.user], actor=getattr(city, who), **words)
    for to in ([city.other_clerk.user], [city.convener.user], [0]):
        with pytest.raises(NotThere):
            remind(school, "hsinchu-111", to=to, actor=city.officer, **words)
    with pytest.raises(NotAllowed):
        remind(school, "hsinchu-111", to=[], actor=city.officer, **words)
    assert Reminder.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_queries_for_one_row_as_for_three(
    city: SimpleNamespace, as_: As, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        put_into(found_draft(city), "signing")
        at = NOON + datetime.timedelta(minutes=number)
        remind(city.schools[OWN].pk, "hsinchu-111", mark=3, title="主旨", body="內容", to=[city.clerk.user], actor=city.officer, at=at)
    client = as_(city.officer)
    with django_assert_num_queries(6):
        assert client.get("/city/reminders/").content.decode().count('role="rowheader"') == rows
    with django_assert_num_queries(10):
        assert client.get("/city/reminders/new/?mark=3").status_code == 200


def test_the_history_is_narrowed_and_taken_away(city: SimpleNamespace, as_: As) -> None:
    for school, reader, mark in ((OWN, city.clerk, 7), (OTHER, city.other_clerk, 3)):
        remind(city.schools[school].pk, "hsinchu-111", mark=mark, title="=1+1", body="內容", to=[reader.user], actor=city.officer, at=NOON)
    client = as_(city.auditor)
    answer = client.get(f"/city/reminders.csv?q={OWN}")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))  # type: ignore[arg-type]  # a file's
    assert [row[1:] for row in rows[1:]] == [[OWN, "7", "'=1+1", "內容", "clerk", "officer"]]
    assert client.get("/city/reminders/?mark=3").content.decode().count('role="rowheader"') == 1
    assert "沒有這樣的提醒信" in client.get("/city/reminders/?q=沒有").content.decode()
    assert "草擬提醒信" not in client.get("/city/reminders/").content.decode()


def test_after_the_deadline_no_letter_asks_for_what_is_no_longer_possible(city: SimpleNamespace, as_: As, draft: Application) -> None:
    before, late = "請在截止前完成核章與送件", "期限已過，現在不能送件"
    texts = [letters(read(as_(city.officer), OWN_KEY))[OWN_KEY]]
    clock.move_to(datetime.datetime(2022, 3, 31, tzinfo=NOON.tzinfo))
    texts.append(letters(read(as_(city.officer), OWN_KEY, post_key="l" * 24))[OWN_KEY])
    assert [(before in text, late in text) for text in texts] == [(True, False), (False, True)]
