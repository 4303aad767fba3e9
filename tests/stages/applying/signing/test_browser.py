"""Signing in a real browser: a principal with a phone, a director by keyboard alone, a clerk with a scan; and what a checker finds."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django import Settings

from gongxue.records.actor import Actor
from gongxue.records.models import Application, Signature
from gongxue.records.signatures import signable
from gongxue.records.signing import sign
from tests.records.city import NOON
from tests.site import browsing
from tests.site.browsing import DESK, PHONE, opened
from tests.site.uploads.ordinary import pdf

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.usefixtures("stopped_clock")]


@pytest.fixture
def site(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[str]:
    """The site."""
    with browsing.served() as address:
        yield address


def entered(chromium: Browser, site: str, actor: Actor, password: str, size: dict[str, int], **options: object) -> Page:
    """A page after logging in."""
    page = opened(chromium, f"{site}/accounts/login/", size, **options)
    page.get_by_label("電子郵件").fill(f"{actor.name}@example.edu.tw")
    page.get_by_label("密碼").fill(password)
    page.get_by_role("main").get_by_role("button", name="登入").click()
    page.wait_for_url(f"{site}/home/")
    return page


def found(page: Page) -> dict[str, object]:
    """What a checker of accessibility finds, and how much sticks out."""
    over = page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)")
    return {"axe": [each["id"] for each in Axe().run(page).response["violations"]], "over": over}


FINE = {"axe": [], "over": 0}


def test_a_principal_signs_on_a_phone(chromium: Browser, site: str, city: SimpleNamespace, sent: Application, passwords: str) -> None:
    for actor in (city.director, city.accountant):
        paper = signable(Application.objects.get(pk=sent.pk))
        sign(sent.pk, version=paper.version, digest=paper.digest, actor=actor, at=NOON)
    page = entered(chromium, site, city.principal, passwords, PHONE, has_touch=True, is_mobile=True)
    page.goto(f"{site}/applications/signing/")
    assert found(page) == FINE
    page.get_by_role("link", name=sent.name).click()
    assert found(page) == FINE
    page.get_by_label("再輸入一次您的登入密碼").fill("wrong")
    page.get_by_role("button", name="核章", exact=True).click()
    page.get_by_role("link", name="密碼不對，請再輸入一次。").wait_for()
    assert found(page) == FINE
    page.get_by_label("再輸入一次您的登入密碼").fill(passwords)
    page.get_by_role("button", name="核章", exact=True).click()
    page.get_by_text("三個章都核完了。").wait_for()
    assert (found(page), Application.objects.get(pk=sent.pk).state) == (FINE, "signed")
    page.context.close()


def test_a_director_returns_a_paper_by_keyboard_alone_and_without_javascript(
    chromium: Browser, site: str, city: SimpleNamespace, sent: Application, passwords: str
) -> None:
    page = entered(chromium, site, city.director, passwords, DESK, java_script_enabled=False)
    page.goto(f"{site}/applications/{sent.pk}/signing/")
    page.get_by_role("link", name="退回給召集人修改").focus()
    page.keyboard.press("Enter")
    page.get_by_label("要改什麼").press("Tab")
    page.get_by_label("要改什麼").press_sequentially("請補第 4 次的課堂實踐班級")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("已退回給召集人").wait_for()
    assert Application.objects.get(pk=sent.pk).state == "returned"
    page.context.close()


def asked_of(page: Page) -> list[str]:
    """What the page asks for of the applications, from now on."""
    asked: list[str] = []
    page.on(
        "request", lambda each: asked.append(f"{each.method} {path}") if "/applications/" in (path := urlsplit(each.url).path) else None
    )
    return asked


def test_a_clerk_hands_in_a_stamped_scan(
    chromium: Browser, site: str, city: SimpleNamespace, sent: Application, passwords: str, tmp_path: Path
) -> None:
    scan = tmp_path / "核章.pdf"
    scan.write_bytes(pdf(2))
    page = entered(chromium, site, city.clerk, passwords, DESK)
    page.goto(f"{site}/applications/{sent.pk}/signing/scan/")
    assert found(page) == FINE
    for label in ("承辦主任", "會計", "校長"):
        page.get_by_role("checkbox", name=label).check()
    page.get_by_label("紙本頁尾的校驗碼").fill("0123 4567 89ab")
    page.get_by_label("掃描檔或照片").set_input_files(scan)
    page.get_by_role("button", name="上傳").click()
    page.get_by_role("link", name="這個校驗碼對不上這一份").wait_for()
    assert (found(page), page.get_by_role("checkbox", name="會計").is_checked()) == (FINE, True)
    page.get_by_label("紙本頁尾的校驗碼").fill(signable(sent).digest[:12])
    page.get_by_label("掃描檔或照片").set_input_files(scan)
    own, asked = f"/applications/{sent.pk}/signing/", asked_of(page)
    page.get_by_role("button", name="上傳").click()
    page.get_by_text("三個章都核完了。").wait_for()
    assert asked == [f"POST {own}scan/", f"GET {own}done/"]  # the page that it leads to is built once
    assert list(Signature.objects.order_by("pk").values_list("role", "how")) == [
        (role, "paper") for role in ("director", "accountant", "principal")
    ]
    page.goto(f"{site}/applications/{sent.pk}/signing/")
    with page.expect_download() as download:
        page.get_by_role("link", name="下載掃描檔").first.click()
    assert download.value.suggested_filename == f"{sent.name}-核章掃描檔-20220324.pdf"
    page.context.close()
