"""The city's log-in service: a real OpenID Connect provider, as a process of its own that can be stopped and can talk nonsense."""

import http.client
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.commands.installation import PATIENCE, free_port, until

CALLBACK = "/accounts/oidc/city/login/callback/"


class Provider:
    """A provider at a port of its own; `people` are the claims of each by its number (sub)."""

    def __init__(self, people: Mapping[str, dict[str, Any]]) -> None:
        self.people, self.port = people, free_port()
        self.issuer = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(self.port), "--require-nonce", "true"]
        for number, claims in self.people.items():
            command += ["--user-claims", json.dumps({"sub": number, **claims})]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(self._answers, "the provider answers")

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait(PATIENCE)
            self.process = None

    def _answers(self) -> bool:
        with suppress(OSError):
            return asked("GET", f"{self.issuer}/.well-known/openid-configuration").status == 200
        return False

    @contextmanager
    def down(self) -> Iterator[None]:
        """Nobody answers there."""
        self.stop()
        try:
            yield
        finally:
            self.start()

    @contextmanager
    def babbling(self, told: str, status: int = 200) -> Iterator[None]:
        """Something answers there, and always this."""

        class Babbler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(told.encode())

            do_POST = do_GET  # noqa: N815  # the library's name

            def log_message(self, *_: Any) -> None:
                pass

        with self.down(), ThreadingHTTPServer(("127.0.0.1", self.port), Babbler) as server:
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
            thread.start()
            try:
                yield
            finally:
                server.shutdown()
                thread.join()


class Answer(NamedTuple):
    status: int
    location: str
    text: str
    cookies: dict[str, str]


def asked(method: str, address: str, form: Mapping[str, str] | None = None, cookies: Mapping[str, str] | None = None) -> Answer:
    """One request, no more: redirects are for whoever asks."""
    parts = urlsplit(address)
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())}
    headers |= {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
    connection = http.client.HTTPConnection(parts.netloc, timeout=PATIENCE)
    try:
        connection.request(method, f"{parts.path}?{parts.query}", urlencode(form) if form is not None else None, headers)
        with connection.getresponse() as response:
            given = [each.partition(";")[0].partition("=") for each in response.headers.get_all("Set-Cookie") or []]
            kept = {name: value for name, _, value in given}
            return Answer(response.status, response.headers["Location"] or "", response.read().decode("utf-8", "replace"), kept)
    finally:
        connection.close()


class Browser:
    """Somebody's browser, as far as logging in goes: it keeps the site's cookies, and follows where it is told."""

    def __init__(self, site: str) -> None:
        self.site, self.cookies = site, dict[str, str]()

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, **form: str) -> Answer:
        return self._ask("POST", path, form | {"csrfmiddlewaretoken": self.cookies.get("csrftoken", "")})

    def _ask(self, method: str, path: str, form: dict[str, str] | None = None) -> Answer:
        answer = asked(method, path if path.startswith("http") else self.site + path, form, self.cookies)
        self.cookies |= answer.cookies
        return answer

    def press(self, onward: str = "") -> Answer:
        """Press the service's button on the log-in page."""
        assert "用市府單一登入登入" in self.get("/accounts/login/").text
        return self.post("/accounts/oidc/city/login/", next=onward)

    def log_in(self, number: str, onward: str = "") -> Answer:
        """The whole way: the button, the provider's page as this person, back."""
        return self.get(back_from(self.press(onward).location, number))

    def name(self) -> str:
        """Who is in, as the account page says; "" for nobody."""
        found = re.search(r'<p class="lead">([^・]+)・', self.get("/accounts/").text)
        return found.group(1) if found else ""


def back_from(provider_page: str, number: str, **changed: str) -> str:
    """Say at the provider's page that one is this person; the address that it sends the browser back to. `changed` is put into the address
    of the page; "" takes it out."""
    parts = urlsplit(provider_page)
    query = {name: value for name, value in (dict(parse_qsl(parts.query)) | changed).items() if value}
    form = {"sub": number} if number else {"action": "deny"}
    return asked("POST", parts._replace(query=urlencode(query)).geturl(), form).location


def told(answer: Answer) -> str:
    """What a page of the site has as its heading, with the status."""
    found = re.search(r"<h1>(.*?)</h1>", answer.text)
    return f"{answer.status} {found.group(1) if found else ''}"
