"""Looking back: versions, what differs between two, one brought back, and the trail narrowed and exported."""

import datetime
import re
import uuid
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongxue.records.actor import Actor
from gongxue.records.changes import Change
from gongxue.records.doors import edit
from gongxue.records.models import Application, Snapshot
from gongxue.site.once import FIELD
from tests.records.city import NOON, found_draft, put, put_into

As = Callable[[Actor], Client]
LOOKS_BACK = ["convener", "member", "clerk", "director", "accountant", "principal", "officer", "supervisor", "centre_staff", "auditor"]
NOT_THERE = ["partner_clerk", "partner_director", "other_clerk", "other_principal", "reviewer", "stranger"]
KEY = "k" * 24


def hours(count: int) -> datetime.datetime:
    return NOON + datetime.timedelta(hours=count)


def address(draft: Application, rest: str = "") -> str:
    return f"/applications/{draft.pk}/history/{rest}"


def words(html: bytes) -> str:
    """What a reader reads, without white space."""
    return re.sub(r"<[^>]+>|\s", "", html.decode())


@pytest.fixture
def written(city: SimpleNamespace, draft: Application) -> Application:
    """The draft after three spells of writing: version 4; 1, 2 and 3 are kept."""
    summary, session = draft.document["summary"], draft.document["sessions"][0]
    edit(draft.pk, [put("name", draft.name, "繪本與說演共學社群")], actor=city.convener, at=hours(1))
    edit(draft.pk, [put("summary", summary, summary[:-4] + "與閱讀。")], actor=city.member, at=hours(2))
    place = put(f"sessions/{session['id']}/place", session["place"], "視聽教室")
    edit(draft.pk, [place, put("tier", "autonomous", "thematic")], actor=city.convener, at=hours(3))
    draft.refresh_from_db()
    return draft


def test_versions_say_who_wrote_them_when_and_why_they_were_kept(city: SimpleNamespace, as_: As, written: Application) -> None:
    page = words(as_(city.clerk).get(address(written)).content)
    assert "第4版111年3月24日（四）15:00convener目前的內容" in page
    assert "第3版111年3月24日（四）14:00member下一段修改之前" in page
    assert "恢復這一版第3版" in page


def test_two_versions_are_compared_word_by_word(city: SimpleNamespace, as_: As, written: Application) -> None:
    page = as_(city.convener).get(address(written, "compare/?before=1&after=2")).content.decode()
    assert "第 1 版到第 2 版，有 1 處不同" in page
    assert '繪本<ins><span class="visually-hidden">［新增］</span>與</ins>說演共學社群' in page


def test_codes_and_rows_are_told_in_the_forms_words(city: SimpleNamespace, as_: As, written: Application) -> None:
    page = words(as_(city.convener).get(address(written, "compare/?before=3&after=4")).content)
    assert "申請類別［刪去］專業自主學習社群→［新增］專題實踐學習社群" in page
    assert "進度規劃第1列・地點" in page


def test_added_and_removed_rows_are_told_whole(city: SimpleNamespace, as_: As, draft: Application) -> None:
    row = draft.document["members"][0]
    changes = [
        Change("insert", "members", value={"name": "新成員", "school": "東園國小"}, row="new"),
        Change("remove", "members", row=row["id"]),
    ]
    edit(draft.pk, changes, actor=city.convener, at=hours(1))
    page = words(as_(city.convener).get(address(draft, "compare/")).content)
    assert "新增成員第1列服務學校東園國小姓名新成員" in page
    assert f"刪除成員第1列服務學校{row['school']}姓名{row['name']}" in page


@pytest.mark.parametrize("query", ["before=99", "before=4&after=99", "before=0"])
def test_a_version_that_was_never_kept_is_not_there(city: SimpleNamespace, as_: As, written: Application, query: str) -> None:
    assert as_(city.convener).get(address(written, f"compare/?{query}")).status_code == 404
    assert as_(city.convener).get(address(written, "restore/99/")).status_code == 404


def test_restoring_asks_first_and_can_be_undone(city: SimpleNamespace, as_: As, written: Application) -> None:
    browser = as_(city.convener)
    asked = browser.get(address(written, "restore/1/")).content.decode()
    assert "恢復第 1 版的內容？" in asked
    written.refresh_from_db()
    assert (written.version, written.name) == (4, "繪本與說演共學社群")
    answer = browser.post(address(written, "restore/1/"), {"seen": 4, FIELD: KEY})
    assert (answer.status_code, answer.headers["Location"]) == (302, address(written, "?restored=1&was=4"))
    written.refresh_from_db()
    assert (written.version, written.name, written.tier) == (5, "繪本說演共學社群", "autonomous")
    assert "反悔，回到第 4 版" in browser.get(answer.headers["Location"]).content.decode()
    browser.post(address(written, "restore/4/"), {"seen": 5, FIELD: "o" * 24})
    written.refresh_from_db()
    assert (written.version, written.name, written.tier) == (6, "繪本與說演共學社群", "thematic")


@pytest.mark.parametrize("query", ["restored=1&was=77", "restored=77&was=1", "restored=x&was=-1", "was=99999999999"])
def test_an_address_that_somebody_made_up_is_told_nothing(city: SimpleNamespace, as_: As, written: Application, query: str) -> None:
    assert "反悔" not in as_(city.convener).get(address(written, f"?{query}")).content.decode()


def test_restoring_over_what_somebody_wrote_meanwhile_is_refused(city: SimpleNamespace, as_: As, written: Application) -> None:
    edit(written.pk, [put("name", "繪本與說演共學社群", "又改了")], actor=city.member, at=hours(4))
    answer = as_(city.convener).post(address(written, "restore/1/"), {"seen": 4, FIELD: KEY})
    written.refresh_from_db()
    assert (answer.status_code, written.name) == (409, "又改了")


def test_nothing_is_restored_while_the_school_signs(city: SimpleNamespace, as_: As, written: Application) -> None:
    put_into(written, "signing")
    browser = as_(city.convener)
    assert [browser.get(address(written, "restore/1/")).status_code, browser.get(address(written)).status_code] == [403, 200]
    assert "恢復這一版" not in browser.get(address(written)).content.decode()


def test_the_timeline_is_narrowed_by_person_and_by_what_was_done(city: SimpleNamespace, as_: As, written: Application) -> None:
    browser = as_(city.convener)
    page = browser.get(address(written)).content.decode()
    assert [page.count("timeline__what"), page.count("修改內容</p>"), page.count("開始撰寫</p>")] == [4, 3, 1]
    mine = browser.get(address(written, f"?by={city.member.user}")).content.decode()
    started = browser.get(address(written, "?verb=start")).content.decode()
    neither = browser.get(address(written, "?by=x&verb=submit")).content.decode()
    assert [each.count("timeline__what") for each in (mine, started, neither)] == [1, 1, 0]
    assert "沒有這樣的紀錄" in neither


def test_the_timeline_is_paged(city: SimpleNamespace, as_: As, draft: Application) -> None:
    for number in range(31):
        name = draft.name if number == 0 else f"名字 {number - 1}"
        edit(draft.pk, [put("name", name, f"名字 {number}")], actor=city.convener, at=hours(0))
    browser = as_(city.convener)
    counts = [
        browser.get(address(draft, f"?by={city.convener.user}&page={page}")).content.decode().count("timeline__what") for page in (1, 2)
    ]
    assert counts == [30, 2]


def test_the_exported_timeline_says_the_same_and_holds_no_formulas(city: SimpleNamespace, as_: As, written: Application) -> None:
    edit(written.pk, [put("name", "繪本與說演共學社群", "=1+1")], actor=city.member, at=hours(4))
    answer = as_(city.convener).get(address(written, f"timeline.csv?by={city.member.user}"))
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]  # the answer is a file
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert lines == [
        "序號,時間,人,職務,代理,事項,版本,狀態,原因,改了哪些",
        "5,2022-03-24 16:00:00,member,成員,,修改內容,5,,,社群名稱",
        "3,2022-03-24 14:00:00,member,成員,,修改內容,3,,,社群內容概述",
    ]


def read(answer: HttpResponse) -> HttpResponse:
    """An answer; one that is a file is read to its end."""
    for _ in answer.streaming_content if answer.streaming else ():  # type: ignore[attr-defined]  # a file's answer streams
        pass
    return answer


@pytest.mark.parametrize("rest", ["", "compare/", "timeline.csv"])
def test_who_may_look_back_and_for_whom_there_is_nothing(city: SimpleNamespace, as_: As, written: Application, rest: str) -> None:
    nothing = as_(city.stranger).get(f"/applications/{uuid.UUID(int=7)}/history/{rest}").content
    statuses = {name: read(as_(getattr(city, name)).get(address(written, rest))).status_code for name in LOOKS_BACK}
    answers = [as_(getattr(city, name)).get(address(written, rest)) for name in NOT_THERE]
    assert statuses == dict.fromkeys(LOOKS_BACK, 200)
    assert {(each.status_code, each.content) for each in answers} == {(404, nothing)}


def test_a_partner_school_sees_the_paper_and_not_how_it_was_written(city: SimpleNamespace, as_: As) -> None:
    shared = found_draft(city, "thematic")
    browser = as_(city.partner_clerk)
    assert [browser.get(f"/applications/{shared.pk}/preview/").status_code, browser.get(address(shared)).status_code] == [200, 403]


def test_a_long_history_costs_the_same_queries(city: SimpleNamespace, as_: As, draft: Application) -> None:
    browser, counts = as_(city.convener), []
    browser.get(address(draft))
    for spell in (1, 3):
        for number in range(spell):
            name = Application.objects.get(pk=draft.pk).name
            edit(draft.pk, [put("name", name, f"第 {spell} 輪 {number}")], actor=city.convener, at=hours(spell * 10 + number))
        with CaptureQueriesContext(connection) as queries:
            browser.get(address(draft))
        counts.append((Snapshot.objects.count(), len(queries)))
    assert counts == [(1, 12), (4, 12)]
