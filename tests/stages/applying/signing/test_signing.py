"""Signing online: what is shown is what is signed, by whose turn it is, with the password, once."""

import datetime
import re
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongxue.records.actor import Actor
from gongxue.records.doors import edit, move
from gongxue.records.models import Application, Notice, Post, Signature, User
from gongxue.records.signatures import signable
from gongxue.records.signing import sign
from gongxue.site import clock
from gongxue.site.once import FIELD
from tests.records.city import LATER, NOON, OWN, SINCE, TODAY, found_draft, put

As = Callable[[Actor], Client]
KEY = "k" * 24
pytestmark = pytest.mark.usefixtures("stopped_clock")


def address(application: Application, rest: str = "") -> str:
    return f"/applications/{application.pk}/signing/{rest}"


def words(html: bytes) -> str:
    """What a reader reads, without white space."""
    return re.sub(r"<[^>]+>|\s", "", html.decode())


def press(browser: Client, application: Application, password: str, key: str = KEY, **changed: Any) -> HttpResponse:
    """The button of the page as it stands now."""
    paper = signable(Application.objects.get(pk=application.pk))
    told = {"version": paper.version, "digest": paper.digest, "password": password, FIELD: key}
    return browser.post(address(application, "sign/"), told | changed)


def test_the_page_shows_what_is_signed_and_whom_it_waits_for(city: SimpleNamespace, as_: As, sent: Application, passwords: str) -> None:
    page = as_(city.director).get(address(sent)).content
    read = words(page)
    assert "等director核章，今天送到" in read
    assert "4,382元（上限5,000元）" in read
    assert f"核章的是這一頁所示的第2版，校驗碼{signable(sent).digest[:12]}" in read
    assert "您以承辦主任核章" in read
    assert "您以" not in words(as_(city.accountant).get(address(sent)).content)
    assert "現在等「承辦主任」核章，還沒輪到您。" in words(as_(city.accountant).get(address(sent)).content)
    assert "核章</button>" not in as_(city.convener).get(address(sent)).content.decode()


def test_three_people_sign_one_after_the_other(city: SimpleNamespace, as_: As, sent: Application, passwords: str) -> None:
    for role in ("director", "accountant", "principal"):
        answer = press(as_(getattr(city, role)), sent, passwords)
        assert (answer.status_code, answer.headers["Location"]) == (302, address(sent, "done/"))
    assert Application.objects.get(pk=sent.pk).state == "signed"
    done = words(as_(city.principal).get(address(sent, "done/")).content)
    assert "三個章都核完了。學校承辦人會收到通知" in done


@pytest.mark.parametrize(("password", "told"), [("", "請輸入密碼。"), ("wrong", "密碼不對，請再輸入一次。")])
def test_without_the_password_nothing_is_signed(
    city: SimpleNamespace, as_: As, sent: Application, passwords: str, password: str, told: str
) -> None:
    answer = press(as_(city.director), sent, password)
    assert (answer.status_code, told in answer.content.decode(), Signature.objects.count()) == (422, True, 0)
    assert press(as_(city.director), sent, passwords).status_code == 302


def test_who_guesses_passwords_is_stopped(city: SimpleNamespace, as_: As, sent: Application, passwords: str) -> None:
    browser = as_(city.director)
    answers = [press(browser, sent, f"guess {number}", key=f"{number}" * 20) for number in range(7)]
    assert {answer.status_code for answer in answers} == {422}
    assert "試了太多次" in answers[-1].content.decode()
    assert Signature.objects.count() == 0


def test_who_has_no_password_must_have_logged_in_within_five_minutes(city: SimpleNamespace, as_: As, sent: Application) -> None:
    user = User.objects.get(pk=city.director.user)
    user.set_unusable_password()
    user.save()
    browser = as_(city.director)
    assert (press(browser, sent, "").status_code, Signature.objects.count()) == (422, 0)
    assert "請先重新登入一次" in press(browser, sent, "").content.decode()
    session = browser.session
    for seconds, status in ((301, 422), (10, 302)):
        entered = clock.real_now().timestamp() - seconds
        session["account_authentication_methods"] = [{"method": "socialaccount", "at": entered}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
        assert press(browser, sent, "", key=f"{seconds}" * 8).status_code == status
    assert Signature.objects.count() == 1


def test_what_changed_since_the_page_was_opened_is_not_signed_and_shown_anew(
    city: SimpleNamespace, as_: As, sent: Application, passwords: str
) -> None:
    shown = signable(sent)
    move(sent.pk, "recall", actor=city.convener, at=NOON)
    edit(sent.pk, [put("name", sent.name, "改過的社群")], actor=city.convener, at=NOON)
    move(sent.pk, "send_to_school", actor=city.convener, at=NOON)
    answer = press(as_(city.director), sent, passwords, version=shown.version, digest=shown.digest)
    assert (answer.status_code, Signature.objects.count()) == (409, 0)
    assert "沒有核章：這份申請書在您開啟之後變了。" in answer.content.decode()
    assert "改過的社群" in answer.content.decode()


def test_a_wrong_password_does_not_hide_that_it_changed(city: SimpleNamespace, as_: As, sent: Application, passwords: str) -> None:
    shown = signable(sent)
    assert "在您開啟之後變了" not in press(as_(city.director), sent, "wrong").content.decode()
    move(sent.pk, "recall", actor=city.convener, at=NOON)
    move(sent.pk, "send_to_school", actor=city.convener, at=NOON)
    answer = press(as_(city.director), sent, "wrong", version=shown.version, digest=shown.digest).content.decode()
    assert ("密碼不對" in answer, "沒有核章：這份申請書在您開啟之後變了。" in answer) == (True, True)


def test_the_page_of_what_was_done_tells_the_readers_own_act_and_what_came_after(
    city: SimpleNamespace, as_: As, sent: Application, passwords: str
) -> None:
    assert as_(city.principal).get(address(sent, "done/")).headers["Location"] == address(sent)
    press(as_(city.director), sent, passwords)
    done = address(sent, "done/")
    page = as_(city.director).get(done).content.decode()
    assert ("之後這份申請書又有變動" in page, "校驗碼" in page) == (False, True)
    move(sent.pk, "recall", actor=city.convener, at=LATER)
    page = words(as_(city.director).get(done).content)
    assert "校驗碼" not in page  # what stands now is not what was signed
    assert ("核章已記錄" in page, "之後這份申請書又有變動（convener，3月24日（四）12:01）。" in page, "現在可以修改內容" in page) == (
        True,
        True,
        False,
    )
    assert "已收回" in words(as_(city.convener).get(done).content)


def test_whoever_cannot_be_counted_just_now_is_not_told_to_have_tried_too_often(
    city: SimpleNamespace, as_: As, sent: Application, passwords: str
) -> None:
    (rate,) = ratelimit.get_rates(app="allauth.account", action="reauthenticate")
    cache.add(f"allauth:rl:allauth.account:reauthenticate:{rate}:user:{city.director.user}:lock", True, timeout=10)
    answer = press(as_(city.director), sent, passwords)
    assert (answer.status_code, Signature.objects.count()) == (503, 0)
    assert ("系統正忙，密碼還沒有核對" in answer.content.decode(), "太快" in answer.content.decode()) == (True, False)


def test_a_wrong_digest_signs_nothing(city: SimpleNamespace, as_: As, sent: Application, passwords: str) -> None:
    assert press(as_(city.director), sent, passwords, digest="0" * 64).status_code == 409
    assert press(as_(city.director), sent, passwords, digest="x").status_code == 302
    assert Signature.objects.count() == 0


def test_a_double_click_and_a_replay_an_hour_later_sign_once(city: SimpleNamespace, as_: As, sent: Application, passwords: str) -> None:
    for role in ("director", "accountant"):
        press(as_(getattr(city, role)), sent, passwords)
    browser, paper = as_(city.principal), signable(Application.objects.get(pk=sent.pk))
    told = {"version": paper.version, "digest": paper.digest, "password": passwords, FIELD: KEY}
    answers = [browser.post(address(sent, "sign/"), told) for _ in range(2)]
    clock.move_to(NOON + datetime.timedelta(hours=1))
    answers.append(browser.post(address(sent, "sign/"), told))
    assert [(answer.status_code, answer.headers["Location"]) for answer in answers] == [(302, address(sent, "done/"))] * 3
    assert Signature.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_four_clicks_at_once_sign_once(city: SimpleNamespace, as_: As, sent: Application, passwords: str) -> None:
    # Of passwords that are being looked at, five at a time are let in: whoever guesses has no more tries for being fast.
    browsers = [as_(city.director) for _ in range(4)]
    gate, answers = threading.Barrier(len(browsers)), []

    def click(browser: Client) -> None:
        try:
            gate.wait()
            answers.append(press(browser, sent, passwords, version=2, digest=signable(sent).digest).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=(browser,)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (answers, Signature.objects.count()) == ([302] * 4, 1)


def test_a_return_says_why_and_voids_the_seals(city: SimpleNamespace, as_: As, sent: Application, passwords: str) -> None:
    press(as_(city.director), sent, passwords)
    browser, paper = as_(city.accountant), signable(Application.objects.get(pk=sent.pk))
    told = {"version": paper.version, "digest": paper.digest, FIELD: KEY}
    answer = browser.post(address(sent, "return/"), told | {"reason": " "})
    assert (answer.status_code, "請寫明原因，讓召集人知道要改什麼。" in answer.content.decode()) == (422, True)
    assert browser.post(address(sent, "return/"), told | {"reason": "雜支超過"}).status_code == 302
    assert Application.objects.get(pk=sent.pk).state == "returned"
    assert list(Signature.objects.values_list("why", flat=True)) == ["return"]
    assert "已退回給召集人" in browser.get(address(sent, "done/")).content.decode()


def test_a_recall_asks_first_and_voids_the_seals(city: SimpleNamespace, as_: As, sent: Application, passwords: str) -> None:
    press(as_(city.director), sent, passwords)
    browser, paper = as_(city.convener), signable(Application.objects.get(pk=sent.pk))
    assert "已經核的章都失效" in browser.get(address(sent, "recall/")).content.decode()
    browser.post(address(sent, "recall/"), {"version": paper.version, "digest": paper.digest, FIELD: KEY})
    assert (Application.objects.get(pk=sent.pk).state, Signature.objects.get().why) == ("draft", "recall")


def test_two_posts_of_one_person_need_a_stand_in_whom_the_principal_names(
    city: SimpleNamespace, as_: As, sent: Application, passwords: str
) -> None:
    Post.objects.filter(role="accountant", school=city.schools[OWN]).delete()
    Post.objects.create(user_id=city.director.user, role="accountant", school=city.schools[OWN], first=SINCE)
    press(as_(city.director), sent, passwords)
    assert "同一個人不核兩次" in as_(city.director).get(address(sent)).content.decode()
    principal = as_(city.principal)
    page = principal.get(address(sent, "stand-in/")).content.decode()
    assert re.findall(r'<option value="\d+"[^>]*>(\w+)<', page) == ["clerk", "convener", "member"]
    told = {"role": "accountant", "person": city.clerk.user, "last": "111/3/30", FIELD: KEY}
    assert principal.post(address(sent, "stand-in/"), told | {"person": city.director.user}).status_code == 422
    assert principal.post(address(sent, "stand-in/"), told).status_code == 302
    assert "等director核章（代理：clerk）" in words(principal.get(address(sent)).content)
    assert "您代理會計核章" in as_(city.clerk).get(address(sent)).content.decode()
    press(as_(city.clerk), sent, passwords)
    assert "會計clerk（代理）" in words(as_(city.clerk).get(address(sent)).content)


def test_a_change_after_the_seals_is_told_to_who_set_them(city: SimpleNamespace, sent: Application) -> None:
    for role in ("director", "accountant", "principal"):
        paper = signable(Application.objects.get(pk=sent.pk))
        sign(sent.pk, version=paper.version, digest=paper.digest, actor=getattr(city, role), at=LATER)
    move(sent.pk, "submit", actor=city.clerk, at=LATER)
    move(sent.pk, "ask_completion", actor=city.officer, at=LATER, reason="請補")
    edit(sent.pk, [put("name", sent.name, "補件後")], actor=city.convener, at=LATER)
    edit(sent.pk, [put("name", "補件後", "又改")], actor=city.convener, at=LATER)
    told = Notice.objects.filter(kind="void_signatures").order_by("user__name")
    assert list(told.values_list("user__name", "urgent")) == [("accountant", True), ("director", True), ("principal", True)]


def test_the_list_holds_what_waits_for_the_reader_and_nothing_else(city: SimpleNamespace, as_: As, sent: Application) -> None:
    assert sent.name in as_(city.director).get("/applications/signing/").content.decode()
    assert "沒有等您核章的申請書" in as_(city.principal).get("/applications/signing/").content.decode()
    assert "沒有符合的申請書" in as_(city.director).get("/applications/signing/?q=沒有這個").content.decode()
    sheet = as_(city.director).get("/applications/signing/as/csv").getvalue().decode("utf-8-sig")  # type: ignore[attr-defined]  # a stream
    assert sheet.splitlines()[1].startswith(f"{sent.name},{OWN},")
    assert as_(city.other_principal).get("/applications/signing/").content.decode().count(sent.name) == 0


def test_after_one_paper_the_next_is_offered(city: SimpleNamespace, as_: As, sent: Application, passwords: str) -> None:
    other = found_draft(city)
    move(other.pk, "send_to_school", actor=city.convener, at=LATER)
    browser = as_(city.director)
    press(browser, sent, passwords)
    page = browser.get(address(sent, "done/")).content.decode()
    assert f'href="{address(other)}"' in page
    assert "還有 1 份等您核章。" in page


def test_lists_and_pages_ask_the_same_number_of_questions_however_long_they_are(city: SimpleNamespace, as_: As, sent: Application) -> None:
    browser = as_(city.director)

    def asked(path: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(path).status_code == 200
        return len(queries)

    assert (asked("/applications/signing/"), asked(address(sent))) == (7, 14)
    for _ in range(2):
        move(found_draft(city).pk, "send_to_school", actor=city.convener, at=LATER)
    assert (asked("/applications/signing/"), asked(address(sent))) == (7, 14)


def test_a_stand_in_of_today_only_is_no_stand_in_tomorrow(city: SimpleNamespace, as_: As, sent: Application, passwords: str) -> None:
    post = Post.objects.get(role="director", school=city.schools[OWN])
    Post.objects.create(user_id=city.clerk.user, role="director", school=city.schools[OWN], first=TODAY, last=TODAY, stands_in_for=post)
    clock.move_to(NOON + datetime.timedelta(days=1))
    assert press(as_(city.clerk), sent, passwords).status_code == 403
    assert Signature.objects.count() == 0


@pytest.mark.parametrize("last", ["111/3/1", "112/3/30"])
def test_days_that_no_stand_in_can_have_are_told_beside_the_day_and_what_was_chosen_stays(
    city: SimpleNamespace, as_: As, sent: Application, last: str
) -> None:
    told = {"role": "accountant", "person": city.clerk.user, "last": last, FIELD: KEY}
    answer = as_(city.principal).post(address(sent, "stand-in/"), told)
    page = answer.content.decode()
    assert (answer.status_code, "代理期間從今天起，最長 60 天。" in page.split('id="id_last"')[0]) == (422, True)
    assert [words in page for words in (f'value="{last}"', '<option value="accountant" selected>')] == [True, True]
