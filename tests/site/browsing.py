"""A real browser on the real site: what tests in Chromium share."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, sync_playwright

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Playwright runs a loop in this thread, which Django would take for asynchronous code."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            yield browser
            browser.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@contextmanager
def served() -> Iterator[str]:
    """The site at an address of its own, as it is served for people: WhiteNoise gives the files, under their hashed names.

    pytest-django's live server would look for unhashed ones. Needs committed data: `django_db(transaction=True)`.
    """
    server = LiveServerThread("127.0.0.1", static_handler=lambda application: application)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error is not None:
        raise server.error
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.terminate()


def opened(browser: Browser, address: str, size: dict[str, int] = DESK, **options: Any) -> Page:
    """A page in a browser of its own; an error of its scripts, or a breach of the content policy, fails the test."""
    page = browser.new_context(viewport=size, locale="zh-TW", **options).new_page()
    page.on("pageerror", lambda error: pytest.fail(f"{address}: {error}"))
    page.on("console", lambda line: pytest.fail(f"{address}: {line.text}") if "Content Security Policy" in line.text else None)
    page.goto(address)
    return page
