"""All papers of the list in one archive: made in the background, for one person, for a day."""

import datetime
import io
import zipfile
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongxue.records import bundles
from gongxue.records.actor import Actor
from gongxue.records.doors import edit
from gongxue.records.models import Application, Bundle, Post, TrailEntry
from gongxue.records.people import actor_for
from gongxue.records.refusals import NotAllowed, NotThere
from gongxue.site import background
from gongxue.stages.applying.overseeing import bundling
from tests.records.city import LATER, NOON, TODAY, found_draft, put, put_into

As = Callable[[Actor], Client]
pytestmark = pytest.mark.usefixtures("stopped_clock")
KEY, NEW = "k" * 24, "/city/bundles/new/"
DAY = datetime.timedelta(days=1)


def asked(client: Client, query: str = "") -> str:
    answer = client.post(NEW + query, {"post_key": KEY})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def archive(client: Client, page: str) -> zipfile.ZipFile:
    answer = client.get(f"{page}papers.zip")
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[arg-type]  # a file's


def test_every_paper_stands_under_the_plans_name_once(city: SimpleNamespace, as_: As, draft: Application) -> None:
    found_draft(city)
    client = as_(city.officer)
    pages = {asked(client) for _ in range(3)}
    assert len(pages) == 1
    assert background.run_waiting() == ["bundle"]
    (page,) = pages
    html = client.get(page).content.decode()
    assert "2 份都打包好了。" in html
    assert "hx-trigger" not in html.split('id="bundle"')[1]
    packed = archive(client, page)
    stem = "新竹市111學年度東園國小-繪本說演共學社群-專業自主學習社群"
    assert packed.namelist() == [f"{stem}.pdf", f"{stem}（2）.pdf"]
    assert [packed.read(name)[:5] for name in packed.namelist()] == [b"%PDF-", b"%PDF-"]
    entry = TrailEntry.objects.get(subject="bundle")
    assert (entry.verb, entry.user_id, len(entry.words["applications"])) == ("make", city.officer.user, 2)


def test_what_is_filtered_is_what_is_packed(city: SimpleNamespace, as_: As, draft: Application) -> None:
    put_into(found_draft(city, "thematic"), "submitted")
    client = as_(city.centre_staff)
    page = asked(client, "?state=sent")
    background.run_waiting()
    assert [name.split("-")[-1] for name in archive(client, page).namelist()] == ["專題實踐學習社群.pdf"]


def test_nothing_to_pack_is_told(city: SimpleNamespace, as_: As) -> None:
    answer = as_(city.officer).post(NEW, {"post_key": KEY})
    assert (answer.status_code, "沒有可以打包的申請" in answer.content.decode()) == (403, True)


def test_too_many_are_refused(city: SimpleNamespace, draft: Application) -> None:
    with pytest.raises(NotAllowed):
        bundles.ask_for([draft.pk] * (bundles.MOST + 1), actor=city.officer, at=NOON)


def test_the_page_asks_until_it_is_there_and_the_list_leads_back(
    city: SimpleNamespace, as_: As, draft: Application, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_(city.officer)
    page = asked(client)
    assert 'hx-trigger="every 1s"' in client.get(page).content.decode()
    with django_assert_num_queries(5):
        part = client.get(page, headers={"HX-Request": "true", "HX-Target": "bundle"}).content.decode()
    assert part.strip().startswith('<div class="card narrow" id="bundle"')
    assert page in client.get("/city/applications/").content.decode()


def test_a_cancelled_one_is_made_no_further_and_leaves_no_file(city: SimpleNamespace, as_: As, draft: Application) -> None:
    client = as_(city.officer)
    page = asked(client)
    assert client.post(f"{page}cancel/", {"post_key": "c" * 24}).status_code == 302
    background.run_waiting()
    assert "已經取消" in client.get(page).content.decode()
    assert client.get(f"{page}papers.zip").status_code == 404
    assert list(bundling.file_of(0).parent.glob("*")) == []


def test_one_cancelled_while_it_is_made_stops(city: SimpleNamespace, draft: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = bundles.ask_for([draft.pk] * 3, actor=city.officer, at=NOON)
    monkeypatch.setattr(bundling, "_EACH", 1)
    printed = bundling._printed

    def cancelling(sheets: list[bundling.Sheet]) -> object:
        for number, each in enumerate(printed(sheets)):
            if number == 1:
                bundles.cancel(bundle.pk, actor=city.officer, at=NOON)
            yield each

    monkeypatch.setattr(bundling, "_printed", cancelling)
    bundling.make(bundle.pk, NOON)
    bundle.refresh_from_db()
    assert (bundle.state, bundle.done) == ("cancelled", 1)
    assert list(bundling.file_of(0).parent.glob("*")) == []


def test_it_may_run_twice(city: SimpleNamespace, draft: Application) -> None:
    bundle = bundles.ask_for([draft.pk], actor=city.officer, at=NOON)
    bundling.file_of(bundle).parent.mkdir()
    bundling.file_of(bundle).with_suffix(".part").write_bytes(b"what a killed worker left")
    for _ in range(2):
        bundling.make(bundle.pk, NOON)
    bundle.refresh_from_db()
    assert (bundle.state, bundle.done, bundle.left_out, bundle.until) == ("ready", 1, 0, NOON + DAY)
    assert [path.name for path in bundling.file_of(0).parent.glob("*")] == [f"{bundle.pk}.zip"]


def test_a_paper_that_cannot_be_made_is_named_and_the_others_are_there(
    city: SimpleNamespace, draft: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gongxue.documents import pdf
    from gongxue.rules.text import Text

    other = edit(found_draft(city).pk, [put("name", draft.name, "另一個")], actor=city.convener, at=LATER).application
    bundle = bundles.ask_for([draft.pk, other.pk], actor=city.officer, at=NOON)
    real = pdf.render_pdfs

    def breaking(papers: object) -> object:
        for number, printed in enumerate(real(papers)):  # type: ignore[arg-type]  # what it was given
            if number == 0 and not broke:
                broke.append(True)
                raise pdf.PaperError(Text("太大", "too large"))
            yield printed

    broke: list[bool] = []
    monkeypatch.setattr(pdf, "render_pdfs", breaking)
    bundling.make(bundle.pk, NOON)
    bundle.refresh_from_db()
    with zipfile.ZipFile(bundling.file_of(bundle)) as packed:
        assert packed.namelist() == ["新竹市111學年度東園國小-另一個-專業自主學習社群.pdf", "未能製作.txt"]
        assert "繪本說演共學社群" in packed.read("未能製作.txt").decode()
    assert (bundle.state, bundle.left_out) == ("ready", 1)


def test_it_is_for_whoever_asked_alone_and_as_long_as_the_post_lasts(city: SimpleNamespace, as_: As, draft: Application) -> None:
    page = asked(as_(city.officer))
    background.run_waiting()
    for who in ("supervisor", "auditor"):
        assert as_(getattr(city, who)).get(page).status_code == 404
        assert as_(getattr(city, who)).get(f"{page}papers.zip").status_code == 404
    Post.objects.filter(user=city.officer.user).update(last=TODAY - DAY)
    assert as_(city.officer).get(f"{page}papers.zip").status_code == 403
    with pytest.raises(NotThere):
        bundles.bundle_of(Bundle.objects.get().pk, actor_for(city.officer.user, TODAY))


def test_after_a_day_it_is_gone(city: SimpleNamespace, draft: Application) -> None:
    bundle = bundles.ask_for([draft.pk], actor=city.officer, at=NOON)
    bundling.make(bundle.pk, NOON)
    stray = bundling.file_of(999_999)
    stray.write_bytes(b"x")
    assert bundling.sweep(NOON + DAY - datetime.timedelta(seconds=1)) == {"expired": 0, "strays": 1, "failed": 0}
    assert bundling.file_of(bundle).exists()
    assert bundling.sweep(NOON + DAY) == {"expired": 1, "strays": 0, "failed": 0}
    bundle.refresh_from_db()
    assert (bundle.state, bundling.file_of(bundle).exists(), bundles.newest_of(city.officer, NOON + DAY)) == ("gone", False, None)


def test_one_that_nobody_makes_any_more_is_told_as_failed(city: SimpleNamespace, as_: As, draft: Application) -> None:
    """Its task killed every worker, and was given up: nobody waits for it for ever."""
    page, client = asked(as_(city.officer)), as_(city.officer)
    made_at = Bundle.objects.get().made_at
    assert bundling.sweep(made_at + bundles.LONGEST - datetime.timedelta(seconds=1))["failed"] == 0
    assert "取消" in client.get(page).content.decode()
    assert bundling.sweep(made_at + bundles.LONGEST)["failed"] == 1
    assert "沒有完成，請再試一次" in client.get(page).content.decode()
