"""Somebody who types on a served site, in browsers that can be cut off."""

from collections.abc import Callable

from playwright.sync_api import Browser, BrowserContext, Page, expect

from bench.afternoon.served import Site
from tests.trials.visitor import Visitor

SOON, LATE = 15_000, 40_000
"""Milliseconds within which a page has saved; and where it has to try again."""
OTHER = {"basics": "convener/title", "schedule": "place", "budget": "unit"}
"""For each form another field, of the whole or of the same row."""


class Desk:
    """One person before one form: the site, a browser, and the field that is typed into."""

    def __init__(self, site: Site, browser: Browser, visitor: Visitor, section: str) -> None:
        self.site, self.browser, self.visitor, self.section = site, browser, visitor, section
        _, self.path, self.text = next(field for field in visitor.editor.fields if field[0] == section)
        self.address = f"{site.address}/applications/{visitor.editor.application}/sections/{section}/"
        self.contexts: list[BrowserContext] = []

    def device(self, context: BrowserContext | None = None) -> BrowserContext:
        """A browser of its own, logged in."""
        made = context if context is not None else self.browser.new_context(locale="zh-TW")
        self.contexts.append(made)
        self.log_in(made)
        return made

    def log_in(self, context: BrowserContext) -> None:
        """Log in, as in another tab."""
        context.add_cookies([{"name": "session", "value": self.visitor.editor.session, "url": self.site.address}])

    def open(self, context: BrowserContext, before: Callable[[Page], object] = lambda page: None) -> Page:
        """The form in a new tab."""
        page = context.new_page()
        before(page)
        page.goto(self.address)
        return page

    def other(self) -> str:
        """The path of the other field."""
        return OTHER[self.section] if "/" not in self.path else f"{self.path.rpartition('/')[0]}/{OTHER[self.section]}"

    def close(self) -> None:
        """Close what is still open, without asking."""
        for context in self.contexts:
            context.close()


def put(page: Page, path: str, text: str) -> None:
    """Type at the end of a field, key by key."""
    field = page.locator(f'[name="{path}"]').first
    field.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(text, delay=10)


def saved(page: Page, within: int = SOON) -> None:
    """Wait until the page says that all is saved."""
    expect(page.locator("#saved")).to_contain_text("已儲存", timeout=within)


def told(page: Page, words: str = "尚未儲存") -> None:
    """The page says that something is not saved, or why."""
    expect(page.locator("#saved")).to_contain_text(words, timeout=SOON)


def back(page: Page) -> None:
    """What was left behind is offered, and taken back."""
    page.locator('#unsent [data-do="restore"]').click(timeout=SOON)
    saved(page)
