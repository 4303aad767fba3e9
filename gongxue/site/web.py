"""`python -m gongxue.site.web HOST PORT WORKERS`: the web server of `gongxue serve`, where the site is fit to be served.

Django and the site are loaded once, before the workers are made from this process: they share that memory, and are ready at once.
"""

import gc
import importlib
import os
import sys

import django

from gongxue.rules.text import Text
from gongxue.site import orphans

REFUSES = 3
STOP_SECONDS = 15
"""How long a worker may take to end what it is at."""


def main(host: str, port: int, workers: int) -> int:
    """Serve until SIGTERM; 3 with the reasons where the site must not be served."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongxue.settings")
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
        from gongxue.records.occupancy import occupied

        with occupied() as free:
            reasons = _reasons() if free else [BUSY]
            if reasons:
                return _refuse(reasons)
            _serve(host, port, workers)
    except (ImproperlyConfigured, ValueError) as error:
        return _refuse([Text(f"設定有誤：{error}", f"a setting cannot be used: {error}")])
    return 0


BUSY = Text("資料正在還原或更新，請等它結束再開啟網站", "the data is being restored or upgraded: serve when that is done")


def _reasons() -> list[Text]:
    """Why the site must not be served; nothing is a good answer."""
    from django.conf import settings
    from django.db import DatabaseError, connections

    from gongxue.records import soundness
    from gongxue.site import production

    reasons = production.faults() if settings.PRODUCTION else []
    try:
        reasons += soundness.at_start()
    except DatabaseError as error:
        reasons.append(Text(f"連不上資料庫：{error}", f"the database cannot be reached: {error}"))
    connections.close_all()  # a connection must not be shared with the workers that are made from this process
    return reasons


def _refuse(reasons: list[Text]) -> int:
    english = os.environ.get("GONGXUE_MESSAGES") == "en"
    sys.stderr.write("the site is not served:\n" if english else "網站沒有開啟：\n")
    for reason in reasons:
        sys.stderr.write(f"  - {reason.en if english else reason.zh}\n")
    return REFUSES


def _serve(host: str, port: int, workers: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    for module in ("gongxue.urls", "gongxue.wsgi"):
        importlib.import_module(module)
    orphans.forks_end_with_us()
    gc.collect()
    gc.freeze()  # what is loaded stays: the workers need not copy it to count it
    Granian(
        "gongxue.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
