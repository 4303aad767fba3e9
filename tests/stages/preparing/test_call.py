"""The call: its page, the plan clause by clause, and the blank forms."""

import datetime
import io
import re
import zipfile

import pytest
from django.test import Client

from gongxue.rules.programme_file import load_programme
from gongxue.site import clock, printing
from gongxue.site.templatetags.gongxue import clause_anchor
from gongxue.stages.preparing import clauses, papers

PLAN = load_programme("hsinchu-111")


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_call_shows_dates_tiers_money_and_forms(client: Client, stopped_clock: object) -> None:
    read = re.sub(r"<[^>]+>|\s+", " ", page(client, "/call/"))
    for words in (
        "還有 6 天",
        "111年3月30日（三）23:59 止",
        "專題實踐學習社群",
        "10,000",
        "公開授課 1 次，並有紀錄",
        "每人次最多 80 元",
        "附件二",
        "03-5220097",
    ):
        assert words in read


def test_after_the_deadline_the_call_no_longer_asks_for_applications(client: Client, stopped_clock: datetime.datetime) -> None:
    assert "登入，開始申請" in page(client, "/call/")
    clock.move_to(datetime.datetime(2022, 3, 31, tzinfo=stopped_clock.tzinfo))
    assert "登入，開始申請" not in page(client, "/call/")
    assert "已截止" in page(client, "/call/")


def test_every_clause_that_the_site_cites_leads_to_its_place(client: Client, db: None) -> None:
    places = set(re.findall(r'<li id="([^"]+)"', page(client, "/call/clauses/")))
    cited = {*PLAN.rules.values(), *re.findall(r'href="/call/clauses/#([^"]+)"', page(client, "/call/"))}
    anchors = {each if each.startswith("c-") else clause_anchor(each) for each in cited}
    assert anchors - places == set()


def test_every_clause_stands_once_and_says_what_keeps_it(client: Client, db: None) -> None:
    html = page(client, "/call/clauses/")
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    shown = {each.cite: each for chapter in clauses.page_of(PLAN).chapters for each in chapter.clauses}
    assert any("111年3月30日（三）" in words.zh for words in shown["陸、三"].kept_by)
    assert "{" not in "".join(each.means.zh + each.means.en for each in shown.values())


def test_a_plan_whose_text_nobody_has_seen_says_so(client: Client, db: None, settings: object) -> None:
    settings.PROGRAMME = "newtaipei-111"  # type: ignore[attr-defined]  # pytest-django's
    assert "沒有這個計畫的逐條說明" in page(client, "/call/clauses/")
    assert page(client, "/call/")
    assert page(client, "/")


@pytest.mark.parametrize("code", ["application", "school_summary"])
@pytest.mark.parametrize("kind", ["odt", "docx", "pdf"])
def test_a_blank_form_comes_as_a_file(client: Client, db: None, code: str, kind: str) -> None:
    answer = client.get(f"/call/forms/{code}.{kind}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, printing.KINDS[kind])
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    if kind == "pdf":
        assert answer.content.startswith(b"%PDF-")
    else:
        content = {"odt": "content.xml", "docx": "word/document.xml"}[kind]
        words = zipfile.ZipFile(io.BytesIO(answer.content)).read(content).decode()
        assert PLAN.forms[code].title in re.sub(r"<[^>]+>", "", words)


@pytest.mark.parametrize("file", ["application.exe", "results.pdf", "results_report.pdf", "application.PDF"])
def test_what_is_no_form_is_not_there(client: Client, db: None, file: str) -> None:
    assert client.get(f"/call/forms/{file}").status_code == 404


def test_the_page_names_every_form_that_can_be_downloaded(client: Client, db: None) -> None:
    links = re.findall(r'href="/call/forms/([\w.]+)"', page(client, "/call/"))
    assert links == [f"{code}.{kind}" for code in PLAN.forms if code in papers.PAPERS for kind in papers.EDITABLE_FIRST]
    assert {client.get(f"/call/forms/{link}").status_code for link in links} == {200}


def test_nobody_has_forms_printed_without_end(client: Client, db: None, stopped_clock: object) -> None:
    assert [client.get("/call/forms/application.odt").status_code for _ in range(31)] == [200] * 30 + [429]
