"""The pages of the shell: what stands on them, and what they cost."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from gongxue.records.actor import Actor
from gongxue.records.doors import edit
from gongxue.records.models import Application, User
from gongxue.records.snapshots import freeze
from gongxue.site import home, nav
from tests.records.city import LATER, put

As = Callable[[Actor], Client]
PUBLIC = ["/", "/call/", "/call/clauses/", "/verify/", "/accessibility/", "/privacy/"]
HAN = re.compile(r"[\u3400-\u9fff]")


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_costs_a_stranger_no_query(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    with django_assert_num_queries(0):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", PUBLIC[1:])
def test_a_page_costs_who_has_logged_in_session_user_and_posts(
    city: SimpleNamespace, as_: As, django_assert_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    browser = as_(city.clerk)
    with django_assert_num_queries(3):
        assert browser.get(address).status_code == 200


@pytest.mark.parametrize("address", PUBLIC)
def test_a_page_has_one_heading_a_title_and_a_way_past_the_menu(client: Client, db: None, address: str) -> None:
    page = client.get(address).content.decode()
    assert page.count("<h1") == 1
    assert re.search(r"<title>[^<]*共學</title>", page)
    assert '<a class="skip-link" href="#main">' in page
    assert 'href="/accessibility/"' in page


@pytest.mark.parametrize("address", [*PUBLIC, "/style/", "/no/such/page/"])
def test_a_page_has_no_script_and_no_style_of_its_own(client: Client, db: None, settings: Settings, address: str) -> None:
    settings.DEMO = True
    page = client.get(address).content.decode()
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son\w+=|javascript:", page) == []


@pytest.mark.parametrize("address", PUBLIC)
def test_in_english_no_word_is_left_in_chinese(client: Client, db: None, address: str) -> None:
    client.cookies["language"] = "en"
    page = client.get(address).content.decode()
    assert '<html lang="en">' in page
    # What the plan's clauses say in English names forms, tables and clauses as the plan does.
    page = re.sub(r'<ul class="clauses">.*?</section>', "", page, flags=re.DOTALL)
    read = re.sub(r'<[^>]*\blang="zh-Hant-TW"[^>]*>[^<]*<|<[^>]*class="(?:site-mark|cite)"[^>]*>[^<]*<|<[^>]+>', "\n", page)
    # Names of forms and of the foot's code are printed in Chinese on the papers, so that English names them so.
    left = re.sub(r"附件[一二三四](-表1)?|校驗碼", "", read)
    assert [line.strip() for line in left.splitlines() if HAN.search(line)] == []


def test_the_front_page_is_for_strangers_and_sends_others_to_their_own(client: Client, city: SimpleNamespace, as_: As) -> None:
    assert "登入" in client.get("/").content.decode()
    assert as_(city.convener).get("/").headers["Location"] == "/home/"


def test_home_greets_by_name_and_says_that_nothing_waits(city: SimpleNamespace, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "_panels", [])
    page = as_(city.convener).get("/home/").content.decode()
    assert "convener，接下來" in page
    assert "目前沒有等您辦的事" in page


def test_home_shows_a_panel_to_whom_it_concerns(city: SimpleNamespace, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "_panels", [])
    home.add(home.Panel(1, "site/pieces/empty.html", lambda request: {} if "clerk" in request.actor.roles() else None))
    assert "目前沒有等您辦的事" not in as_(city.clerk).get("/home/").content.decode()
    assert "目前沒有等您辦的事" in as_(city.convener).get("/home/").content.decode()


def test_the_menu_shows_each_what_concerns_them(city: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nav, "_entries", {})
    words = nav.Text("x", "x")
    nav.add(nav.Entry(2, words, "for_clerks", ("clerk",)), nav.Entry(1, words, "for_all"), nav.Entry(3, words, "for_known", ("*",)))
    shown = {name: [entry.route for entry in nav.entries_for(getattr(city, name))] for name in ("clerk", "convener", "stranger")}
    assert shown == {
        "clerk": ["for_all", "for_clerks", "for_known"],
        "convener": ["for_all", "for_known"],
        "stranger": ["for_all", "for_known"],
    }
    assert [entry.route for entry in nav.entries_for(Actor(None, ""))] == ["for_all"]


def test_the_menu_says_to_which_of_its_words_a_page_belongs() -> None:
    words = nav.Text("x", "x")
    entries = [nav.Entry(1, words, "room:list", covers=("room:",)), nav.Entry(2, words, "room:beside", covers=("room:besides",))]
    pages = ("room:list", "room:one", "room:beside", "room:besides_one", "elsewhere:list", "")
    assert [nav.entry_of(view, entries) for view in pages] == ["room:list", "room:list", "room:beside", "room:beside", "", ""]


def test_the_word_of_a_page_s_room_is_marked_in_the_menu(city: SimpleNamespace, as_: As) -> None:
    marked = re.findall(r'href="([^"]+)" aria-current="(page|true)"', as_(city.clerk).get("/call/clauses/").content.decode())
    assert marked == [("/call/", "true")] * 2  # in the menu of a phone, and in that of a desk


def test_a_page_speaks_chinese_until_somebody_chooses_another(client: Client, db: None) -> None:
    answer = client.get("/call/", headers={"accept-language": "en-GB,en;q=0.9"})
    assert (answer.headers["Content-Language"], "計畫與規定" in answer.content.decode()) == ("zh-hant", True)
    client.cookies["language"] = "de"
    assert client.get("/call/").headers["Content-Language"] == "zh-hant"


def test_the_language_is_remembered_and_the_visitor_stays_on_the_page(client: Client, db: None) -> None:
    answer = client.post("/language/", {"language": "en", "next": "/call/?x=1"})
    assert (answer.headers["Location"], answer.cookies["language"].value) == ("/call/?x=1", "en")
    assert "Plan and rules" in client.get("/call/").content.decode()


def test_who_has_logged_in_gets_mail_in_that_language_too(city: SimpleNamespace, as_: As) -> None:
    as_(city.convener).post("/language/", {"language": "en", "next": "/"})
    assert User.objects.get(pk=city.convener.user).language == "en"


@pytest.mark.parametrize(("language", "back"), [("xx", "/call/"), ("en", "https://elsewhere.example/"), ("en", "//elsewhere.example/")])
def test_no_other_language_and_no_other_site(client: Client, db: None, language: str, back: str) -> None:
    answer = client.post("/language/", {"language": language, "next": back})
    assert (answer.headers["Location"], "language" in answer.cookies) == (("/call/", False) if language == "xx" else ("/", True))


def test_a_date_is_read_back_while_it_is_typed(client: Client, db: None) -> None:
    assert client.get("/date/?name=starts&starts=111/8/1").content.decode() == "111年8月1日（一）"
    assert client.get("/date/").content.decode() == ""


@pytest.mark.parametrize(("demo", "status"), [(True, 200), (False, 404)])
def test_the_style_page_is_for_the_demo(client: Client, db: None, settings: Settings, demo: bool, status: int) -> None:
    settings.DEMO = demo
    assert client.get("/style/").status_code == status


class TestVerifying:
    """A paper's hash: everybody learns yes or no, and no more than that unless they may see the application."""

    @pytest.fixture
    def digest(self, draft: Application) -> str:
        return freeze(draft, "edit").digest

    def page(self, browser: Client, digest: str) -> str:
        return browser.get("/verify/", {"digest": digest}).content.decode()

    def test_a_stranger_learns_that_it_is_known_and_not_whose_it_is(self, client: Client, draft: Application, digest: str) -> None:
        page = self.page(client, digest[:12])
        assert "屬於這裡保存的版本" in page
        assert draft.name not in page

    def test_so_does_somebody_of_another_school(self, city: SimpleNamespace, as_: As, draft: Application, digest: str) -> None:
        page = self.page(as_(city.other_clerk), digest[:12])
        assert "屬於這裡保存的版本" in page
        assert draft.name not in page

    def test_who_may_see_it_learns_its_name_and_version(self, city: SimpleNamespace, as_: As, draft: Application, digest: str) -> None:
        page = self.page(as_(city.clerk), digest)
        assert draft.name in page
        assert "第 1 版" in page
        assert "之後沒有更新的定稿" in page

    def test_a_paper_that_has_been_overtaken_is_told_so(self, city: SimpleNamespace, as_: As, draft: Application, digest: str) -> None:
        edit(draft.pk, [put("summary", draft.document["summary"], "改過的簡介")], actor=city.convener, at=LATER)
        draft.refresh_from_db()
        freeze(draft, "send_to_school")
        assert "之後還有更新的版本" in self.page(as_(city.clerk), digest[:12])

    def test_capitals_and_blanks_are_forgiven(self, client: Client, digest: str) -> None:
        assert "屬於這裡保存的版本" in self.page(client, f" {digest[:4].upper()} {digest[4:8]}-{digest[8:12]} ")

    def test_what_is_not_known_is_told_what_to_look_at(self, client: Client, db: None) -> None:
        assert "這裡沒有這個校驗碼" in self.page(client, "0" * 12)

    @pytest.mark.parametrize("typed", ["", "123", "zzzzzzzzzzzz", "0" * 65])
    def test_what_cannot_be_one_is_told_at_the_field(self, client: Client, db: None, typed: str) -> None:
        answer = client.get("/verify/", {"digest": typed})
        assert answer.status_code == 422
        assert 'aria-invalid="true"' in answer.content.decode()

    def test_it_costs_a_stranger_the_count_of_tries_and_one_look(
        self, client: Client, digest: str, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        client.get("/verify/", {"digest": digest[:12]})
        with django_assert_num_queries(7):
            client.get("/verify/", {"digest": digest[:12]})
