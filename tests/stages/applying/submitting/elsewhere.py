"""What a server of a process of its own says, in a time zone of its own: the trials of the deadline and of a restart start it."""

import datetime
import json
import sys
import types
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client

from gongxue.records.doors import move
from gongxue.records.listings.home import home_cards
from gongxue.records.models import Application, Receipt, User
from gongxue.records.refusals import TooLate
from gongxue.site import acting, background, clock

COMMAND = "import django; django.setup(); from tests.stages.applying.submitting.elsewhere import main; main()"
BEFORE = datetime.datetime.fromisoformat("2022-03-31T00:00:00+08:00")
STEPS = (
    {"microseconds": 1}, {"milliseconds": 1}, {"milliseconds": 10}, {"milliseconds": 500}, {"milliseconds": 999}, {"seconds": 1},
    {"seconds": 59}, {"minutes": 1}, {"hours": 1}, {"hours": 8}, {"hours": 15, "minutes": 59}, {"days": 1},
)  # fmt: skip
BEFORE_IT = tuple(BEFORE - datetime.timedelta(**step) for step in reversed(STEPS))
FROM_IT_ON = (BEFORE, *(BEFORE + datetime.timedelta(**step) for step in STEPS[:-1]))


def instants(application: uuid.UUID, user: int, school: str, each_side: int) -> list[dict[str, Any]]:
    """What page, record, background, home and receipt say at so many instants on each side of the deadline; everything is undone."""
    background.register("submit_then", _submit_as(application, user))
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(pk=user), backend="django.contrib.auth.backends.ModelBackend")
    tried = BEFORE_IT[-each_side:] + FROM_IT_ON[:each_side]
    return [_at(instant, application, user, school, client) for instant in tried]


def _submit_as(application: uuid.UUID, user: int) -> Any:
    def job(*, at: datetime.datetime) -> dict[str, str]:
        move(application, "submit", actor=acting.actor_of(User.objects.get(pk=user), at), at=at)
        return {}

    return job


@contextmanager
def stopped_at(instant: datetime.datetime) -> Iterator[None]:
    """The machine's clock stands still: what Python's own datetime says to the one place that reads it."""

    class Stopped(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:  # type: ignore[override]  # a plain datetime
            return instant.astimezone(tz)

    kept = clock.datetime
    clock.datetime = types.SimpleNamespace(**(vars(datetime) | {"datetime": Stopped}))  # type: ignore[assignment]  # a module
    try:
        yield
    finally:
        clock.datetime = kept


def _at(instant: datetime.datetime, application: uuid.UUID, user: int, school: str, client: Client) -> dict[str, Any]:
    with stopped_at(instant):
        address = f"/schools/{school}/submit/"
        said = {
            "page": 'type="checkbox"' in client.get(address).content.decode(),
            "home": "submit" in [card.next for card in home_cards(acting.actor_of(User.objects.get(pk=user), clock.now()), clock.now())],
            "record": _tried(lambda: _submit_as(application, user)(at=clock.now())),
            "background": _tried(lambda: background.run("submit_then")),
        }
        version = Application.objects.values_list("version", flat=True).get(pk=application)
        with transaction.atomic():
            posted = client.post(address, {"pick": f"{application}.{version}", "post_key": "k" * 24})
            receipt = Receipt.objects.filter(application=application).first()
            transaction.set_rollback(True)
        said["post"] = posted.status_code == 200
        said["receipt"] = receipt is not None
        said["instant"] = receipt is None or (receipt.at, receipt.before) == (instant, BEFORE)
    return said


def _tried(act: Any) -> bool:
    with transaction.atomic():
        try:
            act()
        except (TooLate, background.JobFailedError):
            return False
        finally:
            transaction.set_rollback(True)
    return True


def replay(school: str, session: str, key: str, pick: str) -> dict[str, Any]:
    """The same form, sent to a server that has only just started."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    answer = client.post(f"/schools/{school}/submit/", {"pick": pick, "post_key": key})
    return {"status": answer.status_code, "body": answer.content.decode(), "receipts": Receipt.objects.count()}


def main() -> None:
    """Say it as one line of JSON."""
    mode, *words = sys.argv[1:]
    told = instants(uuid.UUID(words[0]), int(words[1]), words[2], int(words[3])) if mode == "instants" else replay(*words)
    sys.stdout.write(json.dumps(told) + "\n")
