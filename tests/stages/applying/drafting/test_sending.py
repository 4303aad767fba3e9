"""How an application leaves its writers, and comes back to them."""

import re
from collections.abc import Callable
from types import SimpleNamespace

from django.db.models import F
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongxue.records.actor import Actor
from gongxue.records.doors import edit, move
from gongxue.records.models import Application
from tests.records.city import LATER, put, put_into

As = Callable[[Actor], Client]
KEY = "k" * 24


def address(application: Application, what: str) -> str:
    return f"/applications/{application.pk}/{what}/"


def act(browser: Client, application: Application, what: str, **told: object) -> tuple[int, str]:
    answer = browser.post(address(application, what), {"post_key": KEY + what, **told})
    application.refresh_from_db()
    return answer.status_code, application.state


def test_a_good_draft_is_declared_and_sent_and_the_page_says_what_happens_next(city: SimpleNamespace, draft: Application, as_: As) -> None:
    browser = as_(city.convener)
    assert "檢核都通過了" in browser.get(address(draft, "check")).content.decode()
    assert act(browser, draft, "send", version=1, declared="yes") == (302, "signing")
    page = browser.get(address(draft, "sent")).content.decode()
    assert "已送學校核章" in page
    assert "承辦主任 → 會計 → 校長" in page


def test_without_the_declaration_it_comes_back(city: SimpleNamespace, draft: Application, as_: As) -> None:
    answer = as_(city.convener).post(address(draft, "send"), {"post_key": KEY, "version": 1})
    assert answer.status_code == 422
    assert "請勾選確認，再送出。" in answer.content.decode()


def test_with_an_error_the_page_says_what_and_leads_there_and_it_cannot_be_sent(city: SimpleNamespace, draft: Application, as_: As) -> None:
    browser = as_(city.convener)
    edit(draft.pk, [put("summary", draft.document["summary"], "")], actor=city.convener, at=LATER)
    page = browser.get(address(draft, "check")).content.decode()
    assert "送學校核章前，還有 1 件事" in page
    assert f'href="/applications/{draft.pk}/sections/basics/#summary"' in page
    assert 'name="declared"' not in page
    assert act(browser, draft, "send", version=2, declared="yes") == (422, "draft")


def test_what_was_changed_since_it_was_looked_at_is_not_sent_unseen(city: SimpleNamespace, draft: Application, as_: As) -> None:
    edit(draft.pk, [put("name", draft.name, "另一個名稱")], actor=city.member, at=LATER)
    assert act(as_(city.convener), draft, "send", version=1, declared="yes") == (409, "draft")


def test_it_is_recalled_with_one_click_and_written_again(city: SimpleNamespace, draft: Application, as_: As) -> None:
    move(draft.pk, "send_to_school", actor=city.convener, at=LATER)
    browser = as_(city.convener)
    assert "收回修改" in browser.get(address(draft, "check")).content.decode()
    assert act(browser, draft, "recall") == (302, "draft")


def test_it_is_withdrawn_with_a_reason_and_brought_back(city: SimpleNamespace, draft: Application, as_: As) -> None:
    browser = as_(city.convener)
    assert "撤回後不再審查" in browser.get(address(draft, "withdraw")).content.decode()
    assert act(browser, draft, "withdraw", reason=" ") == (422, "draft")
    assert act(browser, draft, "withdraw", reason="今年不申請") == (302, "withdrawn")
    assert "這份申請已撤回" in browser.get(address(draft, "check")).content.decode()
    assert act(browser, draft, "restore") == (302, "draft")


def test_a_completion_goes_back_to_the_city_and_the_page_says_what_was_asked(city: SimpleNamespace, draft: Application, as_: As) -> None:
    put_into(draft, "submitted")
    move(draft.pk, "ask_completion", actor=city.officer, at=LATER, reason="請補簡介")
    browser = as_(city.convener)
    page = browser.get(address(draft, "check")).content.decode()
    assert "請補簡介" in page
    assert "補件送出" in page
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    assert act(browser, draft, "complete", version=version[1], declared="yes") == (302, "submitted")


def test_the_front_page_leads_to_the_next_section_or_to_the_check(city: SimpleNamespace, draft: Application, as_: As) -> None:
    browser, front = as_(city.convener), f"/applications/{draft.pk}/"
    assert f'class="btn btn-primary" href="/applications/{draft.pk}/check/"' in browser.get(front).content.decode()
    edit(draft.pk, [put("summary", draft.document["summary"], "")], actor=city.convener, at=LATER)
    assert "繼續填寫：基本資料" in browser.get(front).content.decode()


def test_a_signer_reads_the_front_page_and_has_nothing_to_write(city: SimpleNamespace, draft: Application, as_: As) -> None:
    page = as_(city.director).get(f"/applications/{draft.pk}/").content.decode()
    assert "繼續填寫" not in page
    assert draft.name in page


def test_and_the_stranger_sends_nothing(city: SimpleNamespace, draft: Application, as_: As) -> None:
    assert act(as_(city.stranger), draft, "send", version=1, declared="yes") == (404, "draft")
    assert act(as_(city.member), draft, "send", version=1, declared="yes") == (403, "draft")
    assert act(as_(city.clerk), draft, "recall") == (403, "draft")


def test_front_and_check_cost_the_same_for_one_row_and_for_fifty(
    city: SimpleNamespace, draft: Application, as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser = as_(city.convener)
    fifty = [{"id": f"s{number}", "content": "共備"} for number in range(50)]
    for rows in (fifty[:1], fifty):
        content = draft.document | {"sessions": rows}
        Application.objects.filter(pk=draft.pk).update(document=content, version=F("version") + 1)
        with django_assert_num_queries(9):
            browser.get(f"/applications/{draft.pk}/")
        with django_assert_num_queries(7):
            browser.get(address(draft, "check"))
