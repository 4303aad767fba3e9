"""Late openings on the city's pages: opened and ended with a reason, told to the school, listed and taken away."""

import csv
import datetime
import io
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from gongxue.records.actor import Actor
from gongxue.records.models import LateOpening, Message
from gongxue.records.openings import open_late
from gongxue.rules.programme_file import load_programme
from tests.records.city import NOON, OTHER, OWN, PARTNER

As = Callable[[Actor], Client]
pytestmark = pytest.mark.usefixtures("stopped_clock")
KEY, WHY = "k" * 24, "學校停電，已來電報備。"
UNTIL = datetime.datetime(2022, 4, 3, tzinfo=NOON.tzinfo)


def opened(city: SimpleNamespace, school: str = OWN) -> LateOpening:
    return open_late(city.schools[school].pk, load_programme("hsinchu-111"), until=UNTIL, reason=WHY, actor=city.officer, at=NOON)


def test_a_school_is_opened_once_and_told(city: SimpleNamespace, as_: As) -> None:
    client = as_(city.officer)
    sent = {"school": city.schools[OWN].key, "until": "111/4/2", "reason": WHY, "post_key": KEY}
    assert [client.post("/city/openings/new/", sent).status_code for _ in range(3)] == [302, 302, 302]
    opening = LateOpening.objects.get()
    assert (opening.school, opening.until, opening.reason, opening.made_by_id) == (city.schools[OWN], UNTIL, WHY, city.officer.user)
    letters = Message.objects.order_by("to")
    assert [(letter.to, letter.title) for letter in letters] == [
        ("clerk@example.edu.tw", f"{OWN}可以逾期送件"),
        ("principal@example.edu.tw", f"{OWN}可以逾期送件"),
    ]
    assert "111年4月2日（六）23:59" in letters[0].body
    assert WHY in letters[0].body
    page = client.get("/city/openings/").content.decode()
    assert "111年4月2日（六）23:59" in page
    assert WHY in page
    assert "逾期開放至 111年4月2日（六）23:59" in client.get("/city/schools/").content.decode()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"school": ""}, "請選學校。"),
        ({"school": "hc999"}, "沒有這所學校。"),
        ({"until": ""}, "請填開放到哪一天。"),
        ({"until": "111/13/1"}, "id_until"),
        ({"until": "111/3/30"}, "開放到的日子要晚於全市截止的 111年3月30日（三）23:59。"),
        ({"reason": " "}, "請寫明原因；這段話會留在紀錄裡。"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(city: SimpleNamespace, as_: As, changed: dict[str, str], told: str) -> None:
    given = {"school": city.schools[OWN].key, "until": "111/4/2", "reason": WHY, "post_key": KEY} | changed
    answer = as_(city.officer).post("/city/openings/new/", given)
    page = answer.content.decode()
    assert (answer.status_code, told in page) == (422, True)
    assert LateOpening.objects.count() == 0
    if given["until"]:
        assert f'value="{given["until"]}"' in page


def test_one_is_ended_with_a_reason(city: SimpleNamespace, as_: As) -> None:
    opening, client = opened(city), as_(city.supervisor)
    address = f"/city/openings/{opening.pk}/end/"
    assert client.post(address, {"reason": "", "post_key": KEY}).status_code == 422
    assert client.post(address, {"reason": "已送齊。", "post_key": KEY}).status_code == 302
    opening.refresh_from_db()
    assert opening.ended_by_id == city.supervisor.user
    assert client.get(address).status_code == 404
    assert [(letter.to, "已送齊。" in letter.body) for letter in Message.objects.order_by("to")] == [
        ("clerk@example.edu.tw", True),
        ("principal@example.edu.tw", True),
    ]


def test_openings_are_narrowed_and_taken_away(city: SimpleNamespace, as_: As) -> None:
    for school in (OWN, PARTNER, OTHER):
        opened(city, school)
    client = as_(city.auditor)
    answer = client.get(f"/city/openings.csv?q={OWN}")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))  # type: ignore[arg-type]  # a file's
    assert [row[:3] for row in rows[1:]] == [[OWN, "2022-04-03 00:00:00", WHY]]
    assert "沒有這樣的開放" in client.get("/city/openings/?state=ended").content.decode()
    assert client.get("/city/openings/?state=open").content.decode().count('role="rowheader"') == 3
    assert "開放一所學校" not in client.get("/city/openings/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_queries_for_one_row_as_for_three(
    city: SimpleNamespace, as_: As, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for school in (OWN, PARTNER, OTHER)[:rows]:
        opened(city, school)
    client = as_(city.officer)
    with django_assert_num_queries(4):
        assert client.get("/city/openings/").content.decode().count('role="rowheader"') == rows
