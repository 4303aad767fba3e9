"""The real server: forms that are sent twice, saves from an old page, and a server that is killed under its writers."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bench.afternoon.served import Site
from scripts.with_postgresql import Server, programs
from tests.conftest import Rounds
from tests.trials.family import kill
from tests.trials.visitor import LOST, Answer, Visitor, editors, kept

START = {"name": "夜間觀星社群", "tier": "autonomous"}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs("postgresql"))])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """A site on an empty database of its own; not served yet."""
    if request.param == "sqlite":
        yield from _closed(Site(f"sqlite:///{tmp_path / 'trial.sqlite3'}", tmp_path, background=False))
        return
    folder = programs()
    assert folder is not None
    with Server(folder) as server:
        yield from _closed(Site(server.url, tmp_path, background=False))


def _closed(site: Site) -> Iterator[Site]:
    yield site
    kill(site)


def an_hour_later(site: Site) -> None:
    """Move the demo's clock, which every worker reads."""
    file = Path(site.environment["GONGXUE_VAR"]) / "demo-clock"
    file.write_text(repr(float(file.read_text("ascii")) + 3600), "ascii")


def at_once(times: int, act: Callable[[], Answer]) -> list[Answer]:
    """The answers to the same request, sent several times at the same moment."""
    with ThreadPoolExecutor(times) as pool:
        return [future.result() for future in [pool.submit(act) for _ in range(times)]]


def test_what_is_sent_again_has_one_effect_and_an_old_page_overwrites_nothing(site: Site) -> None:
    """At once, an hour later, and after the server was killed."""
    starter, saver, stale = editors(site, 3)
    acts: list[Callable[[], Answer]] = [
        lambda: starter.send("/applications/start/", "k" * 24, **START),
        lambda: saver.save(*saver.editor.fields[0], "改過的摘要"),
    ]
    site.start()
    answers = [at_once(6, act) for act in acts]
    assert stale.save(*stale.editor.fields[0], "先寫的").status == 200
    an_hour_later(site)
    answers = [[*known, act()] for known, act in zip(answers, acts, strict=True)]
    kill(site)
    site.start()
    started, saved = ([*known, act()] for known, act in zip(answers, acts, strict=True))
    assert {(each.status, each.location) for each in started} == {(302, started[0].location)}
    assert {(each.status, tuple(each.told["clashes"]), each.told["version"]) for each in saved} == {(200, (), 2)}
    overwrites_nothing(stale)
    applications = kept(site)["applications"]
    assert [each["verbs"] for each in applications.values() if each["name"] == START["name"]] == [["start"]]
    told = [applications[each.editor.application] for each in (saver, stale)]
    assert [(each["document"]["summary"], each["verbs"]) for each in told] == [
        ("改過的摘要", ["start", "edit"]),
        ("先寫的", ["start", "edit", "edit"]),
    ]
    assert told[1]["document"]["approaches_other"] == "另一格"


def overwrites_nothing(visitor: Visitor) -> None:
    """From a page as it was before: the same field comes back with both texts, another is kept."""
    section, path, text = visitor.editor.fields[0]
    late = visitor.save(section, path, text, "後寫的")
    assert (late.status, late.told["clashes"], late.told["values"][path]) == (200, [path], "先寫的")
    assert "後寫的" in late.told["parts"]["clashes"]
    other = visitor.save(section, "approaches_other", None, "另一格")
    assert (other.status, other.told["clashes"]) == (200, [])


class Writer:
    """One visitor who saves and starts drafts until told to stop, each request sent twice at once; notes what was confirmed."""

    def __init__(self, visitor: Visitor, luck: int) -> None:
        self.visitor, self.dice = visitor, random.Random(luck)  # noqa: S311  # for rounds that can be repeated
        self.field = visitor.editor.fields[0]
        self.value: Any = self.field[2]
        self.unsure: tuple[str, str] | None = None
        self.started: dict[str, str] = {}
        self.saves = 0

    def write(self, stop: threading.Event) -> None:
        """Until told to stop, or until the server is gone."""
        while not stop.is_set():
            try:
                self._start() if self.dice.random() < 0.15 else self._save()
            except LOST:
                return

    def _start(self) -> None:
        key = f"{self.dice.getrandbits(96):024x}"
        self.unsure = ("start", key)
        answers = twice(lambda: self.visitor.send("/applications/start/", key, **START))
        assert {(each.status, each.location) for each in answers} == {(302, answers[0].location)}
        self.started[key] = answers[0].location
        self.unsure = None

    def _save(self) -> None:
        section, path, _ = self.field
        value = f"{self.dice.getrandbits(60):x}"
        self.unsure = ("save", value)
        answers = twice(lambda: self.visitor.save(section, path, self.value, value))
        assert [(each.status, each.told["clashes"]) for each in answers] == [(200, [])] * 2
        self.value, self.unsure = value, None
        self.saves += 1

    def again(self) -> None:
        """After the server came back: send again what was not answered, as a browser does."""
        if self.unsure is None:
            return
        kind, what = self.unsure
        if kind == "start":
            self.started[what] = self.visitor.send("/applications/start/", what, **START).location
        else:
            section, path, _ = self.field
            answer = self.visitor.save(section, path, self.value, what)
            assert (answer.status, answer.told["clashes"]) == (200, [])
            self.value, self.saves = what, self.saves + 1
        self.unsure = None


def twice(act: Callable[[], Answer]) -> list[Answer]:
    """Both answers to a request that is sent twice at once; raises one of LOST where one has none."""
    return at_once(2, act)


def test_a_killed_server_loses_nothing_that_it_confirmed_and_does_nothing_twice(site: Site, rounds: Rounds) -> None:
    writers = [Writer(visitor, number) for number, visitor in enumerate(editors(site, 8))]
    dice = random.Random(1)  # noqa: S311  # as above
    for _ in range(rounds(1, 20)):
        site.start()
        for writer in writers:
            writer.again()
        stop = threading.Event()
        threads = [threading.Thread(target=writer.write, args=[stop]) for writer in writers]
        for thread in threads:
            thread.start()
        time.sleep(0.6 + dice.random())
        kill(site)
        stop.set()
        for thread in threads:
            thread.join()
    site.start()
    for writer in writers:
        writer.again()
    check(kept(site), writers)


def check(told: dict[str, Any], writers: list[Writer]) -> None:
    """Every value, every draft, each once."""
    assert told["broken"] == []
    assert sum(writer.saves for writer in writers) > 0
    for writer in writers:
        editor, (_, path, _) = writer.visitor.editor, writer.field
        application = told["applications"][editor.application]
        assert (application["document"][path], application["verbs"]) == (writer.value, ["start", *["edit"] * writer.saves])
        mine = [key for key, each in told["applications"].items() if each["by"] == editor.person and key != editor.application]
        assert sorted(f"/applications/{key}/" for key in mine) == sorted(writer.started.values())
