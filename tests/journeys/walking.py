"""Somebody on the way through the site: opens pages, looks at each of them, and takes the guides' pictures.

Wherever somebody looks, axe must find nothing, nothing may stick out sideways, and no script may have failed.
With GONGXUE_PICTURES=1 the pictures of the guides are taken anew (`make pictures`).
"""

import os
import re
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from gongxue.records.models import Message, User
from gongxue.site.demo.cast import DOMAIN
from tests.site.browsing import DESK, PHONE, opened

PICTURES: Final = Path(__file__).parent.parent.parent / "docs" / "guides" / "pictures"
TAKES: Final = bool(os.environ.get("GONGXUE_PICTURES"))
STRIP: Final = "display => document.querySelectorAll('.demo-strip, #hint_password').forEach(strip => { strip.style.display = display })"
"""The guides show the site as a city has it."""
ADDRESS: Final = re.compile(r"https?://[^/\s]+(/\S+)")

__all__ = ["DESK", "PHONE", "Town", "Walker", "expect"]


def told_of() -> set[str]:
    """The pictures that the guides and the front pages show."""
    pages = [*PICTURES.parent.glob("*.md"), *PICTURES.parent.parent.parent.glob("README*.md")]
    return {name for page in pages for name in re.findall(r"pictures/([\w-]+\.png)", page.read_text("utf-8"))}


class Walker:
    """One person in one browser. `passed_over` are rules of the checker that are left to others who look at the same pages."""

    passed_over: tuple[str, ...] = ()

    def __init__(self, context: BrowserContext, page: Page, address: str, *, has_scripts: bool = True) -> None:
        self.context, self.page, self.address, self.has_scripts = context, page, address, has_scripts
        self.size = "phone" if (page.viewport_size or DESK)["width"] < 600 else "desk"

    def go(self, path: str) -> None:
        """Open an address of the site."""
        self.page.goto(self.address + path)

    def press(self, name: str) -> None:
        """Press the button or follow the link of this name."""
        self.page.get_by_role("button", name=name, exact=True).or_(self.page.get_by_role("link", name=name, exact=True)).first.click()

    def fill(self, label: str, text: str) -> None:
        """Type into the field of this label."""
        self.page.get_by_label(label, exact=True).first.fill(text)

    def saved(self) -> None:
        """Wait until the page says that everything is saved."""
        expect(self.page.locator("#saved")).to_contain_text("已儲存", timeout=15_000)

    def look(self, picture: str = "") -> None:
        """Look at the page as it is: a checker of accessibility finds nothing, nothing sticks out; take the guide's picture."""
        self.page.wait_for_load_state()
        options = {"resultTypes": ["violations"], "rules": {rule: {"enabled": False} for rule in self.passed_over}}
        checked = Axe().run(self.page, options=options).response["violations"] if self.has_scripts else []  # the checker is a script, too
        found = [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in checked]
        assert (self.page.url, found) == (self.page.url, [])
        over = self.page.evaluate("Math.max(0, document.documentElement.scrollWidth - window.innerWidth)")
        assert (self.page.url, over) == (self.page.url, 0)
        path = PICTURES / f"{picture}-{self.size}.png"
        if TAKES and path.name in told_of():
            self._take(path)

    def _take(self, path: Path) -> None:
        """What stands in the window, without what blinks, in so few colours that a guide of ten pictures stays small."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.evaluate(STRIP, "none")  # by hand: whatever Playwright adds as a style, the content policy forbids
        taken = self.page.screenshot(caret="initial")
        self.page.evaluate(STRIP, "")
        with Image.open(BytesIO(taken)) as image:
            image.convert("RGB").quantize(96, dither=Image.Dither.NONE).save(path, optimize=True)

    def choose(self, label: str, option: str) -> None:
        """Choose from the list of this label."""
        self.page.get_by_label(label, exact=True).first.select_option(label=option)

    def title(self, words: str) -> None:
        """The page is the one with this heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words)

    def reads(self, *words: str) -> None:
        """These words stand on the page, for people to see."""
        for each in words:
            expect(self.page.get_by_text(each).locator("visible=true").first).to_be_visible()

    def reach(self, selector: str, press: str = "Enter") -> None:
        """By keyboard alone: go on with Tab until this stands in focus, which must be seen, and press a key there."""
        for _ in range(250):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("chosen => document.activeElement.matches(chosen)", selector):
                outline = self.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert (selector, outline) != (selector, "none")
                self.page.keyboard.press(press)
                return
        raise AssertionError(f"no Tab leads to {selector} on {self.page.url}")

    def fetch(self, name: str) -> tuple[str, bytes]:
        """Take a file away by the link or button of this name: what it is called, and its bytes."""
        with self.page.expect_download(timeout=60_000) as coming:
            self.press(name)
        return coming.value.suggested_filename, coming.value.path().read_bytes()


class Town:
    """The served city, and everybody who walks in it."""

    def __init__(self, chromium: Browser, address: str) -> None:
        self.chromium, self.address = chromium, address
        self.walkers: list[Walker] = []

    def stranger(self, size: dict[str, int] = DESK, **options: Any) -> Walker:
        """Somebody who has not logged in."""
        page = opened(self.chromium, self.address + "/", size, **options)
        page.set_default_timeout(20_000)
        walker = Walker(page.context, page, self.address, has_scripts=options.get("java_script_enabled", True))
        self.walkers.append(walker)
        return walker

    def enter(self, key: str, size: dict[str, int] = DESK, **options: Any) -> Walker:
        """One of the cast, logged in: `lin`, `huang`, …"""
        return self.enter_as(f"{key}@{DOMAIN}", size, **options)

    def enter_as(self, email: str, size: dict[str, int] = DESK, **options: Any) -> Walker:
        """Whoever has this address, logged in, on their home page."""
        walker = self.stranger(size, **options)
        request = HttpRequest()
        request.session = SessionStore()
        login(request, User.objects.get(email=email), backend="django.contrib.auth.backends.ModelBackend")
        request.session.save()
        walker.context.add_cookies([{"name": "session", "value": str(request.session.session_key), "url": self.address}])
        walker.go("/home/")
        return walker

    @staticmethod
    def link_to(email: str) -> str:
        """The path of the link in the newest letter to this address."""
        letter = Message.objects.filter(to=email).order_by("-pk").first()
        assert letter is not None
        found = ADDRESS.search(letter.body)
        assert found is not None
        return found[1]

    def close(self) -> None:
        """Everybody goes home."""
        for walker in self.walkers:
            walker.context.close()
