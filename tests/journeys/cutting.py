"""Twelve ways in which somebody who types is cut off.

Each way types, is cut off in the middle, goes on as a person would, and gives back what the field has to hold at the end. Whatever is not
saved is said not to be: no way passes in silence.
"""

import os
import resource
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Route, expect

from bench.afternoon.served import Site
from tests.journeys.desk import LATE, SOON, Desk, back, put, saved, told
from tests.trials.family import family, kill

FIRST, SECOND = "先寫一句", "再寫一句abc"
PAST_THE_DEADLINE = 10 * 3600.0
"""Seconds from the afternoon of the last day to after its end."""


def tab_killed(desk: Desk) -> str:
    """The tab crashes before the pause after which it saves."""
    context = desk.device()
    page = desk.open(context)
    put(page, desk.path, FIRST)
    saved(page)
    put(page, desk.path, SECOND)
    told(page)
    told_of = desk.browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    with page.expect_event("crash"):
        for process in (each["id"] for each in told_of if each["type"] == "renderer"):
            os.kill(process, signal.SIGKILL)
    page.close()
    back(desk.open(context))
    return desk.text + FIRST + SECOND


def browser_killed(desk: Desk) -> str:
    """The network is gone, and then the browser is killed: what was typed in the last five seconds may be lost, and no more."""
    with tempfile.TemporaryDirectory() as folder:
        kind = desk.browser.browser_type
        options: dict[str, Any] = {"executable_path": "/usr/bin/chromium", "args": ["--no-sandbox"], "locale": "zh-TW"}
        context = desk.device(kind.launch_persistent_context(folder, **options))
        page = desk.open(context)
        context.set_offline(True)
        put(page, desk.path, FIRST)
        told(page)
        time.sleep(5)
        put(page, desk.path, SECOND)
        for process in browser_of(folder):
            os.kill(process, signal.SIGKILL)
        desk.contexts.remove(context)
        again = desk.device(kind.launch_persistent_context(folder, **options))
        page = desk.open(again)
        back(page)
        text = page.locator(f'[name="{desk.path}"]').first.input_value()
        desk.contexts.remove(again)
        again.close()
    assert (desk.text + FIRST + SECOND).startswith(text)
    assert text.startswith(desk.text + FIRST)
    return text


def browser_of(folder: str) -> list[int]:
    """The processes of the browser that keeps its data in a folder of ours."""
    return [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/cmdline") if folder.encode() in _read(path)]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def ten_minutes_offline(desk: Desk) -> str:
    """The network is away for ten minutes."""
    context = desk.device()
    page = desk.open(context, lambda page: page.clock.install())
    context.set_offline(True)
    put(page, desk.path, FIRST)
    told(page, "連不上網路")
    page.clock.fast_forward(600_000)
    put(page, desk.path, SECOND)
    told(page)
    context.set_offline(False)
    saved(page, LATE)
    return desk.text + FIRST + SECOND


def session_expired(desk: Desk) -> str:
    """The session ends, and somebody logs in again in another tab."""
    context = desk.device()
    page = desk.open(context)
    put(page, desk.path, FIRST)
    context.clear_cookies(name="session")
    put(page, desk.path, SECOND)
    told(page, "登入逾時")
    desk.log_in(context)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    saved(page, LATE)
    return desk.text + FIRST + SECOND


def server_restarted(desk: Desk) -> str:
    """The server dies and comes back."""
    page = desk.open(desk.device())
    put(page, desk.path, FIRST)
    kill(desk.site)
    put(page, desk.path, SECOND)
    told(page)
    desk.site.start()
    saved(page, LATE)
    return desk.text + FIRST + SECOND


def too_big(desk: Desk) -> str:
    """Something on the way takes no request so big: the field says so, keeps what is typed, and goes on later."""
    page = desk.open(desk.device())
    page.route("**/save/", lambda route: route.fulfill(status=413, body="<p>太大了</p>", content_type="text/html"))
    put(page, desk.path, FIRST)
    expect(page.locator(".not-kept").first).to_be_visible(timeout=SOON)
    told(page)
    page.unroute("**/save/")
    put(page, desk.path, SECOND)
    saved(page)
    return desk.text + FIRST + SECOND


def fault(desk: Desk) -> str:
    """The server breaks down on the first two tries."""
    return _twice(desk, 500)


def busy(desk: Desk) -> str:
    """The server is not able on the first two tries."""
    return _twice(desk, 503)


def _twice(desk: Desk, status: int) -> str:
    page = desk.open(desk.device())
    tries: list[str] = []

    def answer(route: Route) -> None:
        tries.append(route.request.url)
        headers = {"Retry-After": "1"} if status == 503 else {}
        route.fulfill(status=status, body="-", headers=headers) if len(tries) <= 2 else route.continue_()

    page.route("**/save/", answer)
    put(page, desk.path, FIRST)
    told(page, "暫時存不進去")
    put(page, desk.path, SECOND)
    saved(page, LATE)
    assert len(tries) >= 3
    return desk.text + FIRST + SECOND


def disk_full(desk: Desk) -> str:
    """No process of the server can make a file any longer, until somebody makes room."""
    page = desk.open(desk.device())
    with full(desk.site):
        put(page, desk.path, FIRST)
        told(page, "暫時存不進去")
        put(page, desk.path, SECOND)
        told(page)
    saved(page, LATE)
    return desk.text + FIRST + SECOND


@contextmanager
def full(site: Site) -> Iterator[None]:
    """A limit of nothing on the size of files, set on the running server."""
    assert site.process is not None
    processes = family(site.process.pid)
    _, most = resource.prlimit(processes[0], resource.RLIMIT_FSIZE)
    for process in processes:
        resource.prlimit(process, resource.RLIMIT_FSIZE, (0, most))
    try:
        yield
    finally:
        for process in processes:
            resource.prlimit(process, resource.RLIMIT_FSIZE, (most, most))


def two_tabs(desk: Desk) -> str:
    """The same field in two tabs: the second shows both texts, and its writer chooses."""
    context = desk.device()
    first, second = desk.open(context), desk.open(context)
    put(first, desk.path, FIRST)
    saved(first)
    put(second, desk.path, SECOND)
    clash = second.locator(f'[data-clash="{desk.path}"]')
    expect(clash).to_contain_text(FIRST, timeout=SOON)
    expect(clash).to_contain_text(SECOND)
    told(second)
    clash.locator('button[value^="mine "]').click()
    saved(second)
    return desk.text + SECOND


def two_devices(desk: Desk) -> str:
    """Two fields on two devices at the same time: neither takes anything from the other."""
    first, second = desk.open(desk.device()), desk.open(desk.device())
    put(first, desk.path, FIRST)
    put(second, desk.other(), "另")
    put(first, desk.path, SECOND)
    for page in (first, second):
        saved(page)
    reread = desk.open(desk.contexts[0])
    assert reread.locator(f'[name="{desk.other()}"]').first.input_value().endswith("另")
    return desk.text + FIRST + SECOND


def deadline_passes(desk: Desk) -> str:
    """The deadline passes while one types: a draft is still saved."""
    page = desk.open(desk.device())
    put(page, desk.path, FIRST)
    clock = Path(desk.site.environment["GONGXUE_VAR"]) / "demo-clock"
    clock.write_text(repr(float(clock.read_text("ascii")) + PAST_THE_DEADLINE), "ascii")
    put(page, desk.path, SECOND)
    saved(page)
    return desk.text + FIRST + SECOND


WAYS: dict[str, Callable[[Desk], str]] = {
    way.__name__: way
    for way in (
        tab_killed, browser_killed, ten_minutes_offline, session_expired, server_restarted, too_big, fault, busy, disk_full, two_tabs,
        two_devices, deadline_passes,
    )
}  # fmt: skip
