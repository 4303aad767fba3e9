"""Alive and able: what machines ask."""

import datetime
import os
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client

from gongxue.records.models import Chore
from gongxue.site import background, clock, upkeep


def test_alive_needs_no_database(client: Client) -> None:
    assert client.get("/healthz").content == b"alive\n"


def test_able_when_database_migrations_and_disk_are_as_they_should_be(client: Client, db: None) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "migrations": True, "disk": True, "background": False})


def test_a_background_at_work_is_told_and_one_that_is_not_takes_nothing_away(client: Client, db: None) -> None:
    chore = Chore.objects.create(name="deliver", begun_at=clock.real_now() - background.SILENT + datetime.timedelta(minutes=1))
    at_work = client.get("/readyz")
    Chore.objects.filter(pk=chore.pk).update(begun_at=clock.real_now() - background.SILENT)
    gone = client.get("/readyz")
    assert [(answer.status_code, answer.json()["background"]) for answer in (at_work, gone)] == [(200, True), (200, False)]


def test_not_able_when_the_disk_is_nearly_full(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    nearly = upkeep.LEAST_FREE - 1
    monkeypatch.setattr(os, "statvfs", lambda path: SimpleNamespace(f_bavail=nearly, f_frsize=1))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["disk"]) == (503, False)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM django_migrations WHERE app = 'records'",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('records', '9999_of_tomorrow', '2022-01-01')",
    ],
    ids=["older", "newer"],
)
def test_not_able_with_a_database_of_another_version(client: Client, db: None, sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"database": True, "migrations": False, "disk": True, "background": False})


def test_robots_read_the_public_pages_only(client: Client) -> None:
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nAllow: /$\nAllow: /call/\nDisallow: /\n"


def test_the_icon_is_found_under_its_old_name(client: Client, db: None) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 301
    icon = client.get(answer.headers["Location"])
    icon.close()
    assert icon.headers["Content-Type"] == "image/svg+xml"
