"""附件二 as a page and as files: of what stands there now, frozen, so that its hash leads back to it."""

import subprocess
import uuid
from collections.abc import Callable
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongxue.documents.reading import read_form
from gongxue.records.actor import Actor
from gongxue.records.changes import Change
from gongxue.records.document import application_of
from gongxue.records.doors import edit
from gongxue.records.models import Application, Snapshot, TrailEntry
from gongxue.rules.exchange import read
from gongxue.site import printing
from tests.records.city import LATER, put

As = Callable[[Actor], Client]
SEE = ["convener", "member", "clerk", "director", "accountant", "principal", "officer", "supervisor", "centre_staff", "auditor"]
NOT = ["partner_clerk", "partner_director", "other_clerk", "other_principal", "reviewer", "stranger"]


def address(draft: Application, what: str) -> str:
    return f"/applications/{draft.pk}/{what}"


def pdf_text(data: bytes) -> str:
    return subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()  # from PATH


def test_the_preview_is_the_form_with_the_present_content(city: SimpleNamespace, as_: As, draft: Application) -> None:
    page = as_(city.convener).get(address(draft, "preview/")).content.decode()
    assert "繪本說演共學社群" in page
    assert '<article class="paper">' in page
    assert "版本 1　校驗碼 尚未留存（預覽）" in page
    assert Snapshot.objects.count() == 0


def test_the_preview_tells_what_no_font_can_print(city: SimpleNamespace, as_: As, draft: Application) -> None:
    edit(draft.pk, [Change("set", "name", draft.name, "𡍼﨑讀書會😀")], actor=city.convener, at=LATER)
    page = as_(city.convener).get(address(draft, "preview/")).content.decode()
    assert "印不出來，印成〓：😀 (U+1F600)。" in page


def test_the_preview_of_a_kept_version_bears_its_hash(city: SimpleNamespace, as_: As, draft: Application) -> None:
    browser = as_(city.convener)
    browser.get(address(draft, "print/odt"))
    page = browser.get(address(draft, "preview/")).content.decode()
    assert f"版本 1　校驗碼 {Snapshot.objects.get().digest[:12]}" in page


def test_markup_in_the_content_is_text_on_the_preview(city: SimpleNamespace, as_: As, draft: Application) -> None:
    edit(draft.pk, [put("summary", draft.document["summary"], "<script>alert(1)</script>&<b>")], actor=city.convener, at=LATER)
    page = as_(city.convener).get(address(draft, "preview/")).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;&lt;b&gt;" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("kind", list(printing.KINDS))
def test_a_download_is_an_attachment_under_the_plans_name(city: SimpleNamespace, as_: As, draft: Application, kind: str) -> None:
    answer = as_(city.convener).get(address(draft, f"print/{kind}"))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, printing.KINDS[kind])
    name = f"新竹市111學年度東園國小-繪本說演共學社群-專業自主學習社群.{kind}"
    assert unquote(answer.headers["Content-Disposition"]) == f"attachment; filename*=utf-8''{name}"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("kind", ["odt", "docx"])
def test_what_is_printed_reads_back_as_what_stands_there(city: SimpleNamespace, as_: As, draft: Application, kind: str) -> None:
    data = as_(city.convener).get(address(draft, f"print/{kind}")).content
    reading = read_form(data, f"form.{kind}")
    assert (reading.application.name, reading.unread) == (draft.name, ())
    assert reading.application.sessions == application_of(draft.document).sessions


@pytest.mark.needs("poppler")
def test_the_foot_of_the_pdf_leads_back_to_the_snapshot(city: SimpleNamespace, as_: As, draft: Application) -> None:
    edit(draft.pk, [put("name", draft.document["name"], "另一個名字")], actor=city.convener, at=LATER)
    text = pdf_text(as_(city.convener).get(address(draft, "print/pdf")).content)
    snapshot = Snapshot.objects.get(version=2)
    assert (snapshot.why, f"版本 2 校驗碼 {snapshot.digest[:12]}" in text, "另一個名字" in text) == ("print", True, True)
    assert "第 2 版" in as_(city.clerk).get("/verify/", {"digest": snapshot.digest[:12]}).content.decode()


def test_printing_twice_freezes_once_and_changes_nothing_else(city: SimpleNamespace, as_: As, draft: Application) -> None:
    entries = TrailEntry.objects.count()
    first, second = (as_(city.convener).get(address(draft, "print/docx")).content for _ in range(2))
    draft.refresh_from_db()
    assert (Snapshot.objects.count(), TrailEntry.objects.count(), draft.version, first == second) == (1, entries, 1, True)


def test_whoever_may_see_it_may_print_it_and_for_others_it_is_not_there(city: SimpleNamespace, as_: As, draft: Application) -> None:
    for what in ("preview/", "print/odt"):
        assert {name: as_(getattr(city, name)).get(address(draft, what)).status_code for name in SEE} == dict.fromkeys(SEE, 200)
        nothing = as_(city.stranger).get(f"/applications/{uuid.UUID(int=7)}/{what}")
        answers = [as_(getattr(city, name)).get(address(draft, what)) for name in NOT]
        assert {(each.status_code, each.content) for each in answers} == {(404, nothing.content)}


def test_a_kind_that_there_is_not_is_not_there(city: SimpleNamespace, as_: As, draft: Application) -> None:
    assert as_(city.convener).get(address(draft, "print/exe")).status_code == 404


def test_a_worker_with_all_presses_busy_says_so(
    city: SimpleNamespace, as_: As, draft: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "PATIENCE", 0.01)
    for _ in range(printing.MOST_AT_ONCE):
        printing._presses.acquire()
    try:
        answer = as_(city.convener).get(address(draft, "print/pdf"))
    finally:
        for _ in range(printing.MOST_AT_ONCE):
            printing._presses.release()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "現在有很多人同時在製作 PDF" in answer.content.decode()


def test_a_preview_of_any_length_costs_the_same_queries(city: SimpleNamespace, as_: As, draft: Application) -> None:
    browser, counts = as_(city.convener), []
    browser.get(address(draft, "preview/"))
    for rows in (1, 3):
        added = [Change("insert", "outcomes", value={"outcome": "效益"}, row=f"o{rows}-{row}") for row in range(rows)]
        edit(draft.pk, added, actor=city.convener, at=LATER)
        with CaptureQueriesContext(connection) as queries:
            browser.get(address(draft, "preview/"))
        counts.append(len(queries))
    assert counts == [7, 7]


def test_the_content_alone_comes_as_an_exchange_file_that_can_be_read_in_again(city: SimpleNamespace, as_: As, draft: Application) -> None:
    answer = as_(city.convener).get(address(draft, "print/json"))
    assert (answer.headers["Content-Type"], unquote(answer.headers["Content-Disposition"])[-5:]) == ("application/json", ".json")
    assert read(answer.content) == application_of(draft.document)
