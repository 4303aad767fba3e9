"""A mail server on this machine that misbehaves as it is told: aiosmtpd, with its manners spoilt."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

SLOW, TOO_SLOW = 0.4, 3.0
"""Against a patience of 0.2 seconds: an answer to the letter may take four times as long, 0.8."""
PATIENCE = 0.2


class Office:
    """What it does (`way`), and every letter that it took, in order: a letter counts as taken once its last dot was read."""

    def __init__(self, way: str) -> None:
        self.way = way
        self.taken: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.step = ""
        self.reached, self.go_on = threading.Event(), threading.Event()
        self.port = 0

    @property
    def numbers(self) -> list[str]:
        """The Message-IDs of what was taken."""
        return [each["Message-ID"] for each in self.taken]

    async def wait_at(self, step: str) -> None:
        """Stop where a test wants to look, until it lets the server go on."""
        if self.step == step:
            self.reached.set()
            while not self.go_on.is_set():
                await asyncio.sleep(0.005)

    async def handle_MAIL(self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802
        await self.wait_at("mail")
        if self.way == "550 at MAIL":
            return "550 we do not know you"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802
        await self.wait_at("rcpt")
        if self.way in ("450 at RCPT", "550 at RCPT", "421 at RCPT"):
            return f"{self.way[:3]} 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str | None:  # noqa: N802
        if self.way in ("552 after DATA", "451 after DATA"):
            return f"{self.way[:3]} not this one"
        content = cast(bytes, envelope.content)
        self.taken.append(cast(EmailMessage, message_from_bytes(content, policy=policy.default)))
        self.envelopes.append((str(envelope.mail_from), [*envelope.rcpt_tos]))
        await self.wait_at("dot")
        answer = await self._answer(server)
        await self.wait_at("answered")
        return answer

    async def _answer(self, server: Any) -> str:
        if self.way == "drops after the last dot":
            server.transport.abort()
        if self.way == "closes after 250":
            await server.push("250 OK")
            server.transport.close()
        if self.way == "says 250 twice":
            await server.push("250 OK")
        if self.way in ("slow", "too slow"):
            await asyncio.sleep(SLOW if self.way == "slow" else TOO_SLOW)
        return "\x00\x01 nonsense" if self.way == "garbage after the letter" else "250 OK"


class Spoilt(SMTP):
    """An SMTP server that forgets its manners where no handler is asked."""

    office: Office

    async def _handle_client(self) -> None:
        if self.office.way == "hangs":
            await asyncio.sleep(30)
        if self.office.way == "421 at greeting":
            self._writer.write(b"421 too busy\r\n")
            self._writer.close()
            return
        if self.office.way == "garbage at greeting":
            self._writer.write(b"\x16\x03\x01 hello?\r\n" * 3)
            self._writer.close()
            return
        await super()._handle_client()

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  # as the library calls it
        await self.office.wait_at("data")
        if self.office.way == "drops before DATA":
            self.transport.abort()
            return
        if self.office.way == "drops in DATA":
            await self.push("354 go on")
            await self._reader.read(20)
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


@contextmanager
def post_office(way: str = "", **options: Any) -> Iterator[Office]:
    """The server, listening on a port of its own."""
    office, loop = Office(way), asyncio.new_event_loop()
    servers: list[SMTP] = []

    def factory() -> SMTP:
        server = Spoilt(office, loop=loop, hostname="office.example", **options)
        server.office = office
        servers.append(server)
        return server

    listening = loop.run_until_complete(loop.create_server(factory, "127.0.0.1", 0))
    office.port = listening.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield office
    finally:
        office.go_on.set()
        asyncio.run_coroutine_threadsafe(_close(listening, servers), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _close(listening: asyncio.Server, servers: list[SMTP]) -> None:
    """End every conversation."""
    listening.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for each in others:
        each.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    for server in servers:
        if server.transport is not None:
            server.transport.abort()
    for _ in range(3):  # the loop tells each connection that it is lost
        await asyncio.sleep(0)


def refuse(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    """Nobody's password is right here."""
    return AuthResult(success=False, handled=False)
