"""What somebody says of himself or herself, and that every page of accounts is whole in English."""

import re
from types import SimpleNamespace

import pytest
from django.test import Client

from gongxue.records import trail
from gongxue.records.invitations import invite_to_draft, invite_to_post
from gongxue.records.models import Application, TrailEntry, User
from tests.records.city import NOON, OWN, TODAY
from tests.site.accounts.entering import beside, browser, log_in, with_password, words
from tests.site.accounts.test_second_step import second, turn_on

KEY = "k" * 24
TOLD = {
    "name": "林怡君",
    "title": "教務主任",
    "subject": "國語",
    "phone": "03-5220000#12",
    "mail": "each",
    "language": "zh-hant",
    "post_key": KEY,
}


@pytest.fixture
def here(city: SimpleNamespace) -> Client:
    """A browser in which the clerk has just logged in."""
    with_password("clerk")
    client = browser()
    log_in(client)
    return client


def test_what_one_says_of_oneself_is_kept_once_and_the_trail_keeps_what_stood_before(here: Client) -> None:
    assert [here.post("/accounts/details/", TOLD)["Location"] for _ in range(3)] == ["/accounts/"] * 3
    user = User.objects.get(email="clerk@example.edu.tw")
    assert (user.name, user.title, user.subject, user.phone, user.mail) == ("林怡君", "教務主任", "國語", "03-5220000#12", "each")
    entry = TrailEntry.objects.get(verb="write_details")
    assert (entry.words["changes"]["name"], "language" in entry.words["changes"]) == (["clerk", "林怡君"], False)
    assert trail.verify() == []
    assert "職稱 教務主任 任教科目 國語 電話 03-5220000#12 通知信 每件事一封" in words(here.get("/accounts/"))


def test_what_is_wrong_is_said_and_what_was_typed_stays(here: Client) -> None:
    page = here.post("/accounts/details/", TOLD | {"name": " ", "phone": "0" * 51, "title": "<b>主任</b>"})
    assert (page.status_code, beside(page, "name")) == (422, "請填寫姓名。")
    assert beside(page, "phone").startswith("請確認這個值至多包含 50 個字")
    assert 'value="&lt;b&gt;主任&lt;/b&gt;"' in page.content.decode()
    assert User.objects.filter(title="").count() == User.objects.count()


def test_a_language_chosen_is_spoken_at_once(here: Client) -> None:
    here.post("/accounts/details/", TOLD | {"language": "en"})
    assert "My account" in words(here.get("/accounts/"))


def test_nobody_changes_another_by_naming_another(here: Client) -> None:
    here.post("/accounts/details/", TOLD | {"id": "1", "email": "other@example.edu.tw", "is_active": ""})
    user = User.objects.get(name="林怡君")
    assert (user.email, user.is_active) == ("clerk@example.edu.tw", True)


def chinese(page: str) -> list[str]:
    """The Chinese words of a page that are ours: all but names."""
    return [
        each
        for each in re.findall(r"[\u3400-\u9fff\uff00-\uffef，。：；「」]+", page)
        if each not in ("東園國小", "繪本說演共學社群", "・", "中文")
    ]


OWN_PAGES = (
    *("", "details/", "password/change/", "password/changed/", "reauthenticate/", "logout/", "inactive/"),
    *("two-step/", "two-step/codes/", "two-step/codes/new/", "two-step/off/"),
    *("password/reset/", "password/reset/done/", "password/reset/key/done/", "password/reset/key/a-b-c/"),
)


def test_every_page_is_whole_in_english(here: Client, city: SimpleNamespace, draft: Application) -> None:
    mine, school = f"posts/{city.clerk.posts[0].post}", city.schools[OWN].pk
    draft_link = invite_to_draft(draft.pk, "guest@example.edu.tw", actor=city.convener, at=NOON)
    post_link = invite_to_post("clerk@example.edu.tw", "", "director", school, first=TODAY, actor=city.principal, at=NOON)
    turn_on(here)
    asking, nobody = browser(), browser()
    log_in(asking)
    for client in (here, asking, nobody):
        client.cookies["language"] = "en"
    own = (*OWN_PAGES, f"{mine}/stand-in/", f"{mine}/hand-over/", f"invitation/{post_link.token}/")
    pages = {name: here.get(f"/accounts/{name}") for name in own}
    pages |= {name: here.post(f"/accounts/{name}", {"post_key": KEY}) for name in (f"{mine}/stand-in/", "details/")}
    pages |= {name: nobody.get(f"/accounts/{name}") for name in ("login/", f"invitation/{draft_link.token}/", "invitation/x/")}
    pages |= {"no address": nobody.post("/accounts/login/", {}), "wrong code": second(asking, "1")}
    assert {name: page.status_code for name, page in pages.items() if page.status_code not in (200, 409, 422)} == {}
    assert {name: chinese(words(page)) for name, page in pages.items() if chinese(words(page))} == {}
