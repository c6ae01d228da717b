"""One HTTP exchange over our own socket: a checked address, a deadline for the whole, and bounds.

For single fetches outside Scrapy. Proxies named in the environment are not used.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from config.settings import CrawlSettings
from crawler.fetching.packing import ACCEPTED, PACKINGS, zlib_unpacker
from news.addresses import blocked_reason, is_public_address
from news.errors import NewsdexError, one_line
from news.fetch import Outcome
from news.urls import host_of

READ_BYTES = 65_536
FOR_SITES_OF_YOUR_OWN = "crawl.allow_private_networks lets sites of your own through"


class FetchFailed(NewsdexError):
    """A page could not be fetched; `outcome` says in which way."""

    def __init__(self, url: str, what: str, outcome: Outcome) -> None:
        super().__init__(f"{url} {what}")
        self.url = url
        self.outcome = outcome

    @property
    def may_speak_http(self) -> bool:
        """Whether TLS failed or nothing answered on its port, so that the server may speak only plain http."""
        return isinstance(self.__cause__, ssl.SSLError | ConnectionRefusedError | TimeoutError)


@dataclass(frozen=True, kw_only=True, slots=True)
class PlainAnswer:
    """A server's answer, with its body decoded from content encoding."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


def get(
    url: str,
    *,
    settings: CrawlSettings,
    deadline: float,
    body_limit: int,
    cut_body: bool = False,
    cookies: str | None = None,
) -> PlainAnswer:
    """Request a normalized URL once; redirects are not followed. Blocks until `deadline` (monotonic) at most.

    A body above `body_limit` bytes is cut there with `cut_body`, and a failure otherwise. Raises FetchFailed.
    """
    headers = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.1", **({"Cookie": cookies} if cookies else {})}
    asked = _Asked("GET", headers, None)
    return _exchange(url, asked, settings=settings, deadline=deadline, body_limit=body_limit, cut_body=cut_body)


def post(
    url: str, body: bytes, *, headers: Mapping[str, str], settings: CrawlSettings, deadline: float, body_limit: int
) -> PlainAnswer:
    """Send a body once to a normalized URL, under the same guard and bounds; the answer is cut at `body_limit`."""
    asked = _Asked("POST", headers, body)
    return _exchange(url, asked, settings=settings, deadline=deadline, body_limit=body_limit, cut_body=True)


@dataclass(frozen=True, slots=True)
class _Asked:
    method: str
    headers: Mapping[str, str]
    body: bytes | None


def _exchange(
    url: str, asked: _Asked, *, settings: CrawlSettings, deadline: float, body_limit: int, cut_body: bool
) -> PlainAnswer:
    if blocked := blocked_reason(url, allow_private_networks=settings.allow_private_networks):
        what = f"may not be asked: only http and https on public addresses; {FOR_SITES_OF_YOUR_OWN}"
        raise FetchFailed(url, what, blocked)
    with _connected(url, settings, deadline) as sock, _hang_up_at(deadline, sock) as late:
        try:
            with _ask(url, sock, settings.user_agent, asked) as response:
                body = _read_body(response, url, body_limit, cut=cut_body)
        except (OSError, http.client.HTTPException, FetchFailed) as error:
            if late.is_set():
                raise FetchFailed(url, "takes longer than crawl.timeout_seconds", Outcome.TIMEOUT) from error
            if isinstance(error, FetchFailed):
                raise
            raise FetchFailed(url, f"does not answer: {one_line(error)}", _outcome(error)) from error
    return PlainAnswer(status=response.status, headers=response.msg, body=body)


@contextmanager
def _connected(url: str, settings: CrawlSettings, deadline: float) -> Iterator[socket.socket]:
    """A socket to one of the very addresses that were checked, so that a name cannot resolve differently in between."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        sock = _first_that_connects(_addresses(url, port, settings), port, deadline)
        if parts.scheme == "https":
            context = ssl.create_default_context()
            # The handshake begins once the clock is running, since it counts towards the deadline.
            sock = context.wrap_socket(sock, server_hostname=host_of(url), do_handshake_on_connect=False)
    except OSError as error:
        raise FetchFailed(url, f"does not answer: {one_line(error)}", _outcome(error)) from error
    with sock:
        yield sock


def _addresses(url: str, port: int, settings: CrawlSettings) -> list[str]:
    try:
        found = socket.getaddrinfo(host_of(url), port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise FetchFailed(url, f"has no address: {one_line(error)}", Outcome.DNS_FAILED) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    allowed = [ip for ip in addresses if settings.allow_private_networks or is_public_address(ip)]
    if not allowed:
        what = f"may not be asked: it is {addresses[0]}, not a public address; {FOR_SITES_OF_YOUR_OWN}"
        raise FetchFailed(url, what, Outcome.BLOCKED_PRIVATE)
    return allowed


def _first_that_connects(addresses: list[str], port: int, deadline: float) -> socket.socket:
    for last, address in enumerate(addresses, 1 - len(addresses)):
        try:
            return socket.create_connection((address, port), timeout=max(0.01, deadline - time.monotonic()))
        except OSError:
            if last == 0:
                raise
    raise OSError("no address to connect to")


@contextmanager
def _hang_up_at(deadline: float, sock: socket.socket) -> Iterator[threading.Event]:
    """End the connection at the deadline, however the server keeps it busy; the event says whether that happened."""
    late = threading.Event()

    def hang_up() -> None:
        late.set()
        with suppress(OSError):  # closed in the meantime
            socket.socket.shutdown(sock, socket.SHUT_RDWR)  # below TLS, whose own closing waits for an answer

    timer = threading.Timer(max(0.0, deadline - time.monotonic()), hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
        timer.join()


def _ask(url: str, sock: socket.socket, user_agent: str, asked: _Asked) -> http.client.HTTPResponse:
    if isinstance(sock, ssl.SSLSocket):
        sock.do_handshake()
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc)
    connection.auto_open = 0  # it is given its socket and must not open another
    connection.sock = sock
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    headers = {
        "Host": parts.netloc,
        "User-Agent": user_agent,
        "Accept-Encoding": ACCEPTED,
        "Connection": "close",
        **asked.headers,
    }
    connection.request(asked.method, target, body=asked.body, headers=headers)
    return connection.getresponse()


def _read_body(response: http.client.HTTPResponse, url: str, limit: int, *, cut: bool) -> bytes:
    encoding = (response.msg.get("Content-Encoding") or "identity").strip().lower()
    if encoding != "identity" and encoding not in PACKINGS:
        raise FetchFailed(url, f"is encoded as {encoding[:40]!r}, which was not asked for", Outcome.HTTP_ERROR)
    unpacker = None if encoding == "identity" else zlib_unpacker()
    body = bytearray()
    received_count = 0
    while chunk := response.read1(READ_BYTES):
        received_count += len(chunk)
        try:
            body += unpacker.decompress(chunk, limit + 1 - len(body)) if unpacker else chunk
        except zlib.error as error:
            raise FetchFailed(url, f"sent a damaged {encoding} body", Outcome.INCOMPLETE) from error
        if len(body) > limit:
            if cut:
                return bytes(body[:limit])
            raise FetchFailed(url, f"is larger than {limit} bytes", Outcome.TOO_LARGE)
    if response.length or (unpacker is not None and received_count and not unpacker.eof):
        raise FetchFailed(url, "ended before its body did", Outcome.INCOMPLETE)
    return bytes(body)


def _outcome(error: Exception) -> Outcome:
    if isinstance(error, TimeoutError):
        return Outcome.TIMEOUT
    return Outcome.INCOMPLETE if isinstance(error, http.client.IncompleteRead) else Outcome.CONNECTION_FAILED
