"""The desk in a real browser: what is typed is saved, or kept; nobody's text is overwritten; the focus stays where it is."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as site_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page, Route
from pytest_django import Settings

from gongxue.records.actor import Actor
from gongxue.records.doors import edit, move
from gongxue.records.models import Application, User
from gongxue.site import clock
from tests.records.city import LATER, NOON, found_city, found_draft, put
from tests.site import browsing
from tests.site.browsing import DESK, PHONE

pytestmark = [pytest.mark.needs("chromium")]
Entering = Callable[..., Page]
SAVED = '#saved:has-text("已儲存")'


@pytest.fixture
def site(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[str]:
    """The site on the 24th of March 2022."""
    settings.DEMO, settings.VAR = True, tmp_path
    clock.start_over(NOON)
    with browsing.served() as address:
        yield address


@pytest.fixture
def town(site: str) -> SimpleNamespace:
    """The city with the convener's draft."""
    city = found_city()
    city.draft = found_draft(city)
    return city


@pytest.fixture
def entering(chromium: Browser, site: str) -> Iterator[Entering]:
    """A page on which somebody has logged in; an error of its scripts fails the test."""
    contexts: list[BrowserContext] = []

    def enter(actor: Actor, path: str, size: dict[str, int] = DESK, **options: object) -> Page:
        context = chromium.new_context(viewport=size, locale="zh-TW", **options)  # type: ignore[arg-type]  # options of a context
        contexts.append(context)
        log_in(context, site, actor)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"{path}: {error}"))
        page.on("console", lambda line: pytest.fail(line.text) if "Content Security Policy" in line.text else None)
        page.goto(site + path)
        return page

    yield enter
    for context in contexts:
        context.close()


def log_in(context: BrowserContext, site: str, actor: Actor) -> None:
    user, session = User.objects.get(pk=actor.user), SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save(must_create=True)
    context.add_cookies([{"name": site_settings.SESSION_COOKIE_NAME, "value": session.session_key or "", "url": site}])


def section(town: SimpleNamespace, name: str = "basics") -> str:
    return f"/applications/{town.draft.pk}/sections/{name}/"


def stands(town: SimpleNamespace, field: str) -> object:
    return Application.objects.get(pk=town.draft.pk).document[field]


def kept_here(page: Page) -> int:
    count: int = page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('gongxue:unsent:')).length")
    return count


def until(page: Page, words: str) -> None:
    page.locator("#saved", has_text=words).wait_for()


def test_what_is_typed_is_saved_after_a_pause_and_neither_focus_nor_caret_moves(town: SimpleNamespace, entering: Entering) -> None:
    page = entering(town.convener, section(town))
    page.locator("#summary").fill("字" * 101)
    page.locator("#summary").press("ArrowLeft")
    page.get_by_text("101／100 字").wait_for()
    until(page, "已儲存")
    assert page.locator("#summary").get_attribute("aria-invalid") == "true"
    assert "概述 101 字" in page.locator(".aside__panel").inner_text()
    assert page.evaluate("[document.activeElement.id, document.activeElement.selectionStart]") == ["summary", 100]
    assert (stands(town, "summary"), kept_here(page)) == ("字" * 101, 0)


def test_what_is_typed_before_the_script_is_there_is_saved_too(town: SimpleNamespace, entering: Entering) -> None:
    page = entering(town.convener, "/home/")
    held: list[Route] = []
    page.context.route("**/editor.*.js", lambda route: held.append(route))
    page.goto(page.url.replace("/home/", section(town)), wait_until="commit")
    page.locator("#name").fill("很快就寫的")
    held[0].continue_()
    until(page, "尚未儲存")
    until(page, "已儲存")
    assert stands(town, "name") == "很快就寫的"


def test_what_is_typed_without_a_network_is_kept_and_sent_once_it_is_back(town: SimpleNamespace, entering: Entering) -> None:
    page = entering(town.convener, section(town))
    page.context.set_offline(True)
    page.locator("#name").fill("離線寫的")
    page.locator("#name").blur()
    until(page, "連不上網路，已先存在這台裝置")
    assert (kept_here(page), stands(town, "name")) == (1, town.draft.name)
    page.context.set_offline(False)
    until(page, "已儲存")
    assert (kept_here(page), stands(town, "name")) == (0, "離線寫的")


def test_what_was_left_unsaved_is_offered_again_with_what_stands_there_now(town: SimpleNamespace, entering: Entering) -> None:
    page = entering(town.convener, section(town))
    page.context.route("**/save/", lambda route: route.abort())
    page.locator("#name").fill("沒存到的")
    page.locator("#name").blur()
    until(page, "連不上網路")
    # Before the page goes: a last save that slips out while it closes is then a clash, too.
    edit(town.draft.pk, [put("name", town.draft.name, "別人寫的")], actor=town.member, at=LATER)
    page.on("dialog", lambda dialog: dialog.accept())
    context, address = page.context, page.url
    context.set_offline(True)
    page.goto("about:blank")
    context.set_offline(False)
    context.unroute("**/save/")
    page.goto(address)
    again = page
    again.get_by_text("這台裝置上有還沒存進去的內容").wait_for()
    assert [each.inner_text() for each in again.locator("#unsent dd:visible").all()] == ["沒存到的", "別人寫的"]
    again.get_by_role("button", name="放回並儲存").click()
    again.get_by_text("有人同時改了同一欄，請選擇要保留的內容").wait_for()
    assert stands(town, "name") == "別人寫的"
    again.get_by_role("button", name="改用我寫的").click()
    until(again, "已儲存")
    assert (stands(town, "name"), kept_here(again)) == ("沒存到的", 0)


def test_two_people_merge_and_in_one_field_the_second_sees_both_texts(town: SimpleNamespace, entering: Entering) -> None:
    mine, theirs = entering(town.convener, section(town)), entering(town.member, section(town))
    theirs.locator("#name").fill("她寫的")
    theirs.locator("#other_funding").fill("她的")
    theirs.locator("#other_funding").blur()
    until(theirs, "已儲存")
    mine.locator("#other_funding").fill("我的")
    mine.locator("#other_funding").blur()
    clash = mine.locator("[data-clash]")
    clash.wait_for()
    assert "她的" in clash.inner_text()
    assert "我的" in clash.inner_text()
    assert mine.locator("#name").input_value() == "她寫的"
    assert (stands(town, "other_funding"), kept_here(mine)) == ("她的", 1)
    mine.get_by_role("button", name="保留現在的內容").click()
    until(mine, "已儲存")
    assert (mine.locator("#other_funding").input_value(), kept_here(mine)) == ("她的", 0)


def test_rows_are_added_removed_and_put_back_at_once(town: SimpleNamespace, entering: Entering) -> None:
    page = entering(town.convener, section(town, "outcomes"))
    before = page.locator("[data-rows=outcomes] > [data-row]").count()
    page.get_by_role("button", name="增加一項").click()
    page.keyboard.type("新的效益")
    page.get_by_role("button", name="上移").last.click()
    until(page, "已儲存")
    assert [row.get("outcome") for row in stands(town, "outcomes")][before - 1] == "新的效益"  # type: ignore[attr-defined]  # rows
    page.locator("[data-row]").nth(before - 1).get_by_role("button", name="刪除這一項").click()
    page.get_by_text("已刪除一列。").wait_for()
    page.get_by_role("button", name="放回去").click()
    until(page, "已儲存")
    page.reload()
    assert page.locator("textarea[name$='/outcome']").nth(before - 1).input_value() == "新的效益"


def test_after_the_session_has_ended_it_is_kept_and_saved_once_one_is_back(town: SimpleNamespace, entering: Entering, site: str) -> None:
    page = entering(town.convener, section(town))
    page.context.clear_cookies()
    page.locator("#name").fill("逾時後寫的")
    page.locator("#name").blur()
    until(page, "您已登出或登入逾時")
    assert (kept_here(page), stands(town, "name")) == (1, town.draft.name)
    log_in(page.context, site, town.convener)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    until(page, "已儲存")
    assert stands(town, "name") == "逾時後寫的"


def test_what_one_person_typed_is_not_saved_for_the_next(town: SimpleNamespace, entering: Entering, site: str) -> None:
    page = entering(town.convener, section(town))
    page.context.clear_cookies()
    log_in(page.context, site, town.member)
    page.locator("#name").fill("召集人寫的")
    page.locator("#name").blur()
    until(page, "另一個帳號")
    assert (kept_here(page), stands(town, "name")) == (1, town.draft.name)
    log_in(page.context, site, town.convener)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    until(page, "已儲存")
    assert (kept_here(page), stands(town, "name")) == (0, "召集人寫的")


def test_nor_where_the_next_may_not_see_it_and_it_goes_on_once_the_first_is_back(
    town: SimpleNamespace, entering: Entering, site: str
) -> None:
    page = entering(town.convener, section(town))
    page.context.clear_cookies()
    log_in(page.context, site, town.stranger)
    page.locator("#name").fill("召集人寫的")
    page.locator("#name").blur()
    until(page, "現在登入的帳號不能看它")
    assert (kept_here(page), page.locator("#notice").inner_text(), stands(town, "name")) == (1, "", town.draft.name)
    log_in(page.context, site, town.convener)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    until(page, "已儲存")
    assert (kept_here(page), stands(town, "name")) == (0, "召集人寫的")


def test_once_it_is_with_the_school_what_is_typed_can_be_copied(town: SimpleNamespace, entering: Entering) -> None:
    page = entering(town.convener, section(town))
    move(town.draft.pk, "send_to_school", actor=town.convener, at=LATER)
    page.locator("#name").fill("太晚寫的")
    page.locator("#name").blur()
    page.get_by_text("申請書現在不能修改。需要的內容請先複製下來。").wait_for()
    assert "現在是「核章中」，不能做這件事" in page.locator("#notice").inner_text()
    assert "太晚寫的" in page.locator("#unsent").inner_text()
    assert stands(town, "name") == town.draft.name


def test_logging_out_asks_first_while_something_is_unsaved(town: SimpleNamespace, entering: Entering) -> None:
    page = entering(town.convener, section(town))
    page.context.route("**/save/", lambda route: route.fulfill(status=503))
    page.locator("#name").fill("還沒存的")
    page.locator("#name").blur()
    until(page, "伺服器暫時存不進去")
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.locator(".site-header__wide").get_by_role("button", name="登出").click()
    page.wait_for_timeout(300)
    assert [words[:14] for words in asked] == ["這台裝置上有還沒存進申請書的"]
    assert page.url.endswith(section(town))


PAGES = ["", "sections/basics/", "sections/outcomes/", "check/", "people/?q=e", "withdraw/"]


@pytest.mark.parametrize(("size", "colours"), [(PHONE, "light"), (DESK, "dark")], ids=["phone in light", "desk in dark"])
def test_a_checker_of_accessibility_finds_nothing_and_nothing_sticks_out(
    town: SimpleNamespace, entering: Entering, site: str, size: dict[str, int], colours: str
) -> None:
    edit(town.draft.pk, [put("summary", town.draft.document["summary"], "")], actor=town.convener, at=LATER)
    page = entering(town.convener, "/home/", size, color_scheme=colours)
    found, out = {}, {}
    for path in ["/home/", "/applications/start/", *(f"/applications/{town.draft.pk}/{each}" for each in PAGES)]:
        page.goto(site + path)
        violations = Axe().run(page).response["violations"]
        if violations:
            found[path] = [(each["id"], [node["html"] for node in each["nodes"]]) for each in violations]
        if (over := page.evaluate("document.documentElement.scrollWidth - window.innerWidth")) > 0:
            out[path] = over
    assert (found, out) == ({}, {})


def test_what_one_taps_on_a_phone_is_44_pixels_high(town: SimpleNamespace, entering: Entering, site: str) -> None:
    page = entering(town.convener, "/home/", PHONE, has_touch=True, is_mobile=True)
    small = {}
    for path in ["/home/", *(f"/applications/{town.draft.pk}/{each}" for each in PAGES)]:
        page.goto(site + path)
        small[path] = page.evaluate("""() => [...document.querySelectorAll(
                "main button, summary, main input:not([type=hidden]), select, textarea, a.btn")]
            .filter(each => each.checkVisibility() && !each.closest(".visually-hidden") && !each.classList.contains("visually-hidden"))
            .map(each => [each, each.closest("label, .form-check") || each])
            .filter(([each, target]) => Math.max(each.getBoundingClientRect().height, target.getBoundingClientRect().height) < 43.5)
            .map(([each]) => each.outerHTML.slice(0, 120))""")
    assert {path: each for path, each in small.items() if each} == {}
