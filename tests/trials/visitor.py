"""Somebody who has logged in to a served site, and sends what a browser would: over a plain connection, so that it can be cut off."""

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import msgspec

from bench.afternoon.database import Cast
from bench.afternoon.editors import Editor
from bench.afternoon.served import Site

SECRET = "c" * 32
LOST = (OSError, http.client.HTTPException)
"""What a visitor meets when the server dies: nobody knows whether the request had its effect."""


@dataclass(frozen=True)
class Answer:
    """Status, where to go next, and the body."""

    status: int
    location: str
    body: bytes

    @property
    def told(self) -> dict[str, Any]:
        """The body as JSON."""
        told: dict[str, Any] = json.loads(self.body)
        return told


class Visitor:
    """One of a site's editors."""

    def __init__(self, site: Site, editor: Editor) -> None:
        self.site, self.editor = site, editor

    def post(self, path: str, body: bytes, kind: str, **headers: str) -> Answer:
        """One POST on a connection of its own; raises one of LOST where no answer comes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=20)
        cookies = f"session={self.editor.session}; csrftoken={SECRET}"
        try:
            connection.request("POST", path, body, {"Cookie": cookies, "X-CSRFToken": SECRET, "Content-Type": kind, **headers})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers.get("Location", ""), answer.read())
        finally:
            connection.close()

    def send(self, path: str, key: str, **fields: str) -> Answer:
        """A form with its key."""
        return self.post(path, urlencode({"post_key": key, **fields}).encode(), "application/x-www-form-urlencoded")

    def save(self, section: str, path: str, base: Any, raw: Any, version: int = 1) -> Answer:
        """What the editor's autosave sends for one changed field."""
        change = {"kind": "set", "path": path, "base": base, "raw": raw}
        body = json.dumps({"person": self.editor.person, "version": version, "changes": [change]}).encode()
        address = f"/applications/{self.editor.application}/sections/{section}/save/"
        return self.post(address, body, "application/json", **{"HX-Request": "true"})


def editors(site: Site, count: int) -> list[Visitor]:
    """New editors on the site's empty database."""
    cast = msgspec.json.decode(site.run("bench.afternoon.database", "make", str(count)), type=Cast)
    return [Visitor(site, editor) for editor in cast.editors]


def kept(site: Site) -> dict[str, Any]:
    """What the site's database keeps, by a program of its own."""
    told: dict[str, Any] = json.loads(site.run("tests.trials.kept"))
    return told
