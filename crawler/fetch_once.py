"""One page fetched outside a crawl, with the same guard, bounds and manners."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from config.settings import CrawlSettings
from crawler.politeness import parse_robots
from news.addresses import blocked_reason, is_public_address
from news.errors import NewsdexError
from news.urls import join_url, origin_of

READ_BYTES = 65_536


class FetchFailed(NewsdexError):
    """The page could not be fetched."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FetchedPage:
    """A page as it was answered, its body decoded from content encoding."""

    url: str  # effective URL
    body: bytes
    content_type: str | None
    fetched_at: datetime


def fetch_once(url: str, *, settings: CrawlSettings) -> FetchedPage:
    """Fetch one page, following redirects. Raises FetchFailed."""
    deadline = time.monotonic() + settings.timeout_seconds
    _ask_robots(url, settings, deadline)
    for _ in range(settings.max_redirects + 1):
        status, headers, body = _get(url, settings, deadline)
        location = headers.get("Location")
        if status in {301, 302, 303, 307, 308} and location:
            following = join_url(url, location)
            if following is None:
                raise FetchFailed(f"{url} leads to {location!r}, which is not a web address")
            if origin_of(following) != origin_of(url):
                _ask_robots(following, settings, deadline)
            url = following
            continue
        if not 200 <= status < 300:
            raise FetchFailed(f"{url} answered with status {status}")
        content_type = headers.get("Content-Type")
        return FetchedPage(url=url, body=body, content_type=content_type, fetched_at=datetime.now(UTC))
    raise FetchFailed(f"{url}: more than {settings.max_redirects} redirects")


def _ask_robots(url: str, settings: CrawlSettings, deadline: float) -> None:
    status, _, body = _get(f"{origin_of(url)}/robots.txt", settings, deadline)
    if not parse_robots(status, body).allows(url, settings.user_agent):
        raise FetchFailed(f"robots.txt forbids {url}, or does not answer")


def _get(url: str, settings: CrawlSettings, deadline: float) -> tuple[int, http.client.HTTPMessage, bytes]:
    if blocked := blocked_reason(url, allow_private_networks=settings.allow_private_networks):
        raise FetchFailed(f"{url} may not be asked: {blocked.value}; crawl.allow_private_networks permits own sites")
    parts = urlsplit(url)
    try:
        connection = _connection(url, settings, deadline)
        try:
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            asked = {"User-Agent": settings.user_agent, "Accept-Encoding": "gzip", "Accept": "text/html,*/*;q=0.1"}
            connection.request("GET", target, headers=asked)
            response = connection.getresponse()
            return response.status, response.msg, _body(response, url, settings.max_body_bytes, deadline)
        finally:
            connection.close()
    except (OSError, http.client.HTTPException) as error:
        raise FetchFailed(f"{url} does not answer: {error or type(error).__name__}") from error


def _connection(url: str, settings: CrawlSettings, deadline: float) -> http.client.HTTPConnection:
    """A connection to the very address that was checked, so that a name cannot change its answer in between."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = str(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0])
    if not settings.allow_private_networks and not is_public_address(address):
        raise FetchFailed(f"{url} may not be asked: {host} is {address}, not a public address")
    sock = socket.create_connection((address, port), timeout=max(0.1, deadline - time.monotonic()))
    if parts.scheme == "https":
        sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    connection = http.client.HTTPConnection(host, port)
    connection.sock = sock
    return connection


def _body(response: http.client.HTTPResponse, url: str, limit: int, deadline: float) -> bytes:
    encoding = (response.msg.get("Content-Encoding") or "").strip().lower()
    unpacker = zlib.decompressobj(wbits=47) if encoding in {"gzip", "x-gzip", "deflate"} else None
    body = b""
    while chunk := response.read1(READ_BYTES):
        if time.monotonic() > deadline:
            raise FetchFailed(f"{url} takes longer than it may")
        body += unpacker.decompress(chunk, limit + 1 - len(body)) if unpacker else chunk
        if len(body) > limit:
            raise FetchFailed(f"{url} is larger than {limit} bytes")
    return body
