"""The clerk submits each or all, and is told of each; takes back; sends a completion; withdraws."""

import datetime
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from gongxue.records.actor import Actor
from gongxue.records.doors import edit, move
from gongxue.records.models import Application, Message, Receipt, User
from gongxue.records.openings import open_late
from gongxue.records.programmes import programme_of
from gongxue.site import clock
from gongxue.site.mail import attaching
from tests.records.city import LATER, NOON, OWN, PARTNER, found_draft, put, put_into, take_to_signed

pytestmark = pytest.mark.usefixtures("stopped_clock")
As = Callable[[Actor], Client]
KEY = "k" * 24
CLOSES = datetime.datetime(2022, 3, 31, tzinfo=NOON.tzinfo)


@pytest.fixture
def signed(city: SimpleNamespace, draft: Application) -> Application:
    """The draft with its whole chain."""
    return take_to_signed(city, draft)


@pytest.fixture
def submitted(city: SimpleNamespace, signed: Application) -> Application:
    """The draft, submitted."""
    return move(signed.pk, "submit", actor=city.clerk, at=NOON)


def send(browser: Client, city: SimpleNamespace, *picks: Application, key: str = KEY) -> Any:
    data = {"pick": [f"{each.pk}.{each.version}" for each in picks], "post_key": key}
    return browser.post(f"/schools/{city.schools[OWN].key}/submit/", data)


def act(browser: Client, application: Application, what: str, **data: Any) -> HttpResponse:
    told = {"post_key": KEY, "seen": str(application.version), **data}
    return browser.post(f"/applications/{application.pk}/{what}/", told)  # type: ignore[return-value]


def test_the_page_lists_what_is_signed_ticked_and_what_still_waits(city: SimpleNamespace, as_: As, signed: Application) -> None:
    take_to_signed(city, found_draft(city, "thematic"))
    page = as_(city.clerk).get(f"/schools/{city.schools[OWN].key}/submit/").content.decode()
    assert page.count('type="checkbox"') == page.count(" checked>") == 1
    assert f"{PARTNER}尚未確認成員，還不能送" in page


def test_one_of_them_is_named_by_the_address(city: SimpleNamespace, as_: As, signed: Application) -> None:
    other = take_to_signed(city, found_draft(city))
    page = as_(city.clerk).get(f"/schools/{city.schools[OWN].key}/submit/", {"of": str(other.pk)}).content.decode()
    assert (page.count('type="checkbox"'), page.count(" checked>")) == (2, 1)


def test_what_is_submitted_gets_a_receipt_and_one_letter_each_to_clerk_and_convener(
    city: SimpleNamespace, as_: As, signed: Application
) -> None:
    page = send(as_(city.clerk), city, signed)
    assert (page.status_code, "已送件 1 件" in page.content.decode(), "111-0001" in page.content.decode()) == (200, True, True)
    letters = Message.objects.filter(letter="submitting/receipt").order_by("to")
    assert [(letter.to, letter.title) for letter in letters] == [
        (f"{who}@example.edu.tw", "已送件：繪本說演共學社群（回執 111-0001）") for who in ("clerk", "convener")
    ]
    assert [(letter.maker, letter.maker_args) for letter in letters] == [("receipt", [Receipt.objects.get().pk])] * 2
    file = attaching.make(letters[0].maker, *letters[0].maker_args)
    assert (file.name, file.kind, file.data[:5]) == ("送件回執-111-0001.pdf", "application/pdf", b"%PDF-")


def test_the_letter_is_in_the_reader_s_language(city: SimpleNamespace, as_: As, signed: Application) -> None:
    User.objects.filter(pk=city.convener.user).update(language="en")
    send(as_(city.clerk), city, signed)
    letter = Message.objects.get(letter="submitting/receipt", to="convener@example.edu.tw")
    assert letter.title == "Submitted: 繪本說演共學社群 (receipt 111-0001)"
    assert f"/applications/{signed.pk}/receipt/" in letter.body


def test_all_are_submitted_in_one_go_and_what_is_refused_is_told_beside_them(city: SimpleNamespace, as_: As, signed: Application) -> None:
    other, waiting = take_to_signed(city, found_draft(city)), take_to_signed(city, found_draft(city, "thematic"))
    page = send(as_(city.clerk), city, signed, other, waiting).content.decode()
    assert "已送件 2 件" in page
    assert "「溪流走讀課程社群」沒有送出" in page
    assert f"{PARTNER}尚未確認成員，請該校承辦人或主任登入確認。" in page
    assert sorted(Receipt.objects.values_list("text", flat=True)) == ["111-0001", "111-0002"]


@pytest.mark.parametrize("times", [2, 3])
def test_the_same_form_sent_again_has_one_effect(city: SimpleNamespace, as_: As, signed: Application, times: int) -> None:
    answers = [send(as_(city.clerk), city, signed).content for _ in range(times)]
    assert len(set(answers)) == 1
    assert (Receipt.objects.count(), Message.objects.filter(letter="submitting/receipt").count()) == (1, 2)


def test_the_same_form_sent_again_an_hour_later_or_another_one_of_before_has_one_effect(
    city: SimpleNamespace, as_: As, signed: Application
) -> None:
    first = send(as_(city.clerk), city, signed)
    clock.move_to(NOON + datetime.timedelta(hours=1))
    assert send(as_(city.clerk), city, signed).content == first.content
    other = send(as_(city.clerk), city, signed, key="o" * 24)
    assert (other.status_code, "111-0001" in other.content.decode()) == (200, True)
    assert "先前已於 111年3月24日（四）12:00:00 送件，這次沒有再送一次。" in other.content.decode()
    told = "先前已於" in first.content.decode(), "<dd>111年3月24日（四） 12:00</dd>" in other.content.decode()
    assert told == (False, True)
    assert (Receipt.objects.count(), Message.objects.filter(letter="submitting/receipt").count()) == (1, 2)


def test_nothing_ticked_comes_back_and_says_so(city: SimpleNamespace, as_: As, signed: Application) -> None:
    page = send(as_(city.clerk), city)
    assert (page.status_code, "請至少勾選一件。" in page.content.decode()) == (422, True)


@pytest.mark.parametrize("pick", ["x", "x.1", "1.1", "00000000-0000-0000-0000-000000000000.x"])
def test_what_is_no_tick_is_refused(city: SimpleNamespace, as_: As, signed: Application, pick: str) -> None:
    data = {"pick": [pick], "post_key": KEY}
    assert as_(city.clerk).post(f"/schools/{city.schools[OWN].key}/submit/", data).status_code == 422


def test_what_changed_since_it_was_seen_is_not_submitted(city: SimpleNamespace, as_: As, signed: Application) -> None:
    signed.version -= 1
    page = send(as_(city.clerk), city, signed)
    assert (page.status_code, "請看過現在的內容再試" in page.content.decode()) == (409, True)
    assert f'href="/applications/{signed.pk}/"' in page.content.decode()
    assert Receipt.objects.count() == 0


def test_after_the_deadline_the_page_says_so_and_the_door_is_shut(city: SimpleNamespace, as_: As, signed: Application) -> None:
    clock.move_to(CLOSES)
    page = as_(city.clerk).get(f"/schools/{city.schools[OWN].key}/submit/").content.decode()
    assert "已於 111年3月30日（三）23:59 截止，不能再送件。" in page
    assert "<form method" not in page.split("<main")[1].split("</main")[0]
    answer = send(as_(city.clerk), city, signed)
    assert (answer.status_code, "逾期恕不受理" in answer.content.decode()) == (409, True)


def test_a_clerk_cannot_submit_for_another_school(city: SimpleNamespace, as_: As, signed: Application) -> None:
    data = {"pick": [f"{signed.pk}.{signed.version}"], "post_key": KEY}
    page = as_(city.other_clerk).post(f"/schools/{city.schools['關埔國小'].key}/submit/", data)
    assert (page.status_code, "找不到這份資料。" in page.content.decode()) == (409, True)
    assert Receipt.objects.count() == 0


def test_the_receipt_says_when_it_came_in_and_is_downloaded(city: SimpleNamespace, as_: As, submitted: Application) -> None:
    for who in ("clerk", "convener", "principal", "officer"):
        page = as_(getattr(city, who)).get(f"/applications/{submitted.pk}/receipt/").content.decode()
        assert ("111-0001" in page, "111年3月24日（四）12:00:00" in page, "撤回送件" in page) == (True, True, who in ("clerk", "principal"))
    file = as_(city.convener).get(f"/applications/{submitted.pk}/receipt/111-0001.pdf")
    assert (file.headers["Content-Type"], file.content[:5]) == ("application/pdf", b"%PDF-")
    assert as_(city.convener).get(f"/applications/{submitted.pk}/receipt/111-0002.pdf").status_code == 404


def test_the_receipt_of_a_late_opening_says_that_it_is_one(city: SimpleNamespace, as_: As, signed: Application) -> None:
    until, after = CLOSES + datetime.timedelta(days=3), CLOSES + datetime.timedelta(minutes=10)
    programme = programme_of(signed.programme, signed.programme_version)
    open_late(city.schools[OWN].pk, programme, until=until, reason="颱風停班", actor=city.officer, at=after)
    move(signed.pk, "submit", actor=city.clerk, at=after)
    page = as_(city.clerk).get(f"/applications/{signed.pk}/receipt/").content.decode()
    assert "111年4月2日（六）23:59<br>市府為本校逾期開放；全市於 111年3月30日（三）23:59 截止" in page


def test_the_hash_in_the_receipt_s_foot_is_known_to_everybody(
    client: Client, city: SimpleNamespace, as_: As, submitted: Application
) -> None:
    seal = Receipt.objects.get().seal[:12]
    page = client.get("/verify/", {"digest": seal}).content.decode()
    assert ("屬於這裡發出的送件回執" in page, "這份回執有效" in page, "111-0001" in page) == (True, True, False)
    assert "111-0001" in as_(city.clerk).get("/verify/", {"digest": seal}).content.decode()
    move(submitted.pk, "recall_submission", actor=city.clerk, at=LATER)
    assert "這份回執已經失效" in client.get("/verify/", {"digest": seal}).content.decode()


def test_without_a_submission_there_is_no_receipt_and_it_says_when_there_will_be(
    city: SimpleNamespace, as_: As, draft: Application
) -> None:
    assert "現在沒有有效的回執" in as_(city.clerk).get(f"/applications/{draft.pk}/receipt/").content.decode()


def test_a_submission_is_taken_back_after_asking(city: SimpleNamespace, as_: As, submitted: Application) -> None:
    browser = as_(city.clerk)
    assert "現在的回執失效" in browser.get(f"/applications/{submitted.pk}/submission/recall/").content.decode()
    answer = act(browser, submitted, "submission/recall")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/schools/{city.schools[OWN].key}/?recalled=1")
    assert "核章仍然有效" in browser.get(answer.headers["Location"]).content.decode()
    page = browser.get(f"/applications/{submitted.pk}/receipt/").content.decode()
    assert ("已經失效的回執" in page, "撤回送件" in page) == (True, True)
    submitted.refresh_from_db()
    assert submitted.state == "signed"


def test_a_completion_shows_what_the_city_asked_for_and_gets_a_receipt_of_its_own(
    city: SimpleNamespace, as_: As, submitted: Application
) -> None:
    application = move(submitted.pk, "ask_completion", actor=city.officer, at=NOON, reason="請補第三場的講座單位。")
    browser = as_(city.clerk)
    assert "請補第三場的講座單位。" in browser.get(f"/applications/{application.pk}/submission/complete/").content.decode()
    answer = act(browser, application, "submission/complete")
    assert answer.headers["Location"] == f"/applications/{application.pk}/receipt/"
    page = browser.get(answer.headers["Location"]).content.decode()
    assert ("111-0002" in page, "補件送出" in page) == (True, True)
    titles = list(Message.objects.filter(letter="submitting/receipt", to="clerk@example.edu.tw").values_list("title", flat=True))
    assert titles == ["已送件：繪本說演共學社群（回執 111-0001）", "補件已送出：繪本說演共學社群（回執 111-0002）"]


def test_an_application_is_withdrawn_with_a_reason(city: SimpleNamespace, as_: As, draft: Application) -> None:
    browser = as_(city.principal)
    page = act(browser, draft, "submission/withdraw", reason="  ")
    assert (page.status_code, "請寫明原因" in page.content.decode()) == (422, True)
    assert (
        act(browser, draft, "submission/withdraw", reason="召集人調校").headers["Location"]
        == f"/schools/{city.schools[OWN].key}/?withdrawn=1"
    )
    draft.refresh_from_db()
    assert draft.state == "withdrawn"


def test_a_convener_who_withdraws_is_led_home(city: SimpleNamespace, as_: As, draft: Application) -> None:
    assert act(as_(city.convener), draft, "submission/withdraw", reason="不辦了").headers["Location"] == "/home/"


@pytest.mark.parametrize(
    ("what", "state"), [("submission/recall", "submitted"), ("submission/complete", "completing"), ("submission/withdraw", "draft")]
)
def test_what_moved_on_meanwhile_is_not_touched(city: SimpleNamespace, as_: As, draft: Application, what: str, state: str) -> None:
    application = put_into(draft, state)
    application.version -= 1
    assert act(as_(city.clerk), application, what, reason="x").status_code == 409
    application.refresh_from_db()
    assert application.state == state


@pytest.mark.parametrize("what", ["receipt", "submission/recall", "submission/complete", "submission/withdraw"])
@pytest.mark.parametrize("who", ["other_clerk", "other_principal", "reviewer", "stranger"])
def test_a_stranger_finds_what_is_not_there(city: SimpleNamespace, as_: As, submitted: Application, what: str, who: str) -> None:
    browser = as_(getattr(city, who))
    nowhere = browser.get(f"/applications/00000000-0000-0000-0000-000000000000/{what}/")
    foreign = browser.get(f"/applications/{submitted.pk}/{what}/")
    assert (foreign.status_code, foreign.content) == (404, nowhere.content)


def test_a_link_that_knows_the_application_alone_leads_to_the_school_s_page(city: SimpleNamespace, as_: As, signed: Application) -> None:
    answer = as_(city.clerk).get(f"/applications/{signed.pk}/submission/")
    assert answer.headers["Location"] == f"/schools/{city.schools[OWN].key}/submit/?of={signed.pk}"


def test_the_page_names_what_cannot_be_submitted_yet_and_why(city: SimpleNamespace, as_: As, signed: Application) -> None:
    sent, wrong, written = found_draft(city), found_draft(city, "thematic"), found_draft(city)
    move(sent.pk, "send_to_school", actor=city.convener, at=NOON)
    edit(wrong.pk, [put("summary", wrong.document["summary"], "")], actor=city.convener, at=NOON)
    page = as_(city.clerk).get(f"/schools/{city.schools[OWN].key}/submit/").content.decode()
    part = page.split('id="not-yet"')[1].split("</section>")[0]
    assert "還有 3 件不能送" in part
    assert [words in part for words in ("等承辦主任核章", "還有 1 件事要改正", "等召集人送學校核章")] == [True] * 3
    assert [f"/applications/{each.pk}/" in part for each in (sent, wrong, written, signed)] == [True, True, True, False]


def test_after_the_deadline_the_page_that_recalls_a_submission_offers_nothing(city: SimpleNamespace, as_: As, signed: Application) -> None:
    send(as_(city.clerk), city, signed)
    address = f"/applications/{signed.pk}/submission/recall/"
    assert "<button" in as_(city.clerk).get(address).content.decode().split("<main")[1].split("</main")[0]
    clock.move_to(CLOSES)
    main = as_(city.clerk).get(address).content.decode().split("<main")[1].split("</main")[0]
    assert ("不能再撤回送件" in main, "<button" in main) == (True, False)
