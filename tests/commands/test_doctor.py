"""`gongxue doctor`: what is well, what is not, and what to do."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.commands.installation import Installation, free_port


@contextmanager
def mail_server() -> Iterator[int]:
    """A mail server that greets and parts: its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_answer, args=(listening,), daemon=True)
        thread.start()
        yield int(listening.getsockname()[1])
        thread.join(5)


def _answer(listening: socket.socket) -> None:
    connection, _ = listening.accept()
    with connection, connection.makefile("rb") as lines:
        connection.sendall(b"220 here\r\n")
        for line in lines:
            if line.upper().startswith(b"QUIT"):
                connection.sendall(b"221 bye\r\n")
                return
            connection.sendall(b"250 so\r\n")


def test_an_installation_that_is_well(begun: Installation) -> None:
    with mail_server() as port:
        done = begun.run("doctor", GONGXUE_MAIL_URL=f"smtp://127.0.0.1:{port}")
    assert (done.status, done.lines[-1]) == (0, "一切正常")
    assert "✓ 寄信伺服器可以登入" in done.lines
    assert "✓ 資料庫版本、保護、歷程、欄位、檔案都核對無誤" in done.lines
    assert [line for line in done.lines if line.startswith("✗")] == []


def test_what_is_not_well_is_told_with_what_to_do(begun: Installation) -> None:
    begun.python("""
from django.db import connection
from gongxue.records import triggers
triggers.drop()
""")
    done = begun.run("doctor", "--lang", "en", GONGXUE_PRODUCTION="1", GONGXUE_MAIL_URL=f"smtp://127.0.0.1:{free_port()}")
    assert (done.status, done.lines[-1]) == (1, "see to what has a ✗")
    wrong = [line for line in done.lines if line.startswith("✗")]
    assert any("GONGXUE_SECRET_KEY" in line for line in wrong)
    assert any("is missing: run gongxue upgrade" in line for line in wrong)
    assert any(line.startswith("✗ the mail server cannot be used: ") for line in wrong)


def test_a_trail_that_was_forged_and_a_clock_that_runs_behind_are_found(begun: Installation) -> None:
    begun.python("""
import datetime
from gongxue.records import trail
from gongxue.records.actor import Capacity
from gongxue.records.whole import whole
from gongxue.site import clock
whole(lambda: trail.write('user', 1, 'x', {}, by=Capacity(None), at=clock.real_now() + datetime.timedelta(days=1)))()
""")
    assert any("早於已有的紀錄" in line for line in begun.run("doctor").lines)
    begun.python("""
from gongxue.records import triggers
from gongxue.records.models import TrailEntry
triggers.drop()
TrailEntry.objects.filter(subject='user').update(verb='y')
triggers.make()
""")
    done = begun.run("doctor")
    assert done.status == 1
    assert any("斷裂" in line for line in done.lines)


def test_where_there_is_no_database_it_says_how_one_is_made(installation: Installation) -> None:
    done = installation.run("doctor")
    assert done.status == 1
    assert "✗ 資料庫還沒有建立：請執行 gongxue init" in done.lines
