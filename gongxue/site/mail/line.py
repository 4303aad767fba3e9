"""Talks to the mail server: one connection a letter, and an outcome that says what is sure.

What matters is the instant at which the letter is handed over, the dot that ends it. Before it nothing was sent; after it, without an
answer, nobody knows.
"""

import smtplib
import ssl
from collections.abc import Callable
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

import msgspec

from gongxue.site.mail.reasons import kept

Kind = Literal[
    "sent",
    "failed",  # this letter will never go
    "later",  # the server wants to be asked again
    "down",  # the server, or the way there: nothing to do with this letter
    "uncertain",  # handed over, and no answer that can be understood
    "taken",  # another deliverer has it
]
TLS: Final[dict[str, tuple[str, int]]] = {"smtp": ("", 25), "smtp+tls": ("starttls", 587), "smtps": ("tls", 465)}
"""How each kind of address begins: with which encryption, at which port."""


class Outcome(msgspec.Struct, frozen=True):
    """What became of a letter; `error` as `reasons` keeps it."""

    kind: Kind
    error: str = ""


class Server(msgspec.Struct, frozen=True):
    """The mail server. `tls` is "", "starttls" or "tls"; `patience` the seconds to wait for each answer; `name` what we call ourselves."""

    host: str
    port: int
    tls: str = ""
    user: str = ""
    password: str = ""
    patience: float = 30
    name: str = "localhost"


class _Over(Exception):  # noqa: N818  # not an error: how a conversation ends
    """The conversation has come to its outcome."""

    def __init__(self, kind: Kind, reason: str = "", answer: str = "") -> None:
        super().__init__(reason)
        self.outcome = Outcome(kind, kept(reason, answer) if reason else "")


def server_at(url: str, *, patience: float, name: str) -> Server:
    """The server that an address of the settings names; raises ValueError for one that is none."""
    parts = urlsplit(url)
    if parts.scheme not in TLS or not parts.hostname:
        raise ValueError("a mail server's address begins with smtp://, smtp+tls:// or smtps:// and names a host")
    tls, port = TLS[parts.scheme]
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(parts.hostname, parts.port or port, tls, user, password, patience, name)


def send(server: Server, sender: str, to: str, content: bytes, hand_over: Callable[[], bool]) -> Outcome:
    """Send one letter. `hand_over` is asked just before its content goes out: it notes that, and answers whether it may."""
    line: smtplib.SMTP | None = None
    try:
        line = _connect(server)
        _address(line, sender, to)
        _hand_over(line, content, hand_over, server.patience)
    except _Over as over:
        if line is not None and over.outcome.kind in ("sent", "failed", "later"):
            _quit(line)
        return over.outcome
    finally:
        if line is not None:
            line.close()
    raise AssertionError("a conversation ends with its outcome")


def greet(server: Server) -> str:
    """Connect, greet, log in and part: nothing is sent. What went wrong, as `reasons` keeps it, or ""."""
    try:
        line = _connect(server)
    except _Over as over:
        return over.outcome.error
    try:
        _quit(line)
    finally:
        line.close()
    return ""


def _connect(server: Server) -> smtplib.SMTP:
    context = ssl.create_default_context() if server.tls else None
    try:
        line = _opened(server, context)
    except smtplib.SMTPResponseException as error:
        raise _Over("down", "greeting", _words(error.smtp_code, error.smtp_error)) from None
    except ssl.SSLError as error:
        raise _Over("down", "tls", error.reason or "") from None
    except (OSError, smtplib.SMTPException) as error:
        raise _Over("down", "connect", type(error).__name__) from None
    stage = "greeting"
    try:
        line.ehlo_or_helo_if_needed()
        if server.tls == "starttls":
            stage = "tls"
            line.starttls(context=context)
            line.ehlo()
        if server.user:
            stage = "login"
            line.login(server.user, server.password)
    except smtplib.SMTPResponseException as error:
        line.close()
        raise _Over("down", stage, _words(error.smtp_code, error.smtp_error)) from None
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        line.close()
        raise _Over("down", stage, type(error).__name__) from None
    return line


def _opened(server: Server, context: ssl.SSLContext | None) -> smtplib.SMTP:
    if server.tls == "tls":
        return smtplib.SMTP_SSL(server.host, server.port, local_hostname=server.name, timeout=server.patience, context=context)
    return smtplib.SMTP(server.host, server.port, local_hostname=server.name, timeout=server.patience)


def _address(line: smtplib.SMTP, sender: str, to: str) -> None:
    try:
        code, answer = line.mail(sender)
        if code != 250:
            raise _Over("later" if 400 <= code < 500 and code != 421 else "down", "sender", _words(code, answer))
        code, answer = line.rcpt(to)
        if code not in (250, 251, 252):
            raise _Over(_refused(code), "address" if code >= 400 and code != 421 else "garbled", _words(code, answer))
        code, answer = line.docmd("data")
        if code != 354:
            raise _Over(_refused(code), "letter" if code >= 400 and code != 421 else "garbled", _words(code, answer))
    except UnicodeError:
        raise _Over("failed", "address") from None
    except smtplib.SMTPResponseException as error:
        raise _Over("down", "garbled", _words(error.smtp_code, error.smtp_error)) from None
    except (OSError, smtplib.SMTPException) as error:
        raise _Over("down", "broken", type(error).__name__) from None


def _hand_over(line: smtplib.SMTP, content: bytes, hand_over: Callable[[], bool], patience: float) -> None:
    if line.sock is None:
        raise _Over("down", "broken")
    if not hand_over():
        raise _Over("taken")
    try:
        line.sock.sendall(_stuffed(content))
    except OSError as error:  # the dot that ends the letter was never sent: nobody can have taken it
        raise _Over("down", "broken", type(error).__name__) from None
    try:
        line.sock.settimeout(patience * 4)
        line.sock.sendall(b".\r\n")
        code, answer = line.getreply()
    except smtplib.SMTPResponseException as error:
        raise _Over("uncertain", "garbled", _words(error.smtp_code, error.smtp_error)) from None
    except (OSError, smtplib.SMTPException) as error:
        raise _Over("uncertain", "unanswered", type(error).__name__) from None
    if 250 <= code < 260:
        raise _Over("sent")
    if code < 400 or code >= 600:
        raise _Over("uncertain", "garbled", _words(code, answer))
    raise _Over("failed" if code >= 500 else "later", "letter", _words(code, answer))


def _refused(code: int) -> Kind:
    """What an answer means that is not the one hoped for, before the letter was handed over."""
    if code == 421 or not 400 <= code < 600:
        return "down"
    return "failed" if code >= 500 else "later"


def _stuffed(content: bytes) -> bytes:
    """The letter as it goes over the line: every line ends in CRLF, none that begins with a dot ends it."""
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").removesuffix(b"\n").split(b"\n")
    return b"".join((b"." if each.startswith(b".") else b"") + each + b"\r\n" for each in lines)


def _words(code: int, answer: bytes | str) -> str:
    return f"{code} {answer.decode('utf-8', 'replace') if isinstance(answer, bytes) else answer}"


def _quit(line: smtplib.SMTP) -> None:
    """Take leave; whatever comes of it changes nothing any more."""
    try:
        line.quit()
    except (OSError, smtplib.SMTPException):
        line.close()
