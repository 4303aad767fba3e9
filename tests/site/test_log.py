"""The log: one line a request, and nobody in it."""

import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client

from gongxue.records.actor import Actor

As = Callable[[Actor], Client]


def test_a_line_has_number_route_status_and_milliseconds_and_nothing_else(
    client: Client, db: None, capfd: pytest.CaptureFixture[str]
) -> None:
    client.get("/verify/?digest=9f2c41d07ab3")
    (line,) = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert sorted(line) == ["event", "level", "method", "ms", "number", "route", "status", "timestamp"]
    assert (line["event"], line["method"], line["route"], line["status"]) == ("request", "GET", "verify", 200)


def test_neither_names_nor_paths_nor_queries_are_in_it(city: SimpleNamespace, as_: As, capfd: pytest.CaptureFixture[str]) -> None:
    browser = as_(city.convener)
    browser.get("/home/?q=王小明")
    browser.get("/somewhere/王小明/")
    browser.post("/language/", {"language": "xx", "next": "/王小明/"})
    told = capfd.readouterr().err
    assert [json.loads(line)["route"] for line in told.splitlines()] == ["home", "", "language"]
    for private in ("王小明", "convener", "example.edu.tw", "somewhere", "127.0.0.1", "%E7"):
        assert private not in told


def test_every_request_has_a_number_of_its_own(client: Client, db: None, capfd: pytest.CaptureFixture[str]) -> None:
    for _ in range(50):
        client.get("/healthz")
    assert len({json.loads(line)["number"] for line in capfd.readouterr().err.splitlines()}) == 50


def test_where_no_line_can_be_written_the_page_is_answered_all_the_same(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    full = Path("/dev/full").open("w", encoding="utf-8", buffering=1)  # noqa: SIM115  # closed below: what is left in it cannot be written
    monkeypatch.setattr("sys.stderr", full)
    assert client.get("/healthz").status_code == 200
    with contextlib.suppress(OSError):
        full.close()
