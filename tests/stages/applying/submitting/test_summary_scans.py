"""附件一 is printed, stamped, scanned and handed in on its page; and the scan is handed out to those who may see it."""

from collections.abc import Callable
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongxue.records.actor import Actor
from gongxue.records.files import read
from gongxue.records.models import Application, SchoolSummary, Signature, StoredFile
from gongxue.records.summary_moves import move_summary, say_facts
from gongxue.rules.programme_file import load_programme
from gongxue.site.once import FIELD
from tests.documents.opened import part
from tests.records.city import NOON, OWN, found_draft, take_to_signed
from tests.records.test_summaries import CHAIN, FACTS
from tests.site.uploads.ordinary import pdf

pytestmark = pytest.mark.usefixtures("stopped_clock")
As = Callable[[Actor], Client]
PROGRAMME = load_programme("hsinchu-111")


@pytest.fixture(autouse=True)
def signing(city: SimpleNamespace, draft: Application) -> SchoolSummary:
    """附件一 that covers one application, sent to its chain."""
    take_to_signed(city, draft)
    say_facts(city.schools[OWN], PROGRAMME, FACTS, version=1, actor=city.clerk, at=NOON)
    return move_summary(city.schools[OWN], PROGRAMME, "send_to_sign", version=2, actor=city.clerk, at=NOON)


def address(city: SimpleNamespace, what: str = "") -> str:
    return f"/schools/{city.schools[OWN].key}/summary/{what}"


def who(city: SimpleNamespace, roles: tuple[str, ...]) -> dict[str, int]:
    return {f"who_{role}": getattr(city, role).posts[0].post for role in roles}


def hand_in(
    browser: Client, city: SimpleNamespace, roles: tuple[str, ...] = CHAIN, data: bytes | None = None, **changed: Any
) -> HttpResponse:
    """The form of the page as it stands now, with a scan."""
    summary = SchoolSummary.objects.get()
    scan = BytesIO(pdf() if data is None else data)
    scan.name = "附件一.pdf"
    told = {
        "version": summary.version,
        "digest": summary.digest,
        "code": summary.digest[:12],
        "roles": roles,
        "scan": scan,
        FIELD: "k" * 24,
        **who(city, roles),
    }
    return browser.post(address(city, "scan/"), told | changed)  # type: ignore[return-value]


def test_the_printed_paper_bears_the_code_that_is_asked_for(city: SimpleNamespace, as_: As) -> None:
    browser, summary = as_(city.clerk), SchoolSummary.objects.get()
    page = browser.get(address(city)).content.decode()
    assert (f"{address(city)}scan/" in page, "上傳核章掃描檔" in page) == (True, True)
    printed = part(browser.get(address(city, "paper.odt")).content, "styles.xml")
    assert summary.digest[:12] in "".join(printed.itertext())


def test_a_stamped_paper_completes_the_chain_and_the_page_says_how(city: SimpleNamespace, as_: As) -> None:
    assert hand_in(as_(city.clerk), city).status_code == 302
    page = as_(city.clerk).get(address(city)).content.decode()
    stored = StoredFile.objects.get()
    assert "主任 director" in page
    assert ("紙本核章" in page, f"{address(city)}scan/{stored.pk}" in page, "核章完成。送出後教育處會看到。" in page) == (True, True, True)
    assert "上傳核章掃描檔" not in page


def test_an_older_paper_is_refused_in_a_sentence_and_what_was_ticked_stays(city: SimpleNamespace, as_: As) -> None:
    old = SchoolSummary.objects.get()
    move_summary(city.schools[OWN], PROGRAMME, "recall", version=old.version, actor=city.clerk, at=NOON)
    take_to_signed(city, found_draft(city))
    move_summary(city.schools[OWN], PROGRAMME, "send_to_sign", version=old.version + 1, actor=city.clerk, at=NOON)
    answer = hand_in(as_(city.clerk), city, ("clerk",), code=old.digest[:12])
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "這張紙是舊版（第 3 版或更早），內容後來改過，現在是第 5 版。請重新下載 PDF、列印、核章後再上傳。" in page
    assert ('value="clerk" checked' in page, old.digest[:12] in page) == (True, True)
    assert Signature.objects.filter(subject="school_summary").count() == 0


@pytest.mark.parametrize(("data", "told"), [(b"<html>", "只收 PDF、JPEG、PNG、WebP、HEIC"), (pdf()[:300], "不完整或已損壞")])
def test_what_is_no_scan_is_refused(city: SimpleNamespace, as_: As, data: bytes, told: str) -> None:
    answer = hand_in(as_(city.clerk), city, data=data)
    assert (answer.status_code, told in answer.content.decode(), StoredFile.objects.count()) == (422, True, 0)


def test_handed_in_twice_with_one_form_it_is_taken_once(city: SimpleNamespace, as_: As) -> None:
    summary, browser = SchoolSummary.objects.get(), as_(city.clerk)
    answers = [hand_in(browser, city, version=summary.version, digest=summary.digest) for _ in range(2)]
    assert ([answer.status_code for answer in answers], StoredFile.objects.count()) == ([302, 302], 1)


def test_the_scan_is_handed_out_as_a_file_to_school_and_city_and_to_nobody_else(city: SimpleNamespace, as_: As) -> None:
    hand_in(as_(city.clerk), city, ("clerk",))
    stored = StoredFile.objects.get()
    for who in ("accountant", "officer", "auditor"):
        answer = as_(getattr(city, who)).get(address(city, f"scan/{stored.pk}"))
        assert (answer.status_code, answer.content) == (200, read(stored))
        assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    for who in ("convener", "other_clerk", "partner_clerk", "reviewer", "stranger"):
        foreign = as_(getattr(city, who)).get(address(city, f"scan/{stored.pk}"))
        nowhere = as_(getattr(city, who)).get(f"/schools/no-such/summary/scan/{stored.pk}")
        assert (foreign.status_code, foreign.content) == (404, nowhere.content)
    assert as_(city.officer).get(address(city, f"scan/{stored.pk + 1}")).status_code == 404


def test_where_nothing_is_to_be_stamped_the_page_of_the_sheet_answers(city: SimpleNamespace, as_: As) -> None:
    move_summary(city.schools[OWN], PROGRAMME, "recall", version=3, actor=city.clerk, at=NOON)
    assert as_(city.clerk).get(address(city, "scan/")).headers["Location"] == address(city)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_however_many_it_covers(
    city: SimpleNamespace, as_: As, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    move_summary(city.schools[OWN], PROGRAMME, "recall", version=3, actor=city.clerk, at=NOON)
    for _ in range(count - 1):
        take_to_signed(city, found_draft(city))
    move_summary(city.schools[OWN], PROGRAMME, "send_to_sign", version=4, actor=city.clerk, at=NOON)
    browser = as_(city.clerk)
    with django_assert_num_queries(11):
        assert "紙上已經蓋了誰的章" in browser.get(address(city, "scan/")).content.decode()
