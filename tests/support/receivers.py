"""What alerts and notices are sent to: a webhook's receiver and a mail server, both real and on this machine."""

from __future__ import annotations

import socket
import socketserver
import ssl
import threading
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from tests.support.serving import serving


@dataclass
class Receiver:
    """Takes webhooks and answers as it is told: the next of `answers`, then 204."""

    url: str = ""
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)  # headers in small letters, body
    beats: list[str] = field(default_factory=list)  # what was asked for by GET
    held: threading.Event = field(default_factory=threading.Event)  # clear = answers wait

    def __post_init__(self) -> None:
        self.held.set()


@dataclass
class MailServer:
    """Takes mails and keeps them; addresses of `refused` get a 550. With a certificate it speaks TLS."""

    port: int = 0
    certificate: Path | None = None  # with its key
    is_tls_at_once: bool = False
    login: tuple[str, str] | None = None  # who may hand over mails; None = everybody
    refused: set[str] = field(default_factory=set)
    mails: list[EmailMessage] = field(default_factory=list)
    said: list[str] = field(default_factory=list)  # what clients said, encrypted lines after "TLS "


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A webhook's receiver."""
    made = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.held.wait(timeout=60)
            made.calls.append(({name.lower(): value for name, value in self.headers.items()}, body))
            status, headers = made.answers.pop(0) if made.answers else (204, {})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        def do_GET(self) -> None:
            made.beats.append(self.path)
            self.send_response(made.answers.pop(0)[0] if made.answers else 200)
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            return

    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as server:
        made.url = f"http://127.0.0.1:{server.server_port}/hook"
        yield made


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """A mail server that speaks as much SMTP (RFC 5321, 3207, 4954) as is needed to take a mail."""
    made = MailServer()

    class Handler(_MailHandler):
        server_of_test = made

    with serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)) as server:
        made.port = server.server_address[1]
        yield made


class _MailHandler(socketserver.BaseRequestHandler):
    server_of_test: MailServer

    def handle(self) -> None:
        self._connection: socket.socket = self.request
        try:
            if self.server_of_test.is_tls_at_once:
                self._encrypt()
            self._say("220 test")
            self._serve()
        except OSError:
            return  # the client refused the certificate, or went away
        finally:
            self._connection.close()

    def _serve(self) -> None:
        lines, known = self._connection.makefile("rb"), False
        made = self.server_of_test
        with lines:
            while line := lines.readline():
                verb, _, rest = line.decode("ascii").strip().partition(" ")
                made.said.append(("TLS " if self._is_encrypted else "") + verb.upper())
                match verb.upper():
                    case "EHLO":
                        self._say("\r\n".join([f"250-{each}" for each in self._offers()] + ["250 ok"]))
                    case "STARTTLS":
                        self._say("220 go on")
                        break
                    case "AUTH":
                        known = rest == f"PLAIN {_plain_login(made.login)}"
                        self._say("235 welcome" if known else "535 who are you")
                    case "MAIL" if made.login and not known:
                        self._say("530 log in first")
                    case "RCPT" if any(address in rest for address in made.refused):
                        self._say("550 no such mailbox")
                    case "DATA":
                        self._say("354 go on")
                        made.mails.append(_taken(lines))
                        self._say("250 taken")
                    case "QUIT":
                        self._say("221 bye")
                        return
                    case _:
                        self._say("250 ok")
            else:
                return
        self._encrypt()
        self._serve()

    @property
    def _is_encrypted(self) -> bool:
        return isinstance(self._connection, ssl.SSLSocket)

    def _offers(self) -> Iterator[str]:
        yield "test"
        if self.server_of_test.certificate is not None and not self._is_encrypted:
            yield "STARTTLS"
        if self.server_of_test.login is not None:
            yield "AUTH PLAIN"

    def _encrypt(self) -> None:
        assert self.server_of_test.certificate is not None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.server_of_test.certificate)
        self._connection = context.wrap_socket(self._connection, server_side=True)

    def _say(self, text: str) -> None:
        self._connection.sendall(f"{text}\r\n".encode("ascii"))


def _plain_login(login: tuple[str, str] | None) -> str:
    return b64encode(("\0" + "\0".join(login or ())).encode()).decode()


def _taken(lines: BinaryIO) -> EmailMessage:
    kept = []
    while (line := lines.readline()) not in (b".\r\n", b""):
        kept.append(line.removeprefix(b".") if line.startswith(b"..") else line)
    message = message_from_bytes(b"".join(kept), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message
