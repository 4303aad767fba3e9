"""A mail server that takes every letter, and counts them."""

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from bench.afternoon.served import free_port


class PostOffice:
    """Takes letters from `with` to its end; `url` is where, `letters` how many came, `papers` how many of them with a PDF."""

    def __init__(self) -> None:
        self.letters = self.papers = 0
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())
        self.url = f"smtp://127.0.0.1:{self.controller.port}"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd calls it so
        """One letter."""
        content = envelope.content or b""
        self.letters += 1
        self.papers += b"application/pdf" in (content if isinstance(content, bytes) else content.encode())
        return "250 OK"

    def __enter__(self) -> "PostOffice":
        self.controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.controller.stop()
