"""How every test run behaves: repeatable trials, and no test left out without saying so."""

import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NOTO_TC = Path(__file__).parent.parent / "node_modules/@expo-google-fonts/noto-serif-tc/400Regular/NotoSerifTC_400Regular.ttf"

# What a test may need of the machine: whether it is there, and what brings it.
CAPABILITIES: dict[str, tuple[Callable[[], object], str]] = {
    "soffice": (lambda: shutil.which("soffice"), "Debian package libreoffice-writer-nogui"),
    "poppler": (lambda: shutil.which("pdftotext") and shutil.which("pdftoppm"), "Debian package poppler-utils"),
    "chromium": (lambda: shutil.which("chromium"), "Debian package chromium"),
    "postgresql": (lambda: any(Path("/usr/lib/postgresql").glob("*/bin/initdb")), "Debian package postgresql"),
    "tw-kai": (Path("/usr/share/fonts/truetype/cns11643/TW-Kai-98_1.ttf").exists, "Debian package fonts-cns11643-kai"),
    "noto-cjk": (Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc").exists, "Debian package fonts-noto-cjk"),
    "npm-noto": (NOTO_TC.exists, "scripts/npm-install.sh"),
}

SOAK = bool(os.environ.get("GONGXUE_SOAK"))

# The usual run draws the same few examples every time; a soak draws many, and others each time.
hypothesis.settings.register_profile("usual", max_examples=60, derandomize=True, deadline=None)
hypothesis.settings.register_profile("soak", max_examples=5000, derandomize=False, deadline=None, print_blob=True)
hypothesis.settings.load_profile("soak" if SOAK else "usual")

Rounds = Callable[[int, int], int]


@pytest.fixture
def rounds() -> Rounds:
    """How many rounds a long trial of our own runs: `rounds(few, full)` is `few` in `make test` and `full` in `make soak`."""
    return lambda few, full: full if SOAK else few


@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:
    """One browser for the tests of a file."""
    from tests.site import browsing

    with browsing.chromium() as browser:
        yield browser


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(NotRun(config), "gongxue-not-run")


class NotRun:
    """Leaves out tests that need what this machine lacks, and names every one of them at the end of the run.

    The tests are chosen where they are collected, which with xdist is in each worker; the list is printed by the process that reports.
    """

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.left_out: dict[str, set[str]] = defaultdict(set)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        missing = {name for name, (is_there, _) in CAPABILITIES.items() if not is_there()}
        kept: list[pytest.Item] = []
        gone: list[pytest.Item] = []
        for item in items:
            lacking = sorted(set(needs(item)) & missing)
            for name in lacking:
                self.left_out[name].add(item.nodeid)
            (gone if lacking else kept).append(item)
        if gone:
            items[:] = kept
            config.hook.pytest_deselected(items=gone)

    def pytest_sessionfinish(self) -> None:
        if hasattr(self.config, "workeroutput"):
            self.config.workeroutput["left_out"] = {name: sorted(tests) for name, tests in self.left_out.items()}

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        for name, tests in getattr(node, "workeroutput", {}).get("left_out", {}).items():
            self.left_out[name].update(tests)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if not self.left_out:
            return
        terminalreporter.section("not run")
        for name, tests in sorted(self.left_out.items()):
            count = f"{len(tests)} test{'s' if len(tests) != 1 else ''}"
            terminalreporter.write_line(f"not run: {count}, because {name} is missing ({CAPABILITIES[name][1]} brings it)")
            for test in sorted(tests):
                terminalreporter.write_line(f"  {test}")


DATABASE = {"db", "transactional_db", "live_server", "installation", "begun"}
"""Fixtures of tests that use the database."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In the run on PostgreSQL, only what uses the database; what a browser shows does not depend on which, so a soak alone looks twice."""
    if os.environ.get("GONGXUE_TESTS") != "database":
        return
    kept = [
        item for item in items if _uses_database(item) and (SOAK or not any("chromium" in mark.args for mark in item.iter_markers("needs")))
    ]
    chosen = set(map(id, kept))
    gone = [item for item in items if id(item) not in chosen]
    items[:] = kept
    config.hook.pytest_deselected(items=gone)


def _uses_database(item: pytest.Item) -> bool:
    return bool(DATABASE & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db"))


def needs(item: pytest.Item) -> Iterator[str]:
    """The capabilities a test asks for by `@pytest.mark.needs(…)`; one that nobody knows stops the run."""
    for mark in item.iter_markers("needs"):
        for name in mark.args:
            if name not in CAPABILITIES:
                raise pytest.UsageError(f"{item.nodeid} needs {name!r}; known are {', '.join(CAPABILITIES)}")
            yield name


@pytest.fixture(autouse=True)
def _tables_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test that commits, Django empties every table. The triggers of records refuse that, so they are taken away just before.

    Emptying ends as a migration does, and makes them again.
    """
    marker = request.node.get_closest_marker("django_db")
    if not {"transactional_db", "live_server"} & set(request.fixturenames) and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")  # so that this one is taken down first
    yield
    from gongxue.records import triggers

    triggers.drop()
