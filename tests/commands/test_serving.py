"""`gongxue serve`: one command starts everything, watches it, and stops it; what is not fit to be served is refused with its remedy."""

import os
import signal

import pytest

from tests.commands.installation import Installation, Served, children, family_of, until
from tests.commands.shell import gongxue

SAFE = {
    "GONGXUE_SECRET_KEY": "k" * 48,
    "GONGXUE_HOSTS": "plc.example",
    "GONGXUE_ADDRESS": "https://plc.example",
    "GONGXUE_PROXIES": "1",
    "GONGXUE_MAIL_URL": "smtp://127.0.0.1:9",
    "GONGXUE_MAIL_FROM": "共學 <gongxue@plc.example>",
}


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl+C"])
def test_it_says_its_address_answers_and_stops_all_that_it_started(begun: Installation, number: int) -> None:
    with begun.serving() as served:
        assert served.ready() == f"共學已開啟 | the site is at:  http://127.0.0.1:{served.port}/    （Ctrl+C 結束 | stops it）\n"
        assert served.get("/") == 200
        family = family_of(served.process.pid)
        assert served.stop(number) == 0
    until(lambda: not any(map(alive, family)), "everything that was started has ended")


def test_a_web_server_that_died_is_started_again(begun: Installation) -> None:
    with begun.serving() as served:
        served.ready()
        [web, *_] = children(served.process.pid)
        os.kill(web, signal.SIGKILL)
        until(lambda: children(served.process.pid)[:1] not in ([], [web]), "a new web server")
        until(lambda: answers(served), "the new one answers")
        assert served.stop() == 0


def test_a_background_that_died_is_started_again(begun: Installation) -> None:
    with begun.serving() as served:
        served.ready()
        until(lambda: len(children(served.process.pid)) == 2, "the background")
        [web, background] = children(served.process.pid)
        os.kill(background, signal.SIGKILL)
        until(lambda: len(children(served.process.pid)) == 2 and background not in children(served.process.pid), "a new background")
        assert web in children(served.process.pid)
        assert served.stop() == 0


def test_the_background_does_what_waits(begun: Installation) -> None:
    count = "from django_q.models import OrmQ, Schedule; print(OrmQ.objects.count(), Schedule.objects.count() > 0)"
    begun.python("from gongxue.site import background; background.later('seal')")
    assert begun.python(count) == "1 False"
    with begun.serving() as served:
        served.ready()
        until(lambda: begun.python(count) == "0 True", "the seal")
        assert served.stop() == 0
    assert begun.python("from gongxue.records.models import TrailSeal; print(TrailSeal.objects.count())") == "1"


@pytest.mark.parametrize("killed", [slice(0, 2), slice(2, 3)], ids=["who wait for a task", "who waits for what came of it"])
def test_a_background_that_lost_who_waits_is_begun_anew_and_does_what_waits(begun: Installation, killed: slice) -> None:
    """Whoever is killed as it waits takes the lock along at which it waited: nobody who is put in its place ever gets a task."""
    with begun.serving() as served:
        served.ready()
        background = background_of(served)
        [sentinel] = children(background)
        for process in children(sentinel)[killed]:
            os.kill(process, signal.SIGKILL)
        until(lambda: not alive(background), "the end of the background")
        begun.python("from gongxue.site import background; background.later('seal')")
        until(lambda: begun.python("from django_q.models import OrmQ; print(OrmQ.objects.count())") == "0", "an empty queue")
        assert begun.python("from gongxue.records.models import TrailSeal; print(TrailSeal.objects.count())") == "1"
        assert served.stop() == 0


def test_a_worker_that_died_is_replaced(begun: Installation) -> None:
    with begun.serving("--workers", "1") as served:
        served.ready()
        [web, *_] = children(served.process.pid)
        [worker] = children(web)
        os.kill(worker, signal.SIGKILL)
        until(lambda: children(web) not in ([], [worker]), "a new worker")
        until(lambda: answers(served), "the new one answers")
        assert served.stop() == 0


def answers(served: Served) -> bool:
    try:
        return served.get("/healthz") == 200
    except OSError:
        return False


def background_of(served: Served) -> int:
    """The background, once it has all its processes: who watches, two who work, one who gives out and one who collects."""
    until(lambda: len(children(served.process.pid)) == 2, "the background")
    [_, background] = children(served.process.pid)
    until(lambda: len(family_of(background)) == 5, "its processes")
    return background


def test_nothing_is_left_when_it_is_killed(begun: Installation) -> None:
    """Not the web server, which would keep the port, nor the background, which would go on working beside the next one."""
    with begun.serving() as served:
        served.ready()
        background = background_of(served)
        [web, _] = children(served.process.pid)
        family = [web, *family_of(web), background, *family_of(background)]
        served.process.kill()
        until(lambda: not any(map(alive, family)), "everything that was started has ended")


def test_nothing_is_left_of_a_background_that_is_killed_together_with_who_watches_it(begun: Installation) -> None:
    with begun.serving() as served:
        served.ready()
        background = background_of(served)
        family = family_of(background)
        os.kill(served.process.pid, signal.SIGSTOP)  # who would clear up after it
        os.kill(background, signal.SIGKILL)
        try:
            until(lambda: not any(map(alive, family)), "what it had made has ended")
        finally:
            for each in filter(alive, family):
                os.kill(each, signal.SIGKILL)


def refused(installation: Installation, *arguments: str, **settings: str) -> list[str]:
    done = installation.run("serve", "--port", "8139", *arguments, **settings)
    assert (done.status, done.out) == (1, "")
    return done.told


def test_without_a_database_it_says_how_one_is_made(installation: Installation) -> None:
    assert refused(installation) == ["網站沒有開啟：", "  - 資料庫還沒有建立：請執行 gongxue init"]


def test_a_newer_database_is_refused(begun: Installation) -> None:
    begun.python("""
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
MigrationRecorder(connection).record_applied('records', '9999_of_next_year')
""")
    assert refused(begun, "--lang", "en") == [
        "the site is not served:",
        "  - the database is newer than this program (records.9999_of_next_year): use a newer version",
    ]


def test_a_database_without_its_triggers_is_refused(begun: Installation) -> None:
    begun.python("""
from django.db import connection
from gongxue.records import triggers
connection.cursor().execute('DROP TRIGGER ' + triggers.wanted(connection.vendor)[0].name + (
    ' ON ' + triggers.wanted(connection.vendor)[0].table if connection.vendor == 'postgresql' else ''))
""")
    [_, told] = refused(begun)
    assert told.startswith("  - 資料庫少了保護（")
    assert told.endswith("）：請執行 gongxue upgrade")


def test_a_database_that_is_being_restored_is_not_served(begun: Installation) -> None:
    told = begun.python("""
import subprocess, sys
from gongxue.records.occupancy import alone
with alone() as mine:
    ran = subprocess.run([sys.executable, '-m', 'gongxue', 'serve', '--port', '8139'], capture_output=True, text=True)
    print(mine, ran.returncode, ran.stderr)
""")
    assert told.splitlines() == ["True 1 網站沒有開啟：", "  - 資料正在還原或更新，請等它結束再開啟網站"]


def test_production_names_every_setting_that_is_missing(begun: Installation) -> None:
    told = refused(begun, "--production", GONGXUE_DEMO="1", GONGXUE_DEBUG="1")
    assert [line.split("：")[0].strip(" -") for line in told[1:]] == [
        "GONGXUE_SECRET_KEY",
        "GONGXUE_DEBUG",
        "GONGXUE_DEMO",
        "GONGXUE_HOSTS",
        "GONGXUE_ADDRESS",
        "GONGXUE_PROXIES",
        "GONGXUE_MAIL_URL",
        "GONGXUE_MAIL_FROM",
    ]


def test_production_that_is_safe_is_served_behind_tls(begun: Installation) -> None:
    with begun.serving("--production", **SAFE) as served:
        served.ready()
        assert served.get("/", Host="plc.example") == 301
        secure = {"Host": "plc.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
        assert served.get("/", **secure) == 200
        assert served.get("/", **(secure | {"Host": "elsewhere.example"})) == 400
        assert served.get("/demo/", **secure) == 404
        assert served.stop() == 0


def test_a_port_that_is_taken_is_told(begun: Installation) -> None:
    with begun.serving() as served:
        served.ready()
        done = begun.run("serve", "--port", str(served.port))
        assert (done.status, done.told) == (1, [f"127.0.0.1:{served.port} 已經有別的程式在用，請以 --port 改用別的埠"])


@pytest.mark.parametrize("port", ["0", "65536", "八千", "-1"])
def test_a_port_that_is_none_is_told(port: str) -> None:
    done = gongxue("serve", "--port", port)
    assert (done.status, done.told[0]) == (2, "gongxue serve：--port 應為 1 至 65535 的整數")
