"""A publisher whose every answer a test decides, over real sockets, well behaved or not."""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import pytest

from cli.demo.server import Handler, LocalServer
from tests.support import bad_answers
from tests.support.documents import Item, article_html, gzipped_zeros, rss, sitemap_index_xml, sitemap_xml

__all__ = ["Item", "Publisher", "SeenRequest", "other_publisher", "publisher"]

HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"

Route = Callable[[Handler], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class SeenRequest:
    """One request as it arrived."""

    method: str
    target: str  # path and query
    headers: Mapping[str, str]  # names in small letters
    at_seconds: float  # monotonic clock

    @property
    def path(self) -> str:
        return urlsplit(self.target).path


@dataclass(kw_only=True, slots=True)
class _Page:
    content: bytes
    status: int
    headers: dict[str, str]
    delay_seconds: float
    etag: str | None


class Publisher:
    """Runs while the `with` block does; unknown addresses answer 404, robots.txt included.

    Routes can be replaced at any time, also between two requests of one crawl. A route set for a path answers it with
    any query, unless one was set for the path with that query.
    """

    def __init__(self, *, host: str = "127.0.0.1") -> None:
        self._server = LocalServer(self._answer, host=host)
        self._routes: dict[str, Route] = {}
        self._lock = threading.Lock()
        self._seen: list[SeenRequest] = []
        self._closing = threading.Event()
        self.url = self._server.url  # without a final slash
        self.host = host

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._closing.set()
        self._server.__exit__(kind, error, traceback)

    # What was asked

    @property
    def requests(self) -> list[SeenRequest]:
        """Every request so far, in order of arrival."""
        with self._lock:
            return list(self._seen)

    @property
    def accepted_count(self) -> int:
        """Connections accepted, whether or not anything was asked over them."""
        return self._server.accepted_count

    def requests_for(self, path: str) -> list[SeenRequest]:
        """The requests for one path, whatever their query."""
        return [request for request in self.requests if request.path == path]

    def forget_requests(self) -> None:
        """Start counting anew."""
        with self._lock:
            self._seen.clear()

    # Well-behaved answers

    def route(self, target: str, answer: Route) -> str:
        """Answer a path, or a path with its query, by calling a function; returns the URL."""
        self._routes[target] = answer
        return f"{self.url}{target}"

    def page(
        self,
        target: str,
        body: str | bytes,
        *,
        status: int = 200,
        content_type: str = HTML,
        headers: Mapping[str, str] | None = None,
        delay_seconds: float = 0,
        validators: bool = True,
    ) -> str:
        """Answer with this body; `validators` adds an ETag of the body and honours If-None-Match."""
        content = body.encode() if isinstance(body, str) else body
        etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"' if validators and status == 200 else None
        found = {"Content-Type": content_type, **({"ETag": etag} if etag else {}), **(headers or {})}
        page = _Page(content=content, status=status, headers=found, delay_seconds=delay_seconds, etag=etag)
        return self.route(target, lambda handler: self._send(handler, page))

    def article(self, target: str, title: str, paragraphs: Sequence[str], **page: object) -> str:
        """A plain article page with JSON-LD; further arguments as for `page`."""
        return self.page(target, article_html(title, paragraphs), **page)  # type: ignore[arg-type]  # page's own keywords

    def redirect(self, source: str, destination: str, *, status: int = 302) -> str:
        """Send whoever asks for `source` to `destination`, a path or a whole URL."""
        return self.page(source, "", status=status, headers={"Location": destination})

    def redirect_loop(self, *targets: str) -> str:
        """Each target redirects to the next, and the last to the first."""
        for source, destination in zip(targets, (*targets[1:], targets[0]), strict=True):
            self.redirect(source, destination, status=301)
        return f"{self.url}{targets[0]}"

    def gone(self, target: str, *, status: int = 404) -> str:
        """Answer as a page that is not there (404) or was withdrawn (410)."""
        return self.page(target, "<h1>Not here</h1>", status=status)

    def robots(self, body: str | bytes, *, status: int = 200, **page: object) -> str:
        """Set robots.txt."""
        return self.page("/robots.txt", body, status=status, content_type="text/plain", **page)  # type: ignore[arg-type]  # as above

    def feed(self, target: str, items: Iterable[Item]) -> str:
        """An RSS feed; links are written as given, so they may be relative."""
        return self.page(target, rss(items), content_type="application/rss+xml; charset=utf-8")

    def sitemap(self, target: str, items: Iterable[Item], *, gzipped: bool = False) -> str:
        """A sitemap with the news namespace where an item has a publication time."""
        content = sitemap_xml(items).encode()
        if gzipped:
            return self.page(target, gzip.compress(content, mtime=0), content_type="application/gzip")
        return self.page(target, content, content_type=XML)

    def sitemap_index(self, target: str, locations: Iterable[str]) -> str:
        """A sitemap index naming other sitemaps."""
        return self.page(target, sitemap_index_xml(locations), content_type=XML)

    # Answers that fail

    def retry_later(self, target: str, retry_after: str, *, status: int = 429) -> str:
        """Refuse with a Retry-After header, in seconds or as an HTTP date."""
        return self.page(target, "slow down", status=status, headers={"Retry-After": retry_after})

    def hang(self, target: str) -> str:
        """Accept the request and never answer."""
        return self.route(target, lambda handler: bad_answers.wait_until(handler, self._closing))

    def reset(self, target: str) -> str:
        """Close the connection without an answer."""
        return self.route(target, bad_answers.close)

    def drip(self, target: str, *, pause_seconds: float = 0.05) -> str:
        """Send a body of a million bytes one by one, too slowly to ever finish."""
        return self.route(target, lambda handler: bad_answers.drip(handler, self._closing, pause_seconds))

    def endless(self, target: str, *, beginning: bytes = b"") -> str:
        """Send a chunked body without end."""
        return self.route(target, lambda handler: bad_answers.endless(handler, self._closing, beginning))

    def endless_headers(self, target: str) -> str:
        """Send headers without end."""
        return self.route(target, lambda handler: bad_answers.endless_headers(handler, self._closing))

    def short_body(self, target: str, body: str, *, missing_bytes: int = 100) -> str:
        """State a Content-Length that is larger than what is sent before the connection closes."""
        return self.route(target, lambda handler: bad_answers.short_body(handler, body.encode(), missing_bytes))

    def no_length(self, target: str, body: str) -> str:
        """Send a body whose end only the closed connection tells."""
        return self.route(target, lambda handler: bad_answers.no_length(handler, body.encode()))

    def broken_chunks(self, target: str, body: str) -> str:
        """Send a chunked body that stops in the middle of a chunk."""
        return self.route(target, lambda handler: bad_answers.broken_chunks(handler, body.encode()))

    def gzip_bomb(self, target: str, size_bytes: int, *, content_type: str = HTML) -> str:
        """A body of zeros, about a thousand times smaller on the wire than `size_bytes`."""
        content = gzipped_zeros(size_bytes)
        headers = {"Content-Encoding": "gzip"}
        return self.page(target, content, content_type=content_type, headers=headers, validators=False)

    def _answer(self, handler: Handler) -> None:
        headers = {name.lower(): value for name, value in handler.headers.items()}
        request = SeenRequest(method=handler.command, target=handler.path, headers=headers, at_seconds=time.monotonic())
        with self._lock:
            self._seen.append(request)
        route = self._routes.get(handler.path) or self._routes.get(request.path)
        if route is None:
            handler.reply(404, b"not found", {"Content-Type": "text/plain"})
        else:
            route(handler)

    def _send(self, handler: Handler, page: _Page) -> None:
        if page.delay_seconds:
            self._closing.wait(page.delay_seconds)
        if page.etag and handler.headers.get("If-None-Match") == page.etag:
            handler.reply(304, b"", {"ETag": page.etag})
            return
        handler.reply(page.status, page.content, page.headers)


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    """A publisher on 127.0.0.1 with no pages yet."""
    with Publisher() as started:
        yield started


@pytest.fixture
def other_publisher() -> Iterator[Publisher]:
    """A second host, 127.0.0.2, for redirects and links that leave the first."""
    with Publisher(host="127.0.0.2") as started:
        yield started
