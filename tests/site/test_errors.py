"""Pages for what goes wrong: in Chinese, with what to do. Most tests here have no database, which is a part of what they show."""

import json
import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from gongxue.records.actor import Actor
from gongxue.site import errors

As = Callable[[Actor], Client]
NUMBER = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}")
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _guarded(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.site.guarded_urls"


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


def number_in(answer: HttpResponse) -> str:
    found = NUMBER.findall(answer.content.decode())
    assert len(set(found)) == 1
    return found[0]


def lines(told: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in told.splitlines()]


def test_404_says_the_same_of_everything_and_gives_nothing_away(visitor: Client) -> None:
    page = visitor.get("/no/such/page/?secret=1").content.decode()
    assert visitor.get("/refused/not_there/").content.decode() == page
    assert "找不到這一頁" in page
    assert "Page not found" in page
    for given_away in ("<form", "csrf", "secret", "such", "hx-", "actor"):
        assert given_away not in page
    assert NUMBER.search(page) is None


def test_403_gives_the_reason_and_a_number_that_leads_to_one_line_of_the_log(visitor: Client, capfd: pytest.CaptureFixture[str]) -> None:
    answer = visitor.get("/refused/not_allowed/")
    assert answer.status_code == 403
    assert "只有承辦人可以。" in answer.content.decode()
    assert "Only the clerk may." in answer.content.decode()
    (line,) = [line for line in lines(capfd.readouterr().err) if line["number"] == number_in(answer)]
    assert (line["route"], line["status"]) == ("refused", 403)


def test_500_tells_nothing_but_a_number_and_the_log_tells_where(visitor: Client, capfd: pytest.CaptureFixture[str]) -> None:
    answer = visitor.get("/broken/?name=王小明")
    assert answer.status_code == 500
    assert "先前已儲存的內容都還在" in answer.content.decode()
    told = capfd.readouterr().err
    (line,) = lines(told)
    assert (line["number"], line["error"], line["status"]) == (number_in(answer), "ValueError", 500)
    assert any("broken" in frame for frame in line["frames"])
    assert "王小明" not in told + answer.content.decode()


def test_503_where_the_database_does_not_answer(visitor: Client, capfd: pytest.CaptureFixture[str]) -> None:
    answer = visitor.get("/broken/?how=database")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "暫時無法使用" in answer.content.decode()
    told = capfd.readouterr().err
    assert lines(told)[0]["error"] == "OperationalError"
    assert "/srv/wang" not in told + answer.content.decode()


def test_503_where_a_door_could_not_keep_it(visitor: Client) -> None:
    answer = visitor.get("/refused/unkept/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "磁碟空間已滿" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("stale", 409, "已經變更"),
        ("too_late", 409, "內容仍會保存"),
        ("rules_broken", 422, "申請金額應大於零"),
    ],
)
def test_a_refusal_says_what_to_do(visitor: Client, name: str, status: int, words: str) -> None:
    answer = visitor.get(f"/refused/{name}/")
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert 'lang="en"' in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "status"), [("not_allowed", 403), ("stale", 409), ("too_late", 409), ("rules_broken", 422), ("unkept", 503)]
)
def test_a_live_page_is_told_beside_what_was_typed(visitor: Client, name: str, status: int) -> None:
    answer = visitor.get(f"/refused/{name}/", headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == (status, "#notice", "innerHTML")
    assert 'role="alert"' in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_413_for_more_than_a_form_can_be(visitor: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = visitor.post("/upload/", {"words": "x" * 2000})
    assert answer.status_code == 413
    assert "送出的內容太大" in answer.content.decode()
    number_in(answer)


def test_400_for_more_fields_than_a_form_has(visitor: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    answer = visitor.post("/upload/", {"a": "1", "b": "2", "c": "3"})
    assert answer.status_code == 400
    assert "讀不懂" in answer.content.decode()


def test_400_for_a_host_that_is_not_ours(visitor: Client) -> None:
    assert visitor.get("/anybody/", headers={"host": "elsewhere.example"}).status_code == 400


def test_a_form_from_a_page_that_is_too_old_is_told_to_reload() -> None:
    answer = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"})
    assert answer.status_code == 403
    assert "重新載入" in answer.content.decode()
    number_in(answer)


def test_a_live_page_that_is_too_old_is_told_beside_what_was_typed() -> None:
    answer = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (403, "#notice")
    assert "<html" not in answer.content.decode()
    assert "重新載入" in answer.content.decode()


def test_429_after_twenty_tries_a_minute(visitor: Client, db: None, stopped_clock: object) -> None:
    answers = [visitor.get("/verify/?digest=9f2c41d07ab3").status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]
    answer = visitor.get("/verify/?digest=9f2c41d07ab3")
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert "請等 1 分鐘" in answer.content.decode()
    number_in(answer)
    assert visitor.get("/verify/?digest=9f2c41d07ab3", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_every_error_page_stands_without_a_database_and_without_the_layouts_context() -> None:
    request = RequestFactory().get("/")
    made = {
        status: errors.page(name, status).content.decode()
        for name, status in (("400", 400), ("403", 403), ("413", 413), ("429", 429), ("500", 500), ("503", 503), ("refused", 409))
    }
    made[404] = errors.not_found(request).content.decode()
    for page in made.values():
        assert '<html lang="zh-Hant-TW">' in page
        assert '<section lang="en">' in page
        assert "<script" not in page
