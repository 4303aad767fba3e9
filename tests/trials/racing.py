"""Signers and writers on one application at once: `python -m tests.trials.racing ROUNDS`, on DATABASE_URL and GONGXUE_VAR.

In each round a director has a page open; then, at moments that chance picks, the convener recalls, changes and sends again, a member
writes, the director signs what the page showed, and the clerk hands in a scan of it. Whatever comes first: no seal that holds is over
content that has changed. Prints how often which came first as JSON; an AssertionError says what is wrong.
"""

import json
import os
import random
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from types import SimpleNamespace

import django

Act = Callable[[], object]
AT_ONCE = 0.03
"""Seconds within which everybody acts."""


def main(rounds: int) -> None:
    """Run the rounds on an empty database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongxue.settings")
    django.setup()
    from django.core.management import call_command

    from tests.records.city import found_city

    call_command("migrate", verbosity=0)
    city, told = found_city(), Counter[str]()
    for number in range(rounds):
        told.update(_round(city, random.Random(number)))  # noqa: S311  # for rounds that can be repeated
    sys.stdout.write(json.dumps({"rounds": rounds, **told}) + "\n")


def _round(city: SimpleNamespace, dice: random.Random) -> list[str]:
    from gongxue.records.doors import move
    from gongxue.records.signatures import signable
    from tests.records.city import NOON, found_draft

    key = found_draft(city).pk
    paper = signable(move(key, "send_to_school", actor=city.convener, at=NOON))
    done = _at_once({**_writers(city, key, dice), **_signers(city, key, paper.version, paper.digest)}, dice)
    _check(key)
    return done


def _writers(city: SimpleNamespace, key: uuid.UUID, dice: random.Random) -> dict[str, Act]:
    from gongxue.records.doors import edit, move
    from gongxue.records.models import Application
    from tests.records.city import LATER, put

    def change() -> None:
        move(key, "recall", actor=city.convener, at=LATER)
        summary = Application.objects.get(pk=key).document["summary"]
        edit(key, [put("summary", summary, f"改 {dice.random()}")], actor=city.convener, at=LATER)
        move(key, "send_to_school", actor=city.convener, at=LATER)

    def write() -> None:
        edit(key, [put("name", "繪本說演共學社群", "別的名字")], actor=city.member, at=LATER)

    return {"changed": change, "wrote": write}


def _signers(city: SimpleNamespace, key: uuid.UUID, version: int, digest: str) -> dict[str, Act]:
    from gongxue.records.files import Clean
    from gongxue.records.signing import sign, sign_on_paper
    from gongxue.records.stamped import Stamped
    from tests.records.city import LATER, told_of

    def scan() -> None:
        clean = Clean("pdf", os.urandom(64), 1, "x.pdf")
        stamped = Stamped(clean, told_of(city, "director", "accountant"), version, digest)
        sign_on_paper(key, stamped, actor=city.clerk, at=LATER)

    return {"signed": lambda: sign(key, version=version, digest=digest, actor=city.director, at=LATER), "scanned": scan}


def _at_once(acts: dict[str, Act], dice: random.Random) -> list[str]:
    """Who got through, in the order in which they did."""
    from django.db import connection

    from gongxue.records.refusals import Refused

    gate, done, wrong = threading.Barrier(len(acts)), list[str](), list[BaseException]()

    def run(name: str, act: Act, pause: float) -> None:
        gate.wait()
        time.sleep(pause)
        try:
            act()
            done.append(name)
        except Refused as refused:
            done.append(f"{name} refused: {type(refused).__name__}")
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(name, act, dice.random() * AT_ONCE)) for name, act in acts.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == [], wrong
    return done


def _check(key: uuid.UUID) -> None:
    from gongxue.records import trail
    from gongxue.records.models import Application, Signature, Snapshot
    from gongxue.records.signatures import signable
    from gongxue.rules.workflow import APPLICATION

    paper = signable(Application.objects.get(pk=key))
    rows = list(Signature.objects.filter(subject=APPLICATION, subject_id=str(key)))
    holding = {row.digest for row in rows if row.voided_at is None}
    assert holding <= {paper.digest}, "a seal that holds is over content that has changed"
    kept = dict(Snapshot.objects.filter(application=key).values_list("version", "digest"))
    assert all(kept.get(row.version) == row.digest for row in rows), "a seal is over content that was never frozen"
    assert trail.broken(APPLICATION, str(key)) is None


if __name__ == "__main__":
    main(int(sys.argv[1]))
