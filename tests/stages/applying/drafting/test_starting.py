"""How a draft begins."""

from collections.abc import Callable
from types import SimpleNamespace

from django.test import Client

from gongxue.records.actor import Actor
from gongxue.records.models import Application, User

As = Callable[[Actor], Client]
FORM = {"post_key": "k" * 24, "name": "桌遊共備社群", "tier": "thematic"}


def test_a_draft_begins_with_what_is_known_of_its_convener(city: SimpleNamespace, as_: As) -> None:
    User.objects.filter(pk=city.member.user).update(title="教師", subject="數學", phone="03-5220097")
    browser = as_(city.member)
    answer = browser.post("/applications/start/", FORM)
    assert browser.post("/applications/start/", FORM).headers["Location"] == answer.headers["Location"]
    application = Application.objects.get()
    assert answer.headers["Location"] == f"/applications/{application.pk}/"
    school = city.schools["東園國小"]
    name = school.full_name or school.name
    assert application.document == {
        "programme": "hsinchu-111",
        "name": "桌遊共備社群",
        "tier": "thematic",
        "convener": {
            "name": "member", "title": "教師", "school": name, "subject": "數學", "email": "member@example.edu.tw", "phone": "03-5220097",
        },
        "fiscal_school": name,
        "cross_school": False,
    }  # fmt: skip
    assert application.fiscal_school_id == school.pk


def test_a_draft_has_a_name_and_may_have_a_tier(city: SimpleNamespace, as_: As) -> None:
    browser = as_(city.member)
    answer = browser.post("/applications/start/", FORM | {"name": " "})
    assert (answer.status_code, Application.objects.count()) == (422, 0)
    assert "請先取一個名稱" in answer.content.decode()
    assert browser.post("/applications/start/", FORM | {"tier": "nothing"}).status_code == 422
    assert browser.post("/applications/start/", FORM | {"tier": ""}).status_code == 302


def test_other_ways_to_begin_are_told(city: SimpleNamespace, as_: As) -> None:
    page = as_(city.member).get("/applications/start/").content.decode()
    assert 'href="/applications/copy/"' in page
    assert 'href="/applications/read-in/"' in page


def test_and_the_stranger_begins_none(city: SimpleNamespace, as_: As) -> None:
    assert as_(city.stranger).post("/applications/start/", FORM).status_code == 403
    assert as_(city.reviewer).post("/applications/start/", FORM).status_code == 403
    assert Application.objects.count() == 0
