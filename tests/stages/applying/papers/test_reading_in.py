"""Starting from a file, or replacing by one: what was read is shown first; what cannot be read is told, and harms nobody."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongxue.documents.application_form import application_form
from gongxue.documents.docx import render_docx
from gongxue.documents.odt import render_odt
from gongxue.records.actor import Actor
from gongxue.records.doors import edit
from gongxue.records.models import Application, PostKey, Snapshot, TrailEntry
from gongxue.rules.exchange import read
from gongxue.rules.programme_file import load_programme
from gongxue.rules.text import Text
from gongxue.site.once import FIELD
from gongxue.site.slots import slot
from gongxue.stages.applying.papers import reading
from tests.documents.reading.hostile_zips import ZIP_FILES
from tests.records.city import LATER, document, put, put_into

As = Callable[[Actor], Client]
KEY = "k" * 24
PLAN = load_programme("hsinchu-111")


def form(kind: str, base: str = "autonomous", **changes: Any) -> bytes:
    """A filled 附件二."""
    application = read(json.dumps({**document(base), **changes}).encode())
    return {"docx": render_docx, "odt": render_odt}[kind](application_form(application, PLAN)).data


def sent(browser: Client, data: bytes, name: str = "form.docx", address: str = "/applications/read-in/") -> HttpResponse:
    return browser.post(address, {"file": SimpleUploadedFile(name, data)})  # type: ignore[return-value]  # of the test's client


def carried(answer: HttpResponse) -> str:
    """What the page carries along."""
    found = re.search(r'name="content" value="([^"]*)"', answer.content.decode())
    assert found is not None
    return unescape(found[1])


@pytest.mark.parametrize("kind", ["docx", "odt", "json"])
def test_a_filled_form_becomes_a_draft_of_the_same_content(city: SimpleNamespace, as_: As, kind: str) -> None:
    browser = as_(city.convener)
    data = json.dumps(document()).encode() if kind == "json" else form(kind)
    shown = sent(browser, data, "無所謂的名字.txt")
    page = shown.content.decode()
    assert (shown.status_code, "繪本說演共學社群" in page, "用這份內容開草稿" in page) == (200, True, True)
    assert Application.objects.count() == 0
    made = browser.post("/applications/read-in/start/", {"content": carried(shown), FIELD: KEY})
    application = Application.objects.get()
    assert (made.status_code, made.headers["Location"]) == (302, f"/applications/{application.pk}/")
    assert (application.name, application.asked, application.made_by_id) == ("繪本說演共學社群", 4382, city.convener.user)


def test_the_same_page_sent_twice_makes_one_draft(city: SimpleNamespace, as_: As) -> None:
    browser = as_(city.convener)
    content = carried(sent(browser, form("odt")))
    for _ in range(2):
        browser.post("/applications/read-in/start/", {"content": content, FIELD: KEY})
    assert Application.objects.count() == 1


def test_what_could_not_be_read_is_told_cell_by_cell(city: SimpleNamespace, as_: As) -> None:
    members = [{"school": "東園國小", "name": "王小明"}]
    data = form("odt", members=members, budget=[{"line": "printing", "quantity": 20, "unit_price": 50, "amount": 1000}])
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            target.writestr(entry, content.replace(b">1,000<", ">一千元整左右<".encode()))
    page = sent(as_(city.convener), buffer.getvalue(), "x.odt").content.decode()
    assert "處看不懂，會留白" in page
    assert "一千元整左右" in page


def test_findings_stand_on_the_page_with_figures(city: SimpleNamespace, as_: As) -> None:
    page = sent(as_(city.convener), json.dumps({**document(), "members": []}).encode()).content.decode()
    assert "件事要改正" in page
    assert 'data-rule="members.minimum"' in page


def test_a_file_of_another_programme_comes_under_the_present_one_and_says_so(city: SimpleNamespace, as_: As) -> None:
    shown = sent(as_(city.convener), json.dumps({**document(), "programme": "hsinchu-110"}).encode())
    assert "檔案是 hsinchu-110 的，這裡會依 hsinchu-111 的規定檢核" in shown.content.decode()
    assert json.loads(carried(shown))["programme"] == "hsinchu-111"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "檔案是空的"),
        (b"  \n ", "檔案是空的"),
        (b"<!doctype html><html><script>alert(1)</script></html>", "是網頁（HTML）"),
        (b"%PDF-1.7\n%%EOF", "是 PDF"),
        (b"\xff\xd8\xff\xe0" + b"0" * 99, "是圖片"),
        (b"no file of any kind", "不是 Word 或 ODF 文件"),
        (b'{"programme": "hsinchu-111", "nam": 1}', "nam"),
        (b'{"programme": "hsinchu-111", "name": 5}', "第 1 行"),
        (b"[]", "應為"),
        (b"{" * 100_000, "x.docx：第 1 行"),
        (b'{"programme": "hsinchu-111", "summary": "' + b"x" * 20_001 + b'"}', "最多 20,000 字"),
        (b'{"programme": "hsinchu-111", "members": [' + b",".join([b"{}"] * 501) + b"]}", "最多 500 列"),
        (b'{"programme": "' + b"x" * 1_000_000 + b'"}', "超過 1,000 KB"),
    ],
)
def test_what_is_no_filled_form_is_refused_in_words_and_the_page_asks_again(city: SimpleNamespace, as_: As, data: bytes, told: str) -> None:
    answer = sent(as_(city.convener), data, "x.docx")
    assert (answer.status_code, told in unescape(answer.content.decode())) == (422, True)
    assert 'type="file"' in answer.content.decode()


@pytest.mark.parametrize("name", ["bomb of 300 MB", "bomb that says it is small", "entries that overlap", "PDF before the ZIP"])
def test_zip_files_made_to_hurt_are_refused(city: SimpleNamespace, as_: As, name: str) -> None:
    make, reason = ZIP_FILES[name]
    answer = sent(as_(city.convener), make())
    assert reason is not None
    assert (answer.status_code, reason.zh in answer.content.decode()) == (422, True)


def test_a_file_that_is_too_large_is_not_even_read(city: SimpleNamespace, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 1000)
    answer = sent(as_(city.convener), form("docx"))
    assert (answer.status_code, "檔案超過 20 MB" in answer.content.decode()) == (422, True)


def test_while_another_file_is_read_one_is_asked_to_wait(city: SimpleNamespace, as_: As) -> None:
    with slot("read_form", seconds=15, busy=Text("", "")):
        answer = sent(as_(city.convener), form("docx"))
    assert (answer.status_code, "現在正在讀別人的檔案" in answer.content.decode()) == (503, True)
    assert sent(as_(city.convener), form("docx")).status_code == 200


def test_the_name_of_a_file_is_only_text(city: SimpleNamespace, as_: As) -> None:
    page = sent(as_(city.convener), form("docx"), '"><script>alert(1)</script>.docx').content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("content", ["", "{}", '{"programme": "hsinchu-111", "name": ["x"]}', "\ud800"])
def test_a_page_that_was_tampered_with_makes_nothing(city: SimpleNamespace, as_: As, content: str) -> None:
    body = {"content": content.encode("utf-8", "surrogatepass"), FIELD: KEY}
    answer = as_(city.convener).post("/applications/read-in/start/", body)
    assert (answer.status_code, Application.objects.count()) == (422, 0)


def test_a_file_replaces_the_content_after_asking_and_that_can_be_undone(city: SimpleNamespace, as_: As, draft: Application) -> None:
    browser, address = as_(city.member), f"/applications/{draft.pk}/read-in/"
    shown = sent(browser, form("docx", name="檔案裡的名字"), address=address)
    assert "取代「繪本說演共學社群」的內容？" in shown.content.decode()
    answer = browser.post(f"{address}replace/", {"content": carried(shown), "seen": 1, FIELD: KEY})
    draft.refresh_from_db()
    assert (answer.status_code, draft.version, draft.name) == (302, 2, "檔案裡的名字")
    assert [entry.verb for entry in TrailEntry.objects.filter(subject_id=str(draft.pk)).order_by("number")] == ["start", "replace_content"]
    history = browser.get(answer.headers["Location"]).content.decode()
    assert ("內容已經換成檔案的內容。" in history, "反悔，回到第 1 版" in history) == (True, True)
    browser.post(f"/applications/{draft.pk}/history/restore/1/", {"seen": 2, FIELD: "r" * 24})
    draft.refresh_from_db()
    assert draft.name == "繪本說演共學社群"


def test_rows_that_stay_the_same_keep_their_ids_so_that_the_history_is_readable(city: SimpleNamespace, as_: As, draft: Application) -> None:
    changed = document()
    changed["sessions"][1]["place"] = "別的地方"
    browser = as_(city.convener)
    content = json.dumps(changed)
    browser.post(f"/applications/{draft.pk}/read-in/replace/", {"content": content, "seen": 1, FIELD: KEY})
    page = browser.get(f"/applications/{draft.pk}/history/compare/?before=1&after=2").content.decode()
    assert ("有 1 處不同" in page, "進度規劃第 2 列・地點" in page) == (True, True)


def test_the_same_content_again_changes_nothing(city: SimpleNamespace, as_: As, draft: Application) -> None:
    content = json.dumps(document())
    as_(city.convener).post(f"/applications/{draft.pk}/read-in/replace/", {"content": content, "seen": 1, FIELD: KEY})
    draft.refresh_from_db()
    assert (draft.version, Snapshot.objects.count()) == (1, 0)


def test_a_file_does_not_go_over_what_somebody_wrote_meanwhile(city: SimpleNamespace, as_: As, draft: Application) -> None:
    edit(draft.pk, [put("name", draft.name, "剛改的名字")], actor=city.member, at=LATER)
    content = json.dumps({**document(), "name": "檔案"})
    answer = as_(city.convener).post(f"/applications/{draft.pk}/read-in/replace/", {"content": content, "seen": 1, FIELD: KEY})
    draft.refresh_from_db()
    assert (answer.status_code, draft.name) == (409, "剛改的名字")


def test_nothing_is_replaced_while_the_school_signs(city: SimpleNamespace, as_: As, draft: Application) -> None:
    put_into(draft, "signing")
    browser = as_(city.convener)
    answers = [browser.get(f"/applications/{draft.pk}/read-in/"), browser.post(f"/applications/{draft.pk}/read-in/replace/", {FIELD: KEY})]
    assert [answer.status_code for answer in answers] == [403, 403]


def test_reading_a_file_keeps_nothing_and_costs_the_same_queries_for_any_length(city: SimpleNamespace, as_: As) -> None:
    browser, seen = as_(city.convener), []
    sent(browser, form("odt"))
    for rows in (1, 3):
        data = json.dumps({**document(), "outcomes": [{"outcome": "效益", "check": "檢核"}] * rows}).encode()
        with CaptureQueriesContext(connection) as queries:
            sent(browser, data)
        seen.append((len(queries), PostKey.objects.count()))
    assert seen == [(9, 0), (9, 0)]
